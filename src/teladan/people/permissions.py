"""Who may do what with people."""

from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor, Line, Reach, Role, Table
from teladan.kernel.errors import NotAllowed

TABLE = Table(
    Line("people.see", role=Role.EMPLOYEE, reach=Reach.OWN),
    Line("people.see", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("people.see", role=Role.OPERATOR, reach=Reach.AGENCY),
    Line("people.see", role=Role.ORGANISER, reach=Reach.AGENCY),
    Line("people.see", role=Role.LEADER, reach=Reach.AGENCY),
    Line("people.see", role=Role.AUDITOR, reach=Reach.AGENCY),
    Line("people.export", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("people.export", role=Role.OPERATOR, reach=Reach.AGENCY),
    Line("people.export", role=Role.AUDITOR, reach=Reach.AGENCY),
    Line("people.see_nip", role=Role.EMPLOYEE, reach=Reach.OWN),
    Line("people.see_nip", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("people.find_by_nip", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("people.find_by_nip", role=Role.ORGANISER, reach=Reach.AGENCY),  # who holds a list of NIP may enrol by it
    Line("people.see_units", role=Role.EMPLOYEE, reach=Reach.AGENCY),
    Line("people.manage", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("people.import_roster", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("people.see_roster", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("people.see_roster", role=Role.AUDITOR, reach=Reach.AGENCY),
)


class Of:
    """Stands for a thing of an agency where only the agency decides."""

    def __init__(self, agency_id: UUID) -> None:
        self.agency_id = agency_id


def demand(by: Actor | None, permission: str, thing: object) -> None:
    """NotAllowed unless `by` may; None is the installation itself (command line, demo), never a visitor."""
    if by is not None and not TABLE.can(by, permission, thing):
        raise NotAllowed(
            _("Anda tidak berwenang mengelola data kepegawaian ini."),
            next_step=_("Hubungi bagian kepegawaian instansi Anda bila Anda memerlukannya."),
        )
