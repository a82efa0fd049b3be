"""Golongan: the ranks of PNS (I/a to IV/e, PP 11/2017) and of PPPK (I to XVII, Perpres 98/2020). Pure."""

import re

_ROMAN = [
    "",
    "I",
    "II",
    "III",
    "IV",
    "V",
    "VI",
    "VII",
    "VIII",
    "IX",
    "X",
    "XI",
    "XII",
    "XIII",
    "XIV",
    "XV",
    "XVI",
    "XVII",
]
_PNS = re.compile(r"(IV|III|II|I|[1-4])[\s/.-]*([A-E])")


def clean_rank(text: str, *, is_pppk: bool) -> str | None:
    """The rank as it is written officially ("III/a", "IX"), or None when there is no such rank."""
    plain = " ".join(text.upper().split())
    if is_pppk:
        number = int(plain) if plain.isascii() and plain.isdigit() else _ROMAN.index(plain) if plain in _ROMAN else 0
        return _ROMAN[number] if 1 <= number <= 17 else None
    match = _PNS.fullmatch(plain)
    if not match:
        return None
    stage = _ROMAN[int(match[1])] if match[1].isdigit() else match[1]
    return None if match[2] == "E" and stage != "IV" else f"{stage}/{match[2].lower()}"


def ranks_of(text: str) -> list[str] | None:
    """The ranks that a text lists, apart by commas or semicolons ("III/a, III/b, IX"); None when one is no rank."""
    parts = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
    found = [clean_rank(part, is_pppk=False) or clean_rank(part, is_pppk=True) for part in parts]
    return list(dict.fromkeys(rank for rank in found if rank)) if all(found) else None
