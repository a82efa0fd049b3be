"""Intervals of 95 % for the figures of classical test theory, with the sources of their formulas. Pure."""

import math
from statistics import NormalDist

LEVEL = 0.95
Z95 = NormalDist().inv_cdf(0.5 + LEVEL / 2)


def share_interval(count: int, n: int) -> tuple[float, float]:
    """Interval of a share by Wilson's score method; it never leaves 0 to 1. Wilson 1927, JASA 22:209-212; Newcombe
    1998, Stat. Med. 17:857-872, method 3. ValueError for n = 0."""
    if not 0 <= count <= n or n == 0:
        raise ValueError(f"{count} of {n} is no share")
    p, z2 = count / n, Z95**2
    middle = 2 * count + z2
    margin = Z95 * math.sqrt(z2 + 4 * count * (1 - p))
    low, high = (middle - margin) / (2 * (n + z2)), (middle + margin) / (2 * (n + z2))
    return max(0.0, min(low, p)), min(1.0, max(high, p))  # at 0 and n rounding may pass the share by a hair


def difference_interval(count: int, n: int, count_before: int, n_before: int) -> tuple[float, float]:
    """Interval of the difference of two independent shares, count/n - count_before/n_before, from Wilson's bounds of
    both. Newcombe 1998, Stat. Med. 17:873-890, method 10."""
    (low, high), (low_before, high_before) = share_interval(count, n), share_interval(count_before, n_before)
    p, before = count / n, count_before / n_before
    return (
        p - before - math.hypot(p - low, high_before - before),
        p - before + math.hypot(high - p, before - low_before),
    )


def correlation_interval(r: float, n: int) -> tuple[float, float] | None:
    """Interval of a correlation by Fisher's z; None below four pairs. Fisher 1921, Metron 1:3-32."""
    if n < 4:
        return None
    if abs(r) >= 1:
        return r, r
    margin = Z95 / math.sqrt(n - 3)
    return math.tanh(math.atanh(r) - margin), math.tanh(math.atanh(r) + margin)


def t95(degrees: int) -> float:
    """How many standard errors an interval of 95 % is wide on each side, with these degrees of freedom: Student's t.

    Hill 1970, Algorithm 396, CACM 13:619-620. ValueError below 1.
    """
    if degrees < 1:
        raise ValueError("Student's t needs a degree of freedom")
    tail = 1 - LEVEL
    if degrees == 1:
        return 1 / math.tan(tail * math.pi / 2)
    if degrees == 2:
        return math.sqrt(2 / (tail * (2 - tail)) - 2)
    return math.sqrt(degrees * _hill(tail, degrees))


def _hill(tail: float, n: int) -> float:
    a = 1 / (n - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * math.sqrt(a * math.pi / 2) * n
    y = math.pow(d * tail, 2 / n)
    if y <= 0.05 + a:
        far = 1 / (((n + 6) / (n * y) - 0.089 * d - 0.822) * (n + 2) * 3)
        return ((far + 0.5 / (n + 4)) * y - 1) * (n + 1) / (n + 2) + 1 / y
    x = NormalDist().inv_cdf(tail / 2)
    y = x**2
    if n < 5:
        c += 0.3 * (n - 4.5) * (x + 0.6)
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
    y = (((((0.4 * y + 6.3) * y + 36) * y + 94.5) / c - y - 3) / b + 1) * x
    return math.expm1(a * y**2)
