"""Loads the chapters and pages of a course."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from teladan.rulebook.course_data import LOCAL, Chapter, Page
from teladan.rulebook.directives import Citing
from teladan.rulebook.faults import Fault
from teladan.rulebook.library import Library
from teladan.rulebook.models.course import ChapterEntry, ChapterFront, CourseFile, PageFront
from teladan.rulebook.pages import CourseFacts, check_page
from teladan.rulebook.prose import Linking, resolved
from teladan.rulebook.refs import near
from teladan.rulebook.source import Source, read_page

_WORDS = {"slug": "nama", "number": "nomor"}
_PAGE_NAME = re.compile(r"(?P<number>\d{2})-(?P<slug>[a-z0-9]+(?:-[a-z0-9]+)*)")


@dataclass
class ChapterLoader:
    """Reads the chapters of one course folder and checks their pages against the facts of the course."""

    folder: Path
    library: Library
    faults: list[Fault]
    facts: CourseFacts
    linking: list[tuple[Source, int, Linking]] = field(default_factory=list)  # file, line before its body, link

    def load(self, file: CourseFile, source: Source) -> tuple[Chapter, ...]:
        """The chapters in the order of `course.yaml`."""
        counts = Counter(chapter.key for chapter in file.chapters)
        for number, entry in enumerate(file.chapters):
            if counts[entry.key] > 1:
                source.fault_at(("chapters", number), f"Materi {entry.key!r} tercantum dua kali.", "Beri kunci lain.")
        named = {entry.folder for entry in file.chapters}
        for folder in sorted(path for path in (self.folder / "chapters").glob("*") if path.is_dir()):
            if folder.name not in named:
                source.fault_at(
                    ("chapters",), f"Folder {folder.name!r} tidak tercantum.", "Tambahkan ke chapters.", warning=True
                )
        chapters = tuple(self._chapter(number, entry, source) for number, entry in enumerate(file.chapters))
        return self._linked(chapters, pictures_at=f"/baca/{file.key}/gambar/{file.version}/")

    def _linked(self, chapters: tuple[Chapter, ...], *, pictures_at: str) -> tuple[Chapter, ...]:
        """The chapters with what stands behind their links to pages and pictures; a link that leads nowhere is noted."""
        titles = {page.key: (f"{c.key}/{page.slug}/", page.title) for c in chapters for page in c.pages}
        for source, before, link in self.linking:
            if link.target not in titles:
                found = near(link.target, list(titles))
                hint = f"Mungkin maksudnya: {', '.join(found)}." if found else "Tulis folder materi dan nama berkasnya."
                source.fault(before + link.line, f"Halaman {link.target!r} tidak ada dalam modul ini.", hint)
        from_page = {key: (f"../../{address}", title) for key, (address, title) in titles.items()}
        from_index = {key: (f"../{address}", title) for key, (address, title) in titles.items()}
        return tuple(
            replace(
                chapter,
                source=resolved(chapter.source, pages=from_index, pictures_at=pictures_at),
                pages=tuple(
                    replace(page, source=resolved(page.source, pages=from_page, pictures_at=pictures_at))
                    for page in chapter.pages
                ),
            )
            for chapter in chapters
        )

    def _chapter(self, number: int, entry: ChapterEntry, source: Source) -> Chapter:
        announced = Chapter(
            key=entry.key,
            title=entry.title,
            value=entry.value,
            jp=entry.jp,
            planned=entry.planned,
            summary="",
            minutes=0,
            objectives=(),
            pages=(),
        )
        if entry.folder is None:
            return announced
        folder = self.folder / "chapters" / entry.folder
        if not folder.is_dir():
            loc = ("chapters", number, "folder")
            source.fault_at(
                loc, f"Folder chapters/{entry.folder} tidak ada.", "Buat foldernya, atau ganti dengan planned."
            )
            return announced
        found = read_page(folder / "index.md", ChapterFront, self.faults)
        before_pages = len(self.faults)
        pages = self._pages(folder)
        if not pages and len(self.faults) == before_pages:
            loc = ("chapters", number, "folder")
            source.fault_at(loc, f"Materi {entry.key!r} belum punya halaman.", "Tulis 01-nama.md, atau pakai planned.")
        if found is None:
            return announced
        front, body, before, index = found
        self._check_body(index, body, before, "")
        _compare(entry, front, pages, index)
        return replace(
            announced,
            summary=front.summary,
            minutes=front.minutes,
            objectives=tuple(front.objectives),
            pages=pages,
            source=body,
        )

    def _pages(self, folder: Path) -> tuple[Page, ...]:
        found = (self._page(path, folder) for path in sorted(folder.glob("*.md")) if path.name != "index.md")
        pages = tuple(page for page in found if page)
        for what in ("slug", "number"):
            counts = Counter(getattr(page, what) for page in pages)
            for page in pages:
                if counts[getattr(page, what)] > 1:
                    self.faults.append(
                        Fault(
                            page.path, 1, f"Ada dua halaman dengan {_WORDS[what]} yang sama.", "Beri nama berkas lain."
                        )
                    )
        return tuple(replace(page, number=number) for number, page in enumerate(pages, 1))

    def _page(self, path: Path, folder: Path) -> Page | None:
        name = _PAGE_NAME.fullmatch(path.stem)
        if name is None:
            message = f"Nama halaman {path.name!r} tidak berbentuk NN-nama-halaman.md."
            self.faults.append(Fault(path, 1, message, "Ganti nama berkasnya, misalnya 03-dua-belas-asas.md."))
            return None
        if name["slug"].startswith(LOCAL):
            message = f"Nama halaman {path.name!r} diawali {LOCAL!r}, yang dipakai untuk tambahan instansi."
            self.faults.append(Fault(path, 1, message, "Ganti nama berkasnya."))
        found = read_page(path, PageFront, self.faults)
        if found is None:
            return None
        front, body, before, source = found
        self.facts.page = f"{folder.name}/{path.stem}"
        self._check_body(source, body, before, front.kind)
        return Page(
            key=self.facts.page,
            slug=name["slug"],
            number=int(name["number"]),
            title=front.title,
            kind=front.kind,
            minutes=front.minutes,
            behaviours=tuple(front.behaviours),
            source=body,
            path=path,
            offset=before,
        )

    def _check_body(self, source: Source, body: str, before: int, kind: str) -> None:
        def report(line: int, message: str, remedy: str, *, warning: bool = False) -> None:
            source.fault(before + line, message, remedy, warning=warning)

        links = check_page(body, kind, self.facts, self._citing(source, before), report)
        self.linking += [(source, before, link) for link in links]

    def _citing(self, source: Source, before: int) -> Callable[[Citing], None]:
        def check(citing: Citing) -> None:
            if doubt := self.library.doubt(citing.ref):
                message, remedy, warning = doubt
                source.fault(before + citing.line, message, remedy, warning=warning)

        return check


def _compare(entry: ChapterEntry, front: ChapterFront, pages: tuple[Page, ...], index: Source) -> None:
    """What `course.yaml` says of a chapter against its own front matter."""
    if front.value != entry.value:
        message = f"Nilai {front.value} berbeda dari course.yaml ({entry.value})."
        index.fault_at(("value",), message, "Samakan keduanya.")
    if front.title != entry.title:
        index.fault_at(("title",), "Judul berbeda dari course.yaml.", "Samakan keduanya.", warning=True)
    total = sum(page.minutes for page in pages)
    if total != front.minutes:
        index.fault_at(
            ("minutes",),
            f"Tertulis {front.minutes} menit, padahal jumlah halaman {total} menit.",
            f"Tulis minutes: {total}, atau ubah menit halamannya.",
            warning=True,
        )
