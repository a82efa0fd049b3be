"""The seat a page was opened from, and the addresses of the class as they are from there."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from teladan.learning.api import EntryCard, Seat, Topic


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A seat with its addresses: a participant's below /belajar/, a facilitator's below /pengampu/."""

    seat: Seat

    @property
    def is_member(self) -> bool:
        return self.seat.enrolment_id is not None

    @property
    def enrolment_id(self) -> UUID:
        """Of a participant's seat."""
        if self.seat.enrolment_id is None:
            raise TypeError("a facilitator's seat names its cohort")
        return self.seat.enrolment_id

    @property
    def cohort_id(self) -> UUID:
        """Of a facilitator's seat."""
        if self.seat.cohort_id is None:
            raise TypeError("a participant's seat names its enrolment")
        return self.seat.cohort_id

    def url(self, name: str, **more: object) -> str:
        """The address of a page of the class from this seat."""
        if self.is_member:
            return reverse(f"classroom:member:{name}", kwargs={"enrolment_id": self.seat.enrolment_id, **more})
        return reverse(f"classroom:leader:{name}", kwargs={"cohort_id": self.seat.cohort_id, **more})

    def topic(self, topic: Topic) -> str:
        """Where a topic is talked about."""
        if topic.chapter:
            return self.url("page_discussion", chapter=topic.chapter, page=topic.name)
        return self.url("scene_discussion", scene=topic.name)

    def entry(self, entry: EntryCard) -> str:
        """Where something is done about an entry."""
        return self.url("entry", entry_id=entry.id)


def desk(*, enrolment_id: UUID | None = None, cohort_id: UUID | None = None) -> Desk:
    return Desk(seat=Seat(enrolment_id=enrolment_id, cohort_id=cohort_id))
