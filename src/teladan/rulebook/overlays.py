"""What an agency adds to a course: local pages, examples and questions to discuss, beside the national text.

`packs/agencies/<agency>/courses/<course>/<chapter folder>/<name>.md`. An addition stands after a national page or is a
page of its own behind it. It replaces nothing, keeps nothing, and is not counted.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from teladan.rulebook.course_data import LOCAL, Chapter, Course, Page
from teladan.rulebook.directives import read
from teladan.rulebook.faults import Fault
from teladan.rulebook.library import Library
from teladan.rulebook.models.addition import AdditionFront
from teladan.rulebook.pages import CourseFacts, check_page
from teladan.rulebook.prose import resolved
from teladan.rulebook.refs import near
from teladan.rulebook.source import Source, read_page

AGENCIES = "agencies"
KEEPING = ("cek", "adegan", "refleksi", "analisis", "pembahasan", "komitmen")  # blocks whose content the course keeps
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_WHERE = "Letakkan sebagai FOLDER-MATERI/NAMA.md. Instansi menambah; soal, adegan, dan isi nasional tidak diganti."


@dataclass(frozen=True)
class Addition:
    """One addition: the key of the national page it follows, and what it says as a page (`is_local`)."""

    after: str
    page: Page


Overlays = Mapping[tuple[str, str], tuple[Addition, ...]]  # (agency, course) -> additions by file name


def load_overlays(packs: Path, courses: Mapping[str, Course], library: Library, faults: list[Fault]) -> Overlays:
    """The additions of every agency below `packs`; what is broken is left out and noted."""
    found: dict[tuple[str, str], tuple[Addition, ...]] = {}
    for folder in sorted(path for path in (packs / AGENCIES).glob("*/courses/*") if path.is_dir()):
        course = courses.get(folder.name)
        if course is None:
            hint = near(folder.name, list(courses))
            remedy = f"Mungkin maksudnya: {', '.join(hint)}." if hint else f"Yang ada: {', '.join(courses) or '-'}."
            faults.append(Fault(folder, 1, f"Modul {folder.name!r} tidak ada.", remedy))
            continue
        found[folder.parents[1].name, folder.name] = load_overlay(folder, course, library, faults)
    return found


def load_overlay(folder: Path, course: Course, library: Library, faults: list[Fault]) -> tuple[Addition, ...]:
    """The additions in the overlay `folder` to `course`."""
    pages = {page.key: page for chapter in course.chapters for page in chapter.pages}
    chapters = {key.partition("/")[0] for key in pages}
    made = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(".")):
        place = path.relative_to(folder)
        if len(place.parts) != 2 or path.suffix != ".md" or not _NAME.fullmatch(path.stem):
            faults.append(Fault(path, 1, f"Berkas {place.as_posix()!r} bukan tambahan yang dikenal.", _WHERE))
        elif place.parts[0] not in chapters:
            message = f"Folder materi {place.parts[0]!r} tidak ada dalam modul {course.key}."
            faults.append(Fault(path, 1, message, f"Yang ada: {', '.join(sorted(chapters))}."))
        elif f"{place.parts[0]}/{path.stem}" in pages:
            message = f"Nama {path.stem!r} adalah nama halaman nasional, yang tidak dapat diganti."
            faults.append(Fault(path, 1, message, "Beri nama lain, misalnya contoh-puskesmas-kami.md."))
        elif addition := _addition(path, pages, course, library, faults):
            made.append(addition)
    return tuple(made)


def _addition(
    path: Path, pages: Mapping[str, Page], course: Course, library: Library, faults: list[Fault]
) -> Addition | None:
    before = len(faults)
    found = read_page(path, AdditionFront, faults)
    if found is None:
        return None
    front, body, _offset, source = found
    after = f"{path.parent.name}/{front.page}"
    if after not in pages:
        hint = near(after, list(pages))
        remedy = f"Mungkin maksudnya: {', '.join(hint)}." if hint else "Tulis nama berkas halamannya tanpa .md."
        source.fault_at(("page",), f"Halaman {after!r} tidak ada dalam modul {course.key}.", remedy)
    _check(found, course, library)
    if any(fault.is_error for fault in faults[before:]):
        return None
    page = Page(
        key=f"{path.parent.name}/{LOCAL}{path.stem}",
        slug=f"{LOCAL}{path.stem}",
        number=pages[after].number,
        title=front.title,
        kind=front.kind,
        minutes=front.minutes or 0,
        behaviours=(),
        source=resolved(body, pages=_addresses(course), pictures_at=""),
        path=path,
        is_local=True,
    )
    return Addition(after, page)


def _check(found: tuple[AdditionFront, str, int, Source], course: Course, library: Library) -> None:
    front, body, offset, source = found

    def report(line: int, message: str, remedy: str, *, warning: bool = False) -> None:
        source.fault(offset + line, message, remedy, warning=warning)

    facts = CourseFacts({}, {}, course.job_families, Path("-"), lost_items=True, lost_scenes=True)
    links = check_page(body, "", facts, lambda _citing: None, report)
    outline = read(body, lambda *_fault, **_more: None)
    for citing in outline.citations:
        if doubt := library.doubt(citing.ref):
            report(citing.line, doubt[0], doubt[1], warning=doubt[2])
    for directive in outline.walk():
        if directive.name in KEEPING:
            message = f"Blok '{directive.name}' tidak dapat dipakai pada tambahan instansi."
            report(directive.line, message, "Tulis sebagai teks biasa: tambahan tidak menyimpan dan tidak menilai.")
    addresses = _addresses(course)
    for link in links:
        if link.target not in addresses:
            remedy = f"Tulis folder materi dan nama berkasnya: [](halaman:{next(iter(addresses), '')})."
            report(link.line, f"Halaman {link.target!r} tidak ada dalam modul ini.", remedy)
    if front.kind == "diskusi" and "?" not in body:
        report(1, "Bahan diskusi tanpa pertanyaan.", "Akhiri dengan satu pertanyaan yang dapat dijawab bersama.")


def _addresses(course: Course) -> dict[str, tuple[str, str]]:
    return {p.key: (f"../../{c.key}/{p.slug}/", p.title) for c in course.chapters for p in c.pages}


def localised(course: Course, additions: Iterable[Addition]) -> Course:
    """The course with additions in their places. Its own pages stay as they are, in content, number and order; what
    follows a page that this version does not have is left out."""
    behind: dict[str, list[Page]] = {}
    for addition in additions:
        behind.setdefault(addition.after, []).append(addition.page)
    if not behind:
        return course
    return replace(course, chapters=tuple(_localised(chapter, behind) for chapter in course.chapters))


def _localised(chapter: Chapter, behind: Mapping[str, list[Page]]) -> Chapter:
    return replace(
        chapter,
        pages=tuple(
            replace(page, additions=tuple(added for added in behind.get(page.key, ()) if added.kind != "halaman"))
            for page in chapter.pages
        ),
        local_pages=tuple(
            replace(added, number=page.number)
            for page in chapter.pages
            for added in behind.get(page.key, ())
            if added.kind == "halaman"
        ),
    )
