"""Attempts are counted in the database and refused with the clock time of the next one."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from teladan.accounts import api
from teladan.accounts.domain.throttle import forget_old_attempts, zone_for_strangers
from teladan.accounts.models import Agency, Throttle
from teladan.kernel import clock
from teladan.kernel.errors import TooMany

START = datetime(2026, 11, 23, 6, 20, tzinfo=UTC)  # 14.20 WITA
QUARTER = timedelta(minutes=15)


@pytest.fixture(autouse=True)
def standing_at_start(db: None) -> Iterator[None]:
    with clock.at(START):
        yield


def attempt(*keys: str, limit: int = 3) -> None:
    api.throttle(action="sign-in", keys=list(keys), limit=limit, period=QUARTER)


def test_throttle_within_the_limit_says_nothing() -> None:
    for _try in range(3):
        attempt("sari")


def test_throttle_beyond_the_limit_says_when_in_the_zone_of_the_agency(agency: Agency) -> None:
    for _try in range(3):
        attempt("sari")
    with clock.at(START + timedelta(minutes=5)), pytest.raises(TooMany) as refusal:
        attempt("sari")
    assert refusal.value.retry_at == START + QUARTER
    assert "14.35 WITA" in refusal.value.message


def test_throttle_past_midnight_names_the_day(agency: Agency) -> None:
    late = datetime(2026, 11, 23, 15, 55, tzinfo=UTC)  # 23.55 WITA
    with clock.at(late), pytest.raises(TooMany) as refusal:
        for _try in range(4):
            attempt("sari")
    assert "Selasa, 24 November 2026 pukul 00.10 WITA" in refusal.value.message


@pytest.mark.parametrize(("seconds", "refused"), [(-1, True), (0, False), (1, False)])
def test_throttle_at_the_end_of_the_window_lets_in_again(seconds: int, refused: bool) -> None:
    for _try in range(3):
        attempt("sari")
    with clock.at(START + QUARTER + timedelta(seconds=seconds)):
        if refused:
            with pytest.raises(TooMany):
                attempt("sari")
        else:
            for _try in range(3):
                attempt("sari")


def test_throttle_counts_each_key_and_each_action_alone() -> None:
    for _try in range(3):
        attempt("sari", "place")
    attempt("budi")
    api.throttle(action="activation", keys=["sari"], limit=1, period=QUARTER)
    with pytest.raises(TooMany):
        attempt("budi", "place")  # the place has used up its tries, also for others


def test_throttle_when_refused_counts_nothing() -> None:
    for _try in range(3):
        attempt("place")
    for _try in range(9):
        with pytest.raises(TooMany):
            attempt("budi", "place")
    for _try in range(3):
        attempt("budi")


def test_throttle_while_blocked_writes_nothing(django_assert_num_queries: object) -> None:
    for _try in range(3):
        attempt("sari")
    with django_assert_num_queries(2), pytest.raises(TooMany):  # type: ignore[operator]
        attempt("sari")


def test_forgive_attempt_takes_back_one_only() -> None:
    limit = api.Limit(action="sign-in", key="sari", limit=3, period=QUARTER)
    for _try in range(3):
        api.count_attempt([limit])
    api.forgive_attempt([limit])
    api.count_attempt([limit])
    with pytest.raises(TooMany):
        api.count_attempt([limit])


def test_forgive_attempt_never_goes_below_zero() -> None:
    limit = api.Limit(action="sign-in", key="sari", limit=1, period=QUARTER)
    api.forgive_attempt([limit])
    api.count_attempt([limit])
    api.forgive_attempt([limit])
    api.forgive_attempt([limit])
    api.count_attempt([limit])
    with pytest.raises(TooMany):
        api.count_attempt([limit])


def test_throttle_keeps_no_key_in_clear() -> None:
    attempt("199001012022032001")
    row = Throttle.objects.get()
    assert "1990" not in row.key_hash
    assert len(row.key_hash) == 64


def test_forget_old_attempts_deletes_what_is_over() -> None:
    attempt("sari")
    assert forget_old_attempts(limit=10) == 0
    with clock.at(START + QUARTER + timedelta(seconds=1)):
        assert forget_old_attempts(limit=10) == 1


def test_zone_for_strangers_of_mixed_zones_is_western(agency: Agency, other_agency: Agency) -> None:
    assert zone_for_strangers() == "Asia/Jakarta"


def test_zone_for_strangers_of_one_agency_is_its_own(agency: Agency) -> None:
    assert zone_for_strangers() == "Asia/Makassar"
