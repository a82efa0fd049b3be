"""What happens in a class, told through the verbs: for tests of learning and of its pages."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.learning import api as learning
from teladan.rulebook.api import Course, rulebook

COURSE = "berakhlak"


def course() -> Course:
    return rulebook().course(COURSE)


def open_class(by: Actor, members: Sequence[Actor], *, days: int = 20, title: str = "Angkatan Uji") -> UUID:
    """A running class of the shipped course with these members; call it inside the agency's scope."""
    now = clock.now()
    cohort_id = learning.open_cohort(
        course=COURSE, title=title, opens_at=now - timedelta(days=2), closes_at=now + timedelta(days=days), by=by
    )
    learning.enrol(cohort_id=cohort_id, account_ids=[m.account_id for m in members], by=by)
    return cohort_id


def enrolment_of(actor: Actor) -> UUID:
    """The one class somebody is in."""
    (study,) = learning.studies_visible_to(actor)
    return study.enrolment_id


def begin(actor: Actor, enrolment_id: UUID, test: str, *, right: int) -> instruments.SittingCard:
    """Begin a test and answer it, the first `right` questions rightly, the others wrongly."""
    sitting = learning.begin_test(enrolment_id=enrolment_id, test=test, by=actor)
    for question in instruments.sitting_for(sitting.id, by=actor).questions:
        key = course().items[question.item_key].correct_key
        wrong = next(option for option, _text in question.options if option != key)
        instruments.save_answer(
            sitting_id=sitting.id,
            number=question.number,
            choice=key if question.number <= right else wrong,
            revision=question.number,
            by=actor,
        )
    return sitting


def sit(actor: Actor, enrolment_id: UUID, test: str, *, right: int) -> instruments.ResultCard:
    """Take a whole test."""
    return learning.finish_test(sitting_id=begin(actor, enrolment_id, test, right=right).id, by=actor)


def read_all(actor: Actor, enrolment_id: UUID, *, chapters: int | None = None) -> None:
    """Read every page of the first `chapters` open chapters (all of them when left out)."""
    for chapter in [c for c in course().chapters if c.pages][:chapters]:
        for page in chapter.pages:
            learning.read_page(enrolment_id=enrolment_id, chapter=chapter.key, page=page.slug, by=actor)


def answer_feedback(actor: Actor, enrolment_id: UUID) -> None:
    answers = {item.key: "4" if item.kind == "skala5" else "Terima kasih." for item in course().feedback}
    learning.give_feedback(enrolment_id=enrolment_id, answers=answers, by=actor)


def complete(actor: Actor, enrolment_id: UUID) -> None:
    """The whole way to the certificate."""
    sit(actor, enrolment_id, learning.PRE_TEST, right=8)
    read_all(actor, enrolment_id)
    sit(actor, enrolment_id, learning.POST_TEST, right=18)
    answer_feedback(actor, enrolment_id)


def later(**span: float) -> datetime:
    """A moment from now on, to stand at with `clock.at`."""
    return clock.now() + timedelta(**span)
