"""What somebody typed, as terms to look for. Pure; every text gives a query, perhaps an empty one.

Words are looked for by their stem and must all be there; "in quotes" they must stand together; words that begin like the
last one count as well, for those who are still typing. A kind of regulation is found by its abbreviation and its name alike
(uu, undang-undang). Of "Pasal 5 UU Nomor 20 Tahun 2023" the numbers and the kind remain.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from teladan.search.words import Word, words_of

LONGEST = 200  # letters of a query that are read
MOST_TERMS = 12
SHORTEST_PREFIX = 3
_QUOTED = re.compile(r'"([^"]*)"')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»‟", '"'))

# Words that say nothing about a document. They count inside quotes, and where nothing else was typed.
EMPTY_WORDS = frozenset(
    word
    for line in (
        "dan yang di ke dari pada untuk dengan atau itu ini adalah dalam tentang oleh sebagai juga",
        "apa bagaimana apakah para akan bagi serta the of and",
    )
    for word in line.split()
)
_BEFORE_NUMBERS = frozenset(["nomor", "no", "tahun", "thn"])  # "UU Nomor 20 Tahun 2023"
_FULL_NAMES = {
    "uu": "undang undang",
    "pp": "peraturan pemerintah",
    "perpres": "peraturan presiden",
    "permenpanrb": "peraturan menteri panrb",
    "perbkn": "peraturan bkn",
    "perlan": "peraturan lan",
    "perkpk": "peraturan kpk",
    "se": "surat edaran",
}
NAMES = {abbreviation: tuple(name.split()) for abbreviation, name in _FULL_NAMES.items()}


@dataclass(frozen=True)
class Term:
    """One thing that must be there: any of the `ways` (runs of stems), or a word that begins with `prefix`."""

    shown: str  # as it was typed
    ways: tuple[tuple[str, ...], ...]
    prefix: str = ""


@dataclass(frozen=True)
class Query:
    """All terms must be there; `is_loose`: any of them suffices."""

    terms: tuple[Term, ...] = ()
    is_loose: bool = False

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def stems(self) -> frozenset[str]:
        """Every stem that is looked for, for marking them in a text."""
        return frozenset(stem for term in self.terms for way in term.ways for stem in way)

    @property
    def prefixes(self) -> tuple[str, ...]:
        """The beginnings of words that are looked for."""
        return tuple(term.prefix for term in self.terms if term.prefix)


def parse(text: str) -> Query:
    """The terms of what was typed, in order, each once."""
    text = text[:LONGEST].translate(_QUOTES)
    terms: list[Term] = []
    end = 0
    for quoted in _QUOTED.finditer(text):
        terms += _plain(text[end : quoted.start()])
        terms += _phrase(quoted[1])
        end = quoted.end()
    terms += _plain(text[end:], is_last=True)
    kept = [term for term in terms if term.shown not in EMPTY_WORDS] or terms
    return Query(tuple(dict.fromkeys(kept))[:MOST_TERMS])


def _phrase(text: str) -> Iterator[Term]:
    words = list(words_of(text))
    if words:
        yield Term(text.strip(), (tuple(word.stem for word in words),))


def _plain(text: str, *, is_last: bool = False) -> list[Term]:
    """The words outside quotes; of the last one its beginning suffices."""
    words, terms, at = list(words_of(text)), list[Term](), 0
    while at < len(words):
        word = words[at]
        taken = _name_at(words, at)
        if taken:
            terms.append(taken[0])
            at += taken[1]
            continue
        at += 1
        if word.folded in _BEFORE_NUMBERS and at < len(words) and words[at].folded[0].isdigit():
            continue
        may_go_on = is_last and at == len(words) and word.folded.isalpha() and len(word.folded) >= SHORTEST_PREFIX
        terms.append(Term(word.folded, ((word.stem,),), word.folded if may_go_on else ""))
    return terms


def _name_at(words: Sequence[Word], at: int) -> tuple[Term, int] | None:
    """The kind of regulation that is named here, by abbreviation or in full, and how many words that takes."""
    for abbreviation, name in NAMES.items():
        for written in ((abbreviation,), name):
            here = words[at : at + len(written)]
            if tuple(word.folded for word in here) == written:
                in_full = tuple(word.stem for word in words_of(" ".join(name)))
                return Term(" ".join(written), ((abbreviation,), in_full)), len(written)
    return None
