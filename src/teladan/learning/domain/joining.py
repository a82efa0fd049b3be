"""Somebody becomes a participant: new, or back after they were taken out; at once, or from the line of those who wait."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from teladan.desk import api as desk
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.learning import paths
from teladan.learning.domain.cohort import due_reason_of
from teladan.learning.domain.record import put_on_desk
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import EnrolmentState
from teladan.learning.events import Enrolled, PlaceFreed
from teladan.learning.models import Cohort, Enrolment, Waiting
from teladan.learning.models import Progress as Row
from teladan.ledger import api as ledger


def join(
    cohort: Cohort, account_id: UUID, *, known: Enrolment | None, due_at: datetime | None = None, due_reason: str = ""
) -> Enrolment:
    """A participant from now on, with everything they had done before; `known` is the enrolment of somebody who comes
    back. `due_at` is their own date, otherwise the cohort's closing. Call inside atomic()."""
    enrolment = known or Enrolment(agency_id=cohort.agency_id, cohort=cohort, account_id=account_id)
    enrolment.state, enrolment.withdrawn_at, enrolment.withdrawn_reason = EnrolmentState.ACTIVE, None, ""
    enrolment.enrolled_at = clock.now()
    enrolment.due_at = due_at or cohort.closes_at
    enrolment.due_reason = due_reason if due_at else due_reason_of(cohort)
    enrolment.save()
    if known is None:
        enrolment.progress = Row.objects.create(enrolment=enrolment, agency_id=cohort.agency_id)
    else:
        desk.reopen(source=f"learning:{enrolment.pk}", assignee_id=account_id)
    put_on_desk(enrolment, progress_of(enrolment))
    Waiting.objects.filter(cohort=cohort, account_id=account_id).delete()
    jobs.publish(Enrolled(enrolment_id=enrolment.pk, account_id=account_id), agency_id=cohort.agency_id)
    return enrolment


def places_left(cohort: Cohort) -> int | None:
    """How many more the cohort takes, 0 when it is full; None: as many as come."""
    if cohort.capacity is None:
        return None
    taken = Enrolment.objects.filter(cohort=cohort).exclude(state=EnrolmentState.WITHDRAWN).count()
    return max(0, cohort.capacity - taken)


def stand_in_line(cohort: Cohort, account_id: UUID) -> bool:
    """Behind the last who waits for a place; False when they stand there already. Told to the person. Call inside
    atomic(), with the cohort locked."""
    line = Waiting.objects.filter(cohort=cohort)
    if line.filter(account_id=account_id).exists():
        return False
    last = line.order_by("-rank").values_list("rank", flat=True).first() or 0
    one = Waiting.objects.create(
        agency_id=cohort.agency_id, cohort=cohort, account_id=account_id, rank=last + 1, since=clock.now()
    )
    desk.notify(
        agency_id=cohort.agency_id,
        account_id=account_id,
        source=f"learning:waiting:{one.pk}",
        title=_("Anda menunggu tempat di %(cohort)s") % {"cohort": cohort.title},
        text=_("Angkatan ini penuh (%(n)d tempat). Urutan Anda: %(place)d. Anda didaftarkan begitu ada tempat.")
        % {"n": cohort.capacity or 0, "place": line.count()},
        url=paths.CLASSES,
    )
    return True


def fill_places(cohort: Cohort) -> int:
    """Those who wait longest take the places that are free; how many. Call inside atomic(), with the cohort locked,
    after anything that frees a place."""
    if cohort.cancelled_at is not None or cohort.closes_at < clock.now():
        return 0
    free = places_left(cohort)
    line = Waiting.objects.filter(cohort=cohort).order_by("rank", "since")
    line.filter(account__is_active=False).delete()  # who left the agency meanwhile
    chosen = list(line.values_list("account_id", flat=True)[:free])
    known = {e.account_id: e for e in Enrolment.objects.filter(cohort=cohort, account_id__in=chosen)}
    for account_id in chosen:
        enrolment = join(cohort, account_id, known=known.get(account_id))
        jobs.publish(
            PlaceFreed(cohort_id=cohort.pk, enrolment_id=enrolment.pk, account_id=account_id),
            agency_id=cohort.agency_id,
        )
        desk.notify(
            agency_id=cohort.agency_id,
            account_id=account_id,
            source=f"learning:{enrolment.pk}:place:{clock.now():%Y%m%d%H%M%S}",
            title=_("Anda mendapat tempat di %(cohort)s") % {"cohort": cohort.title},
            text=_("Ada tempat yang kosong dan Anda berada paling depan, jadi Anda sudah didaftarkan."),
            url=paths.module(enrolment.pk),
        )
        ledger.record(
            act="learning.place_filled",
            agency_id=cohort.agency_id,
            actor_id=None,
            subject=f"enrolment:{enrolment.pk}",
            data={"cohort": str(cohort.pk)},
        )
    return len(chosen)
