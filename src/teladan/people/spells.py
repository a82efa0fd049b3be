"""Ranges of days that include their first day and not their last (None: open). Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


def overlap(starts: date, ends: date | None, other_starts: date, other_ends: date | None) -> bool:
    """Do two ranges share a day?"""
    return (ends is None or other_starts < ends) and (other_ends is None or starts < other_ends)


@dataclass(frozen=True)
class Step:
    """What a roster's post means for the open definitive appointment: nothing, a correction of it, an earlier
    beginning, or a successor from the day `starts` on (which ends the present one)."""

    kind: Literal["keep", "correct", "earlier", "succeed"]
    starts: date


def next_step(
    *, starts: date | None, is_same_post: bool, told: date | None, today: date, free_from: date | None
) -> Step:
    """`starts`: when the open appointment began (None: there is none); `told`: the date in the roster, if any;
    `free_from`: the end of the appointment before it. A post that is told to have begun no later than the open one
    replaces it; asked again, the answer is to keep."""
    if starts is None:
        wanted = told or today
        return Step("succeed", max(wanted, free_from) if free_from else wanted)
    reaches_back = told is not None and told < starts and (free_from is None or free_from <= told)
    earliest = told if told is not None and reaches_back else starts
    if is_same_post:
        return Step("earlier", earliest) if reaches_back else Step("keep", starts)
    wanted = told or today
    return Step("succeed", wanted) if wanted > starts else Step("correct", earliest)
