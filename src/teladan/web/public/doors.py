"""Doors for visitors, and the law library for everybody."""

from django.utils.translation import gettext_lazy as _

from teladan.web.base.doors import Door, register

register(
    Door(key="baca", label=_("Baca modul"), url_name="public:courses", icon="belajar", order=60, public_only=True),
    Door(key="hukum", label=_("Peraturan"), url_name="public:laws", icon="hukum", order=70, public=True),
    Door(
        key="verifikasi",
        label=_("Periksa sertifikat"),
        url_name="public:verify",
        icon="sertifikat",
        order=80,
        public_only=True,
    ),
)
