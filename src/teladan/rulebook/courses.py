"""Loads course packs. A broken file is left out and its faults noted; the rest of the course still loads."""

from dataclasses import dataclass
from pathlib import Path

from teladan.rulebook import convert
from teladan.rulebook.blueprints import check_blueprints
from teladan.rulebook.chapters import ChapterLoader
from teladan.rulebook.course_data import Course, Item, Scene
from teladan.rulebook.faults import Fault, Severity
from teladan.rulebook.library import Library, check_ref
from teladan.rulebook.models.course import CourseFile, ItemsFile, NodeModel, SceneFile
from teladan.rulebook.pages import CourseFacts
from teladan.rulebook.scenes import check_scene
from teladan.rulebook.source import Source, read_model

SUMS = "SHA256SUMS"  # the list of a published version's files
VERSIONS = "versions"  # the folder of a course in which its published versions lie
_READ = ("course.yaml", "chapters/*/*.md", "items/*.yaml", "scenes/*.yaml", "media/*")  # what a course consists of
_WHERE = "Yang dibaca: chapters/FOLDER/*.md, items/*.yaml, scenes/*.yaml, media/*. Pindahkan atau ganti namanya."


def files_of(folder: Path) -> list[Path]:
    """Every file of a course, in order; hidden ones do not count."""
    found = (path for pattern in _READ for path in folder.glob(pattern))
    return sorted(path for path in found if path.is_file() and not path.name.startswith("."))


def load_courses(root: Path, library: Library, faults: list[Fault]) -> dict[str, Course]:
    """Every course below `root` (a folder of course folders)."""
    courses: dict[str, Course] = {}
    keys: dict[str, Path] = {}
    for folder in sorted(path for path in root.glob("*") if path.is_dir()):
        course = _CourseLoader(folder, library, faults, keys).load()
        if course is not None:
            courses[course.key] = course
    return courses


def load_course(folder: Path, library: Library, faults: list[Fault], *, others: Path | None = None) -> Course | None:
    """One course folder; None when its `course.yaml` is broken. `others` is a folder of courses whose keys of items and
    scenes are taken already; a course of the same name there is this one."""
    keys: dict[str, Path] = {}
    for other in sorted(path for path in others.glob("*") if path.is_dir()) if others else ():
        if other.name != folder.name:
            _CourseLoader(other, library, [], keys).load()
    return _CourseLoader(folder, library, faults, keys).load()


@dataclass
class _CourseLoader:
    """Reads one course folder. `keys` are the keys of items and scenes already taken, in this course or another."""

    folder: Path
    library: Library
    faults: list[Fault]
    keys: dict[str, Path]

    def load(self) -> Course | None:
        """The course, or None when `course.yaml` itself is broken."""
        found = read_model(self.folder / "course.yaml", CourseFile, self.faults)
        if found is None:
            return None
        file, source = found
        if file.key != self.folder.name:
            source.fault_at(("key",), f"Kunci {file.key!r} berbeda dari nama foldernya.", "Samakan keduanya.")
        if file.jp_basis:
            check_ref(self.library, source, ("jp_basis", "ref"), file.jp_basis.ref)
        items, lost_items = self._items()
        scenes, lost_scenes = self._scenes(file)
        facts = CourseFacts(
            items, scenes, file.job_families, self.folder / "media", lost_items=lost_items, lost_scenes=lost_scenes
        )
        chapters = ChapterLoader(self.folder, self.library, self.faults, facts).load(file, source)
        check_blueprints(file, source, items, lost_items=lost_items)
        self._warn_unused(facts)
        self._check_strays(facts)
        return convert.course(file, chapters, items, scenes, self.folder)

    def _items(self) -> tuple[dict[str, Item], bool]:
        """The items by key, and whether a file of them was lost."""
        items: dict[str, Item] = {}
        lost = False
        for path in sorted((self.folder / "items").glob("*.yaml")):
            found = read_model(path, ItemsFile, self.faults)
            if found is None:
                lost = True
                continue
            file, source = found
            for number, model in enumerate(file.items):
                loc = ("items", number)
                self._take(f"soal {model.key}", source, (*loc, "key"))
                if not model.cites:
                    message = f"Soal {model.key} tidak menyebut dasarnya."
                    source.fault_at(loc, message, 'Tambahkan cites: ["uu-2009-25#34"].', warning=True)
                for index, ref in enumerate(model.cites):
                    check_ref(self.library, source, (*loc, "cites", index), ref)
                items[model.key] = convert.item(model, file.key_status)
        return items, lost

    def _scenes(self, course: CourseFile) -> tuple[dict[str, Scene], bool]:
        """The playable scenes by key, and whether one was lost."""
        scenes: dict[str, Scene] = {}
        lost = False
        for path in sorted((self.folder / "scenes").glob("*.yaml")):
            before = len(self.faults)
            found = read_model(path, SceneFile, self.faults)
            if found is not None:
                file, source = found
                self._check_scene(file, source, course)
            if found is None or any(fault.is_error for fault in self.faults[before:]):
                lost = True
            else:
                scenes[file.key] = convert.scene(file)
        return scenes, lost

    def _check_scene(self, file: SceneFile, source: Source, course: CourseFile) -> None:
        self._take(f"adegan {file.key}", source, ("key",))
        check_scene(file, source)
        for number, family in enumerate(file.job_families):
            if family not in course.job_families:
                known = ", ".join(course.job_families)
                source.fault_at(
                    ("job_families", number), f"Rumpun {family!r} tidak ada di course.yaml.", f"Yang ada: {known}."
                )
        for key, node in file.nodes.items():
            self._check_cites(key, node, source)

    def _check_cites(self, key: str, node: NodeModel, source: Source) -> None:
        for number, choice in enumerate(node.choices):
            for index, ref in enumerate(choice.cites):
                check_ref(self.library, source, ("nodes", key, "choices", number, "cites", index), ref)

    def _take(self, key: str, source: Source, loc: tuple[int | str, ...]) -> None:
        if key in self.keys:
            earlier = self.keys[key].name
            source.fault_at(loc, f"Kunci {key} sudah dipakai di {earlier}.", "Beri kunci yang belum pernah dipakai.")
        self.keys[key] = source.path

    def _check_strays(self, facts: CourseFacts) -> None:
        """Files that nobody reads: a wrong suffix or a wrong folder loses what is written in them without a word."""
        read = set(files_of(self.folder))
        for path in sorted(path for path in self.folder.rglob("*") if path.is_file()):
            place = path.relative_to(self.folder)
            if any(part.startswith(".") for part in place.parts) or place.parts[0] == VERSIONS or path.name == SUMS:
                continue
            if path not in read:
                self.faults.append(Fault(path, 1, f"Berkas {place.as_posix()!r} tidak dibaca.", _WHERE))
            elif place.parts[0] == "media" and place.name not in facts.used_media:
                message = f"Gambar {place.name!r} tidak dipakai di halaman mana pun."
                remedy = "Tampilkan dengan ![keterangan](berkas), atau hapus."
                self.faults.append(Fault(path, 1, message, remedy, Severity.WARNING))

    def _warn_unused(self, facts: CourseFacts) -> None:
        checks = {key for key, item in facts.items.items() if item.use == "cek"}
        for what, unused, block in (
            ("soal", checks - facts.used_items, "cek"),
            ("adegan", facts.scenes.keys() - facts.used_scenes, "adegan"),
        ):
            for key in sorted(unused):
                path = self.keys[f"{what} {key}"]
                line = path.read_text(encoding="utf-8").split(f"key: {key}")[0].count("\n") + 1
                Source(path, "", self.faults).fault(
                    line,
                    f"{what.capitalize()} {key} tidak dipakai di halaman mana pun.",
                    f"Tambahkan ::: {block}.",
                    warning=True,
                )


def course_of(page: Path) -> tuple[str, str]:
    """The key of the course to which a page belongs, and the version when the page lies in a frozen copy ("" for the
    text that is being written)."""
    folder = page.parents[2]
    return (folder.parents[1].name, folder.name) if folder.parent.name == VERSIONS else (folder.name, "")
