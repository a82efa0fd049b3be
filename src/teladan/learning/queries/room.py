"""The room of a class as those present see it. No answer is ever shown with a name."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.learning.domain.room import CHECK_USE, FORGOTTEN_AFTER, options_of
from teladan.learning.enums import QuestionKind, QuestionState
from teladan.learning.room_models import Room, RoomAnswer, RoomQuestion
from teladan.learning.seat import Seat, Taken, take
from teladan.learning.threshold import smallest_group
from teladan.rulebook.data import Course


@dataclass(frozen=True, kw_only=True)
class RoomOption:
    """One answer; `count` and `percent` only once the question is revealed and enough have answered."""

    key: str
    text: str
    is_correct: bool = False
    why: str = ""
    count: int | None = None
    percent: int | None = None


@dataclass(frozen=True, kw_only=True)
class RoomQuestionView:
    """The present question. `answered` is None below the threshold `min_n`; `mine` is what the reader chose."""

    id: UUID
    number: int
    kind: QuestionKind
    stem: str
    setting: str
    options: tuple[RoomOption, ...]
    state: QuestionState
    answered: int | None
    min_n: int
    mine: str

    @property
    def is_open(self) -> bool:
        return self.state is QuestionState.OPEN

    @property
    def is_revealed(self) -> bool:
        return self.state is QuestionState.REVEALED

    @property
    def has_spread(self) -> bool:
        """Did enough answer to show how?"""
        return self.is_revealed and self.answered is not None


@dataclass(frozen=True, kw_only=True)
class RoomView:
    """The open room: its version grows with whatever should be seen."""

    id: UUID
    version: int
    question: RoomQuestionView | None


def room(seat: Seat, *, by: Actor) -> RoomView | None:
    """The open room of a class, with the question last asked; None when none is open."""
    taken = take(seat, by)
    found = _open(taken.cohort.pk)
    if found is None:
        return None
    asked = RoomQuestion.objects.filter(room=found).order_by("-number").first()
    return RoomView(id=found.pk, version=found.version, question=_question(asked, taken) if asked else None)


def room_mark(seat: Seat, *, by: Actor) -> tuple[int, int | None]:
    """What changes in a room, to be asked often: its version (0: none is open) and, for who is beside the class, how
    many have answered, from the threshold on. At most three short queries."""
    taken = take(seat, by)
    found = _open(taken.cohort.pk)
    if found is None or taken.enrolment is not None:
        return (found.version if found else 0), None
    last = RoomQuestion.objects.filter(room=found).order_by("-number").values("pk")[:1]
    n = RoomAnswer.objects.filter(question__in=last).count()
    return found.version, n if n >= smallest_group() else None


def has_open_room(cohort_id: UUID) -> bool:
    """Is the class in its room now? One query."""
    return _open(cohort_id) is not None


def askable(course: Course) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """What of a course can be put to a room, as (key, words): its self-checks and its scenes; never an item of a test."""
    checks = [(item.key, item.stem) for item in course.items.values() if item.use == CHECK_USE]
    return checks, [(scene.key, scene.title) for scene in course.scenes.values()]


def _open(cohort_id: UUID) -> Room | None:
    since = clock.now() - FORGOTTEN_AFTER
    return Room.objects.filter(cohort_id=cohort_id, closed_at=None, opened_at__gt=since).first()


def _question(asked: RoomQuestion, taken: Taken) -> RoomQuestionView:
    answers = dict(RoomAnswer.objects.filter(question=asked).values_list("enrolment_id", "choice"))
    min_n, n = smallest_group(), len(answers)
    kind, state = QuestionKind(asked.kind), QuestionState(asked.state)
    is_shown = instruments.is_shown(n, min_n)
    stem, setting = _words(asked, kind, taken.course)
    return RoomQuestionView(
        id=asked.pk,
        number=asked.number,
        kind=kind,
        stem=stem,
        setting=setting,
        options=_options(asked, taken.course, Counter(answers.values()) if is_shown else None),
        state=state,
        answered=n if is_shown else None,
        min_n=min_n,
        mine=answers.get(taken.enrolment.pk, "") if taken.enrolment else "",
    )


def _words(asked: RoomQuestion, kind: QuestionKind, course: Course) -> tuple[str, str]:
    """The question itself, and what one must know before it."""
    if kind is QuestionKind.CHECK:
        return course.items[asked.key].stem, ""
    if kind is QuestionKind.SCENE:
        scene = course.scenes[asked.key]
        return scene.title, f"{scene.page}\n\n{scene.nodes[scene.start].text}"
    return asked.stem, ""


def _options(asked: RoomQuestion, course: Course, counts: Counter[str] | None) -> tuple[RoomOption, ...]:
    """The answers; explained and counted once the question is revealed."""
    shown = options_of(asked, course)
    if asked.state != QuestionState.REVEALED:
        return tuple(RoomOption(key=key, text=text) for key, text in shown)
    reasons: dict[str, str] = {}
    correct = ""
    if asked.kind == QuestionKind.CHECK:
        item = course.items[asked.key]
        correct, reasons = item.correct_key, {o.key: o.rationale for o in item.options}
    elif asked.kind == QuestionKind.SCENE:
        scene = course.scenes[asked.key]
        reasons = {c.key: c.feedback for c in scene.nodes[scene.start].choices}
    total = counts.total() if counts else 0
    return tuple(
        RoomOption(
            key=key,
            text=text,
            is_correct=key == correct,
            why=reasons.get(key, ""),
            count=counts[key] if counts is not None else None,
            percent=round(100 * counts[key] / total) if counts and total else None,
        )
        for key, text in shown
    )
