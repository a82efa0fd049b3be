"""What an author of a course needs: a skeleton that is sound from the start, and a check of one course folder alone."""

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from teladan.rulebook.book import COUNTRY, load
from teladan.rulebook.course_data import Course
from teladan.rulebook.courses import VERSIONS, load_course
from teladan.rulebook.faults import Fault
from teladan.rulebook.library import load_library
from teladan.rulebook.overlays import AGENCIES, load_overlay
from teladan.rulebook.publishing import NotPublishable, check_versions, publish, published

SKELETON = Path(__file__).resolve().parent / "skeleton"
_KEY = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class BadName(ValueError):
    """The name cannot be that of a course; the sentence says why."""


@dataclass(frozen=True)
class Checked:
    """A course folder after its check. `course` is None when `course.yaml` itself is broken."""

    course: Course | None
    faults: tuple[Fault, ...]

    @property
    def is_sound(self) -> bool:
        return self.course is not None and not any(fault.is_error for fault in self.faults)


def check_course(folder: Path, *, packs: Path) -> Checked:
    """Check one course folder against the law library of `packs` and the keys of its other courses. Faults of the
    library itself are left to `teladan packs`."""
    faults: list[Fault] = []
    root = packs / COUNTRY
    library = load_library(root, [])
    course = load_course(folder, library, faults, others=root / "courses")
    check_versions(folder, course, library, faults)
    if course is not None:
        for overlay in sorted((packs / AGENCIES).glob(f"*/courses/{folder.name}")):
            load_overlay(overlay, course, library, faults)
    return Checked(course, tuple(sorted(set(faults))))


def is_overlay(folder: Path) -> bool:
    """Is this what an agency adds to a course, rather than a course?"""
    parts = folder.resolve().parts[-4:]
    return len(parts) == 4 and (parts[0], parts[2]) == (AGENCIES, "courses")


def check_overlay(folder: Path, *, packs: Path) -> Checked:
    """Check what an agency adds to a course of `packs`, against the version that people get."""
    book = load(packs)
    faults = [fault for fault in book.faults if fault.path.resolve().is_relative_to(folder.resolve())]
    course = next((course for course in book.courses() if course.key == folder.name), None)
    if (packs / AGENCIES).resolve() not in folder.resolve().parents and course is not None:
        load_overlay(folder, course, load_library(packs / COUNTRY, []), faults)
    return Checked(course, tuple(sorted(set(faults))))


def publish_course(folder: Path, *, packs: Path) -> Path:
    """Freeze the course as the version it names and return where the copy lies. Raises `NotPublishable`, with what to
    do, when the course has faults or the version is out already."""
    checked = check_course(folder, packs=packs)
    if checked.course is None:
        raise NotPublishable("Modul belum dapat dibaca.", "Perbaiki galatnya: teladan course check NAMA.")
    if checked.course.version not in published(folder) and not checked.is_sound:
        raise NotPublishable("Modul masih punya galat.", "Perbaiki galatnya: teladan course check NAMA.")
    return publish(folder, checked.course)


def fingerprint(folder: Path) -> str:
    """What changes whenever a file of the folder is saved, added or removed."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and VERSIONS not in path.parts)
    told = "\n".join(f"{path} {path.stat().st_mtime_ns} {path.stat().st_size}" for path in files)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def new_course(folder: Path, *, title: str) -> list[Path]:
    """Write a small working course into `folder`, which must not exist; its name becomes the key. Returns the files.

    Raises `BadName` for a name that cannot be a key and `FileExistsError` when there is something already.
    """
    if not _KEY.fullmatch(folder.name):
        raise BadName("Nama modul hanya boleh berisi huruf kecil, angka, dan tanda hubung, misalnya ramah-disabilitas.")
    folder.mkdir(parents=True, exist_ok=False)
    made = []
    for source in sorted(path for path in SKELETON.rglob("*") if path.is_file()):
        target = folder / source.relative_to(SKELETON).as_posix().replace("KUNCI", folder.name)
        target.parent.mkdir(parents=True, exist_ok=True)
        text = source.read_text(encoding="utf-8").replace("KUNCI", folder.name)
        target.write_text(text.replace("JUDUL", title.replace("\\", "\\\\").replace('"', '\\"')), encoding="utf-8")
        made.append(target)
    return made
