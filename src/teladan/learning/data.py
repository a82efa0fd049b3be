"""What crosses the door of learning."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from teladan.instruments.data import ResultCard, SittingCard
from teladan.learning.conditions import Conditions
from teladan.learning.enums import CohortState, DecisionKind, EnrolmentState, Stage
from teladan.learning.progress import Progress
from teladan.rulebook.data import Chapter, Course, Page


@dataclass(frozen=True, kw_only=True)
class CohortName:
    """An angkatan by name and dates alone."""

    id: UUID
    title: str
    opens_at: datetime
    closes_at: datetime
    is_cancelled: bool


@dataclass(frozen=True, kw_only=True)
class CohortCard:
    """An angkatan in brief."""

    id: UUID
    agency_id: UUID
    course_key: str
    course_version: str
    course_title: str
    title: str
    opens_at: datetime
    closes_at: datetime
    state: CohortState
    is_sample: bool
    enrolled: int  # without those who were taken out
    finished: int
    attempts: int = 2
    capacity: int | None = None  # places; None: as many as come
    cancel_reason: str = ""
    may_remind: bool = False  # may who asked write to its participants?

    @property
    def places_left(self) -> int | None:
        """How many more it takes; None: as many as come."""
        return None if self.capacity is None else max(0, self.capacity - self.enrolled)

    @property
    def is_over(self) -> bool:
        """Closed or cancelled: readable, nothing is done in it any more."""
        return self.state in {CohortState.CLOSED, CohortState.CANCELLED}


@dataclass(frozen=True, kw_only=True)
class Reminded:
    """What became of a reminder: how many it reached, and how many had already had one today."""

    sent: int
    already: int


@dataclass(frozen=True, kw_only=True)
class Joined:
    """What became of people who were to be enrolled: how many are in now, how many wait because the cohort is full."""

    added: int
    waiting: int


@dataclass(frozen=True, kw_only=True)
class WaitingCard:
    """Somebody in line for a place in a full cohort: `place` 1 of `total` is next. `reason` says why the place is not
    that of their coming (empty: it is)."""

    id: UUID
    cohort_title: str
    account_id: UUID
    name: str
    unit: str
    place: int
    total: int
    since: datetime
    reason: str


@dataclass(frozen=True, kw_only=True)
class RuleMatch:
    """Whom a rule would enrol (accounts, by name), and how many it passes over, by why."""

    new: tuple[UUID, ...]
    here: int
    elsewhere: int
    certified: int


@dataclass(frozen=True, kw_only=True)
class RuleCard:
    """A rule in force. `added`: how many it has enrolled or put in line so far."""

    id: UUID
    conditions: Conditions
    is_standing: bool
    added: int
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class DecisionCard:
    """How somebody came or went: what was decided, from which cohort to which (when moved), why, by whom (by name)."""

    kind: DecisionKind
    before: str
    after: str
    reason: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, kw_only=True)
class FacilitatorCard:
    """Who facilitates a cohort, by the grant that says so."""

    grant_id: UUID
    account_id: UUID
    name: str
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class TakenOut:
    """Somebody who was taken out of a cohort before they began: when and why."""

    enrolment_id: UUID
    name: str
    reason: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Study:
    """An enrolment with its course and progress: what every page of the player needs."""

    enrolment_id: UUID
    agency_id: UUID
    account_id: UUID
    cohort_id: UUID
    cohort_title: str
    is_sample: bool
    state: EnrolmentState
    course: Course
    course_version: str
    progress: Progress
    stage: Stage
    opens_at: datetime
    due_at: datetime
    due_reason: str
    attempts: int

    @property
    def is_open(self) -> bool:
        """The chapters open after the first test; what was opened stays open."""
        return self.stage is not Stage.PRE_TEST

    @property
    def pages_total(self) -> int:
        return sum(len(c.pages) for c in self.course.chapters)

    @property
    def pages_done(self) -> int:
        return sum(self.progress.pages_done(c.key) for c in self.course.chapters if c.pages)


@dataclass(frozen=True, kw_only=True)
class ChapterCard:
    """A card on the module's home."""

    chapter: Chapter
    number: int
    done: int
    total: int
    is_done: bool
    planned: date | None
    resume: str  # slug of the page to go on with; empty when the chapter is not out yet


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where to go on: a page of a chapter."""

    chapter: Chapter
    page: Page


@dataclass(frozen=True, kw_only=True)
class ParticipantRow:
    """A participant as the facilitator sees them live."""

    enrolment_id: UUID
    cohort_id: UUID
    account_id: UUID
    name: str
    unit: str
    position: str
    stage: Stage
    where: str
    pages_done: int
    pages_total: int
    pre: int | None
    post: int | None
    last_at: datetime | None
    due_at: datetime
    standing: str  # belum-mulai | lancar | macet | lewat | umpan-balik | selesai | berhenti
    standing_why: str
    reminded_today: bool
    chapters: tuple[tuple[str, int, int], ...]  # title, pages read, pages
    seconds_per_page: int | None = None  # median; None while nothing could be measured
    hasty: tuple[str, ...] = ()  # titles of the chapters that went by faster than anybody reads

    @property
    def has_begun(self) -> bool:
        return self.last_at is not None

    def counts_as(self, standing: str) -> bool:
        """Is the participant among those of this standing? Who has not begun is so also while they need a word."""
        return standing == self.standing or (
            standing == "belum-mulai" and not self.has_begun and self.standing != "berhenti"
        )

    @property
    def needs_word(self) -> bool:
        """Would a reminder help now? Who is late needs more time first: their tests no longer open."""
        return self.standing in {"macet", "umpan-balik"}


@dataclass(frozen=True, kw_only=True)
class ExtraAttemptCard:
    """One more attempt that was allowed: by whom (by name), when and why."""

    number: int
    reason: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True, kw_only=True)
class ExtensionCard:
    """More time that was given: from when until when, by whom (by name), when and why."""

    before: datetime
    due_at: datetime
    reason: str
    given_by: str
    given_at: datetime


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """How many attempts at the final test a participant has used of those they have, and what was allowed on top. When
    another one is not needed now, `refusal` says why and `next_step` what to do instead."""

    used: int
    total: int
    extra: tuple[ExtraAttemptCard, ...]
    refusal: str
    next_step: str

    @property
    def may_grow(self) -> bool:
        """All are used up and the test is not passed."""
        return not self.refusal


@dataclass(frozen=True, kw_only=True)
class CreditLine:
    """One line of the personal JP ledger."""

    title: str
    form: str
    jp: int
    earned_on: date
    basis: str
    document_code: str


@dataclass(frozen=True, kw_only=True)
class CreditRule:
    """How many hours a year asks for (a minimum) or allows (a maximum): dated data; `basis` is for `rulebook.cite`."""

    jp: int
    is_minimum: bool
    text: str
    basis: str
    confidence: str
    note: str


@dataclass(frozen=True, kw_only=True)
class CreditYear:
    """A year's learning hours against the rule for the person's kind of employment."""

    year: int
    total: int
    lines: tuple[CreditLine, ...]
    rule: CreditRule | None

    @property
    def missing(self) -> int:
        """Hours still wanting to the minimum; 0 without one."""
        return max(0, self.rule.jp - self.total) if self.rule and self.rule.is_minimum else 0

    @property
    def over(self) -> int:
        """Hours above the maximum; 0 without one."""
        return max(0, self.total - self.rule.jp) if self.rule and not self.rule.is_minimum else 0


@dataclass(frozen=True, kw_only=True)
class Reread:
    """What is worth reading again after a test: a behaviour (or, without `code`, the general part) and its pages."""

    code: str
    value: str
    wrong: int
    asked: int
    places: tuple[Place, ...]


@dataclass(frozen=True, kw_only=True)
class OwnResults:
    """The results of a participant's own tests: the first test, the best attempt at the final one, all attempts."""

    pre: ResultCard | None
    post: ResultCard | None
    sittings: tuple[SittingCard, ...]


@dataclass(frozen=True, kw_only=True)
class Gain:
    """Learning gain of one person between the two tests, with the words that explain it."""

    pre: int | None
    post: int | None
    points: int | None
    normalised: float | None
    words: str
    caution: str
