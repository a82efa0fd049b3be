"""Facts that learning announces."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from teladan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class Enrolled(Event):
    """Somebody was put into a cohort."""

    name: ClassVar[str] = "learning.enrolled"
    enrolment_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class PlaceFreed(Event):
    """A place in a full cohort became free, and the first in line has it."""

    name: ClassVar[str] = "learning.place_freed"
    cohort_id: UUID
    enrolment_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class CourseCompleted(Event):
    """All that the course asks was done and passed; a certificate and learning hours follow."""

    name: ClassVar[str] = "learning.course_completed"
    enrolment_id: UUID
    account_id: UUID
    completed_at: datetime
