"""Who may do what with accounts."""

from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor, Line, Reach, Role, Table
from teladan.kernel.errors import NotAllowed

TABLE = Table(
    Line("accounts.see", role=Role.EMPLOYEE, reach=Reach.OWN, path="id"),
    Line("accounts.see", role=Role.OPERATOR, reach=Reach.AGENCY),
    Line("accounts.see", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("accounts.see", role=Role.AUDITOR, reach=Reach.AGENCY),
    Line("accounts.manage", role=Role.OPERATOR, reach=Reach.AGENCY),
    Line("accounts.activate_others", role=Role.OPERATOR, reach=Reach.AGENCY),
    Line("accounts.activate_others", role=Role.PERSONNEL, reach=Reach.AGENCY),
    Line("accounts.grant", role=Role.OPERATOR, reach=Reach.AGENCY),
    Line("accounts.grant_facilitator", role=Role.OPERATOR, reach=Reach.AGENCY),
    Line("accounts.grant_facilitator", role=Role.ORGANISER, reach=Reach.AGENCY),  # for one cohort only
    Line("accounts.share", role=Role.OPERATOR, reach=Reach.AGENCY),
)


class Of:
    """Stands for a thing of an agency where only the agency decides."""

    def __init__(self, agency_id: UUID) -> None:
        self.agency_id = agency_id


def demand(by: Actor | None, permission: str, thing: object) -> None:
    """NotAllowed unless `by` may; None is the installation itself (command line, demo), never a visitor."""
    if by is not None and not TABLE.can(by, permission, thing):
        raise NotAllowed(
            _("Anda tidak berwenang mengelola akun ini."),
            next_step=_("Hubungi operator instansi Anda bila Anda memerlukannya."),
        )


def within(by: Actor | None) -> dict[str, UUID]:
    """Filter arguments that keep a lookup inside the actor's agency; the installation itself sees all of them."""
    return {} if by is None else {"agency_id": by.agency_id}
