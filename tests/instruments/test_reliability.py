"""Exactness of scores: KR-20 where it applies, and against simulated truth where everybody draws their own items."""

import math
import random
from statistics import fmean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.test_classical import FIVE, LSAT6, VECTORS
from instruments.textbook import kr20
from teladan.instruments.measures import Reason
from teladan.instruments.reliability import reliability
from teladan.instruments.vector import fold

LSAT = [{n: bit == "1" for n, bit in enumerate(bits)} for bits, people in LSAT6.items() for _ in range(people)]


def test_alpha_of_lsat6_is_the_published_one() -> None:
    found = reliability(LSAT)
    assert found.alpha.value == pytest.approx(0.2949972, abs=1e-7)
    assert found.plain.value == pytest.approx(0.2949972, abs=1e-7)
    assert found.mean == pytest.approx(76.38)  # 3.819 of 5 (Bock & Lieberman 1970)
    assert found.alpha.value == pytest.approx(kr20(FIVE, VECTORS).value or 0)


@given(st.lists(st.lists(st.booleans(), min_size=5, max_size=5), min_size=2, max_size=25))
def test_alpha_of_one_form_is_kr20(rows: list[list[bool]]) -> None:
    keys = [f"x{n}" for n in range(5)]
    vectors = [fold(FIVE, shown=keys, answers={k: "ba"[r] for k, r in zip(keys, row, strict=True)}) for row in rows]
    found, known = reliability([dict(enumerate(row)) for row in rows]), kr20(FIVE, vectors)
    if known.value is None:
        assert found.alpha.value is None or found.sem is None or known.reason is Reason.NO_SPREAD
    else:
        assert found.alpha.value == pytest.approx(known.value, abs=1e-9)
        if found.sem is not None and known.value >= 0:
            assert found.sem == pytest.approx(
                (found.sd or 0) * math.sqrt(1 - known.value), abs=1e-5
            )  # the root magnifies


def test_alpha_by_hand() -> None:
    """Four people, three items, a perfect scale: p = .75, .5, .25; sum pq = .625; totals 3 2 1 0, variance 1.25.
    KR-20 = 3/2 x (1 - .625 / 1.25) = .75."""
    people = [{0: True, 1: True, 2: True}, {0: True, 1: True, 2: False}, {0: True, 1: False, 2: False}]
    people.append(dict.fromkeys(range(3), False))
    found = reliability(people)
    assert found.alpha.value == pytest.approx(0.75)
    sd = 100 / 3 * math.sqrt(5 / 3)
    assert (found.mean, found.sd) == (pytest.approx(50), pytest.approx(sd))
    assert found.sem == pytest.approx(sd * 0.5)


def rasch(lot: random.Random, theta: float, difficulty: float) -> float:
    return 1 / (1 + math.exp(difficulty - theta))


@pytest.mark.parametrize(("pool", "spread"), [(20, 1.0), (100, 1.0), (100, 2.0)])
def test_alpha_of_drawn_items_finds_the_truth(pool: int, spread: float) -> None:
    """3,000 simulated people draw 20 items each from a pool, as sittings do; the true share of each is known. The share
    of the variance of plain scores that is true is found within 0.04, and so is the error of a score within half a
    point."""
    lot = random.Random(20261123)
    bank = [lot.gauss(0, spread) for _ in range(pool)]
    people, scores, truths = [], [], []
    for _ in range(3000):
        theta = lot.gauss(0, 1)
        mine = lot.sample(range(pool), 20)
        people.append({i: lot.random() < rasch(lot, theta, bank[i]) for i in mine})
        scores.append(5.0 * sum(people[-1].values()))
        truths.append(100 * fmean(rasch(lot, theta, b) for b in bank))
    found = reliability(people)
    off = [score - truth for score, truth in zip(scores, truths, strict=True)]
    assert found.sem == pytest.approx(math.sqrt(fmean(d * d for d in off)), abs=0.5)
    true = fmean((t - fmean(truths)) ** 2 for t in truths) / fmean((s - fmean(scores)) ** 2 for s in scores)
    assert found.plain.value == pytest.approx(true, abs=0.04)
    assert (found.alpha.value or 0) >= (found.plain.value or 1)


def test_alpha_of_few_answers_an_item_is_not_pulled_down() -> None:
    """Sixty people, eight answers an item on average: the mean over many such classes is the truth of a large one."""
    lot = random.Random(7)
    bank = [lot.gauss(0, 1) for _ in range(150)]

    def group(n: int) -> float:
        people = []
        for _ in range(n):
            theta = lot.gauss(0, 1)
            people.append({i: lot.random() < rasch(lot, theta, bank[i]) for i in lot.sample(range(150), 20)})
        return reliability(people).alpha.value or 0.0

    assert fmean(group(60) for _ in range(60)) == pytest.approx(group(4000), abs=0.05)


def test_reliability_undefined_says_why() -> None:
    assert reliability([]).alpha.reason is Reason.TOO_FEW
    assert reliability([{1: True}, {1: False}]).alpha.reason is Reason.NOT_COMPLETE
    assert reliability([{1: True, 2: True}, {1: False}]).alpha.reason is Reason.NOT_COMPLETE
    assert reliability([{1: True, 2: True}] * 5).alpha.reason is Reason.NO_SPREAD
