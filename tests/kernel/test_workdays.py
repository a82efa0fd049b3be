"""Working-day arithmetic: rules on a small calendar of its own, properties, and refusals."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.kernel.workdays import (
    FirstDay,
    OffDay,
    OutsideCalendar,
    Roll,
    Skipped,
    Unit,
    UnknownRule,
    WorkCalendar,
    add,
    add_hours,
)

FEAST = OffDay(day=date(2026, 3, 4), name="Hari raya", kind="libur nasional", decree="SKB contoh", confidence="kedua")
ADDED = OffDay(day=date(2026, 3, 9), name="Cuti", kind="cuti bersama", known_from=date(2026, 3, 5))
MARCH = WorkCalendar(first=date(2026, 1, 1), last=date(2026, 12, 31), off_days={off.day: off for off in (FEAST, ADDED)})
MONDAY, TUESDAY, FRIDAY, SATURDAY = (date(2026, 3, day) for day in (2, 3, 6, 7))
DAYS = st.dates(date(2026, 1, 5), date(2026, 9, 30))


def test_is_working_day_follows_weekend_and_off_days() -> None:
    assert MARCH.is_working_day(TUESDAY)
    assert not MARCH.is_working_day(SATURDAY)
    assert not MARCH.is_working_day(FEAST.day)
    assert MARCH.why_off(FEAST.day) == Skipped(day=FEAST.day, off_day=FEAST)
    assert MARCH.why_off(SATURDAY) == Skipped(day=SATURDAY)


def test_count_of_a_range_includes_both_ends() -> None:
    assert MARCH.count(MONDAY, FRIDAY) == 4
    assert MARCH.count(FRIDAY, MONDAY) == 0


def test_working_days_start_on_the_next_working_day() -> None:
    due = add(MARCH, MONDAY, 3, "working_days")
    assert due.day == FRIDAY
    assert due.explanation.day_one == TUESDAY
    assert due.explanation.skipped == (Skipped(day=FEAST.day, off_day=FEAST),)
    assert due.explanation.off_days == (FEAST,)


def test_working_days_from_same_day_count_the_start() -> None:
    assert add(MARCH, MONDAY, 3, "working_days", first_day="same_day").day == date(2026, 3, 5)
    # a start on a day off: day 1 is the first working day on or after it
    assert add(MARCH, SATURDAY, 1, "working_days", first_day="same_day").explanation.day_one == date(2026, 3, 10)


def test_calendar_days_run_through_days_off() -> None:
    assert add(MARCH, MONDAY, 5, "calendar_days").day == SATURDAY
    assert add(MARCH, MONDAY, 5, "calendar_days", first_day="same_day").day == FRIDAY


def test_roll_moves_the_last_day_and_tells_what_it_passed() -> None:
    forward = add(MARCH, MONDAY, 5, "calendar_days", roll="forward")
    assert forward.day == date(2026, 3, 10)
    assert [skipped.day for skipped in forward.explanation.rolled] == [date(2026, 3, day) for day in (7, 8, 9)]
    assert add(MARCH, MONDAY, 5, "calendar_days", roll="backward").day == FRIDAY
    assert add(MARCH, MONDAY, 5, "calendar_days").explanation.rolled == ()


def test_months_keep_the_day_or_take_the_last() -> None:
    assert add(MARCH, date(2026, 1, 31), 1, "months").day == date(2026, 2, 28)
    assert add(MARCH, date(2026, 1, 15), 2, "months").day == date(2026, 3, 15)
    assert add(MARCH, date(2026, 1, 15), 2, "months", first_day="same_day").day == date(2026, 3, 14)
    assert add(MARCH, date(2025, 12, 31), 14, "months").day == date(2027, 2, 28)


def test_hours_run_through_the_night_in_the_zone_of_the_agency() -> None:
    due = add_hours(MARCH, datetime(2026, 3, 6, 16, tzinfo=UTC), 72, "Asia/Jayapura")
    assert due.day == date(2026, 3, 10)
    assert due.moment == datetime(2026, 3, 9, 16, tzinfo=UTC)
    assert due.explanation.start == SATURDAY  # already the next day in Jayapura


def test_hours_with_a_roll_keep_the_time_of_day() -> None:
    due = add_hours(MARCH, datetime(2026, 3, 4, 3, tzinfo=UTC), 72, "Asia/Jakarta", roll="forward")
    assert due.moment is not None
    assert (due.day, due.moment.hour) == (date(2026, 3, 10), 10)


def test_amended_calendar_moves_an_open_due_date() -> None:
    before, after = MARCH.as_known_on(date(2026, 3, 4)), MARCH.as_known_on(date(2026, 3, 5))
    assert add(before, FRIDAY, 1, "working_days").day == ADDED.day
    assert add(after, FRIDAY, 1, "working_days").day == date(2026, 3, 10)


@pytest.mark.parametrize("word", ["business_days", "hari kerja", "", "HOURS"])
def test_unknown_unit_is_refused(word: str) -> None:
    with pytest.raises(UnknownRule, match="known: hours"):
        add(MARCH, MONDAY, 1, word)


def test_unknown_first_day_and_roll_rules_are_refused() -> None:
    with pytest.raises(UnknownRule, match="FirstDay"):
        add(MARCH, MONDAY, 1, "working_days", first_day="tomorrow")
    with pytest.raises(UnknownRule, match="Roll"):
        add(MARCH, MONDAY, 1, "working_days", roll="nearest")
    with pytest.raises(UnknownRule, match="add_hours"):
        add(MARCH, MONDAY, 1, "hours")


def test_amounts_and_moments_without_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        add(MARCH, MONDAY, 0, "working_days")
    with pytest.raises(ValueError, match="at least 1"):
        add_hours(MARCH, datetime(2026, 3, 4, tzinfo=UTC), 0, "Asia/Jakarta")
    with pytest.raises(ValueError, match="aware"):
        add_hours(MARCH, datetime(2026, 3, 4), 1, "Asia/Jakarta")  # noqa: DTZ001 (naive on purpose)


def test_count_beyond_the_calendar_is_refused_not_guessed() -> None:
    with pytest.raises(OutsideCalendar, match="2027-01-01") as refused:
        add(MARCH, date(2026, 12, 30), 5, "working_days")
    assert refused.value.day == date(2027, 1, 1)


def test_calendars_without_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="one working day"):
        WorkCalendar(first=MONDAY, last=FRIDAY, weekend=frozenset(range(7)))
    with pytest.raises(ValueError, match="before it begins"):
        WorkCalendar(first=FRIDAY, last=MONDAY)


def test_only_neighbours_join() -> None:
    later = WorkCalendar(first=date(2027, 1, 1), last=date(2027, 12, 31))
    joined = MARCH.joined(later)
    assert (joined.first, joined.last) == (MARCH.first, later.last)
    with pytest.raises(ValueError, match="neighbouring"):
        later.joined(MARCH)


@given(start=DAYS, amount=st.integers(1, 40))
def test_working_days_due_is_the_amount_counted_after_the_start(start: date, amount: int) -> None:
    due = add(MARCH, start, amount, Unit.WORKING_DAYS)
    assert MARCH.is_working_day(due.day)
    assert MARCH.count(start + timedelta(days=1), due.day) == amount
    told = due.explanation
    assert len(told.skipped) == (due.day - start).days - amount
    assert not any(MARCH.is_working_day(skipped.day) for skipped in told.skipped)


@given(start=DAYS, amount=st.integers(1, 40), extra=st.integers(1, 10))
def test_more_days_are_never_due_earlier(start: date, amount: int, extra: int) -> None:
    assert add(MARCH, start, amount, "working_days").day < add(MARCH, start, amount + extra, "working_days").day


@given(start=DAYS, amount=st.integers(1, 60), roll=st.sampled_from(Roll), first_day=st.sampled_from(FirstDay))
def test_a_roll_ends_on_a_working_day_on_its_side(start: date, amount: int, roll: Roll, first_day: FirstDay) -> None:
    plain = add(MARCH, start, amount, "calendar_days", first_day=first_day).day
    rolled = add(MARCH, start, amount, "calendar_days", first_day=first_day, roll=roll).day
    if roll is Roll.NONE:
        assert rolled == plain
    else:
        assert MARCH.is_working_day(rolled)
        assert rolled >= plain if roll is Roll.FORWARD else rolled <= plain
