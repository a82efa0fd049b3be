"""Reminders to participants, at most one a day for each."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.desk import api as desk
from teladan.kernel import clock
from teladan.kernel.errors import Invalid
from teladan.learning import paths
from teladan.learning.data import Reminded
from teladan.learning.domain.cohort import cohort_for, refuse_cancelled
from teladan.learning.enums import EnrolmentState
from teladan.learning.models import Enrolment
from teladan.ledger import api as ledger

LONGEST_REMINDER = 500  # characters


def is_reminded_today(enrolment: Enrolment) -> bool:
    """Did somebody get a reminder on this calendar day of their agency?"""
    last = enrolment.reminded_at
    return last is not None and timezone.localdate(last) == timezone.localdate(clock.now())


@transaction.atomic
def remind(*, cohort_id: UUID, enrolment_ids: Sequence[UUID], text: str, by: Actor) -> Reminded:
    """Send a reminder to participants of a cohort who have not finished; who had one today is passed over. Tells how
    many it reached; only those are in the ledger."""
    cohort = cohort_for(cohort_id, "learning.remind", by)
    refuse_cancelled(cohort)
    message = text.replace("\x00", "").strip()
    if not message:
        raise Invalid(_("Tulis pesan pengingat."), field="text")
    if len(message) > LONGEST_REMINDER:
        raise Invalid(_("Pesan paling panjang %(n)d karakter.") % {"n": LONGEST_REMINDER}, field="text")
    chosen = list(
        Enrolment.objects.select_for_update(no_key=True)
        .filter(cohort=cohort, pk__in=enrolment_ids, state=EnrolmentState.ACTIVE)
        .order_by("pk")
    )
    now = clock.now()
    fresh = [e for e in chosen if not is_reminded_today(e)]
    for enrolment in fresh:
        desk.notify(
            agency_id=by.agency_id,
            account_id=enrolment.account_id,
            source=f"learning:{enrolment.pk}:reminder:{timezone.localdate(now).isoformat()}",
            title=_("Pengingat dari pengampu: %(cohort)s") % {"cohort": cohort.title},
            text=message,
            url=paths.module(enrolment.pk),
        )
    if fresh:
        Enrolment.objects.filter(pk__in=[e.pk for e in fresh]).update(reminded_at=now)
        ledger.record(
            act="learning.reminded",
            agency_id=by.agency_id,
            actor_id=by.account_id,
            subject=f"cohort:{cohort.pk}",
            data={"count": len(fresh)},
        )
    return Reminded(sent=len(fresh), already=len(chosen) - len(fresh))
