"""Scoring: the rule by hand, the rounding, the parts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.courses import KEYS, make_course
from teladan.instruments.keysheet import sheet_of
from teladan.instruments.scoring import has_passed, percent_bp, score
from teladan.instruments.vector import fold

SHEET = sheet_of(make_course())
ITEMS = [line.item for line in SHEET.lines]


def test_score_counts_keys_among_shown_items() -> None:
    shown = ["bp-001", "bp-002", "um-001"]  # keys b, b, d
    result = score(SHEET, fold(SHEET, shown=shown, answers={"bp-001": "b", "um-001": "a"}))
    assert (result.points, result.maximum, result.percent) == (1, 3, Decimal("33.33"))
    assert [(p.key, p.points, p.maximum) for p in result.per_value] == [("BP", 1, 2), ("UM", 0, 1)]
    assert [(p.key, p.points, p.maximum) for p in result.per_behaviour] == [("BP1", 1, 2)]
    assert [(o.item, o.chosen, o.correct_key, o.is_correct) for o in result.outcomes] == [
        ("bp-001", "b", "b", True),
        ("bp-002", None, "b", False),
        ("um-001", "a", "d", False),
    ]


def test_score_explains_itself() -> None:
    explanation = score(SHEET, fold(SHEET, shown=["bp-001"], answers={})).explanation
    assert explanation.formula == "100 × points ÷ maximum"
    assert explanation.inputs == {"points": 0, "maximum": 1}
    assert explanation.rounding == "half up, 2 decimals"
    assert explanation.key_version == f"berakhlak 2026.1 ({SHEET.digest[:12]})"


@given(st.lists(st.sampled_from(ITEMS), unique=True), st.data())
def test_score_is_the_sum_of_its_parts(shown: list[str], data: st.DataObject) -> None:
    answers = {item: data.draw(st.sampled_from(KEYS)) for item in shown if data.draw(st.booleans())}
    result = score(SHEET, fold(SHEET, shown=shown, answers=answers))
    assert result.points == sum(p.points for p in result.per_value) == sum(o.is_correct for o in result.outcomes)
    assert result.maximum == sum(p.maximum for p in result.per_value) == len(shown)
    assert 0 <= result.percent <= 100


@pytest.mark.parametrize(
    ("points", "maximum", "expected"),
    [(0, 0, 0), (0, 7, 0), (1, 3, 3333), (2, 3, 6667), (1, 16, 625), (1, 32, 313), (7, 7, 10_000)],
)
def test_percent_is_rounded_half_up(points: int, maximum: int, expected: int) -> None:
    assert percent_bp(points, maximum) == expected


@pytest.mark.parametrize(
    ("points", "maximum", "mark", "expected"),
    [(14, 20, 70, True), (13, 20, 70, False), (139, 199, 70, False), (0, 0, 0, False), (5, 20, None, None)],
)
def test_passing_is_decided_exactly(points: int, maximum: int, mark: int | None, expected: bool | None) -> None:
    assert has_passed(points, maximum, mark) is expected
