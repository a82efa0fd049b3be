"""The law library: the list of regulations with its filter, and the glossary."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from teladan.access.api import Actor
from teladan.kernel import clock
from teladan.library import api as library
from teladan.rulebook.api import POLICY, Confidence, Regulation, RegulationStatus, Rulebook, Term, rulebook
from teladan.search import api as search
from teladan.web.base.http import wants_partial

MOST_HITS = 3
MOST_FOUND = 500  # more places than the library has regulations and articles together would be needed
HOME_ZONE = "Asia/Jakarta"  # whose day decides whether a regulation is in force
STILL = "masih"  # in force, changed in parts or not
LIVE = (RegulationStatus.IN_FORCE, RegulationStatus.AMENDED)
TONES = {RegulationStatus.IN_FORCE: "beres", RegulationStatus.AMENDED: "awas", RegulationStatus.REPEALED: "telat"}


@dataclass(frozen=True, kw_only=True)
class Row:
    """A regulation in a list, with its status on a day; `is_unsure`: nobody here knows since or until when that is so."""

    law: Regulation
    status: str
    tone: str
    confidence: str
    is_unread: bool
    is_unsure: bool = False
    hits: Sequence[library.Section] = ()


def today() -> date:
    """The day that decides whether a regulation is in force."""
    return clock.today(HOME_ZONE)


def row_of(law: Regulation, on: date, *, is_asked: bool = False, hits: Sequence[library.Section] = ()) -> Row:
    """The row of a regulation on a day; `is_asked`: the reader named the day."""
    status = law.status_on(on)
    dated = law.in_force_to if status is RegulationStatus.REPEALED else law.in_force_from
    return Row(
        law=law,
        status=str(library.STATUS_WORDS[status]),
        tone=TONES.get(status, "abu"),
        confidence=str(library.CONFIDENCE_WORDS[law.confidence]),
        is_unread=law.confidence is Confidence.UNREAD,
        is_unsure=is_asked and dated is None,
        hits=hits,
    )


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The day for which the reader asks (`?pada=2020-01-31`); today when none was given or it cannot be read."""

    on: date
    typed: str
    error: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "Asked":
        typed = query.get("pada", "").strip()[:20]
        try:
            return cls(on=date.fromisoformat(typed), typed=typed, error="")
        except ValueError:
            words = _("Tanggal ini tidak dapat dibaca. Tulis sebagai tahun-bulan-hari, misalnya 2020-01-31.")
            return cls(on=today(), typed=typed, error=words if typed else "")

    @property
    def is_given(self) -> bool:
        """Did the reader name a day?"""
        return bool(self.typed) and not self.error


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the reader asked for; anything unknown asks for nothing."""

    search: str
    kind: str
    status: str
    year: str
    subject: str
    asked: Asked

    @classmethod
    def of(cls, query: Mapping[str, str], book: Rulebook) -> "Filter":
        laws = book.regulations
        statuses = [STILL, *RegulationStatus]
        return cls(
            search=" ".join(query.get("cari", "").replace("\x00", " ").split())[:80],
            kind=_among(query.get("jenis", ""), {law.kind for law in laws}),
            status=_among(query.get("status", ""), statuses),
            year=_among(query.get("tahun", ""), {str(law.year) for law in laws}),
            subject=_among(query.get("pokok", ""), book.subjects),
            asked=Asked.of(query),
        )

    @property
    def has_more(self) -> bool:
        """Is anything set in the part of the form that stays closed otherwise?"""
        return bool(self.year or self.subject or self.asked.typed)

    @property
    def is_set(self) -> bool:
        return bool(self.search or self.kind or self.status or self.has_more)

    def takes(self, law: Regulation) -> bool:
        """Does the regulation fit, the words aside?"""
        status = law.status_on(self.asked.on)
        return (
            (not self.kind or law.kind == self.kind)
            and (not self.status or status == self.status or (self.status == STILL and status in LIVE))
            and (not self.year or str(law.year) == self.year)
            and (not self.subject or self.subject in law.subjects)
        )


def _among(value: str, known: Collection[str]) -> str:
    return value if value in known else ""


@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    """The regulations by kind, the newest first; searched in titles, summaries and outlines."""
    book = rulebook()
    wish = Filter.of(request.GET.dict(), book)
    rows, found = _rows(book, wish, getattr(request, "actor", None))
    shown = sorted(rows, key=lambda row: (library.rank(row.law.kind), -row.law.year, row.law.number))
    context = {
        "groups": [
            (library.KINDS.get(kind, kind), list(same)) for kind, same in groupby(shown, key=lambda row: row.law.kind)
        ],
        "shown": len(shown),
        "missing": found.missing if rows else (),
        "total": len(book.regulations),
        "unread": sum(law.confidence is Confidence.UNREAD for law in book.regulations),
        "wish": wish,
        "is_filtered": wish.is_set,
        **_choices(book),
    }
    template = "public/laws.html#daftar" if wants_partial(request) else "public/laws.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def _choices(book: Rulebook) -> dict[str, Any]:
    """What the selects of the filter offer."""
    kinds = sorted({law.kind for law in book.regulations}, key=library.rank)
    return {
        "kinds": [(kind, library.KINDS.get(kind, kind)) for kind in kinds],
        "statuses": [
            (STILL, gettext_lazy("masih berlaku")),
            *((status.value, words) for status, words in library.STATUS_WORDS.items()),
        ],
        "years": sorted({str(law.year) for law in book.regulations}, reverse=True),
        "subjects": list(book.subjects.items()),
    }


def _rows(book: Rulebook, wish: Filter, actor: Actor | None) -> tuple[list[Row], search.Found]:
    """The regulations that fit, with the articles in which the words were found."""
    fitting = [law for law in book.regulations if wish.takes(law)]
    on, is_asked = wish.asked.on, wish.asked.is_given
    if not wish.search:
        return [row_of(law, on, is_asked=is_asked) for law in fitting], search.Found()
    found = search.find(wish.search, actor, kinds=["law"], limit=MOST_FOUND)
    anchors: dict[str, list[str]] = {}
    for hit in found.hits:
        key, _hash, anchor = hit.key.partition("#")
        anchors.setdefault(key, []).extend([anchor] if anchor else [])
    rows = []
    for law in fitting:
        if law.key in anchors:
            sections = {section.anchor: section for section in library.sections_of(law.key, book)}
            hits = [sections[anchor] for anchor in anchors[law.key] if anchor in sections]
            rows.append(row_of(law, on, is_asked=is_asked, hits=hits[:MOST_HITS]))
    return rows, found


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The terms of the law as this platform uses them, by first letter; `cari` narrows them."""
    wanted = " ".join(request.GET.get("cari", "").split())[:80]
    words = wanted.casefold().split()
    terms = [term for term in rulebook().glossary if all(word in _term_text(term) for word in words)]
    context = {
        "groups": [(letter, list(found)) for letter, found in groupby(terms, key=lambda term: term.term[:1].upper())],
        "search": wanted,
        "shown": len(terms),
        "total": len(rulebook().glossary),
        "policy": POLICY,
    }
    return render(request, "public/glossary.html", context)


def _term_text(term: Term) -> str:
    return f"{term.term} {term.abbreviation} {term.meaning}".casefold()
