"""Frozen data of courses: what a course pack becomes once it has been read and found sound."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from teladan.rulebook.pictures import TYPES

LOCAL = "lokal-"  # begins the address of every page of an agency's own; no national page begins so


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell of a blueprint: how many items of a value (BP..KL or UM) at a level (C1..C5) a form takes. `anchors` of
    them stand in every form; None: as many as there are."""

    value: str
    level: str
    count: int
    anchors: int | None = None


@dataclass(frozen=True, kw_only=True)
class TestSpec:
    """A test of a course. `minutes` from start to deadline; `pass_mark` in percent, None when nothing hangs on it."""

    __test__ = False  # not a test class, whatever its name says to pytest

    key: str
    title: str
    form: str
    minutes: int
    pass_mark: int | None
    blueprint: tuple[Cell, ...]
    pass_basis: str = ""  # who set the pass mark

    @property
    def item_count(self) -> int:
        """How many items a form holds."""
        return sum(cell.count for cell in self.blueprint)


@dataclass(frozen=True, kw_only=True)
class Option:
    """One answer of an item."""

    key: str
    text: str
    correct: bool
    rationale: str


@dataclass(frozen=True, kw_only=True)
class Item:
    """A multiple-choice item with one correct option. `form` is A, B or jangkar (both), None for a self-check."""

    key: str
    use: str  # "tes" | "cek"
    form: str | None
    value: str
    behaviour: str | None
    level: str
    difficulty: float  # the author's guess in logits
    stem: str
    options: tuple[Option, ...]
    cites: tuple[str, ...]
    key_status: str

    @property
    def correct_key(self) -> str:
        """The key of the one correct option."""
        return next(option.key for option in self.options if option.correct)

    def in_form(self, form: str) -> bool:
        """May this item enter a test of `form`? Self-checks never do."""
        return self.use == "tes" and self.form in {form, "jangkar"}


@dataclass(frozen=True, kw_only=True)
class Echo:
    """A late consequence: `text` shows when the flag `when` was set by an earlier choice."""

    when: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Choice:
    """What one can do at a node; `score` from 0 to 1 by the authors' key, `goto` the next node."""

    key: str
    text: str
    score: float
    outcome: str
    sets: tuple[str, ...]
    goto: str
    feedback: str
    cites: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Node:
    """A step of a scene; an ending has no choices."""

    key: str
    text: str
    ending: bool
    echoes: tuple[Echo, ...]
    choices: tuple[Choice, ...]

    def choice(self, key: str) -> Choice:
        """KeyError when this node has no such choice."""
        for choice in self.choices:
            if choice.key == key:
                return choice
        raise KeyError(key)


@dataclass(frozen=True, kw_only=True)
class Scene:
    """A dilemma with consequences. A path's score is the mean of the visited choices' scores."""

    key: str
    version: int
    title: str
    value: str
    behaviours: tuple[str, ...]
    job_families: tuple[str, ...]
    key_status: str
    page: str  # the setting, shown above every step
    start: str
    nodes: Mapping[str, Node] = field(repr=False, hash=False)
    debrief: str = ""


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of a chapter. `source` is the Markdown body; `number` counts from 1 within the chapter."""

    key: str  # "02-berorientasi-pelayanan/03-dua-belas-asas"
    slug: str  # "dua-belas-asas"
    number: int
    title: str
    kind: str
    minutes: int
    behaviours: tuple[str, ...]
    source: str = field(repr=False)
    path: Path = field(repr=False)
    offset: int = 0  # lines of the file before the body
    is_local: bool = False  # an agency's own: read, never counted
    additions: tuple["Page", ...] = ()  # what an agency says after this page: examples and questions to discuss


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter card. Without pages it is announced only: `planned` says when it opens."""

    key: str
    title: str
    value: str | None
    jp: int
    planned: date | None
    summary: str
    minutes: int
    objectives: tuple[str, ...]
    pages: tuple[Page, ...]
    source: str = field(default="", repr=False)  # the opening words (Markdown)
    local_pages: tuple[Page, ...] = ()  # an agency's own, each with the number of the page it follows

    @property
    def is_open(self) -> bool:
        """Can the chapter be studied?"""
        return bool(self.pages)

    @property
    def reading_order(self) -> tuple[Page, ...]:
        """The pages with an agency's own between them."""
        return tuple(sorted((*self.pages, *self.local_pages), key=lambda page: (page.number, page.is_local)))

    def page(self, slug: str) -> Page:
        """KeyError when the chapter has no such page."""
        for page in self.reading_order:
            if page.slug == slug:
                return page
        raise KeyError(slug)


@dataclass(frozen=True, kw_only=True)
class FeedbackItem:
    """A question about the course itself; `kind` is skala5 or teks."""

    key: str
    text: str
    kind: str


@dataclass(frozen=True, kw_only=True)
class JpBasis:
    """What the learning hours rest on, and how sure we are."""

    ref: str
    confidence: str
    note: str = ""


@dataclass(frozen=True)
class Picture:
    """A picture of a course; `is_final` when its version is out, so that it never changes."""

    content: bytes
    content_type: str
    is_final: bool


@dataclass(frozen=True, kw_only=True)
class Course:
    """A whole course pack."""

    key: str
    version: str
    title: str
    summary: str
    objectives: tuple[str, ...]
    chapters: tuple[Chapter, ...]
    tests: Mapping[str, TestSpec] = field(hash=False)
    feedback: tuple[FeedbackItem, ...]
    job_families: Mapping[str, str] = field(hash=False)
    items: Mapping[str, Item] = field(repr=False, hash=False)
    scenes: Mapping[str, Scene] = field(repr=False, hash=False)
    jp_basis: JpBasis | None = None
    folder: Path = field(default=Path(), repr=False)  # where its files lie
    digest: str = ""  # of a published version: what stands for its whole content

    @property
    def is_published(self) -> bool:
        """Is this a version that cannot change any more?"""
        return bool(self.digest)

    @property
    def jp(self) -> int:
        """Learning hours of the open chapters."""
        return sum(chapter.jp for chapter in self.chapters if chapter.is_open)

    def picture(self, name: str) -> Picture:
        """A file of the folder `media`; KeyError when there is no such picture."""
        path = self.folder / "media" / name
        if name not in {found.name for found in path.parent.glob("*")} or path.suffix.lower() not in TYPES:
            raise KeyError(name)
        return Picture(path.read_bytes(), TYPES[path.suffix.lower()], self.is_published)

    def chapter(self, key: str) -> Chapter:
        """KeyError when the course has no such chapter."""
        for chapter in self.chapters:
            if chapter.key == key:
                return chapter
        raise KeyError(key)

    def page(self, key: str) -> Page:
        """The page with a key such as "02-akuntabel/03-dua-pintu"; KeyError when there is none."""
        for chapter in self.chapters:
            for page in chapter.pages:
                if page.key == key:
                    return page
        raise KeyError(key)
