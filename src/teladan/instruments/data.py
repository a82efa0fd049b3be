"""What crosses the door of instruments."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from teladan.instruments.analysis import TestFigures
from teladan.instruments.enums import PlayState, SittingState
from teladan.instruments.reliability import Reliability
from teladan.instruments.scoring import Explanation, Part


@dataclass(frozen=True, kw_only=True)
class SittingCard:
    """A sitting in a list. Score and maximum belong together; score is None while the sitting is open."""

    id: UUID
    account_id: UUID
    context: UUID
    test_key: str
    title: str
    form: str
    attempt: int
    state: SittingState
    started_at: datetime
    deadline_at: datetime
    finished_at: datetime | None
    score: int | None
    maximum: int
    percent: Decimal | None
    passed: bool | None

    @property
    def is_open(self) -> bool:
        return self.state is SittingState.OPEN


@dataclass(frozen=True, kw_only=True)
class QuestionView:
    """A question as this person sees it: options as (key, text) in the drawn order, and what is answered so far."""

    number: int
    item_key: str
    stem: str
    options: tuple[tuple[str, str], ...]
    answered: str | None


@dataclass(frozen=True, kw_only=True)
class SittingView:
    """A sitting as its person sees it, wholly from the server: any device can go on from here.

    A save must carry a revision above `saved_rev`. `remaining_seconds` is 0 when the time is over; such a sitting is
    closed within a minute and takes no answers any more.
    """

    id: UUID
    title: str
    test_key: str
    attempt: int
    state: SittingState
    started_at: datetime
    deadline_at: datetime
    remaining_seconds: int
    questions: tuple[QuestionView, ...]
    answered_count: int
    saved_rev: int

    @property
    def is_open(self) -> bool:
        return self.state is SittingState.OPEN

    @property
    def is_overdue(self) -> bool:
        return self.is_open and self.remaining_seconds == 0


@dataclass(frozen=True, kw_only=True)
class Saved:
    """The answer that now stands. `kept` is False when the save changed nothing: a newer or the same one was there."""

    number: int
    choice: str | None
    revision: int
    answered_count: int
    kept: bool


@dataclass(frozen=True, kw_only=True)
class ItemOutcome:
    """How one question went. `seconds` is None when the time is not known."""

    number: int
    item_key: str
    value: str
    behaviour: str | None
    chosen: str | None
    correct_key: str
    is_correct: bool
    seconds: float | None


@dataclass(frozen=True, kw_only=True)
class ResultCard:
    """The result of a finished sitting. It holds the key: show `per_item` only to whom the key may be shown."""

    sitting_id: UUID
    account_id: UUID
    context: UUID
    course_key: str
    course_version: str
    test_key: str
    title: str
    form: str
    attempt: int
    state: SittingState
    started_at: datetime
    finished_at: datetime
    score: int
    maximum: int
    percent: Decimal
    pass_mark: int | None
    passed: bool | None
    per_value: tuple[Part, ...]
    per_behaviour: tuple[Part, ...]
    per_item: tuple[ItemOutcome, ...]
    explanation: Explanation


@dataclass(frozen=True, kw_only=True)
class KeptFigures:
    """The figures of a test and when they were computed."""

    figures: TestFigures
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class KeptExactness:
    """How exact the scores of a test are, by which key versions, and when that was computed."""

    whole: Reliability
    keys: tuple[str, ...]
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class TrailView:
    """A step that was made. `score` and `feedback` are given after the end only."""

    step: int
    node: str
    text: str
    echoes: tuple[str, ...]
    choice: str
    choice_text: str
    outcome: str
    score: Decimal | None
    feedback: str
    cites: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PlayView:
    """A play as its person sees it. `step` is the number of the next choice. An outdated play belongs to an earlier
    version of its scene: it cannot go on, only begin again. Debrief and scores come after the end."""

    play_id: UUID
    scene_key: str
    title: str
    page: str
    attempt: int
    state: PlayState
    is_outdated: bool
    step: int
    node: str
    text: str
    echoes: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]
    trail: tuple[TrailView, ...]
    score: Decimal | None
    debrief: str
    key_status: str

    @property
    def is_over(self) -> bool:
        return self.state is PlayState.FINISHED


@dataclass(frozen=True, kw_only=True)
class ChoiceFact:
    step: int
    node: str
    choice: str
    score_bp: int
    chosen_at: datetime


@dataclass(frozen=True, kw_only=True)
class PlayCard:
    """A play with its raw choices, for those who compose statements or score anew."""

    id: UUID
    account_id: UUID
    context: UUID
    scene_key: str
    scene_version: int
    attempt: int
    state: PlayState
    started_at: datetime
    finished_at: datetime | None
    score: Decimal | None
    choices: tuple[ChoiceFact, ...]


@dataclass(frozen=True, kw_only=True)
class CheckView:
    """A try at a self-check with the reasons for every option (option key -> sentence)."""

    item_key: str
    attempt: int
    choice: str
    is_correct: bool
    correct_key: str
    rationales: Mapping[str, str]
    answered_at: datetime


@dataclass(frozen=True, kw_only=True)
class CheckTry:
    """A kept try at a self-check."""

    item_key: str
    attempt: int
    choice: str
    is_correct: bool
    answered_at: datetime
