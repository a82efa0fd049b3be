"""Which pages are worth reading again after a test. Pure.

A wrong or missing answer points at its item's behaviour, and a behaviour at the pages that carry it. Items about the
values as a whole have no behaviour; they point at the chapter without a value, at the pages that carry none either.
"""

from collections import Counter
from collections.abc import Iterable

from teladan.instruments.data import ItemOutcome
from teladan.learning.data import Place, Reread
from teladan.rulebook.data import Course

MOST_PAGES = 4  # a list that nobody starts on helps nobody


def rereading(course: Course, outcomes: Iterable[ItemOutcome]) -> list[Reread]:
    """The behaviours with wrong answers, those with the most wrong first, each with its first pages."""
    asked: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for outcome in outcomes:
        part = (outcome.behaviour or "", outcome.value)
        asked[part] += 1
        wrong[part] += not outcome.is_correct
    ordered = sorted((part for part in asked if wrong[part]), key=lambda p: (-wrong[p], p))
    return [
        Reread(code=code, value=value, wrong=wrong[code, value], asked=asked[code, value], places=_places(course, code))
        for code, value in ordered
    ]


def _places(course: Course, code: str) -> tuple[Place, ...]:
    found = [
        Place(chapter=chapter, page=page)
        for chapter in course.chapters
        for page in chapter.pages
        if (code in page.behaviours if code else chapter.value is None and page.kind == "materi")
    ]
    return tuple(found[:MOST_PAGES])
