"""How exact the scores of a test are, also when everybody was asked other items of the same blueprint. Pure.

KR-20 rests on the covariances of items that were answered by the same people. When each person draws their own items,
the covariances are taken over the people who saw both items (as in Cronbach & Shavelson 2004, Educ. Psychol. Meas.
64:391-418: alpha is k-fold stepping up of the mean covariance). With x the mark of a person at an item and m the mean
of all others at that item,

    C = mean over people of the sum over pairs i != j of (x_i - m_i)(x_j - m_j), times (n - 1) / n
    S = mean over people of the sum over their items of the item's variance
    alpha = k / (k - 1) x C / (C + S)

When all saw the same items this is KR-20 exactly (Kuder & Richardson 1937, Psychometrika 2:151-160).
"""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, variance
from typing import Any

from teladan.instruments.intervals import t95
from teladan.instruments.measures import Measure, Reason, unknown

Marks = Mapping[Any, bool]  # item -> answered rightly; only the items that this person was asked
FULL = 100


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """Scores of a group in percent. `items`: asked of each person. `alpha`: of scores between which the luck of the
    draw does not count. `plain`: the same for plain scores, to which easier and harder items were drawn; at most alpha.
    `sem`: standard error of a plain score, in points of 100."""

    n: int
    items: float
    mean: float | None
    sd: float | None
    alpha: Measure
    plain: Measure
    sem: float | None


def reliability(people: Sequence[Marks]) -> Reliability:
    """The exactness of the scores of these people, each with the items they were asked."""
    n = len(people)
    k = fmean(len(p) for p in people) if people else 0.0
    scores = [FULL * sum(p.values()) / len(p) for p in people if p]
    mean = fmean(scores) if scores else None
    spread = variance(scores) if len(scores) > 1 else 0.0
    alpha, true = _alpha(people, k)
    sd = math.sqrt(spread) if len(scores) > 1 else None
    if alpha.value is None or spread <= 0:
        return Reliability(n=n, items=k, mean=mean, sd=sd, alpha=alpha, plain=alpha, sem=None)
    plain = max(0.0, min(alpha.value, true / (spread * (k / FULL) ** 2)))
    sem = math.sqrt(spread * (1 - plain))
    return Reliability(n=n, items=k, mean=mean, sd=sd, alpha=alpha, plain=Measure(plain, n), sem=sem)


def _alpha(people: Sequence[Marks], k: float) -> tuple[Measure, float]:
    """Alpha, and the variance of true scores in points of the test."""
    n = len(people)
    if n < 2:
        return unknown(Reason.TOO_FEW, n), 0.0
    if k < 2 or any(len(p) != len(people[0]) for p in people):
        return unknown(Reason.NOT_COMPLETE, n), 0.0
    seen: Counter[Hashable] = Counter()
    right: Counter[Hashable] = Counter()
    for person in people:
        for item, mark in person.items():
            seen[item] += 1
            right[item] += mark
    asked = {item: count for item, count in seen.items() if count > 1}  # one answer has no mean of all others
    shares = {item: right[item] / count for item, count in asked.items()}
    of_item = {item: p * (1 - p) * asked[item] / (asked[item] - 1) for item, p in shares.items()}
    pairs = variances = 0.0
    for person in people:
        off = [(mark - shares[i]) * asked[i] / (asked[i] - 1) for i, mark in person.items() if i in asked]
        pairs += math.fsum(off) ** 2 - math.fsum(d * d for d in off)
        variances += math.fsum(of_item[i] for i in person if i in asked)
    between, within = pairs / n * (n - 1) / n, variances / n
    if between + within <= 1e-12:
        return unknown(Reason.NO_SPREAD, n), 0.0
    alpha = k / (k - 1) * between / (between + within)
    return Measure(alpha, n), alpha * (between + within)


def form_difference(one: Reliability, other: Reliability) -> Measure | None:
    """Mean of `one` - mean of `other` in points of 100, with Welch's 95 % interval for two groups of people; None
    without spread. Welch 1947, Biometrika 34:28-35."""
    if one.mean is None or other.mean is None or not one.sd or not other.sd:
        return None
    a, b = one.sd**2 / one.n, other.sd**2 / other.n
    degrees = (a + b) ** 2 / (a**2 / (one.n - 1) + b**2 / (other.n - 1))
    margin = t95(max(1, int(degrees))) * math.sqrt(a + b)
    found = one.mean - other.mean
    return Measure(found, one.n + other.n, None, found - margin, found + margin)
