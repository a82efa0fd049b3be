"""What a course changed, from scores before and after (percent, 0 to 100). Pure.

Class level: Hake's gain of averages and d_av; person level: normalised change and the reliable change index. None of
them proves that the course was the cause: there is no comparison group in them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev

from teladan.instruments.classical import correlation
from teladan.instruments.measures import Measure, Reason, unknown

Z95 = 1.959963984540054
RELIABLE = 1.96  # |RCI| above which a change is more than the test's own noise
FULL = 100


class Band(StrEnum):
    """Hake's bands of <g>."""

    LOW = "low"  # below 0.3
    MEDIUM = "medium"  # 0.3 to 0.7
    HIGH = "high"  # above 0.7


@dataclass(frozen=True, kw_only=True)
class ClassGain:
    """A group before and after, over the people who took both tests. `band` is Hake's, None while the gain is
    unknown."""

    n: int
    mean_before: float | None
    mean_after: float | None
    gain: Measure
    band: Band | None
    effect: Measure


def class_gain(before: Sequence[float], after: Sequence[float], min_n: int = 1) -> ClassGain:
    """What a group gained: `before` and `after` hold the percents of the same people in the same order.

    Fewer than `min_n` people: no figure but their number. ValueError when the two do not belong together.
    """
    pairs = list(zip(before, after, strict=True))
    is_told = bool(pairs) and len(pairs) >= min_n
    gain = hake_gain(pairs, min_n)
    return ClassGain(
        n=len(pairs),
        mean_before=fmean(before) if is_told else None,
        mean_after=fmean(after) if is_told else None,
        gain=gain,
        band=None if gain.value is None else band(gain.value),
        effect=effect(pairs, min_n),
    )


def hake_gain(pairs: Sequence[tuple[float, float]], min_n: int = 1) -> Measure:
    """<g> = (mean after - mean before) / (100 - mean before), over people who took both tests.

    The gain of the averages, not the average of gains, which is biased by measurement error. Undefined when the
    average before is 100; favours groups that start high, so show `effect` beside it. Hake 1998, Am. J. Phys.
    66:64-74.
    """
    n = len(pairs)
    if n < max(min_n, 1):
        return unknown(Reason.TOO_FEW, n)
    before, after = fmean(x for x, _ in pairs), fmean(y for _, y in pairs)
    if before >= FULL:
        return unknown(Reason.PRE_IS_FULL, n)
    return Measure((after - before) / (FULL - before), n)


def band(gain: float) -> Band:
    """Hake's band of a class gain."""
    if gain < 0.3:
        return Band.LOW
    return Band.MEDIUM if gain <= 0.7 else Band.HIGH


def effect(pairs: Sequence[tuple[float, float]], min_n: int = 3) -> Measure:
    """d_av = (mean after - mean before) / ((SD before + SD after) / 2) with a 95 % interval.

    Lakens 2013, Front. Psychol. 4:863 (d_av). The interval is d +/- 1.96 SE by the delta method for paired normal
    scores: SE^2 = (s1^2 + s2^2 - 2 r s1 s2) / (n s^2) + d^2 (s1^2 + s2^2 + 2 r^2 s1 s2) / (8 (n - 1) s^2), s = (s1 +
    s2) / 2; for equal SDs that is Bonett 2008, Psychol. Methods 13:99-109. With a handful of people it is a rough
    guide.
    """
    n = len(pairs)
    if n < max(min_n, 3):
        return unknown(Reason.TOO_FEW, n)
    s1, s2 = stdev(x for x, _ in pairs), stdev(y for _, y in pairs)
    mean_sd = (s1 + s2) / 2
    if mean_sd < 1e-9:
        return unknown(Reason.NO_SPREAD, n)
    d = (fmean(y for _, y in pairs) - fmean(x for x, _ in pairs)) / mean_sd
    r = correlation(pairs).value or 0.0  # without spread on one side the covariance is 0 anyway
    of_means = (s1**2 + s2**2 - 2 * r * s1 * s2) / n
    of_spread = d**2 * (s1**2 + s2**2 + 2 * r**2 * s1 * s2) / (8 * (n - 1))
    margin = Z95 * math.sqrt(max(of_means + of_spread, 0.0)) / mean_sd
    return Measure(d, n, None, d - margin, d + margin)


def change(before: float, after: float) -> Measure:
    """Normalised change of one person: what was won of what could be won, or lost of what could be lost.

    Up: (after - before) / (100 - before); down: (after - before) / before; equal: 0; 0 twice or 100 twice: undefined,
    leave the person out of an average. Marx & Cummings 2007, Am. J. Phys. 75:87-91.
    """
    if before == after:
        return unknown(Reason.AT_THE_EDGE, 1) if before in {0, FULL} else Measure(0.0, 1)
    room = FULL - before if after > before else before
    return Measure((after - before) / room, 1)


def normalised_change(before: float, after: float) -> float | None:
    """The value of `change`; None when it is undefined."""
    return change(before, after).value


def reliable_change(before: float, after: float, *, sd_before: float, reliability: float) -> Measure:
    """RCI = (after - before) / (SD before x sqrt 2 x sqrt(1 - reliability)). Jacobson & Truax 1991, JCCP 59:12-19.

    Say "really risen" (or fallen) only when |RCI| is above 1.96 (`is_reliable`).
    """
    if not 0 <= reliability < 1:
        return unknown(Reason.BAD_RELIABILITY, 1)
    if sd_before <= 0:
        return unknown(Reason.NO_SPREAD, 1)
    return Measure((after - before) / (sd_before * math.sqrt(2 * (1 - reliability))), 1)


def is_reliable(rci: Measure) -> bool:
    """Is the change more than the noise of the test? An unknown index says no."""
    return rci.value is not None and abs(rci.value) > RELIABLE
