"""A finished sitting as one byte per item of the version. Pure.

The place of a byte is the place of the item's line in the key sheet. 0: not shown; 1: shown, not answered; 2 and up:
the chosen option's place in the pack's order, plus 2. All sittings of a version have vectors of the same length, so
that the answers of thousands of people to one item are a slice. Beside it stand the seconds, two bytes per item
(tenths, little endian; 0: not known; everything above 6,553.5 s counts as that).
"""

import sys
from array import array
from collections.abc import Iterable, Mapping

from teladan.instruments.keysheet import KeySheet

NOT_SHOWN = 0
NOT_ANSWERED = 1
FIRST_OPTION = 2
LONGEST = 6553.5


class VectorError(ValueError):
    """The answers do not fit the key sheet."""


def fold(sheet: KeySheet, *, shown: Iterable[str], answers: Mapping[str, str]) -> bytes:
    """The vector of a sitting that showed these items and got these answers (item key -> option key)."""
    vector = bytearray(len(sheet.lines))
    for item in shown:
        if item not in sheet.places:
            raise VectorError(f"{sheet.label} has no item {item!r}")
        vector[sheet.places[item]] = NOT_ANSWERED
    for item, option in answers.items():
        place = sheet.places.get(item)
        if place is None or vector[place] == NOT_SHOWN:
            raise VectorError(f"item {item!r} was answered but not shown")
        options = sheet.lines[place].options
        if option not in options:
            raise VectorError(f"item {item!r} has no option {option!r}")
        vector[place] = FIRST_OPTION + options.index(option)
    return bytes(vector)


def unfold(sheet: KeySheet, vector: bytes) -> dict[str, str | None]:
    """Item key -> chosen option, None for an item without an answer; items that were not shown are left out."""
    if len(vector) != len(sheet.lines):
        raise VectorError(f"{len(vector)} bytes do not fit the {len(sheet.lines)} items of {sheet.label}")
    found: dict[str, str | None] = {}
    for line, mark in zip(sheet.lines, vector, strict=True):
        if mark == NOT_ANSWERED:
            found[line.item] = None
        elif mark != NOT_SHOWN:
            if mark - FIRST_OPTION >= len(line.options):
                raise VectorError(f"item {line.item!r} has no option number {mark - FIRST_OPTION}")
            found[line.item] = line.options[mark - FIRST_OPTION]
    return found


def fold_seconds(sheet: KeySheet, seconds: Mapping[str, float]) -> bytes:
    """Item key -> seconds, as two bytes per item."""
    tenths = array("H", bytes(2 * len(sheet.lines)))
    for item, value in seconds.items():
        tenths[sheet.places[item]] = round(10 * min(max(value, 0), LONGEST))
    return _little_endian(tenths).tobytes()


def unfold_seconds(sheet: KeySheet, folded: bytes) -> dict[str, float]:
    """The seconds that are known, by item key."""
    return {line.item: tenths / 10 for line, tenths in zip(sheet.lines, tenths_of(folded), strict=True) if tenths}


def tenths_of(folded: bytes) -> "array[int]":
    """The tenths of a second of one or of many joined foldings."""
    tenths = array("H")
    tenths.frombytes(folded)
    return _little_endian(tenths)


def _little_endian(tenths: "array[int]") -> "array[int]":
    if sys.byteorder == "big":
        tenths.byteswap()
    return tenths
