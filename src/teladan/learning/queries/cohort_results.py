"""What chapters, tests and feedback say about a whole cohort."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.learning.enums import POST_TEST, PRE_TEST
from teladan.learning.models import Feedback
from teladan.learning.progress import outline
from teladan.learning.queries.analysis import Exactness, exactness
from teladan.learning.queries.change import change_of
from teladan.learning.queries.cohort import cohort, members_of
from teladan.learning.threshold import smallest_group
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course


@dataclass(frozen=True, kw_only=True)
class ChapterResult:
    """How far a cohort is with one chapter."""

    title: str
    value: str | None
    n: int
    begun: int
    done: int


@dataclass(frozen=True, kw_only=True)
class CohortResults:
    """Results of a cohort: chapters, both tests, class gain over first attempts, how many changed for certain (empty
    below the threshold, and while the test's exactness is not known), feedback."""

    chapters: tuple[ChapterResult, ...]
    pre: tuple[int, ...]
    post: tuple[int, ...]
    gain: instruments.ClassGain
    changes: dict[instruments.Verdict, int]
    exactness: Exactness | None
    feedback_n: int
    feedback: dict[str, tuple[int, ...]]  # question -> how many gave 1..5; empty below the threshold
    min_n: int


def results(cohort_id: UUID, *, by: Actor) -> CohortResults:
    """What tests, chapters and feedback say about a cohort; figures below the threshold are left out."""
    card = cohort(cohort_id, by=by)
    course = rulebook().course(card.course_key, card.course_version)
    found = [outline(state or {}) for state in members_of(card).values_list("progress__state", flat=True)]
    states = [one.tests for one in found]
    min_n = smallest_group()
    firsts = [(a, b) for p in states if (a := p.first(PRE_TEST)) and (b := p.first(POST_TEST))]
    exact = exactness(card.course_key, card.course_version)
    changed = [c for p in states if (c := change_of(p, exact))]
    answers = list(Feedback.objects.filter(enrolment__cohort_id=card.id).values_list("answers", flat=True))
    return CohortResults(
        chapters=tuple(
            ChapterResult(
                title=c.title,
                value=c.value,
                n=len(found),
                begun=sum(c.key in one.begun for one in found),
                done=sum(c.key in one.done for one in found),
            )
            for c in course.chapters
            if c.pages
        ),
        pre=tuple(t.percent for p in states if (t := p.best(PRE_TEST))),
        post=tuple(t.percent for p in states if (t := p.best(POST_TEST))),
        gain=instruments.class_gain(
            [100 * float(a.share) for a, _b in firsts],
            [100 * float(b.share) for _a, b in firsts],
            min_n,
            fewest_for_gain=instruments.FEWEST_FOR_GAIN,
        ),
        changes=dict(Counter(c.verdict for c in changed)) if exact and len(changed) >= min_n else {},
        exactness=exact,
        min_n=min_n,
        feedback_n=len(answers),
        feedback=_spread(answers, course) if len(answers) >= min_n else {},
    )


def _spread(answers: Sequence[Mapping[str, object]], course: Course) -> dict[str, tuple[int, ...]]:
    """For each five-point question how many gave 1 to 5."""
    counts: dict[str, tuple[int, ...]] = {}
    for item in course.feedback:
        if item.kind == "skala5":
            given = Counter(a.get(item.key) for a in answers)
            counts[item.key] = tuple(given[n] for n in range(1, 6))
    return counts
