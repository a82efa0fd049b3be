"""Working-day arithmetic over a calendar that is handed in.

Pure: nothing here knows which days are off, why, or what is due. A calendar says so and every result carries the list
of days it skipped, so that a due date can be explained and recomputed. Sentences for people are built elsewhere.
"""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
R = TypeVar("R", bound=StrEnum)


class UnknownRule(ValueError):
    """A unit, first-day rule or roll rule that does not exist. Nothing is guessed."""


class OutsideCalendar(LookupError):
    """The count walked beyond the days this calendar knows; `day` is the first unknown one."""

    def __init__(self, day: date) -> None:
        super().__init__(f"no calendar covers {day.isoformat()}")
        self.day = day


class Unit(StrEnum):
    """What an amount of time is counted in. They are never mixed."""

    HOURS = "hours"
    CALENDAR_DAYS = "calendar_days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"


class FirstDay(StrEnum):
    """Which day is day 1: the one after the start, or the start itself (the first that counts)."""

    NEXT_DAY = "next_day"
    SAME_DAY = "same_day"


class Roll(StrEnum):
    """What happens when the last day is not a working day: stay, move to the next one, or to the one before."""

    NONE = "none"
    FORWARD = "forward"
    BACKWARD = "backward"


@dataclass(frozen=True, kw_only=True)
class OffDay:
    """A named day on which nobody works: its `kind`, the decree that names it and how sure we are of it.

    `known_from` is the day the decree was made public, for calendars amended in the middle of a year.
    """

    day: date
    name: str
    kind: str
    decree: str = ""
    confidence: str = ""
    known_from: date | None = None


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """Which days count, from `first` to `last` (both included). `weekend` holds weekday numbers, Monday is 0."""

    first: date
    last: date
    weekend: frozenset[int] = frozenset({5, 6})
    off_days: Mapping[date, OffDay] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.weekend) > 6:
            raise ValueError("a week needs at least one working day")
        if self.first > self.last:
            raise ValueError("the calendar ends before it begins")

    def joined(self, other: "WorkCalendar") -> "WorkCalendar":
        """Both calendars as one; `other` must begin on the day after this one ends and keep the same weekend."""
        if other.first != self.last + _DAY or other.weekend != self.weekend:
            raise ValueError("only neighbouring calendars with the same weekend can be joined")
        return replace(self, last=other.last, off_days={**self.off_days, **other.off_days})

    def as_known_on(self, day: date) -> "WorkCalendar":
        """The calendar as people knew it on `day`: without the days off that were announced later."""
        kept = {k: off for k, off in self.off_days.items() if off.known_from is None or off.known_from <= day}
        return replace(self, off_days=kept)

    def is_working_day(self, day: date) -> bool:
        """Does `day` count? `OutsideCalendar` when it is not covered."""
        return self.why_off(day) is None

    def why_off(self, day: date) -> "Skipped | None":
        """Why `day` does not count, or None when it does. A named day off is told before a weekend."""
        if not self.first <= day <= self.last:
            raise OutsideCalendar(day)
        if (off := self.off_days.get(day)) is not None:
            return Skipped(day=day, off_day=off)
        return Skipped(day=day) if day.weekday() in self.weekend else None

    def count(self, first: date, last: date) -> int:
        """How many working days lie from `first` to `last`, both included; 0 when `last` is earlier."""
        return sum(self.is_working_day(day) for day in _days(first, last))


@dataclass(frozen=True, kw_only=True)
class Skipped:
    """A day that was passed over: a weekend when `off_day` is None."""

    day: date
    off_day: OffDay | None = None


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How a due date came about, as data: the rule, day 1, and every day that did not count and why.

    `skipped` were passed while counting, `rolled` while moving the last day to a working day.
    """

    start: date
    amount: int
    unit: Unit
    first_day: FirstDay
    roll: Roll
    day_one: date
    skipped: tuple[Skipped, ...] = ()
    rolled: tuple[Skipped, ...] = ()

    @property
    def off_days(self) -> tuple[OffDay, ...]:
        """The named days off among all days passed over."""
        return tuple(s.off_day for s in (*self.skipped, *self.rolled) if s.off_day is not None)


@dataclass(frozen=True, kw_only=True)
class Due:
    """A due day (the whole of it counts) and its explanation. `moment` (UTC offset of the zone) only for hours."""

    day: date
    explanation: Explanation
    moment: datetime | None = None


def add(
    calendar: WorkCalendar, start: date, amount: int, unit: str, *, first_day: str = "next_day", roll: str = "none"
) -> Due:
    """The day on which `amount` of `unit` (days, working days or months) after `start` is over.

    Months keep the day number, or take the last day of a shorter month. Raises `UnknownRule` for a word that is not in
    the enums above (hours need a moment: see `add_hours`) and `OutsideCalendar` where the calendar ends.
    """
    kind, first_rule, roll_rule = _rule(Unit, unit), _rule(FirstDay, first_day), _rule(Roll, roll)
    if amount < 1:
        raise ValueError("an amount of time is at least 1")
    if kind is Unit.HOURS:
        raise UnknownRule("hours are counted from a moment: use add_hours")
    skipped: tuple[Skipped, ...] = ()
    day_one = start if first_rule is FirstDay.SAME_DAY else start + _DAY
    if kind is Unit.WORKING_DAYS:
        counted, skipped = _count_working_days(calendar, day_one, amount)
        day_one, last = counted[0], counted[-1]
    elif kind is Unit.CALENDAR_DAYS:
        last = day_one + (amount - 1) * _DAY
    else:
        last = _add_months(start, amount) - (_DAY if first_rule is FirstDay.SAME_DAY else timedelta(0))
    last, rolled = _rolled(calendar, last, roll_rule)
    return Due(
        day=last,
        explanation=Explanation(
            start=start,
            amount=amount,
            unit=kind,
            first_day=first_rule,
            roll=roll_rule,
            day_one=day_one,
            skipped=skipped,
            rolled=rolled,
        ),
    )


def add_hours(calendar: WorkCalendar, start: datetime, amount: int, zone: str, *, roll: str = "none") -> Due:
    """`amount` clock hours after the aware moment `start`; they run through nights and days off.

    `Due.day` is the local day in `zone` (an IANA name). A roll moves the day and keeps the time of day.
    """
    roll_rule = _rule(Roll, roll)
    if amount < 1:
        raise ValueError("an amount of time is at least 1")
    if start.tzinfo is None:
        raise ValueError("hours are counted from an aware moment")
    place = ZoneInfo(zone)
    local = (start + timedelta(hours=amount)).astimezone(place)
    day, rolled = _rolled(calendar, local.date(), roll_rule)
    began = start.astimezone(place).date()
    return Due(
        day=day,
        moment=datetime.combine(day, local.timetz()),
        explanation=Explanation(
            start=began,
            amount=amount,
            unit=Unit.HOURS,
            first_day=FirstDay.SAME_DAY,
            roll=roll_rule,
            day_one=began,
            rolled=rolled,
        ),
    )


def _count_working_days(
    calendar: WorkCalendar, day: date, amount: int
) -> tuple[tuple[date, date], tuple[Skipped, ...]]:
    """First and last of `amount` working days from `day` on, and what was skipped up to the last."""
    skipped: list[Skipped] = []
    first: date | None = None
    while True:
        why = calendar.why_off(day)
        if why is not None:
            skipped.append(why)
        else:
            first = first or day
            amount -= 1
            if amount == 0:
                return (first, day), tuple(skipped)
        day += _DAY


def _rolled(calendar: WorkCalendar, day: date, roll: Roll) -> tuple[date, tuple[Skipped, ...]]:
    if roll is Roll.NONE:
        return day, ()
    passed: list[Skipped] = []
    while (why := calendar.why_off(day)) is not None:
        passed.append(why)
        day += _DAY if roll is Roll.FORWARD else -_DAY
    return day, tuple(passed)


def _add_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += _DAY


def _rule(kind: type[R], word: str) -> R:
    try:
        return kind(word)
    except ValueError:
        known = ", ".join(kind)
        raise UnknownRule(f"unknown {kind.__name__} {word!r}; known: {known}") from None
