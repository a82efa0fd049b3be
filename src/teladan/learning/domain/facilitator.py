"""Who facilitates a cohort: appointed and dismissed by its organiser."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.kernel.errors import Invalid, NotFound
from teladan.learning import paths
from teladan.learning.domain.cohort import cohort_for, refuse_cancelled


@transaction.atomic
def appoint_facilitator(*, cohort_id: UUID, account_id: UUID, by: Actor) -> None:
    """Let an account of the agency facilitate a cohort, and tell its owner. Who does so already keeps their grant."""
    cohort = cohort_for(cohort_id, "learning.organise", by)
    refuse_cancelled(cohort)
    card = accounts.account_card(account_id)
    if card is None or card.agency_id != by.agency_id:
        raise NotFound(_("Orang ini tidak ada di instansi Anda."))
    if not card.is_active:
        raise Invalid(_("Akun orang ini sudah ditutup."), field="facilitator")
    held = accounts.grants_on([cohort.pk], role=Role.FACILITATOR, agency_id=by.agency_id)
    if any(grant.account_id == account_id for grant in held):
        return
    grant_id = accounts.grant_role(account_id=account_id, role=Role.FACILITATOR, scope_id=cohort.pk, by=by)
    desk.notify(
        agency_id=by.agency_id,
        account_id=account_id,
        source=f"learning:{cohort.pk}:facilitator:{grant_id}",
        title=_("Anda mengampu %(cohort)s") % {"cohort": cohort.title},
        text=_("Penyelenggara menunjuk Anda sebagai pengampu. Pesertanya dan kemajuannya dapat Anda lihat."),
        url=paths.cohort(cohort.pk),
    )


@transaction.atomic
def dismiss_facilitator(*, cohort_id: UUID, grant_id: UUID, by: Actor) -> None:
    """End somebody's facilitating of a cohort. Ended again, nothing happens; NotFound for a grant of another thing."""
    cohort = cohort_for(cohort_id, "learning.organise", by)
    grant = accounts.grant_card(grant_id, agency_id=by.agency_id)
    if grant is None or grant.role is not Role.FACILITATOR or grant.scope_id != cohort.pk:
        raise NotFound(_("Pengampu ini tidak ada pada angkatan ini."))
    accounts.revoke_grant(grant_id=grant_id, by=by)
