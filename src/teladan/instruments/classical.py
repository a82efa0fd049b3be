"""What classical item analysis rests on. Pure. The figures of items are in `analysis`, those of scores in `reliability`."""

import math
from collections.abc import Sequence
from statistics import fmean

from teladan.instruments.measures import Measure, Reason, unknown

IDLE_SHARE = 0.05  # a distractor that fewer choose does not work (Haladyna & Downing 1993)


def correlation(pairs: Sequence[tuple[float, float]], min_n: int = 3) -> Measure:
    """Pearson's r of pairs."""
    n = len(pairs)
    if n < max(min_n, 2):
        return unknown(Reason.TOO_FEW, n)
    mean_x, mean_y = fmean(x for x, _ in pairs), fmean(y for _, y in pairs)
    xx = math.fsum((x - mean_x) ** 2 for x, _ in pairs)
    yy = math.fsum((y - mean_y) ** 2 for _, y in pairs)
    if xx < 1e-12 or yy < 1e-12:
        return unknown(Reason.NO_SPREAD, n)
    return Measure(math.fsum((x - mean_x) * (y - mean_y) for x, y in pairs) / math.sqrt(xx * yy), n)
