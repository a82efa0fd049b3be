"""A regulation named in a search: "pasal 5 uu 20 2023", "94/2021", "Undang-Undang Nomor 25 Tahun 2009". Pure."""

import re
from collections.abc import Iterable, Sequence

from teladan.library.data import Mention
from teladan.library.outline import anchor_of, place_label
from teladan.library.words import KINDS
from teladan.rulebook.api import Regulation, Rulebook, UnknownReference

_PIECES = re.compile(r"\d+[a-z]?(?![a-z])|[a-z]+")
_YEARS = range(1945, 2101)  # the years a pack may name
_BETWEEN = frozenset(["nomor", "no", "tahun", "thn", "th"])


def mention_in(text: str, book: Rulebook) -> Mention | None:
    """The one regulation that `text` names by number and year, with its article; None when it names none, or several."""
    pieces = [piece for piece in _PIECES.findall(text.lower()[:200]) if piece not in _BETWEEN]
    article, rest = _article(pieces)
    named = _named(rest, book)
    if named is None:
        return None
    try:
        label = place_label(named, article, book) if article else ""
    except UnknownReference:
        article = label = ""
    return Mention(law=named, article=article, label=label, anchor=anchor_of(article) if article else "")


def _article(pieces: Sequence[str]) -> tuple[str, list[str]]:
    """The number after "pasal", and what is left without both."""
    for at, piece in enumerate(pieces[:-1]):
        if piece in {"pasal", "ps"} and pieces[at + 1][0].isdigit():
            return pieces[at + 1].upper(), [*pieces[:at], *pieces[at + 2 :]]
    return "", list(pieces)


def _named(pieces: Sequence[str], book: Rulebook) -> Regulation | None:
    numbers = [piece for piece in pieces if piece[0].isdigit()]
    years = {int(piece) for piece in numbers if piece.isdigit() and int(piece) in _YEARS}
    fitting = [
        law
        for law in book.regulations
        if law.year in years and (law.number.lower() in _without(numbers, str(law.year)) if law.number else True)
    ]
    by_name = [law for law in book.regulations if _says(law.short, pieces)]
    by_kind = [law for law in fitting if _says(law.kind, pieces) or _says(str(KINDS.get(law.kind, law.kind)), pieces)]
    chosen = by_name or by_kind or [law for law in fitting if law.number]
    return chosen[0] if len(chosen) == 1 else None


def _without(numbers: Iterable[str], year: str) -> list[str]:
    left = list(numbers)
    left.remove(year)
    return left


def _says(name: str, pieces: Sequence[str]) -> bool:
    """Do the words of `name` stand together among the pieces?"""
    return f" {' '.join(_PIECES.findall(name.lower()))} " in f" {' '.join(pieces)} "
