"""The textbook formulas against published figures: they judge `analysis` and `reliability`."""

import pytest

from instruments.courses import make_course, make_item
from instruments.textbook import item_rest, kr20
from teladan.instruments.keysheet import sheet_of
from teladan.instruments.measures import Reason
from teladan.instruments.vector import fold

FIVE = sheet_of(make_course(items={f"x{n}": make_item(f"x{n}", correct="a") for n in range(5)}))

# LSAT section 6 (Bock & Lieberman 1970, Psychometrika 35:179-197): response pattern -> people.
LSAT6 = {
    "00000": 3, "00001": 6, "00010": 2, "00011": 11, "00100": 1, "00101": 1, "00110": 3, "00111": 4, "01000": 1,
    "01001": 8, "01011": 16, "01101": 3, "01110": 2, "01111": 15, "10000": 10, "10001": 29, "10010": 14, "10011": 81,
    "10100": 3, "10101": 28, "10110": 15, "10111": 80, "11000": 16, "11001": 56, "11010": 21, "11011": 173,
    "11100": 11, "11101": 61, "11110": 28, "11111": 298,
}  # fmt: skip


def pattern(bits: str) -> bytes:
    return fold(FIVE, shown=[f"x{n}" for n in range(5)], answers={f"x{n}": "ba"[int(b)] for n, b in enumerate(bits)})


VECTORS = [pattern(bits) for bits, people in LSAT6.items() for _ in range(people)]


def test_item_rest_of_lsat6_is_the_published_one() -> None:
    found = [m.value for m in item_rest(FIVE, VECTORS).values()]
    assert found == pytest.approx([0.1128327, 0.1531781, 0.1727789, 0.1444281, 0.1215964], abs=1e-7)


def test_kr20_of_lsat6_is_the_published_one() -> None:
    assert kr20(FIVE, VECTORS).value == pytest.approx(0.2949972, abs=1e-7)


def test_item_rest_of_a_wrong_key_is_negative() -> None:
    good = [pattern("01111")] * 15  # the able miss the first item ...
    poor = [pattern("10000")] * 15  # ... and the others hit it
    mixed = [pattern("00110"), pattern("11010")]
    assert item_rest(FIVE, good + poor + mixed)["x0"].value < -0.9


def test_item_rest_without_spread_has_a_reason() -> None:
    assert {m.reason for m in item_rest(FIVE, [pattern("11111")] * 5).values()} == {Reason.NO_SPREAD}


def test_kr20_of_different_forms_has_a_reason() -> None:
    other = fold(FIVE, shown=["x0", "x1"], answers={})
    assert kr20(FIVE, [pattern("11111"), other]).reason is Reason.NOT_COMPLETE
    assert kr20(FIVE, [pattern("11111")] * 3).reason is Reason.NO_SPREAD
    assert kr20(FIVE, []).reason is Reason.TOO_FEW
