"""Intervals against published tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.instruments.intervals import correlation_interval, difference_interval, share_interval, t95


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_share_interval_is_that_of_newcombes_table(count: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, Stat. Med. 17:857-872, table I, method 3."""
    assert share_interval(count, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("a", "m", "b", "n", "low", "high"),
    [
        (56, 70, 48, 80, 0.0524, 0.3339),
        (9, 10, 3, 10, 0.1705, 0.8090),
        (5, 56, 0, 29, -0.0381, 0.1926),
        (10, 10, 0, 10, 0.6075, 1.0000),
    ],
)
def test_difference_interval_is_that_of_newcombes_table(
    a: int, m: int, b: int, n: int, low: float, high: float
) -> None:
    """Newcombe 1998, Stat. Med. 17:873-890, table II, method 10."""
    assert difference_interval(a, m, b, n) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("degrees", "t"),
    [
        (1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (9, 2.262), (10, 2.228), (20, 2.086),
        (29, 2.045), (30, 2.042), (60, 2.000), (120, 1.980), (100_000, 1.960),
    ],
)  # fmt: skip
def test_t_is_that_of_the_tables(degrees: int, t: float) -> None:
    assert t95(degrees) == pytest.approx(t, abs=5.1e-4)


def test_correlation_interval_by_hand() -> None:
    """r = 0.5 of 28 pairs: atanh 0.5493 +/- 1.96 / 5 = 0.1573 .. 0.9413; tanh of these 0.156 .. 0.736."""
    assert correlation_interval(0.5, 28) == pytest.approx((0.1560, 0.7358), abs=2e-4)
    assert correlation_interval(0.5, 3) is None
    assert correlation_interval(1.0, 10) == (1.0, 1.0)


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_share_interval_holds_the_share_and_stays_between_0_and_1(found: tuple[int, int]) -> None:
    count, n = found
    low, high = share_interval(count, n)
    assert 0 <= low <= count / n <= high <= 1


def test_share_of_nobody_is_refused() -> None:
    with pytest.raises(ValueError, match="no share"):
        share_interval(0, 0)
    with pytest.raises(ValueError, match="degree of freedom"):
        t95(0)
