"""What a course changed, from scores before and after (percent, 0 to 100). Pure.

Class level: the difference of the averages, Hake's gain of averages and d_av; person level: normalised change and the
reliable change index. None of them proves that the course was the cause: there is no comparison group in them.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import fmean, stdev

from teladan.instruments.classical import correlation
from teladan.instruments.intervals import Z95, t95
from teladan.instruments.measures import Measure, Reason, unknown

FEWEST_FOR_GAIN = 10  # people, below which the share of what was to be gained tells nothing (and much about each)
RELIABLE = 1.96  # |RCI| above which a change is more than the test's own noise
FULL = 100


class Band(StrEnum):
    """Hake's bands of <g>."""

    LOW = "low"  # below 0.3
    MEDIUM = "medium"  # 0.3 to 0.7
    HIGH = "high"  # above 0.7


class Verdict(StrEnum):
    """What a reliable change index says."""

    RISEN = "risen"
    UNSURE = "unsure"  # the difference may be the test's own noise
    FALLEN = "fallen"
    UNKNOWN = "unknown"  # how exact the test is, is not known


@dataclass(frozen=True, kw_only=True)
class ClassGain:
    """A group before and after, over the people who took both tests. `points`: the difference of the averages, in
    points of 100. `band` is Hake's, None while the gain is unknown."""

    n: int
    mean_before: float | None
    mean_after: float | None
    points: Measure
    gain: Measure
    band: Band | None
    effect: Measure


def class_gain(
    before: Sequence[float], after: Sequence[float], min_n: int = 1, *, fewest_for_gain: int = 1
) -> ClassGain:
    """What a group gained: `before` and `after` hold the percents of the same people in the same order.

    Fewer than `min_n` people: no figure but their number; fewer than `fewest_for_gain`: the averages and their
    difference only. ValueError when the two do not belong together.
    """
    pairs = list(zip(before, after, strict=True))
    is_told = bool(pairs) and len(pairs) >= min_n
    fewest = max(min_n, fewest_for_gain)
    gain = hake_gain(pairs, fewest)
    return ClassGain(
        n=len(pairs),
        mean_before=fmean(before) if is_told else None,
        mean_after=fmean(after) if is_told else None,
        points=difference(pairs, min_n),
        gain=gain,
        band=None if gain.value is None else band(gain.value),
        effect=effect(pairs, fewest),
    )


def difference(pairs: Sequence[tuple[float, float]], min_n: int = 1) -> Measure:
    """Mean after - mean before, with the 95 % interval of paired differences by Student's t (from two people on)."""
    n = len(pairs)
    if n < max(min_n, 1):
        return unknown(Reason.TOO_FEW, n)
    moved = [after - before for before, after in pairs]
    if n == 1:
        return Measure(moved[0], n)
    margin = t95(n - 1) * stdev(moved) / math.sqrt(n)
    return Measure(fmean(moved), n, None, fmean(moved) - margin, fmean(moved) + margin)


def hake_gain(pairs: Sequence[tuple[float, float]], min_n: int = 1) -> Measure:
    """<g> = (mean after - mean before) / (100 - mean before), over people who took both tests.

    The gain of the averages, not the average of gains, which is biased by measurement error. Undefined when the
    average before is 100; favours groups that start high, so show `effect` beside it. Hake 1998, Am. J. Phys.
    66:64-74. The interval is the delta method's for a ratio of means, with Student's t.
    """
    n = len(pairs)
    if n < max(min_n, 1):
        return unknown(Reason.TOO_FEW, n)
    before, after = fmean(x for x, _ in pairs), fmean(y for _, y in pairs)
    if before >= FULL:
        return unknown(Reason.PRE_IS_FULL, n)
    gain = (after - before) / (FULL - before)
    if n < 3:
        return Measure(gain, n)
    s1, s2 = stdev(x for x, _ in pairs), stdev(y for _, y in pairs)
    both = (correlation(pairs).value or 0.0) * s1 * s2
    of_before = (1 - gain) / (FULL - before)  # how much a point before takes from the gain
    of_after = 1 / (FULL - before)
    variance = (of_after * s2) ** 2 + (of_before * s1) ** 2 - 2 * of_after * of_before * both
    margin = t95(n - 1) * math.sqrt(max(variance, 0.0) / n)
    return Measure(gain, n, None, gain - margin, gain + margin)


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


def smallest_reliable(*, sd_before: float, reliability: float) -> float:
    """The smallest difference, in points, that is more than noise: 1.96 x SD before x sqrt 2 x sqrt(1 - reliability)."""
    return RELIABLE * sd_before * math.sqrt(2 * (1 - reliability))


def verdict(rci: Measure) -> Verdict:
    """What may be said about one person's change."""
    if rci.value is None:
        return Verdict.UNKNOWN
    if not is_reliable(rci):
        return Verdict.UNSURE
    return Verdict.RISEN if rci.value > 0 else Verdict.FALLEN


def is_reliable(rci: Measure) -> bool:
    """Is the change more than the noise of the test? An unknown index says no."""
    return rci.value is not None and abs(rci.value) > RELIABLE
