"""A course while it is being written: every file with its faults at their place, drawn as far as it can be."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teladan.kernel.errors import NotFound
from teladan.rulebook.api import (
    Checked,
    Course,
    Fault,
    Page,
    check_course,
    default_packs,
    fingerprint,
    show_draft,
)
from teladan.rulebook.directives import passages
from teladan.web.public.pieces import CourseKey, pieces_of


@dataclass(frozen=True, kw_only=True)
class Passage:
    """A directive or a stretch of text: drawn, or as it was written when it cannot be, with what is wrong in it."""

    html: SafeString
    written: str
    faults: tuple[Fault, ...]


def _folder() -> Path:
    return Path(settings.PREVIEW)


@lru_cache(maxsize=2)
def _checked(_fingerprint: str) -> Checked:
    """The course as it stands; read anew only when a file has changed."""
    found = check_course(_folder(), packs=settings.PACKS or default_packs())
    if found.course is not None:
        show_draft(found.course)
    return found


def _now() -> tuple[Checked, str]:
    mark = fingerprint(_folder())
    return _checked(mark), mark


@require_safe
def state(_request: HttpRequest) -> HttpResponse:
    """What changes when a file does; the page asks for it and loads itself anew."""
    response = HttpResponse(fingerprint(_folder()), content_type="text/plain")
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """Every fault, and the pages in their order."""
    checked, mark = _now()
    context = {
        "course": checked.course,
        "folder": _folder().name,
        "faults": [(_name(fault.path), fault) for fault in checked.faults],
        "chapters": _chapters(checked),
        "mark": mark,
    }
    return render(request, "preview/overview.html", context)


def _chapters(checked: Checked) -> list[tuple[str, list[tuple[str, str, int]]]]:
    """Folder of each chapter -> its files as (name, title, number of faults); files that could not be read too."""
    titles = {page.path: page.title for page in _pages(checked.course)}
    files = sorted((_folder() / "chapters").glob("*/*.md"))
    found: dict[str, list[tuple[str, str, int]]] = {}
    for path in files:
        faults = sum(fault.path == path for fault in checked.faults)
        found.setdefault(path.parent.name, []).append((_name(path), titles.get(path, path.name), faults))
    return list(found.items())


@require_safe
def file(request: HttpRequest, name: str) -> HttpResponse:
    """One file: a page drawn passage by passage, anything else as it is written."""
    checked, mark = _now()
    path = _folder() / name
    if path not in {found for found in _folder().rglob("*") if found.is_file()}:
        raise NotFound(_("Berkas ini tidak ada lagi dalam modul."), next_step=_("Kembali ke daftar berkas."))
    mine = [fault for fault in checked.faults if fault.path == path]
    page = next((page for page in _pages(checked.course) if page.path == path), None)
    passages_of_page = list(_passages(page, checked.course, mine)) if page and checked.course else []
    pages = [_name(found) for found in sorted((_folder() / "chapters").glob("*/*.md"))]
    at = pages.index(name) if name in pages else -1
    context = {
        "name": name,
        "page": page,
        "value": _value(checked.course, page),
        "head": [fault for fault in mine if page and fault.line <= page.offset],
        "passages": passages_of_page,
        "lines": [] if page else _lines(path, mine),
        "prev": pages[at - 1] if at > 0 else "",
        "next": pages[at + 1] if 0 <= at < len(pages) - 1 else "",
        "mark": mark,
        "frame": "fokus",
    }
    return render(request, "preview/file.html", context)


def _passages(page: Page, course: Course, faults: list[Fault]) -> Iterator[Passage]:
    drawn = [found for part in passages(page.source) for found in _parts(page, course, *part)]
    for number, (first, written, html) in enumerate(drawn):
        after = drawn[number + 1][0] if number + 1 < len(drawn) else None
        inside = tuple(
            fault
            for fault in faults
            if fault.line > page.offset
            and fault.line - page.offset >= (first if number else 0)
            and (after is None or fault.line - page.offset < after)
        )
        yield Passage(html=html, written=written, faults=inside)


def _parts(page: Page, course: Course, first: int, written: str) -> Iterator[tuple[int, str, SafeString]]:
    """A passage with its first line; running text that cannot be drawn whole comes paragraph by paragraph."""
    html = _drawn(replace(page, source=written), course)
    if html or written.startswith(":::"):
        yield first, written, html
        return
    line = first
    for paragraph in written.split("\n\n"):
        if paragraph.strip():
            yield line, paragraph, _drawn(replace(page, source=paragraph), course)
        line += paragraph.count("\n") + 2


def _drawn(page: Page, course: Course) -> SafeString:
    """The passage as a reader will see it; nothing when it cannot be drawn yet."""
    value = _value(course, page)
    try:
        context = {"pieces": pieces_of(CourseKey(course), page, value), "course": course, "chapter": {"value": value}}
        return mark_safe(render_to_string("employee/parts/pieces.html", context))  # noqa: S308  (made by our templates)
    except Exception:  # whatever an unfinished passage breaks, its source and its fault are shown instead
        return mark_safe("")


def _lines(path: Path, faults: list[Fault]) -> list[tuple[int, str, list[Fault]]]:
    """A file that is no page that could be read: its lines, with the faults of each."""
    text = path.read_text(encoding="utf-8", errors="replace")
    return [
        (number, line, [fault for fault in faults if fault.line == number])
        for number, line in enumerate(text.splitlines(), 1)
    ]


def _pages(course: Course | None) -> list[Page]:
    return [page for chapter in course.chapters for page in chapter.pages] if course else []


def _value(course: Course | None, page: Page | None) -> str:
    chapters = course.chapters if course and page else ()
    return next((c.value or "UM" for c in chapters if page and any(p.key == page.key for p in c.pages)), "UM")


def _name(path: Path) -> str:
    return path.relative_to(_folder()).as_posix() if path.is_relative_to(_folder()) else path.name
