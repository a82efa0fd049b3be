"""The trainer's door in the navigation."""

from django.utils.translation import gettext_lazy as _

from teladan.access.api import Role
from teladan.web.base.doors import Door, register

register(
    Door(
        key="pengampu",
        label=_("Angkatan"),
        url_name="trainer:cohorts",
        icon="orang",
        order=30,
        roles=frozenset({Role.FACILITATOR, Role.ORGANISER, Role.AUDITOR}),
    )
)
