"""A statistic that may be undefined, with the reason why. Pure."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why there is no figure."""

    TOO_FEW = "too-few"  # fewer people than the threshold, or too few to compute it at all
    PRE_IS_FULL = "pre-is-full"  # the average before was 100: nothing was left to gain
    NO_SPREAD = "no-spread"  # everybody has the same value, so there is nothing to divide by
    AT_THE_EDGE = "at-the-edge"  # 0 both times or 100 both times: the change cannot be told
    NOT_COMPLETE = "not-complete"  # the people did not all see the same items
    BAD_RELIABILITY = "bad-reliability"  # the reliability is not between 0 and 1


@dataclass(frozen=True)
class Measure:
    """A figure about `n` people, with the bounds of its 95 % interval where one is computed; or the reason for none."""

    value: float | None
    n: int
    reason: Reason | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_known(self) -> bool:
        return self.value is not None


def unknown(reason: Reason, n: int) -> Measure:
    return Measure(None, n, reason)
