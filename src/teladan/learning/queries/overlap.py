"""Who takes a course already: asked before people are enrolled."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from teladan.access.api import Actor
from teladan.kernel import clock
from teladan.learning.enums import EnrolmentState
from teladan.learning.models import Enrolment
from teladan.learning.permissions import TABLE

CHUNK = 500  # ids in one query


def enrolled_in(cohort_id: UUID, account_ids: Collection[UUID], *, by: Actor) -> set[UUID]:
    """Those of the accounts that are in this cohort now."""
    return set(_active(account_ids, by, Q(cohort_id=cohort_id) & ~Q(state=EnrolmentState.WITHDRAWN)))


def running_elsewhere(
    course: str, account_ids: Collection[UUID], *, by: Actor, but: UUID | None = None
) -> dict[UUID, str]:
    """Account -> title of a planned or running cohort of the course in which they are already, for those of whom it is
    so. `but` leaves out one cohort."""
    now = clock.now()
    where = Q(cohort__course_key=course, cohort__closes_at__gte=now, cohort__cancelled_at=None)
    return _active(account_ids, by, where & Q(state=EnrolmentState.ACTIVE) & ~Q(cohort_id=but))


def _active(account_ids: Collection[UUID], by: Actor, where: Q) -> dict[UUID, str]:
    found: dict[UUID, str] = {}
    ids = sorted(set(account_ids))
    for start in range(0, len(ids), CHUNK):
        rows = Enrolment.objects.filter(where, account_id__in=ids[start : start + CHUNK])
        seen = TABLE.visible(by, "learning.watch", rows, Q)
        found |= dict(seen.values_list("account_id", "cohort__title"))
    return found
