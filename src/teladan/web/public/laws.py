"""The law library: what regulations say in our words, how well we know them, and what replaced them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from teladan.kernel import clock
from teladan.kernel.errors import NotFound
from teladan.rulebook.api import (
    POLICY,
    Article,
    Confidence,
    Regulation,
    RegulationStatus,
    Rulebook,
    Term,
    UnknownKey,
    rulebook,
)
from teladan.web.base.http import wants_partial

# From the constitution down (UU 12/2011 art. 7); what is not listed stands after these, by name.
KINDS = {
    "UUD": gettext_lazy("Undang-Undang Dasar"),
    "UU": gettext_lazy("Undang-Undang"),
    "PP": gettext_lazy("Peraturan Pemerintah"),
    "Perpres": gettext_lazy("Peraturan Presiden"),
    "PermenPANRB": gettext_lazy("Peraturan Menteri PANRB"),
    "PerBKN": gettext_lazy("Peraturan BKN"),
    "PerLAN": gettext_lazy("Peraturan LAN"),
    "PerKPK": gettext_lazy("Peraturan KPK"),
    "Peraturan Ombudsman": gettext_lazy("Peraturan Ombudsman"),
    "SE MenPANRB": gettext_lazy("Surat Edaran Menteri PANRB"),
}
STATUS_WORDS = {
    RegulationStatus.IN_FORCE: gettext_lazy("berlaku"),
    RegulationStatus.AMENDED: gettext_lazy("berlaku, sebagian diubah"),
    RegulationStatus.REPEALED: gettext_lazy("dicabut"),
    RegulationStatus.FUTURE: gettext_lazy("belum berlaku"),
}
CONFIDENCE_WORDS = {
    Confidence.READ: gettext_lazy("naskah sudah dibaca"),
    Confidence.SECOND_HAND: gettext_lazy("dari sumber kedua"),
    Confidence.UNREAD: gettext_lazy("belum dibaca"),
    Confidence.POLICY: gettext_lazy("kebijakan"),
}
MOST_HITS = 3
HOME_ZONE = "Asia/Jakarta"  # whose day decides whether a regulation is in force


@dataclass(frozen=True, kw_only=True)
class Line:
    """An article's outline as the page shows it: "Pasal 44 ayat (3)" and our words."""

    label: str
    text: str
    confidence: str
    is_read: bool
    amended_by: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """All that the library outlines of one article; `anchor` is where citations of it lead."""

    anchor: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A regulation in a list."""

    law: Regulation
    status: str
    tone: str
    confidence: str
    is_unread: bool
    hits: Sequence[Section] = ()


@dataclass(frozen=True, kw_only=True)
class Filter:
    """What the reader asked for; anything unknown asks for nothing."""

    search: str
    kind: str
    status: str

    @classmethod
    def of(cls, query: Mapping[str, str], kinds: Sequence[str]) -> "Filter":
        kind, status = query.get("jenis", ""), query.get("status", "")
        return cls(
            search=" ".join(query.get("cari", "").split())[:80],
            kind=kind if kind in kinds else "",
            status=status if status in list(RegulationStatus) else "",
        )

    @property
    def words(self) -> list[str]:
        return self.search.casefold().split()

    def takes(self, law: Regulation, on: date) -> bool:
        """Does the regulation fit, the words aside?"""
        return (not self.kind or law.kind == self.kind) and (not self.status or law.status_on(on) == self.status)


@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The regulations by kind, the newest first; searched in titles, summaries and outlines."""
    book, today = rulebook(), clock.today(HOME_ZONE)
    kinds = sorted({r.kind for r in book.regulations}, key=_rank)
    wish = Filter.of(request.GET.dict(), kinds)
    rows = [_row(law, today) for law in book.regulations]
    fitting = [row for row in rows if wish.takes(row.law, today)]
    found, missing = _search(fitting, wish.words, book)
    shown = sorted(found, key=lambda row: (_rank(row.law.kind), -row.law.year, row.law.number))
    context = {
        "groups": [
            (KINDS.get(kind, kind), list(found)) for kind, found in groupby(shown, key=lambda row: row.law.kind)
        ],
        "shown": len(shown),
        "missing": missing,
        "total": len(rows),
        "unread": sum(row.is_unread for row in rows),
        "wish": wish,
        "kinds": [(kind, KINDS.get(kind, kind)) for kind in kinds],
        "statuses": [(status.value, words) for status, words in STATUS_WORDS.items()],
        "is_filtered": bool(wish.search or wish.kind or wish.status),
    }
    template = "public/laws.html#daftar" if wants_partial(request) else "public/laws.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"
    return response


def _rank(kind: str) -> tuple[int, str]:
    order = list(KINDS)
    return (order.index(kind) if kind in order else len(order), kind)


def _row(law: Regulation, on: date, *, hits: Sequence[Section] = ()) -> Row:
    status = law.status_on(on)
    tones = {RegulationStatus.IN_FORCE: "beres", RegulationStatus.AMENDED: "awas", RegulationStatus.REPEALED: "telat"}
    return Row(
        law=law,
        status=str(STATUS_WORDS[status]),
        tone=tones.get(status, "abu"),
        confidence=str(CONFIDENCE_WORDS[law.confidence]),
        is_unread=law.confidence is Confidence.UNREAD,
        hits=hits,
    )


def _search(rows: Sequence[Row], words: Sequence[str], book: Rulebook) -> tuple[list[Row], list[str]]:
    """The regulations in which most of the words stand, with the articles that hold them, and the words that stand in none
    of these: "pengaduan ibu hamil" finds what "pengaduan" finds, and says so."""
    if not words:
        return list(rows), []
    places = [
        (row, section, {word for word in words if word in text})
        for row in rows
        for text, section in _places(row.law, book)
    ]
    most = max((len(met) for _row, _section, met in places), default=0)
    best = [place for place in places if most and len(place[2]) == most]
    found = []
    for row, group in groupby(best, key=lambda place: place[0]):
        sections = [section for _row, section, _met in group if section]
        found.append(replace(row, hits=sections[:MOST_HITS]))
    met_anywhere = set[str]().union(*(met for _row, _section, met in best))
    return found, [word for word in words if found and word not in met_anywhere]


def _places(law: Regulation, book: Rulebook) -> list[tuple[str, Section | None]]:
    """Where words are looked for: the names and summary of a regulation, then each article."""
    names = f"{law.short} {law.title} {law.summary} {law.kind} {law.number}".casefold()
    return [(names, None), *((_text(section), section) for section in sections_of(law.key, book))]


def _text(section: Section) -> str:
    return " ".join((section.label, *(line.text for line in section.lines))).casefold()


@lru_cache(maxsize=256)
def sections_of(key: str, book: Rulebook) -> tuple[Section, ...]:
    """The outline of a regulation by article, in its order."""
    law = book.regulation(key)
    grouped: dict[str, list[Article]] = {}
    for article in law.outline.values():
        grouped.setdefault(article.article.split("/")[0], []).append(article)
    return tuple(
        Section(
            anchor=number.lower() if number.startswith("lampiran") else f"pasal-{number.lower()}",
            label=_label(law, number, book),
            lines=tuple(_line(law, article, book) for article in articles),
        )
        for number, articles in grouped.items()
    )


def _line(law: Regulation, article: Article, book: Rulebook) -> Line:
    return Line(
        label=_label(law, article.article, book),
        text=article.text,
        confidence=str(CONFIDENCE_WORDS[article.confidence]),
        is_read=article.confidence is Confidence.READ,
        amended_by=article.amended_by,
    )


def _label(law: Regulation, place: str, book: Rulebook) -> str:
    return book.cite(f"{law.key}#{place}").label.removeprefix(law.short).strip()


@require_safe
def law(request: HttpRequest, key: str) -> HttpResponse:
    """One regulation: our summary, status, what replaced it, the outline of its articles. A script that opens it beside
    another page gets the cited article first (`?pasal=34`)."""
    book = rulebook()
    try:
        found = book.regulation(key)
    except UnknownKey:
        raise NotFound(
            _("Peraturan ini tidak ada di perpustakaan."), next_step=_("Cari di daftar peraturan.")
        ) from None
    sections = sections_of(key, book)
    wanted = request.GET.get("pasal", "").split("/")[0].lower()[:20].removeprefix("pasal-")
    anchors = {wanted, f"pasal-{wanted}"}
    context = {
        "row": _row(found, clock.today(HOME_ZONE)),
        "law": found,
        "kind": KINDS.get(found.kind, found.kind),
        "sections": sections,
        "chosen": next((s for s in sections if s.anchor in anchors), None) if wanted else None,
        "wanted": wanted,
        "wanted_label": _wanted_label(found, wanted, book),
        "chain": _chain(found, book),
        "amended_by": _known(found.amended_by, book),
        "amends": _known(found.amends, book),
    }
    template = "public/law.html#panel" if wants_partial(request) else "public/law.html"
    response = render(request, template, context)
    response["Vary"] = "HX-Request"  # the same address has two answers
    return response


def _wanted_label(law: Regulation, wanted: str, book: Rulebook) -> str:
    """The cited article in words, also when the library does not outline it; "" for what is no article."""
    place = wanted if wanted.startswith("lampiran") else wanted.upper()
    try:
        return _label(law, place, book) if wanted else ""
    except UnknownKey:
        return ""


def _chain(law: Regulation, book: Rulebook) -> list[Row]:
    """What replaced the regulation, what replaced that, and so on."""
    chain: list[Row] = []
    today, at = clock.today(HOME_ZONE), law
    while at.replaced_by:
        following = _known([at.replaced_by], book)
        if not following or any(row.law.key == following[0].key for row in chain):
            break
        at = following[0]
        chain.append(_row(at, today))
    return chain


def _known(references: Sequence[str], book: Rulebook) -> list[Regulation]:
    """The regulations of the library among `references`."""
    found = []
    for reference in references:
        try:
            found.append(book.regulation(reference.partition("#")[0]))
        except UnknownKey:
            continue
    return found


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The terms of the law as this platform uses them, by first letter; `cari` narrows them."""
    search = " ".join(request.GET.get("cari", "").split())[:80]
    words = search.casefold().split()
    terms = [term for term in rulebook().glossary if all(word in _term_text(term) for word in words)]
    context = {
        "groups": [(letter, list(found)) for letter, found in groupby(terms, key=lambda term: term.term[:1].upper())],
        "search": search,
        "shown": len(terms),
        "total": len(rulebook().glossary),
        "policy": POLICY,
    }
    return render(request, "public/glossary.html", context)


def _term_text(term: Term) -> str:
    return f"{term.term} {term.abbreviation} {term.meaning}".casefold()
