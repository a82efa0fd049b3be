"""Progress is a fold over statements. Pure: the same statements in any order give the same progress."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction
from functools import reduce
from typing import Any

from teladan.learning.enums import POST_TEST, PRE_TEST, Stage


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What one statement says about progress. `kind`: halaman, materi, jeda (suspended), tes, umpan-balik, lulus."""

    at: datetime
    id: str
    kind: str
    chapter: str = ""
    page: str = ""
    test: str = ""
    attempt: int = 1
    score: int = 0
    maximum: int = 0


@dataclass(frozen=True, kw_only=True)
class TestResult:
    """One finished attempt at a test; `percent` is whole, rounded half up."""

    __test__ = False  # not a test class

    attempt: int
    score: int
    maximum: int
    at: datetime

    @property
    def percent(self) -> int:
        return (200 * self.score + self.maximum) // (2 * self.maximum) if self.maximum else 0

    @property
    def share(self) -> Fraction:
        """The exact share of the points."""
        return Fraction(self.score, self.maximum) if self.maximum else Fraction(0)

    def reaches(self, mark: int | None) -> bool:
        """Was the mark (percent) reached? Decided exactly, never on the rounded figure; no mark is always reached."""
        return 100 * self.share >= (mark or 0)


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where somebody stands. `pages`: chapter -> page -> when first read; `place`: where to go on."""

    pages: Mapping[str, Mapping[str, datetime]] = field(default_factory=dict)
    chapters_done: Mapping[str, datetime] = field(default_factory=dict)
    place: tuple[str, str] | None = None
    place_is_read: bool = False  # the place was read to its end, so go on with the page after it
    tests: Mapping[str, tuple[TestResult, ...]] = field(default_factory=dict)
    feedback_at: datetime | None = None
    passed_at: datetime | None = None
    last_at: datetime | None = None

    def best(self, test: str) -> TestResult | None:
        """The best attempt; the earlier one when two are equal."""
        return max(self.tests.get(test, ()), key=lambda t: (t.share, -t.attempt), default=None)

    def first(self, test: str) -> TestResult | None:
        """The first attempt: what a class is compared by, because a best of several is higher by chance alone."""
        return next((t for t in self.tests.get(test, ()) if t.attempt == 1), None)

    def pages_done(self, chapter: str) -> int:
        return len(self.pages.get(chapter, {}))


def step(progress: Progress, fact: Fact) -> Progress:
    """The progress after one more fact, which must not be older than those already in it."""
    changes: dict[str, Any] = {"last_at": fact.at}
    if fact.kind == "halaman":
        of_chapter = {fact.page: fact.at, **progress.pages.get(fact.chapter, {})}
        changes["pages"] = {**progress.pages, fact.chapter: of_chapter}
        changes |= {"place": (fact.chapter, fact.page), "place_is_read": True}
    elif fact.kind == "jeda":
        changes |= {"place": (fact.chapter, fact.page), "place_is_read": False}
    elif fact.kind == "materi":
        changes["chapters_done"] = {fact.chapter: fact.at, **progress.chapters_done}
    elif fact.kind == "tes":
        result = TestResult(attempt=fact.attempt, score=fact.score, maximum=fact.maximum, at=fact.at)
        attempts = {result.attempt: result} | {t.attempt: t for t in progress.tests.get(fact.test, ())}
        changes["tests"] = {**progress.tests, fact.test: tuple(attempts[a] for a in sorted(attempts))}
    elif fact.kind == "umpan-balik":
        changes["feedback_at"] = progress.feedback_at or fact.at
    elif fact.kind == "lulus":
        changes["passed_at"] = progress.passed_at or fact.at
    return replace(progress, **changes)


def fold(facts: Iterable[Fact]) -> Progress:
    """The progress that these facts amount to, in whatever order they come; a repeated fact counts once."""
    ordered = sorted({f.id: f for f in facts}.values(), key=lambda f: (f.at, f.id))
    return reduce(step, ordered, Progress())


def stage(progress: Progress, *, chapters: Iterable[str], pass_mark: int | None, attempts: int) -> Stage:
    """What comes next: first test, the open chapters, final test, feedback, done."""
    if PRE_TEST not in progress.tests:
        return Stage.PRE_TEST
    if any(c not in progress.chapters_done for c in chapters):
        return Stage.CHAPTERS
    best = progress.best(POST_TEST)
    if best is None:
        return Stage.POST_TEST
    if not best.reaches(pass_mark):
        return Stage.POST_TEST if len(progress.tests[POST_TEST]) < attempts else Stage.NOT_PASSED
    return Stage.DONE if progress.feedback_at else Stage.FEEDBACK


def to_json(progress: Progress) -> dict[str, Any]:
    """As stored in the projection; `from_json` gives it back."""
    return {
        "pages": {c: {p: t.isoformat() for p, t in sorted(ps.items())} for c, ps in sorted(progress.pages.items())},
        "chapters": {c: t.isoformat() for c, t in sorted(progress.chapters_done.items())},
        "place": list(progress.place) if progress.place else None,
        "place_is_read": progress.place_is_read,
        "tests": {
            k: [{"attempt": t.attempt, "score": t.score, "maximum": t.maximum, "at": t.at.isoformat()} for t in v]
            for k, v in sorted(progress.tests.items())
        },
        "feedback": progress.feedback_at.isoformat() if progress.feedback_at else None,
        "passed": progress.passed_at.isoformat() if progress.passed_at else None,
        "last": progress.last_at.isoformat() if progress.last_at else None,
    }


@dataclass(frozen=True, kw_only=True)
class Outline:
    """What the figures of a whole class need of somebody's progress: chapters begun and done, and the tests."""

    begun: frozenset[str]
    done: frozenset[str]
    tests: Progress


def outline(state: Mapping[str, Any]) -> Outline:
    """The outline of a stored projection; a tenth of the work of `from_json`, which reads the time of every page."""
    if not state:
        return Outline(begun=frozenset(), done=frozenset(), tests=Progress())
    return Outline(
        begun=frozenset(chapter for chapter, pages in state["pages"].items() if pages),
        done=frozenset(state["chapters"]),
        tests=from_json({**state, "pages": {}, "chapters": {}}),
    )


def from_json(state: Mapping[str, Any]) -> Progress:
    if not state:
        return Progress()
    when = datetime.fromisoformat
    return Progress(
        pages={c: {p: when(t) for p, t in ps.items()} for c, ps in state["pages"].items()},
        chapters_done={c: when(t) for c, t in state["chapters"].items()},
        place=tuple(state["place"]) if state["place"] else None,
        place_is_read=state["place_is_read"],
        tests={
            k: tuple(
                TestResult(attempt=t["attempt"], score=t["score"], maximum=t["maximum"], at=when(t["at"])) for t in v
            )
            for k, v in state["tests"].items()
        },
        feedback_at=when(state["feedback"]) if state["feedback"] else None,
        passed_at=when(state["passed"]) if state["passed"] else None,
        last_at=when(state["last"]) if state["last"] else None,
    )
