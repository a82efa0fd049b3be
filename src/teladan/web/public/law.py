"""One regulation: what it says in our words, how well we know it, what it followed, what followed it, who cites it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from teladan.library import api as library
from teladan.rulebook.api import DatedValue, NoValueYet, Parameter, Regulation, Rulebook, UnknownKey, rulebook
from teladan.web.base.http import wants_partial
from teladan.web.public.laws import Asked, row_of
from teladan.web.public.reading import page_url

FEW = 8  # citing pages that are shown before one asks for all


@dataclass(frozen=True, kw_only=True)
class CitingValue:
    """A parameter that rests on the regulation, as it stands on the asked day (None: its rule begins later)."""

    parameter: Parameter
    places: tuple[str, ...]
    dated: DatedValue | None


@require_safe
def law(request: HttpRequest, key: str) -> HttpResponse:
    """One regulation. A script that opens it beside another page gets the cited article first (`?pasal=34`)."""
    book, found = rulebook(), library.law_named(key)
    asked = Asked.of(request.GET.dict())
    sections = library.sections_of(key, book)
    wanted = request.GET.get("pasal", "").split("/")[0].lower()[:20].removeprefix("pasal-")
    anchors = {wanted, f"pasal-{wanted}"}
    context = {
        "asked": asked,
        "row": row_of(found, asked.on, is_asked=asked.is_given),
        "law": found,
        "kind": library.KINDS.get(found.kind, found.kind),
        "subjects": [(subject, book.subjects[subject]) for subject in found.subjects],
        "sections": sections,
        "chosen": next((s for s in sections if s.anchor in anchors), None) if wanted else None,
        "wanted": wanted,
        "wanted_label": _wanted_label(found, wanted, book),
        "chain": [row_of(other, asked.on) for other in library.successors(found, book)],
        "replaced": [row_of(other, asked.on) for other in library.predecessors(found, book)],
        "amended_by": library.known(found.amended_by, book),
        "amends": library.known(found.amends, book),
    }
    if wants_partial(request):
        template = "public/law.html#panel"
    else:
        template = "public/law.html"
        context |= _around(request, found, asked.on, book)
    response = render(request, template, context)
    response["Vary"] = "HX-Request"  # the same address has two answers
    return response


def _around(request: HttpRequest, found: Regulation, on: date, book: Rulebook) -> dict[str, Any]:
    """Who cites the regulation, and the official texts of the reader's agency."""
    actor = getattr(request, "actor", None)
    cited = library.cited_by(found.key, book)
    pages = [(citing, page_url(citing.course, citing.chapter, citing.page)) for citing in cited.pages]
    return {
        "citing_pages": pages[:FEW],
        "more_pages": pages[FEW:],
        "citing_values": [
            CitingValue(parameter=parameter, places=places, dated=_value(parameter, on, book))
            for parameter, places in cited.parameters
        ],
        "citing_terms": cited.terms,
        "texts": library.texts_visible_to(actor, key=found.key) if actor else [],
        "may_keep": library.may_keep_texts(actor),
    }


def _value(parameter: Parameter, on: date, book: Rulebook) -> DatedValue | None:
    try:
        return book.value_at(parameter.key, on)
    except NoValueYet:
        return None


def _wanted_label(law: Regulation, wanted: str, book: Rulebook) -> str:
    """The cited article in words, also when the library does not outline it; "" for what is no article."""
    place = wanted if wanted.startswith("lampiran") else wanted.upper()
    try:
        return library.place_label(law, place, book) if wanted else ""
    except UnknownKey:
        return ""
