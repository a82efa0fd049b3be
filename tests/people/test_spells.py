"""Ranges of days, and what a roster's post does to the open appointment."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.people.spells import Step, next_step, overlap

D = [date(2026, 1, 1) + timedelta(days=n) for n in range(6)]
TODAY = D[5]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ((D[0], D[2]), (D[2], D[4]), False),
        ((D[0], D[3]), (D[2], D[4]), True),
        ((D[0], None), (D[4], None), True),
        ((D[4], None), (D[0], D[4]), False),
        ((D[4], None), (D[0], D[5]), True),
        ((D[1], D[2]), (D[0], None), True),
    ],
)
def test_overlap_counts_the_first_day_and_not_the_last(
    a: tuple[date, date | None], b: tuple[date, date | None], expected: bool
) -> None:
    assert overlap(*a, *b) is expected
    assert overlap(*b, *a) is expected


days = st.integers(0, 20).map(lambda n: date(2026, 1, 1) + timedelta(days=n))
lengths = st.none() | st.integers(1, 10)


@given(days, lengths, days, lengths)
def test_overlap_of_any_ranges_equals_sharing_a_day(a: date, long_a: int | None, b: date, long_b: int | None) -> None:
    def held(starts: date, length: int | None) -> set[date]:
        return {starts + timedelta(days=n) for n in range(length or 60)}

    ends_a = a + timedelta(days=long_a) if long_a else None
    ends_b = b + timedelta(days=long_b) if long_b else None
    assert overlap(a, ends_a, b, ends_b) is bool(held(a, long_a) & held(b, long_b))


@pytest.mark.parametrize(
    ("starts", "is_same", "told", "free_from", "expected"),
    [
        (None, False, None, None, Step("succeed", TODAY)),
        (None, False, D[1], None, Step("succeed", D[1])),
        (None, False, D[1], D[3], Step("succeed", D[3])),  # an earlier post still lasted
        (D[2], True, None, None, Step("keep", D[2])),
        (D[2], True, D[2], None, Step("keep", D[2])),
        (D[2], True, D[4], None, Step("keep", D[2])),
        (D[2], True, D[1], None, Step("earlier", D[1])),
        (D[2], True, D[1], D[2], Step("keep", D[2])),
        (D[2], False, None, None, Step("succeed", TODAY)),
        (D[2], False, D[4], None, Step("succeed", D[4])),
        (D[2], False, D[2], None, Step("correct", D[2])),
        (D[2], False, D[1], None, Step("correct", D[1])),
        (D[2], False, D[1], D[2], Step("correct", D[2])),
        (TODAY, False, None, None, Step("correct", TODAY)),  # a second file on the same day puts the first right
    ],
)
def test_next_step_for_each_case(
    starts: date | None, is_same: bool, told: date | None, free_from: date | None, expected: Step
) -> None:
    assert next_step(starts=starts, is_same_post=is_same, told=told, today=TODAY, free_from=free_from) == expected


@given(st.none() | days, st.booleans(), st.none() | days, st.none() | days)
def test_next_step_told_again_changes_nothing(
    starts: date | None, is_same: bool, told: date | None, free_from: date | None
) -> None:
    if starts and free_from and free_from > starts:
        return
    first = next_step(starts=starts, is_same_post=is_same, told=told, today=TODAY, free_from=free_from)
    closed = starts if first.kind == "succeed" and starts else free_from
    again = next_step(
        starts=first.starts,
        is_same_post=True,
        told=told,
        today=TODAY + timedelta(days=30),
        free_from=first.starts if first.kind == "succeed" and starts else closed,
    )
    assert again.kind == "keep"
