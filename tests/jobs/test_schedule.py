"""Schedules: when, once, and in step with what is registered."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.jobs import api, registry, schedule
from teladan.jobs.models import Delivery, Schedule
from teladan.jobs.registry import Rhythm
from teladan.kernel import clock

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)  # noon in western Indonesia
moments = st.integers(0, 10**9).map(lambda seconds: NOON + timedelta(seconds=seconds, microseconds=seconds % 997))


@pytest.mark.parametrize(
    ("rhythm", "moment", "expected"),
    [
        (Rhythm(minutes=1), NOON, NOON + timedelta(minutes=1)),
        (Rhythm(minutes=15), NOON + timedelta(minutes=14, seconds=59), NOON + timedelta(minutes=15)),
        (Rhythm(minutes=1440), NOON, datetime(2026, 11, 24, tzinfo=UTC)),
        (Rhythm(at=time(12, 30)), NOON, NOON + timedelta(minutes=30)),
        (Rhythm(at=time(12, 0)), NOON, NOON + timedelta(days=1)),
        (Rhythm(at=time(2, 0)), NOON, datetime(2026, 11, 23, 19, 0, tzinfo=UTC)),
    ],
)
def test_next_tick_of_a_rhythm_is_the_first_one_later(rhythm: Rhythm, moment: datetime, expected: datetime) -> None:
    assert rhythm.next_after(moment) == expected


@given(moments, st.integers(1, 1440))
def test_next_tick_lies_ahead_by_at_most_one_step(moment: datetime, minutes: int) -> None:
    wait = Rhythm(minutes=minutes).next_after(moment) - moment
    assert timedelta(0) < wait <= timedelta(minutes=minutes)


@given(moments, st.times())
def test_next_daily_tick_lies_ahead_by_at_most_a_day(moment: datetime, at: time) -> None:
    assert timedelta(0) < Rhythm(at=at).next_after(moment) - moment <= timedelta(days=1)


def test_tick_missed_many_times_runs_once_and_then_at_the_next_time(db: None) -> None:
    ran: list[datetime] = []
    api.every("tests.minute", minutes=1)(lambda: ran.append(clock.now()))
    with clock.at(NOON):
        schedule.sync()
        assert schedule.tick() == 0
    later = NOON + timedelta(hours=3, seconds=10)
    with clock.at(later):
        assert (schedule.tick(), schedule.tick()) == (1, 0)
        assert api.run_pending() == 1
    assert ran == [later]
    assert Schedule.objects.get().next_at == NOON + timedelta(hours=3, minutes=1)


def test_tick_while_the_last_one_still_waits_adds_none(db: None) -> None:
    api.every("tests.minute", minutes=1)(lambda: None)
    with clock.at(NOON):
        schedule.sync()
    for minutes in (1, 2, 3):
        with clock.at(NOON + timedelta(minutes=minutes)):
            assert schedule.tick() == 1
    assert Delivery.objects.count() == 1


def test_tick_seen_due_by_two_workers_is_announced_by_one(db: None) -> None:
    api.every("tests.minute", minutes=1)(lambda: None)
    with clock.at(NOON):
        schedule.sync()
    with clock.at(NOON + timedelta(minutes=1)):
        assert (schedule._announce("tests.minute"), schedule._announce("tests.minute")) == (True, False)
    assert Delivery.objects.count() == 1


def test_sync_adds_new_drops_gone_and_resets_changed_rhythms(db: None) -> None:
    api.every("tests.stays", minutes=5)(lambda: None)
    api.every("tests.changes", minutes=5)(lambda: None)
    api.daily("tests.goes", at=time(3))(lambda: None)
    with clock.at(NOON):
        schedule.sync()
    del registry.rhythms["tests.goes"]
    registry.rhythms["tests.changes"] = Rhythm(minutes=30)
    with clock.at(NOON + timedelta(minutes=1)):
        schedule.sync()
        schedule.sync()
    assert dict(Schedule.objects.values_list("name", "next_at")) == {
        "tests.stays": NOON + timedelta(minutes=5),
        "tests.changes": NOON + timedelta(minutes=30),
    }
