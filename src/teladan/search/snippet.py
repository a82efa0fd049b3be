"""The part of a text that shows best why it was found, with the found words marked. Pure.

The result is HTML in which everything but `<mark>` is escaped.
"""

from bisect import bisect_left
from collections.abc import Sequence
from html import escape

from teladan.search.query import Query
from teladan.search.words import PIECE, Word, words_of

WIDTH = 220  # letters of a snippet, about three lines on a phone
_READ = 60_000  # letters of a text that are looked through
_LEAD = 60  # letters shown before the first found word


def is_met(word: Word, stems: frozenset[str], prefixes: Sequence[str]) -> bool:
    """Is this one of the words looked for?"""
    return word.stem in stems or any(word.folded.startswith(prefix) for prefix in prefixes)


def marked(text: str, query: Query) -> str:
    """The whole text as HTML with the found words marked."""
    return _html(text, _met(text, query))


def snippet(text: str, query: Query, *, width: int = WIDTH) -> str:
    """About `width` letters of `text` around the place with most of the words, as HTML."""
    text = text[:_READ]
    met = _met(text, query)
    start, end = _window(text, met, width)
    inside = [word for word in met if word.start >= start and word.end <= end]
    moved = [Word(word.folded, word.stem, word.start - start, word.end - start) for word in inside]
    before, after = "… " if start else "", " …" if end < len(text) else ""
    return f"{before}{_html(text[start:end], moved)}{after}"


def _met(text: str, query: Query) -> list[Word]:
    """The words looked for, in order. Most words of a text are none, and each is judged once."""
    stems, prefixes = query.stems, query.prefixes
    judged: dict[str, Word | None] = {}
    met = []
    for piece in PIECE.finditer(text):
        written, start = piece[0], piece.start()
        if written not in judged:
            judged[written] = next((word for word in words_of(written) if is_met(word, stems, prefixes)), None)
        if word := judged[written]:
            met.append(Word(word.folded, word.stem, start, piece.end()))
    return met


def _window(text: str, met: Sequence[Word], width: int) -> tuple[int, int]:
    """From where to where: the window that holds most different stems, then most words; it ends between words."""
    if len(text) <= width:
        return 0, len(text)
    starts = [word.start for word in met]
    best, best_worth = 0, (0, 0)
    for at, word in enumerate(met):
        until = bisect_left(starts, word.start + width - _LEAD)
        worth = (len({other.stem for other in met[at:until]}), until - at)
        if worth > best_worth:
            best, best_worth = word.start, worth
    start = max(0, min(best - _LEAD, len(text) - width)) if met else 0
    return _forward(text, start), _back(text, min(len(text), start + width))


def _forward(text: str, at: int) -> int:
    """The beginning of the next word, unless that is far."""
    if at == 0:
        return 0
    blank = text.find(" ", at, at + _LEAD // 2)
    return at if blank < 0 else blank + 1


def _back(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", at - _LEAD // 2, at)
    return at if blank < 0 else blank


def _html(text: str, met: Sequence[Word]) -> str:
    pieces, end = [], 0
    for word in met:
        pieces += [escape(text[end : word.start]), "<mark>", escape(text[word.start : word.end]), "</mark>"]
        end = word.end
    return "".join([*pieces, escape(text[end:])])
