"""How fast somebody turned the pages of a module. Pure; from the moments at which pages were read, nothing else is kept.

A page is stated when its reader goes on, so the time between two statements is the most that the later page can have
had. Adults read silently at 175 to 300 words a minute (Brysbaert 2019, Journal of Memory and Language 109, 104047); twice
the upper end leaves room for whoever skims what they know. Above it, over several pages, the words cannot have been read.
That says nothing about what somebody knows, so it blocks nothing and enters no score.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from teladan.rulebook.data import Course
from teladan.rulebook.directives import TEXT, Block, parse

FASTEST = 600  # words a minute
BREAK = timedelta(minutes=30)  # a longer time between two pages was not spent on the page
FEWEST = 3  # measured pages of a chapter; fewer tell too little
OPTIONAL = frozenset({"sisip", "rumpun", "lembar-kerja", "pembahasan"})  # opened by whoever wants to
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, kw_only=True)
class Pace:
    """`median_seconds` per page, None when nothing could be measured; `hasty`: keys of the chapters whose pages went by
    faster than anybody reads, in the order of the course."""

    median_seconds: int | None
    hasty: tuple[str, ...]


def words_in(blocks: Iterable[Block]) -> int:
    """The words of a page that everybody meets, without what is opened on request."""
    return sum(
        len(_WORD.findall(block.text)) if block.name == TEXT else words_in(block.children)
        for block in blocks
        if block.name not in OPTIONAL
    )


def course_words(course: Course) -> dict[tuple[str, str], int]:
    """(chapter, page) -> words, for every page of a course."""
    return {(c.key, page.slug): words_in(parse(page.source)) for c in course.chapters for page in c.pages}


def pace(read: Mapping[str, Mapping[str, datetime]], words: Mapping[tuple[str, str], int]) -> Pace:
    """The pace of a reader. `read`: chapter -> page -> when first read; `words`: of the course, in its order. The first
    page of all and those after a break are not measured."""
    visits = sorted((at, chapter, page) for chapter, pages in read.items() for page, at in pages.items())
    seconds: list[float] = []
    spent: dict[str, list[tuple[int, float]]] = {}
    for (before, _c, _p), (at, chapter, page) in pairwise(visits):
        if at - before <= BREAK:
            took = (at - before).total_seconds()
            seconds.append(took)
            spent.setdefault(chapter, []).append((words.get((chapter, page), 0), took))
    return Pace(
        median_seconds=round(median(seconds)) if seconds else None,
        hasty=tuple(key for key in dict.fromkeys(c for c, _page in words) if _is_hasty(spent.get(key, []))),
    )


def _is_hasty(pages: list[tuple[int, float]]) -> bool:
    """Did these pages (words, seconds) together go by faster than anybody reads?"""
    return len(pages) >= FEWEST and 60 * sum(n for n, _took in pages) > FASTEST * sum(took for _n, took in pages)
