"""References to regulations: "uu-2009-25#34/a" read into parts and spelt out in Indonesian.

Grammar: `key` or `key#place`. A place is an article ("34", "12C") and up to three finer parts separated by slashes, or
"lampiran" with an optional roman number. A part of digits is a paragraph (ayat), one letter is a letter (huruf), digits
after a letter, and every digit of article 1 (definitions), are a number (angka).
"""

import re
from dataclasses import dataclass
from difflib import get_close_matches

POLICY = "kebijakan teladan"  # the basis of values that no regulation gives

KEY = re.compile(r"[a-z]+(?:-[a-z]+)*-\d{4}(?:-\d+)?")
_PLACE = re.compile(r"(?P<article>\d+[A-Z]?)(?P<parts>(?:/(?:\d+[a-z]?|[a-z]))*)")
_ANNEX = re.compile(r"lampiran(?:-(?P<roman>[ivx]+))?")


class UnknownKey(KeyError):
    """A key that the packs do not hold; `near` are keys that look like it."""

    def __init__(self, key: str, near: list[str], *, what: str = "kunci") -> None:
        super().__init__(key)
        self.key, self.near, self.what = key, near, what

    def __str__(self) -> str:
        hint = f" Mungkin maksudnya: {', '.join(self.near)}." if self.near else ""
        return f"{self.what} {self.key!r} tidak dikenal.{hint}"


class UnknownReference(UnknownKey):
    """A reference that cannot be followed: a regulation not in the library, or not written as a reference at all."""

    def __init__(self, ref: str, near: list[str]) -> None:
        super().__init__(ref, near, what="rujukan")


@dataclass(frozen=True)
class Reference:
    """A reference in parts. `article` is "" for a whole regulation, "lampiran" or "lampiran-ii" for an annex."""

    key: str
    article: str = ""
    parts: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """What stands after the hash: "34/a"."""
        return "/".join((self.article, *self.parts)) if self.article else ""

    @property
    def place_label(self) -> str:
        """The place in words: "Pasal 34 huruf a"."""
        if not self.article:
            return ""
        if self.article.startswith("lampiran"):
            return " ".join(("Lampiran", *(roman.upper() for roman in self.article.split("-")[1:])))
        words, after_letter = [f"Pasal {self.article}"], self.article == "1"
        for part in self.parts:
            if part.isalpha():
                words.append(f"huruf {part}")
                after_letter = True
            else:
                words.append(f"angka {part}" if after_letter else f"ayat ({part})")
        return " ".join(words)

    @property
    def fragment(self) -> str:
        """The anchor on the page of the regulation: "#pasal-34"."""
        if not self.article:
            return ""
        return f"#{self.article}" if self.article.startswith("lampiran") else f"#pasal-{self.article.lower()}"


def parse(ref: str) -> Reference | None:
    """The parts of `ref`, or None when it is not written as a reference."""
    key, hash_sign, place = ref.partition("#")
    if not KEY.fullmatch(key):
        return None
    if not hash_sign:
        return Reference(key)
    if annex := _ANNEX.fullmatch(place):
        return Reference(key, annex[0])
    if found := _PLACE.fullmatch(place):
        return Reference(key, found["article"], tuple(found["parts"].split("/")[1:]))
    return None


def near(word: str, known: list[str]) -> list[str]:
    """Up to three of `known` that look like `word`, best first."""
    return get_close_matches(word, known, n=3, cutoff=0.6)
