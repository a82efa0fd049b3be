"""Who reads and who keeps an agency's official texts."""

from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor, Line, Reach, Role, Table
from teladan.kernel.errors import NotAllowed

TABLE = Table(
    Line("library.read_text", Role.EMPLOYEE, Reach.AGENCY),
    Line("library.keep_text", Role.OPERATOR, Reach.AGENCY),
)


class Of:
    """Stands for a thing of an agency where only the agency decides."""

    def __init__(self, agency_id: UUID) -> None:
        self.agency_id = agency_id


def demand(by: Actor, permission: str) -> None:
    """NotAllowed unless `by` may do it in their agency."""
    if not TABLE.can(by, permission, Of(by.agency_id)):
        raise NotAllowed(
            _("Naskah peraturan hanya dapat dipasang dan dihapus oleh operator instansi."),
            next_step=_("Mintalah operator instansi Anda memasangnya."),
        )
