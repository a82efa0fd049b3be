"""Published versions of a course: frozen copies beside the course that is being written.

`courses/<key>/versions/<version>/` holds every file as it was published, and `SHA256SUMS` in the form that the tool
`sha256sum -c` reads. A version that is out is never edited; whoever began with it keeps it.
"""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from teladan.rulebook.course_data import Course
from teladan.rulebook.courses import SUMS, VERSIONS, files_of, load_course
from teladan.rulebook.directives import read
from teladan.rulebook.faults import Fault
from teladan.rulebook.library import Library


class NotPublishable(ValueError):
    """The course cannot be published as it stands."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def published(folder: Path) -> dict[str, Path]:
    """The versions of a course folder that are out, the oldest first, with where they lie."""
    found = [path for path in (folder / VERSIONS).glob("*") if (path / SUMS).is_file() and _is_number(path.name)]
    return {path.name: path for path in sorted(found, key=lambda path: _order(path.name))}


def digest(folder: Path) -> str:
    """What stands for the whole content of a course folder: SHA-256 over its sums, in hexadecimal digits."""
    return hashlib.sha256(_sums_text(_sums(folder)).encode()).hexdigest()


def publish(folder: Path, course: Course) -> Path:
    """Freeze `course`, which was read from `folder` and is sound, as its version. Returns the folder of the copy.

    Raises `NotPublishable` when that version, or a later one, is out already.
    """
    out = published(folder)
    if course.version in out:
        if _sums(folder) == _kept(out[course.version]):
            raise NotPublishable(f"Versi {course.version} sudah terbit.", "Tidak ada yang perlu dikerjakan.")
        raise NotPublishable(f"Versi {course.version} sudah terbit dengan isi lain.", _next_version(course.version))
    newest = list(out)[-1] if out else None
    if newest and _order(course.version) < _order(newest):
        raise NotPublishable(
            f"Versi {newest} sudah terbit, lebih baru daripada {course.version}.", _next_version(newest)
        )
    target = folder / VERSIONS / course.version
    made = target.with_name(f".{target.name}.baru")
    shutil.rmtree(made, ignore_errors=True)
    for path in files_of(folder):
        copy = made / path.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, copy)
    (made / SUMS).write_text(_sums_text(_sums(made)), encoding="utf-8")
    made.rename(target)
    return target


def check_versions(folder: Path, course: Course | None, library: Library, faults: list[Fault]) -> None:
    """Note every change to what is out: in a frozen copy, and in the course itself while it names that version."""
    out = published(folder)
    for version, place in out.items():
        faults += _changes(place, version)
        faults += _lost_citations(place, library)
    if course is None or not out:
        return
    if course.version in out:
        faults += _edits(folder, out[course.version], course.version)
    elif _order(course.version) < _order(newest := list(out)[-1]):
        message = f"Versi {course.version} lebih lama daripada versi {newest} yang sudah terbit."
        faults.append(Fault(folder / "course.yaml", 1, message, _next_version(newest)))


def frozen(place: Path, library: Library) -> Course | None:
    """A published version as a course."""
    course = load_course(place, library, [])
    return replace(course, digest=digest(place)) if course else None


def served(draft: Course | None, out: Mapping[str, Path], library: Library) -> Course | None:
    """The version that people get: the newest that is out, else the course being written."""
    if not out:
        return draft
    newest = list(out)[-1]
    if draft and draft.version == newest and _sums(draft.folder) == _kept(out[newest]):
        return replace(draft, digest=digest(draft.folder))
    return frozen(out[newest], library)


def _changes(place: Path, version: str) -> Iterator[Fault]:
    kept, found = _kept(place), _sums(place)
    remedy = "Kembalikan seperti semula (misalnya: git restore); perubahan ditulis pada modul sebagai versi baru."
    for number, name in enumerate(kept, 1):
        if name not in found:
            message = f"Berkas {name!r} dari versi {version} yang sudah terbit hilang."
            yield Fault(place / SUMS, number, message, remedy)
        elif found[name] != kept[name]:
            yield Fault(place / name, 1, f"Versi {version} sudah terbit, tetapi salinannya berubah.", remedy)
    for name in found.keys() - kept.keys():
        yield Fault(place / name, 1, f"Berkas ini ditambahkan ke versi {version} yang sudah terbit.", remedy)


def _edits(folder: Path, place: Path, version: str) -> Iterator[Fault]:
    kept, found = _kept(place), _sums(folder)
    for name in sorted(kept.keys() | found.keys()):
        if name not in found:
            message = f"Versi {version} sudah terbit, tetapi berkas {name!r} dihapus."
            yield Fault(folder / "course.yaml", 1, message, _next_version(version))
        elif found[name] != kept.get(name):
            line = _first_difference(folder / name, place / name)
            message = f"Versi {version} sudah terbit, tetapi berkas ini berubah."
            yield Fault(folder / name, line, message, _next_version(version))


def _lost_citations(place: Path, library: Library) -> Iterator[Fault]:
    """Regulations that a published page cites must stay in the library."""
    for path in sorted((place / "chapters").glob("*/*.md")):
        text = path.read_text(encoding="utf-8", errors="replace")
        for citing in read(text, lambda *_fault, **_more: None).citations:
            if (doubt := library.doubt(citing.ref)) and not doubt[2]:
                remedy = "Kembalikan peraturannya ke regulations.yaml; yang dicabut pun tetap disimpan."
                yield Fault(path, citing.line, doubt[0], remedy)


def _next_version(version: str) -> str:
    *front, last = version.split(".")
    following = ".".join([*front, str(int(last) + 1)])
    return f'Tulis version: "{following}" di course.yaml, lalu terbitkan: teladan course publish NAMA.'


def _first_difference(path: Path, other: Path) -> int:
    if not other.is_file():
        return 1
    pairs = zip(path.read_bytes().split(b"\n"), other.read_bytes().split(b"\n"), strict=False)
    return next((number for number, (one, two) in enumerate(pairs, 1) if one != two), 1)


def _sums(folder: Path) -> dict[str, str]:
    """Name of each file of a course -> SHA-256 of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files_of(folder)
    }


def _sums_text(sums: Mapping[str, str]) -> str:
    return "".join(f"{sums[name]}  {name}\n" for name in sorted(sums))


def _kept(place: Path) -> dict[str, str]:
    lines = (place / SUMS).read_text(encoding="utf-8").splitlines()
    return {name: found for found, _gap, name in (line.partition("  ") for line in lines)}


def _is_number(version: str) -> bool:
    return all(part.isdecimal() for part in version.split("."))


def _order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))
