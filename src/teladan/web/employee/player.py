"""A page of a chapter as the template draws it: the parts of the pack joined with what this person did with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from itertools import groupby

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.learning import api as learning
from teladan.learning.api import Part, Study
from teladan.people import api as people
from teladan.rulebook.data import Chapter, Item, Page, Scene
from teladan.web.ui.clips import Clip, clip_of_course
from teladan.web.ui.diagrams import Diagram, draw
from teladan.web.ui.templatetags.ui import penegasan

WRITTEN = ("refleksi", "analisis", "komitmen")
PERSONAL = {"cek", "adegan", "rumpun", "lembar-kerja", *WRITTEN}  # the sheet knows its page's address


@dataclass(frozen=True, kw_only=True)
class Check:
    """A self-check: its item, what was chosen last, and which try the page offers (`attempt`)."""

    item: Item
    chosen: str = ""
    attempt: int = 1
    error: str = ""

    @property
    def is_right(self) -> bool:
        return self.chosen == self.item.correct_key

    @property
    def options(self) -> list[tuple[str, str]]:
        return [(option.key, option.text) for option in self.item.options]

    @property
    def marked(self) -> list[tuple[str, str, str, str]]:
        """Every option as (text, state, words, reason); state benar, salah, kunci or lain."""
        return [(o.text, *self._mark(o.key, is_correct=o.correct), o.rationale) for o in self.item.options]

    def _mark(self, key: str, *, is_correct: bool) -> tuple[str, str]:
        if key == self.chosen:
            return ("benar", _("Jawaban Anda, tepat")) if is_correct else ("salah", _("Jawaban Anda, belum tepat"))
        return ("kunci", _("Jawaban yang tepat")) if is_correct else ("lain", "")


@dataclass(frozen=True, kw_only=True)
class Stage:
    """A scene as it stands: not begun (the first step straight from the pack), under way, or over."""

    scene: Scene
    play: instruments.PlayView | None
    earlier: tuple[instruments.PlayCard, ...] = ()
    error: str = ""

    @property
    def step(self) -> int:
        return self.play.step if self.play else 1

    @property
    def text(self) -> str:
        return learning.paragraphs(self.play.text if self.play else self.scene.nodes[self.scene.start].text)

    @property
    def setting(self) -> str:
        return learning.paragraphs(self.scene.page)

    @property
    def echoes(self) -> tuple[str, ...]:
        return self.play.echoes if self.play else ()

    @property
    def choices(self) -> Sequence[tuple[str, str]]:
        start = self.scene.nodes[self.scene.start]
        offered = self.play.choices if self.play else [(choice.key, choice.text) for choice in start.choices]
        return [(key, penegasan(text)) for key, text in offered]

    @property
    def outcome(self) -> str:
        """What the last choice did at once."""
        return self.play.trail[-1].outcome if self.play and self.play.trail else ""

    @property
    def debrief(self) -> str:
        return learning.paragraphs(self.play.debrief) if self.play else ""


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A place to write: what is kept there, and what was typed when it could not be kept."""

    key: str
    text: str = ""
    typed: str | None = None
    error: str = ""
    longest: int = learning.LONGEST_WRITING

    @property
    def shown(self) -> str:
        return self.text if self.typed is None else self.typed


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One part of the page. `kind` names its template in `employee/parts/`."""

    kind: str
    title: str = ""
    html: str = ""
    pieces: tuple["Piece", ...] = ()
    diagram: Diagram | None = None
    clip: Clip | None = None
    check: Check | None = None
    stage: Stage | None = None
    kept: Kept | None = None
    is_open: bool = False

    @property
    def template(self) -> str:
        return f"employee/parts/{self.kind}.html"

    @property
    def key(self) -> str:
        """Of a part that is worked with: the item's, the scene's or the writing's key."""
        if self.check:
            return self.check.item.key
        return self.stage.scene.key if self.stage else self.kept.key if self.kept else ""

    def find(self, key: str) -> "Piece | None":
        """The part with this key, here or inside."""
        return self if self.key == key else next((found for p in self.pieces if (found := p.find(key))), None)


@dataclass
class Builder:
    """Joins the parts of a page with the person's own things, each asked for once and only where a part needs it."""

    study: Study
    chapter: Chapter
    page: Page
    actor: Actor
    retry: str = ""  # the self-check that is to be tried again
    typed: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # key -> what was typed, why it was refused

    def pieces(self) -> tuple[Piece, ...]:
        """The page from top to bottom. Parts that look the same to everybody come ready made."""
        parts = learning.parts_of(self.page)
        made: list[Piece] = []
        for is_fixed, group in groupby(enumerate(parts), lambda numbered: not _is_personal(numbered[1])):
            found = list(group)
            if is_fixed:
                first, last = found[0][0], found[-1][0] + 1
                html = _drawn_once(self.page, first, last, self.chapter.value or "", get_language() or "")
                made.append(Piece(kind="siap", html=html))
            else:
                made += self._pieces([part for _number, part in found])
        return (*made, *(_added(page, self.chapter.value or "") for page in self.page.additions))

    @property
    def played(self) -> frozenset[str]:
        """The scenes of the page that the person has played to an end."""
        if not learning.keys_in(learning.parts_of(self.page), "adegan", "kunci"):
            return frozenset()
        return frozenset(play.scene_key for play in self._plays if play.score is not None)

    def _pieces(self, parts: Sequence[Part]) -> tuple[Piece, ...]:
        made: list[Piece] = []
        for is_family, group in groupby(parts, lambda part: part.kind == "rumpun"):
            found = list(group)
            made += [self._families(found)] if is_family else [self._piece(part) for part in found]
        return tuple(made)

    def _piece(self, part: Part) -> Piece:
        if not _is_personal(part):
            return _fixed(part, self.chapter.value or "")
        base = Piece(kind=part.kind, title=part.title, html=part.html)
        if part.kind == "cek":
            return replace(base, check=self._check(part.attrs["soal"]))
        if part.kind == "adegan":
            return replace(base, stage=self._stage(part.attrs["kunci"]))
        if part.kind in WRITTEN:
            return replace(base, pieces=self._pieces(part.parts), kept=self._kept(part.attrs["kunci"]))
        return replace(base, pieces=self._pieces(part.parts))

    def _families(self, parts: Sequence[Part]) -> Piece:
        """The job families, the reader's own first and open; without one of their own, the first is open."""
        names = self.study.course.job_families
        ordered = sorted(parts, key=lambda part: part.attrs["nama"] != self._family)
        return Piece(
            kind="rumpun",
            pieces=tuple(
                Piece(
                    kind="keluarga",
                    title=names.get(part.attrs["nama"], part.attrs["nama"]),
                    pieces=self._pieces(part.parts),
                    is_open=number == 0,
                    html=_("rumpun Anda") if part.attrs["nama"] == self._family else "",
                )
                for number, part in enumerate(ordered)
            ),
        )

    def _check(self, key: str) -> Check:
        item, tries = self.study.course.items[key], self._tries.get(key, [])
        typed = self.typed.get(key)
        if not tries or self.retry == key or typed:
            return Check(item=item, attempt=len(tries) + 1, error=typed[1] if typed else "")
        return Check(item=item, attempt=len(tries) + 1, chosen=tries[-1].choice)

    def _stage(self, key: str) -> Stage:
        mine = [play for play in self._plays if play.scene_key == key]
        error = self.typed[key][1] if key in self.typed else ""
        if not mine:
            return Stage(scene=self.study.course.scenes[key], play=None, error=error)
        scene = self.study.course.scenes[key]
        play = instruments.play_view(mine[0].id, by=self.actor, scene=scene)
        earlier = tuple(card for card in mine[1:] if card.score is not None)
        return Stage(scene=scene, play=play, earlier=earlier, error=error)

    def _kept(self, key: str) -> Kept:
        typed, error = self.typed.get(key, (None, ""))
        return Kept(key=key, text=self._writings.get(key, ""), typed=typed, error=error)

    @cached_property
    def _family(self) -> str:
        person = people.person_of(self.actor.account_id)
        return str(person.job_family) if person else ""

    @cached_property
    def _tries(self) -> Mapping[str, list[instruments.CheckTry]]:
        return instruments.checks_visible_to(self.actor, context=self.study.enrolment_id)

    @cached_property
    def _plays(self) -> list[instruments.PlayCard]:
        found = instruments.plays_visible_to(self.actor, context=self.study.enrolment_id)
        return sorted(found, key=lambda play: -play.attempt)

    @cached_property
    def _writings(self) -> Mapping[str, str]:
        parts = learning.parts_of(self.page)
        keys = [key for kind in WRITTEN for key in learning.keys_in(parts, kind, "kunci")]
        return learning.writings(self.study.enrolment_id, keys=keys, by=self.actor)


def _is_personal(part: Part) -> bool:
    """Does the part, or one inside it, look different from person to person?"""
    return part.kind in PERSONAL or any(_is_personal(inner) for inner in part.parts)


def _added(page: Page, value: str) -> Piece:
    """An example or a question to discuss of the reader's own agency, marked as such."""
    pieces = tuple(_fixed(part, value) for part in learning.parts_of(page))
    return Piece(kind="tambahan", title=page.title, html=page.kind, pieces=pieces)


def _fixed(part: Part, value: str) -> Piece:
    """A part that is the same for everybody, in the colour of a core value."""
    piece = Piece(kind=part.kind, title=part.title, html=part.html, pieces=tuple(_fixed(p, value) for p in part.parts))
    if part.kind == "klip":
        return replace(piece, clip=clip_of_course(part.title, part.attrs))
    if part.kind != "diagram":
        return piece
    return replace(piece, diagram=draw(part.attrs["jenis"], part.steps, title=part.attrs["judul"], value=value))


@lru_cache(maxsize=1024)
def _drawn_once(page: Page, first: int, last: int, value: str, language: str) -> str:
    """The parts from `first` up to `last` as HTML; `language` is the active one, because set pieces are named in it."""
    pieces = [_fixed(part, value) for part in learning.parts_of(page)[first:last]]
    return render_to_string("employee/parts/pieces.html", {"pieces": pieces, "chapter": {"value": value}})
