"""A page of a chapter as a reader without an account sees it: the same parts, with nothing kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby

from teladan.learning import api as learning
from teladan.rulebook.api import Course, Item, Page, Scene
from teladan.web.ui.clips import Clip, clip_of_course
from teladan.web.ui.diagrams import Diagram, draw

NOTHING_KEPT = ("cek", "adegan", "refleksi", "analisis", "komitmen")  # these look different when nothing is kept


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One part of the page. `kind` names its template: the player's own, or one in `materi/` where the player keeps
    something."""

    kind: str
    title: str = ""
    html: str = ""
    pieces: tuple["Piece", ...] = ()
    diagram: Diagram | None = None
    clip: Clip | None = None
    item: Item | None = None
    scene: Scene | None = None
    is_open: bool = False

    @property
    def template(self) -> str:
        return f"{'materi' if self.kind in NOTHING_KEPT else 'employee/parts'}/{self.kind}.html"


@lru_cache(maxsize=512)
def pieces_of(course: "CourseKey", page: Page, value: str) -> tuple[Piece, ...]:
    """The page from top to bottom; `value` colours its drawings."""
    return _pieces(learning.parts_of(page), course.course, value)


@dataclass(frozen=True)
class CourseKey:
    """A course as a key of the cache: the same loaded course, not an equal one (its mappings cannot be hashed)."""

    course: Course

    def __hash__(self) -> int:
        return id(self.course)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CourseKey) and other.course is self.course


def _pieces(parts: Sequence[learning.Part], course: Course, value: str) -> tuple[Piece, ...]:
    made: list[Piece] = []
    for is_family, group in groupby(parts, lambda part: part.kind == "rumpun"):
        if is_family:
            made.append(_families(list(group), course, value))
        else:
            made += [_piece(part, course, value) for part in group]
    return tuple(made)


def _piece(part: learning.Part, course: Course, value: str) -> Piece:
    base = Piece(kind=part.kind, title=part.title, html=part.html)
    if part.kind == "diagram":
        return replace(base, diagram=draw(part.attrs["jenis"], part.steps, title=part.attrs["judul"], value=value))
    if part.kind == "cek":
        return replace(base, item=course.items[part.attrs["soal"]])
    if part.kind == "adegan":
        return replace(base, scene=course.scenes[part.attrs["kunci"]])
    inner = replace(base, pieces=_pieces(part.parts, course, value))
    return replace(inner, clip=clip_of_course(part.title, part.attrs)) if part.kind == "klip" else inner


def _families(parts: Sequence[learning.Part], course: Course, value: str) -> Piece:
    """What one sees and does not see in each job family; the first stands open."""
    names: Mapping[str, str] = course.job_families
    return Piece(
        kind="rumpun",
        pieces=tuple(
            Piece(
                kind="keluarga",
                title=names.get(part.attrs["nama"], part.attrs["nama"]),
                pieces=_pieces(part.parts, course, value),
                is_open=number == 0,
            )
            for number, part in enumerate(parts)
        ),
    )
