"""How regulations follow and cite each other, and who cites them. Pure: the packs alone."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TypeVar

from teladan.library.data import CitedBy, CitingPage
from teladan.library.outline import place_label
from teladan.rulebook.api import Regulation, Rulebook, UnknownKey

T = TypeVar("T")
Places = tuple[str, ...]
_CITATION = re.compile(r"\]\(hukum:([^)\s]+)\)")


def successors(law: Regulation, book: Rulebook) -> list[Regulation]:
    """What replaced the regulation, what replaced that, and so on."""
    return _chain(law, lambda at: known([at.replaced_by] if at.replaced_by else [], book)[:1])


def predecessors(law: Regulation, book: Rulebook) -> list[Regulation]:
    """What the regulation replaced, what that had replaced, and so on; the nearest first."""
    return _chain(law, lambda at: [one for one in book.regulations if one.replaced_by.partition("#")[0] == at.key])


def known(references: Iterable[str], book: Rulebook) -> list[Regulation]:
    """The regulations of the library among `references`."""
    found = []
    for reference in references:
        try:
            found.append(book.regulation(reference.partition("#")[0]))
        except UnknownKey:
            continue
    return found


def _chain(law: Regulation, following: Callable[[Regulation], list[Regulation]]) -> list[Regulation]:
    found: list[Regulation] = []
    waiting = following(law)
    while waiting:
        at = waiting.pop(0)
        if at.key != law.key and at not in found:  # a circle ends here
            found.append(at)
            waiting += following(at)
    return found


def cited_by(key: str, book: Rulebook) -> CitedBy:
    """Pages of courses, parameters and terms that cite the regulation `key`, in their own order."""
    return _all_citations(book).get(key, CitedBy())


@lru_cache(maxsize=4)
def _all_citations(book: Rulebook) -> dict[str, CitedBy]:
    pages: dict[str, list[CitingPage]] = {}
    for course in book.courses():
        for chapter in course.chapters:
            for page in chapter.pages:
                for key, places in _by_key(_CITATION.findall(page.source), book).items():
                    citing = CitingPage(course=course, chapter=chapter, page=page, places=places)
                    pages.setdefault(key, []).append(citing)
    parameters = _by_basis(((one, [dated.basis for dated in one.history]) for one in book.parameters), book)
    terms = _by_basis(((one, one.basis) for one in book.glossary), book)
    return {
        law.key: CitedBy(
            pages=tuple(pages.get(law.key, ())),
            parameters=tuple(parameters.get(law.key, ())),
            terms=tuple(terms.get(law.key, ())),
        )
        for law in book.regulations
    }


def _by_basis(things: Iterable[tuple[T, Sequence[str]]], book: Rulebook) -> dict[str, list[tuple[T, Places]]]:
    found: dict[str, list[tuple[T, Places]]] = {}
    for thing, basis in things:
        for key, places in _by_key(basis, book).items():
            found.setdefault(key, []).append((thing, places))
    return found


def _by_key(references: Iterable[str], book: Rulebook) -> dict[str, Places]:
    """Key of a regulation -> the cited places in words, each once."""
    found: dict[str, dict[str, None]] = {}
    for reference in references:
        key, _hash, place = reference.partition("#")
        for law in known([key], book):
            places = found.setdefault(key, {})
            if place:
                places[place_label(law, place, book)] = None
    return {key: tuple(places) for key, places in found.items()}
