"""What chapters, tests and feedback say about a whole cohort."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import POST_TEST, PRE_TEST
from teladan.learning.models import Feedback
from teladan.learning.queries.cohort import cohort, members_of
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
    """Results of a cohort: chapters, both tests, class gain, items, feedback."""

    chapters: tuple[ChapterResult, ...]
    pre: tuple[int, ...]
    post: tuple[int, ...]
    gain: instruments.ClassGain
    items: dict[str, list[instruments.ItemResult]]
    feedback_n: int
    feedback: dict[str, tuple[int, ...]]  # question -> how many gave 1..5; empty below the threshold
    min_n: int


def results(cohort_id: UUID, *, by: Actor) -> CohortResults:
    """What tests, chapters and feedback say about a cohort; figures below the threshold are left out."""
    card = cohort(cohort_id, by=by)
    course = rulebook().course(card.course_key)
    found = list(members_of(card).select_related("cohort", "progress"))
    states = [progress_of(e) for e in found]
    min_n = smallest_group()
    pairs = [(a.percent, b.percent) for p in states if (a := p.best(PRE_TEST)) and (b := p.best(POST_TEST))]
    contexts = [e.pk for e in found]
    answers = list(Feedback.objects.filter(enrolment__cohort_id=card.id).values_list("answers", flat=True))
    return CohortResults(
        chapters=tuple(
            ChapterResult(
                title=c.title,
                value=c.value,
                n=len(found),
                begun=sum(1 for p in states if p.pages_done(c.key)),
                done=sum(1 for p in states if c.key in p.chapters_done),
            )
            for c in course.chapters
            if c.pages
        ),
        pre=tuple(t.percent for p in states if (t := p.best(PRE_TEST))),
        post=tuple(t.percent for p in states if (t := p.best(POST_TEST))),
        gain=instruments.class_gain([a for a, _b in pairs], [b for _a, b in pairs], min_n),
        items={key: instruments.item_results(contexts, key, min_n) for key in (PRE_TEST, POST_TEST)},
        min_n=min_n,
        feedback_n=len(answers),
        feedback=_spread(answers, course) if len(answers) >= min_n else {},
    )


def smallest_group() -> int:
    """The smallest group whose figures are shown."""
    value = rulebook().value_at("teladan.penerbitan.kelompok-minimum", clock.now().date()).value
    if not isinstance(value, int):
        raise TypeError("the smallest group to publish must be a whole number")
    return value


def _spread(answers: Sequence[Mapping[str, object]], course: Course) -> dict[str, tuple[int, ...]]:
    """For each five-point question how many gave 1 to 5."""
    counts: dict[str, tuple[int, ...]] = {}
    for item in course.feedback:
        if item.kind == "skala5":
            given = Counter(a.get(item.key) for a in answers)
            counts[item.key] = tuple(given[n] for n in range(1, 6))
    return counts
