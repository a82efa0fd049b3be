"""A text as words: where each stands, folded, and its Indonesian stem. Pure.

The stems are those of Snowball's Indonesian stemmer (F. Z. Tala, 2003), which PostgreSQL calls `indonesian`; they are made
here, once, so that both databases rank the same terms.
"""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from snowballstemmer import stemmer

PIECE = re.compile(r"[^\W_]+")  # what may be a word
_KNOWN_WORDS = 60_000  # about what an agency's vocabulary holds; a stem that is known costs nothing
LONGEST_WORD = 60  # letters; longer ones are no words but codes and garbage
_mine = threading.local()  # the stemmer keeps the word it is at


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: `text[start:end]` as it stands there, `folded` in small letters without accents, its `stem`."""

    folded: str
    stem: str
    start: int
    end: int


def words_of(text: str) -> Iterator[Word]:
    """The words of a text in order: runs of letters and digits. What folds to nothing or is too long is left out."""
    for found in PIECE.finditer(text):
        folded = fold(found[0])
        if folded and len(folded) <= LONGEST_WORD:
            yield Word(folded, stem(folded), found.start(), found.end())


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a text in order."""
    return tuple(word.stem for word in words_of(text))


@lru_cache(maxsize=_KNOWN_WORDS)
def fold(word: str) -> str:
    """Small letters and digits alone, accents dropped: "É" becomes "e"."""
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(sign for sign in apart.casefold() if sign.isalnum())


@lru_cache(maxsize=_KNOWN_WORDS)
def stem(folded: str) -> str:
    """The stem of a folded word ("pengaduan" becomes "adu"); what holds a digit stays as it is."""
    if any(sign.isdigit() for sign in folded):
        return folded
    found: str = _stemmer().stemWord(folded)
    return found or folded


def _stemmer() -> Any:
    try:
        return _mine.stemmer
    except AttributeError:
        _mine.stemmer = stemmer("indonesian")
        return _mine.stemmer
