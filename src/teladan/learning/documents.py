"""What learning hands to the search: the chapters and pages of every course, which anybody may read."""

import re
from collections.abc import Collection, Iterator, Sequence
from html import unescape
from uuid import UUID

from teladan.learning import paths
from teladan.learning.page import Part
from teladan.learning.queries.course import opening_of, parts_of
from teladan.rulebook.api import rulebook
from teladan.search.api import Document, Source

LESSON = "learning.lesson"
_TAG = re.compile(r"<[^>]+>")
_ANSWERS = ("pembahasan",)  # read after one's own answer; the search does not give them away


def lessons(agency_id: UUID | None, keys: Collection[str] | None) -> Iterator[Document]:
    """Chapters ("berakhlak/akuntabel") and pages ("berakhlak/akuntabel/kasus") that are out."""
    for course in rulebook().courses():
        for chapter in course.chapters:
            if not chapter.is_open:
                continue
            found = [
                Document(
                    key=f"{course.key}/{chapter.key}",
                    kind="lesson",
                    title=chapter.title,
                    text=" ".join([chapter.summary, plain(opening_of(chapter)), *chapter.objectives]),
                    caption=course.title,
                    address=paths.reading(course.key, chapter.key),
                ),
                *(
                    Document(
                        key=f"{course.key}/{chapter.key}/{page.slug}",
                        kind="lesson",
                        title=page.title,
                        text=text_of(parts_of(page)),
                        caption=f"{course.title} · {chapter.title}",
                        address=paths.reading(course.key, chapter.key, page.slug),
                    )
                    for page in chapter.pages
                ),
            ]
            yield from (one for one in found if keys is None or one.key in keys)


def text_of(parts: Sequence[Part]) -> str:
    """The words of a page without markup, and without what is shown only after an answer."""
    found: list[str] = []
    for part in parts:
        if part.kind not in _ANSWERS:
            steps = (": ".join(filter(None, step)) for step in part.steps)
            found += [part.title, plain(part.html), *steps, text_of(part.parts)]
    return " ".join(filter(None, found))


def plain(html: str) -> str:
    """The text of HTML that we made ourselves."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())


SOURCES = (Source(name=LESSON, documents=lessons),)
