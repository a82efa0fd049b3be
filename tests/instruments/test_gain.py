"""Gains by hand and by their properties; the interval by simulation."""

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.instruments.gain import (
    Band,
    Verdict,
    band,
    change,
    class_gain,
    difference,
    effect,
    hake_gain,
    is_reliable,
    normalised_change,
    reliable_change,
    smallest_reliable,
    verdict,
)
from teladan.instruments.measures import Reason

percents = st.integers(0, 100).map(float)
groups = st.lists(st.tuples(percents, percents), min_size=1, max_size=40)


def test_hake_gain_is_the_gain_of_the_averages() -> None:
    pairs = [(20.0, 60.0), (40.0, 70.0), (60.0, 80.0)]  # 40 -> 70
    assert hake_gain(pairs).value == pytest.approx(0.5)


@given(groups)
def test_hake_gain_is_never_above_one(pairs: list[tuple[float, float]]) -> None:
    found = hake_gain(pairs)
    if found.value is None:
        assert found.reason is Reason.PRE_IS_FULL
        assert all(before == 100 for before, _after in pairs)
    else:
        assert found.value <= 1 + 1e-9


def test_hake_gain_undefined_says_why() -> None:
    assert hake_gain([(100.0, 100.0)]).reason is Reason.PRE_IS_FULL
    assert hake_gain([]).reason is Reason.TOO_FEW
    assert hake_gain([(10.0, 20.0)] * 9, min_n=10).reason is Reason.TOO_FEW


@pytest.mark.parametrize(
    ("gain", "expected"),
    [(-0.2, Band.LOW), (0.29, Band.LOW), (0.3, Band.MEDIUM), (0.7, Band.MEDIUM), (0.71, Band.HIGH)],
)
def test_band_is_hakes(gain: float, expected: Band) -> None:
    assert band(gain) is expected


def test_effect_by_hand() -> None:
    """Before 40, 50, 60 (SD 10), after 60, 80, 100 (SD 20), r = 1: d = 30 / 15 = 2."""
    found = effect([(40.0, 60.0), (50.0, 80.0), (60.0, 100.0)])
    assert found.value == pytest.approx(2)
    variance = (10**2 + 20**2 - 2 * 10 * 20) / 3 / 15**2 + 2**2 * (10**2 + 20**2 + 2 * 10 * 20) / (8 * 2 * 15**2)
    assert found.high is not None and found.low is not None
    assert (found.high - found.low) / 2 == pytest.approx(1.959964 * math.sqrt(variance), rel=1e-6)


@given(groups)
def test_effect_holds_its_own_interval(pairs: list[tuple[float, float]]) -> None:
    found = effect(pairs)
    if found.value is not None:
        assert found.low is not None and found.high is not None
        assert found.low <= found.value <= found.high
    else:
        assert found.reason in {Reason.TOO_FEW, Reason.NO_SPREAD}


def test_effect_interval_covers_the_truth_about_nineteen_times_in_twenty() -> None:
    """1,000 groups of 40 with true d_av = 0.8 and r = 0.5; the bound is five standard errors wide."""
    lot = random.Random(20261123)
    covered = 0
    for _ in range(1000):
        pairs = []
        for _person in range(40):
            before = lot.gauss(0, 1)
            pairs.append((50 + 10 * before, 58 + 10 * (0.5 * before + math.sqrt(0.75) * lot.gauss(0, 1))))
        found = effect(pairs)
        assert found.low is not None and found.high is not None
        covered += found.low <= 0.8 <= found.high
    assert 915 <= covered <= 985


def test_effect_undefined_says_why() -> None:
    assert effect([(1.0, 2.0)] * 2).reason is Reason.TOO_FEW
    assert effect([(1.0, 2.0)] * 5).reason is Reason.NO_SPREAD


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [(40, 70, 0.5), (80, 40, -0.5), (50, 50, 0.0), (0, 100, 1.0), (100, 0, -1.0), (0, 50, 0.5), (100, 90, -0.1)],
)
def test_change_by_hand(before: float, after: float, expected: float) -> None:
    assert change(before, after).value == pytest.approx(expected)


@pytest.mark.parametrize("edge", [0, 100])
def test_change_at_the_edge_is_undefined(edge: float) -> None:
    assert change(edge, edge).reason is Reason.AT_THE_EDGE
    assert normalised_change(edge, edge) is None


@given(percents, percents)
def test_change_lies_between_minus_one_and_one(before: float, after: float) -> None:
    found = change(before, after)
    assert found.value is None or (-1 <= found.value <= 1 and (found.value > 0) == (after > before))


def test_reliable_change_by_hand() -> None:
    found = reliable_change(40, 60, sd_before=10, reliability=0.82)
    assert found.value == pytest.approx(20 / (10 * math.sqrt(2) * math.sqrt(0.18)))
    assert is_reliable(found)
    assert not is_reliable(reliable_change(40, 45, sd_before=10, reliability=0.82))


def test_reliable_change_undefined_says_why() -> None:
    assert reliable_change(1, 2, sd_before=0, reliability=0.8).reason is Reason.NO_SPREAD
    assert reliable_change(1, 2, sd_before=1, reliability=1.0).reason is Reason.BAD_RELIABILITY
    assert not is_reliable(reliable_change(1, 2, sd_before=1, reliability=-0.3))


def test_class_gain_tells_all_of_a_group() -> None:
    found = class_gain([20, 40, 60], [60, 70, 80])
    assert (found.n, found.mean_before, found.mean_after, found.band) == (3, 40, 70, Band.MEDIUM)
    assert found.effect.value is not None


def test_class_gain_of_a_small_group_tells_its_size_only() -> None:
    found = class_gain([20, 40], [60, 70], min_n=10)
    assert (found.n, found.mean_before, found.mean_after, found.band) == (2, None, None, None)
    assert found.gain.reason is found.effect.reason is Reason.TOO_FEW


def test_class_gain_of_nobody_is_unknown() -> None:
    assert class_gain([], []).gain.reason is Reason.TOO_FEW


def test_class_gain_of_different_people_is_refused() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        class_gain([1, 2], [1])


def test_difference_by_hand() -> None:
    """Differences 10, 20, 30: mean 20, SD 10, t = 4.303 with two degrees of freedom."""
    found = difference([(0.0, 10.0), (0.0, 20.0), (0.0, 30.0)])
    assert (found.value, found.n) == (20, 3)
    assert (found.low, found.high) == (
        pytest.approx(20 - 4.3027 * 10 / math.sqrt(3), abs=1e-2),
        pytest.approx(20 + 4.3027 * 10 / math.sqrt(3), abs=1e-2),
    )


def test_paired_difference_of_a_published_example() -> None:
    """Student 1908, Biometrika 6:1-25 (sleep data, Cushny & Peebles): mean 1.58, t(9) = 4.0621."""
    one = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
    two = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
    found = difference(list(zip(one, two, strict=True)))
    assert found.value == pytest.approx(1.58)
    assert (found.low, found.high) == (pytest.approx(0.7001, abs=1e-4), pytest.approx(2.4599, abs=1e-4))


def test_hake_gain_interval_covers_the_truth_about_nineteen_times_in_twenty() -> None:
    """1,000 classes of 30 from 50 to 70 (SD 12, r = 0.5): <g> = 0.4; the bound is five standard errors wide."""
    lot = random.Random(20261123)
    covered = 0
    for _ in range(1000):
        pairs = []
        for _person in range(30):
            z = lot.gauss(0, 1)
            pairs.append((50 + 12 * z, 70 + 12 * (0.5 * z + math.sqrt(0.75) * lot.gauss(0, 1))))
        found = hake_gain(pairs)
        assert found.low is not None and found.high is not None
        covered += found.low <= 0.4 <= found.high
    assert 915 <= covered <= 985


def test_class_gain_of_fewer_than_ten_gives_no_percentages() -> None:
    found = class_gain([40] * 8 + [50], [70] * 8 + [80], min_n=5, fewest_for_gain=10)
    assert found.points.value == 30
    assert found.gain.reason is found.effect.reason is Reason.TOO_FEW
    assert found.band is None


@given(percents, percents, st.floats(1, 30), st.floats(0, 0.99))
def test_verdict_follows_the_smallest_reliable_difference(
    before: float, after: float, sd: float, reliability: float
) -> None:
    found = verdict(reliable_change(before, after, sd_before=sd, reliability=reliability))
    least = smallest_reliable(sd_before=sd, reliability=reliability)
    if abs(after - before) > least * (1 + 1e-9):
        assert found is (Verdict.RISEN if after > before else Verdict.FALLEN)
    elif abs(after - before) < least * (1 - 1e-9):
        assert found is Verdict.UNSURE


def test_verdict_without_a_known_exactness_is_unknown() -> None:
    assert verdict(reliable_change(40, 90, sd_before=0, reliability=0.8)) is Verdict.UNKNOWN


def test_reliable_change_of_a_published_example() -> None:
    """Jacobson & Truax 1991, p. 14: from 32.5 to 47.5, SD 10 (s0), reliability .80: S_E 4.47... , S_diff 6.32, RC 2.37."""
    found = reliable_change(32.5, 47.5, sd_before=10, reliability=0.80)
    assert found.value == pytest.approx(2.37, abs=5e-3)
    assert verdict(found) is Verdict.RISEN
