"""Reading a course: its parts, its places to write, where to go on. No database."""

from collections.abc import Mapping
from functools import lru_cache

from teladan.learning.data import ChapterCard, Place
from teladan.learning.pace import Pace, course_words, pace
from teladan.learning.page import Part, render, to_html
from teladan.learning.progress import Progress
from teladan.rulebook.api import Rulebook, rulebook
from teladan.rulebook.data import Chapter, Course, Page

WRITING = ("refleksi", "analisis", "komitmen")


def parts_of(page: Page) -> tuple[Part, ...]:
    """The rendered parts of a page."""
    return render(page, rulebook())


def writing_places(course: Course) -> Mapping[str, str]:
    """Key of each place to write -> its kind."""
    return _writing_places(course.key, course.version, rulebook())


def opening_of(chapter: Chapter) -> str:
    """The opening words of a chapter as HTML."""
    return _html(chapter.source, rulebook())


@lru_cache(maxsize=64)
def _html(source: str, book: Rulebook) -> str:
    return to_html(source, book)


def pace_of(progress: Progress, course: Course) -> Pace:
    """How fast somebody turned the pages."""
    return pace(progress.pages, _words(course.key, rulebook()))


@lru_cache(maxsize=16)
def _words(course_key: str, book: Rulebook) -> Mapping[tuple[str, str], int]:
    return course_words(book.course(course_key))


@lru_cache(maxsize=16)
def _writing_places(key: str, version: str, book: Rulebook) -> Mapping[str, str]:
    pages = [page for chapter in book.course(key, version).chapters for page in chapter.pages]
    return {
        found.attrs["kunci"]: kind
        for page in pages
        for part in parts_of(page)
        for kind in WRITING
        for found in part.find(kind)
    }


def keys_in(parts: tuple[Part, ...], kind: str, attribute: str) -> list[str]:
    """The keys that a page's parts of one kind carry, in reading order."""
    return [found.attrs[attribute] for part in parts for found in part.find(kind)]


def neighbours(chapter: Chapter, page: Page) -> tuple[Page | None, Page | None]:
    """The page before and the page after, within the chapter."""
    order = chapter.reading_order
    at = [other.slug for other in order].index(page.slug)
    before = order[at - 1] if at > 0 else None
    after = order[at + 1] if at + 1 < len(order) else None
    return before, after


def resume_page(chapter: Chapter, progress: Progress) -> str:
    """The slug to go on with in a chapter: where the reader left, else the first unread page."""
    read = progress.pages.get(chapter.key, {})
    if progress.place and progress.place[0] == chapter.key:
        slugs = [p.slug for p in chapter.pages]
        if progress.place[1] in slugs:
            at = slugs.index(progress.place[1]) + progress.place_is_read
            if at < len(slugs):
                return slugs[at]
    unread = [p.slug for p in chapter.pages if p.slug not in read]
    return unread[0] if unread else chapter.pages[0].slug


def chapter_cards(course: Course, progress: Progress) -> list[ChapterCard]:
    """The cards of the module's home, in the order of the course."""
    return [
        ChapterCard(
            chapter=chapter,
            number=number,
            done=min(progress.pages_done(chapter.key), len(chapter.pages)),
            total=len(chapter.pages),
            is_done=chapter.key in progress.chapters_done,
            planned=chapter.planned,
            resume=resume_page(chapter, progress) if chapter.pages else "",
        )
        for number, chapter in enumerate(course.chapters, 1)
    ]


def place(course: Course, progress: Progress) -> Place | None:
    """The page to go on with: in the chapter last visited, else in the first one not done; None when all is done."""
    open_chapters = [c for c in course.chapters if c.pages and c.key not in progress.chapters_done]
    if not open_chapters:
        return None
    last = progress.place[0] if progress.place else ""
    chapter = next((c for c in open_chapters if c.key == last), open_chapters[0])
    slug = resume_page(chapter, progress)
    return Place(chapter=chapter, page=chapter.page(slug))
