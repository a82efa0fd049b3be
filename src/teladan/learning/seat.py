"""From where somebody looks at a class: as its participant, or beside it."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.kernel import clock
from teladan.kernel.errors import Conflict
from teladan.learning.domain.cohort import cohort_for
from teladan.learning.domain.record import course_of, own_enrolment, stage_of
from teladan.learning.domain.study import progress_of, refuse_closed, refuse_ended
from teladan.learning.models import Cohort, Enrolment
from teladan.learning.permissions import TABLE
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course


@dataclass(frozen=True, kw_only=True)
class Seat:
    """A participant's by their enrolment, a facilitator's (or of whoever only looks) by the cohort. One of the two."""

    enrolment_id: UUID | None = None
    cohort_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A seat somebody has taken: the class around it, and what they may do there."""

    cohort: Cohort
    course: Course
    enrolment: Enrolment | None
    may_speak: bool
    leads: bool

    def refuse_silent(self) -> None:
        """Conflict, with the reason, when one can only read here."""
        if not self.may_speak:
            raise Conflict(
                _("Angkatan ini sudah selesai; diskusinya dapat dibaca, tidak ditambah."),
                next_step=_("Bicarakan langsung dengan pengampu atau rekan Anda."),
            )


def take(seat: Seat, by: Actor) -> Taken:
    """Sit down. NotFound for somebody else's class; NotYet and Conflict, with the reason, where it is not open."""
    now = clock.now()
    if seat.enrolment_id is not None:
        enrolment = own_enrolment(seat.enrolment_id, by)
        refuse_ended(enrolment)
        stage = stage_of(enrolment, progress_of(enrolment))
        refuse_closed(enrolment.pk, opens_at=enrolment.cohort.opens_at, stage=stage)
        cohort, ends = enrolment.cohort, max(enrolment.cohort.closes_at, enrolment.due_at)
        may_speak = cohort.cancelled_at is None and now <= ends
        return Taken(cohort=cohort, course=course_of(enrolment), enrolment=enrolment, may_speak=may_speak, leads=False)
    if seat.cohort_id is None:
        raise TypeError("a seat needs an enrolment or a cohort")
    cohort = cohort_for(seat.cohort_id, "learning.follow_class", by)
    leads = TABLE.can(by, "learning.lead_class", cohort)
    return Taken(
        cohort=cohort,
        course=rulebook().course(cohort.course_key),
        enrolment=None,
        may_speak=leads and cohort.cancelled_at is None and now <= cohort.closes_at,
        leads=leads,
    )
