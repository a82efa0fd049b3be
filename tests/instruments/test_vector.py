"""Answer vectors: what goes in comes out; what does not fit is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.courses import KEYS, make_course, make_item
from teladan.instruments.keysheet import KeySheet, sheet_of
from teladan.instruments.vector import VectorError, fold, fold_seconds, unfold, unfold_seconds

SHEET = sheet_of(make_course())
ITEMS = [line.item for line in SHEET.lines]


@st.composite
def sittings(draw: st.DrawFn) -> dict[str, str | None]:
    shown = draw(st.lists(st.sampled_from(ITEMS), unique=True))
    return {item: draw(st.one_of(st.none(), st.sampled_from(KEYS))) for item in shown}


@given(sitting=sittings())
def test_unfold_gives_back_what_was_folded(sitting: dict[str, str | None]) -> None:
    vector = fold(SHEET, shown=sitting, answers={k: v for k, v in sitting.items() if v})
    assert len(vector) == len(SHEET.lines)
    assert unfold(SHEET, vector) == sitting


@given(seconds=st.dictionaries(st.sampled_from(ITEMS), st.floats(0, 10_000)))
def test_seconds_come_back_to_the_tenth(seconds: dict[str, float]) -> None:
    folded = fold_seconds(SHEET, seconds)
    assert len(folded) == 2 * len(SHEET.lines)
    found = unfold_seconds(SHEET, folded)
    for item, value in seconds.items():
        assert found.get(item, 0) == pytest.approx(min(value, 6553.5), abs=0.0501)


def test_fold_marks_not_shown_not_answered_and_option() -> None:
    course = make_course(items={i.key: i for i in [make_item("x1"), make_item("x2"), make_item("x3")]})
    sheet = sheet_of(course)
    assert fold(sheet, shown=["x1", "x3"], answers={"x3": "d"}) == bytes([1, 0, 5])


def test_fold_seconds_is_little_endian_tenths() -> None:
    sheet = sheet_of(make_course(items={"x1": make_item("x1"), "x2": make_item("x2")}))
    assert fold_seconds(sheet, {"x2": 25.84}) == bytes([0, 0, 2, 1])


@pytest.mark.parametrize(
    ("shown", "answers", "words"),
    [
        (["nothing"], {}, "no item 'nothing'"),
        (["bp-001"], {"bp-002": "a"}, "answered but not shown"),
        (["bp-001"], {"bp-001": "z"}, "no option 'z'"),
    ],
)
def test_fold_what_does_not_fit_is_refused(shown: list[str], answers: dict[str, str], words: str) -> None:
    with pytest.raises(VectorError, match=words):
        fold(SHEET, shown=shown, answers=answers)


@pytest.mark.parametrize("vector", [b"", b"\x01", bytes([9] * len(SHEET.lines))])
def test_unfold_what_does_not_fit_is_refused(vector: bytes) -> None:
    with pytest.raises(VectorError):
        unfold(SHEET, vector)


def test_sheet_holds_test_items_only_in_the_order_of_keys() -> None:
    assert sorted(ITEMS) == ITEMS
    assert not any("cek" in item for item in ITEMS)


def test_sheet_json_comes_back_with_the_same_name() -> None:
    again = KeySheet.from_json(SHEET.to_json())
    assert again == SHEET
    assert again.digest == SHEET.digest


def test_sheet_another_key_has_another_name() -> None:
    items = {"x1": make_item("x1", correct="a")}
    other = {"x1": make_item("x1", correct="b")}
    assert sheet_of(make_course(items=items)).digest != sheet_of(make_course(items=other)).digest
    assert sheet_of(make_course("2026.1")).digest != sheet_of(make_course("2026.2")).digest
