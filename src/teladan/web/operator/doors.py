"""The doors of the personnel office, of operators, and of those who only look."""

from django.utils.translation import gettext_lazy as _

from teladan.access.api import Role
from teladan.web.base.doors import Door, register

register(
    Door(
        key="kepegawaian",
        label=_("Kepegawaian"),
        url_name="operator:overview",
        icon="kelompok",
        order=40,
        roles=frozenset({Role.PERSONNEL, Role.OPERATOR, Role.AUDITOR}),
    ),
    Door(
        key="akun-peran",
        label=_("Akun dan peran"),
        url_name="operator:accounts",
        icon="gembok",
        order=45,
        roles=frozenset({Role.OPERATOR, Role.AUDITOR}),
    ),
    Door(
        key="catatan",
        label=_("Catatan"),
        url_name="operator:record",
        icon="integritas",
        order=50,
        roles=frozenset({Role.OPERATOR, Role.AUDITOR}),
    ),
)
