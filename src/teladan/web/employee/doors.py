"""The doors of employees."""

from django.utils.translation import gettext_lazy as _

from teladan.web.base.doors import Door, register

register(
    Door(key="tugas", label=_("Tugas"), url_name="employee:tasks", icon="tugas", order=10),
    Door(key="belajar", label=_("Belajar"), url_name="employee:classes", icon="belajar", order=20),
    Door(key="jp", label=_("Jam pelajaran"), url_name="employee:credits", icon="jam", order=60),
)
