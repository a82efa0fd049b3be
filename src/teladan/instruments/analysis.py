"""The analysis of a test from its finished sittings: each item, its options, each form. Pure.

Everything is counted over first attempts; an item that was shown and not answered counts as not right. Sittings may
stand on different key sheets: an item whose options and key are the same in both is one item, otherwise it appears once
for each key. Below `FEWEST` answers an item tells its number of answers and, where the best prefer a wrong option, that
its key should be looked at: nothing else.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from statistics import fmean, median, variance
from typing import Any

from teladan.instruments.classical import IDLE_SHARE, correlation
from teladan.instruments.intervals import correlation_interval, difference_interval, share_interval
from teladan.instruments.keysheet import KeyLine, KeySheet
from teladan.instruments.measures import Measure, Reason
from teladan.instruments.reliability import Reliability, reliability
from teladan.instruments.vector import FIRST_OPTION, NOT_ANSWERED, NOT_SHOWN, VectorError, tenths_of

METHOD = 1  # goes up when a figure is computed differently: what was kept is then computed anew
FEWEST = 30  # answers, below which the figures of an item are mostly noise
FEWEST_FOR_KEY = 20  # answers, below which not even the best tell anything about the key
TAIL = 0.27  # the best and the weakest that are compared (Kelley 1939, J. Educ. Psychol. 30:17-24)
HARD, EASY = 0.20, 0.90
WEAK = 0.20  # discrimination (Ebel & Frisbie 1991, Essentials of Educational Measurement)
INSENSITIVE = 0.10  # gain of an item between the tests
FEWEST_TO_LURE = 5  # choosers of an option, below which their mean is one person's luck
HASTY_SECONDS = 3
HASTY_SHARE = 0.10
EXACT_ENOUGH = 0.70  # alpha of a test on which a certificate hangs


class Flag(StrEnum):
    """What to look at in an item."""

    WRONG_KEY = "wrong-key"  # the best choose a wrong option more often than the key
    NEGATIVE = "negative"  # who does well elsewhere does badly here
    WEAK = "weak"  # hardly tells those who know from those who do not
    HARD = "hard"
    EASY = "easy"
    LURE = "lure"  # a wrong option is taken by better people than the key
    IDLE = "idle"  # a wrong option that hardly anybody takes
    INSENSITIVE = "insensitive"  # no better after the course than before it
    HASTY = "hasty"  # many answer before they can have read it


@dataclass(frozen=True, kw_only=True)
class Answers:
    """Finished first attempts at one test that stand on the same key sheet: `vectors`, their folded `seconds` and the
    `forms` they were drawn from, in the same order."""

    sheet: KeySheet
    vectors: Sequence[bytes]
    seconds: Sequence[bytes]
    forms: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class OptionLine:
    """How an option was chosen: the share of all, of the best 27 percent and of the weakest 27 percent. `is_idle`: a
    wrong option that for certain fewer than 5 percent choose; `is_lure`: one whose choosers do better on the other items
    than those of the key, by more than chance (two standard errors)."""

    option: str
    is_key: bool
    share: float
    upper: float
    lower: float
    is_idle: bool
    is_lure: bool


@dataclass(frozen=True, kw_only=True)
class ItemFigures:
    """How one item works. `n`: people who were asked it. `preferred`: the wrong option that the best choose more often
    than the key; None when there is none or too few answers tell. All other figures are None below `FEWEST`."""

    item: str
    value: str
    behaviour: str | None
    level: str
    correct: str
    keys: tuple[str, ...]
    forms: tuple[str, ...]
    n: int
    preferred: str | None
    right: int | None = None
    difficulty: Measure | None = None
    discrimination: Measure | None = None
    spread_27: float | None = None
    blank: float | None = None
    median_seconds: float | None = None
    hasty: float | None = None
    options: tuple[OptionLine, ...] = ()

    @property
    def is_shown(self) -> bool:
        return self.difficulty is not None


@dataclass(frozen=True, kw_only=True)
class TestFigures:
    """A test: `n` sittings; the items by key; the exactness of all scores together and of each form (empty below
    `FEWEST` sittings)."""

    __test__ = False  # not a test class

    n: int
    keys: tuple[str, ...]
    items: tuple[ItemFigures, ...]
    whole: Reliability | None
    forms: Mapping[str, Reliability]


@dataclass
class _Asked:
    """One person before one item."""

    mark: int
    tenths: int
    rest: float | None


def analyse(batches: Sequence[Answers]) -> TestFigures:
    """All figures of a test. VectorError when vectors do not belong to their key sheet."""
    asked: dict[KeyLine, list[_Asked]] = {}
    labels: dict[KeyLine, set[str]] = {}
    of_form: dict[KeyLine, set[str]] = {}
    people: list[tuple[str, dict[KeyLine, bool]]] = []
    for batch in batches:
        width = len(batch.sheet.lines)
        if any(len(vector) != width for vector in batch.vectors):
            raise VectorError(f"not all vectors have the {width} items of {batch.sheet.label}")
        right = [FIRST_OPTION + line.options.index(line.correct) for line in batch.sheet.lines]
        for vector, seconds, form in zip(batch.vectors, batch.seconds, batch.forms, strict=True):
            shown = [place for place, mark in enumerate(vector) if mark != NOT_SHOWN]
            times, points = tenths_of(seconds), sum(vector[place] == right[place] for place in shown)
            marks: dict[KeyLine, bool] = {}
            for place in shown:
                line, mark = batch.sheet.lines[place], vector[place]
                is_right = mark == right[place]
                rest = (points - is_right) / (len(shown) - 1) if len(shown) > 1 else None
                asked.setdefault(line, []).append(_Asked(mark, times[place] if times else 0, rest))
                labels.setdefault(line, set()).add(batch.sheet.label)
                of_form.setdefault(line, set()).add(form)
                marks[line] = is_right
            people.append((form, marks))
    items = [_figures(line, rows, labels[line], of_form[line]) for line, rows in asked.items()]
    return TestFigures(
        n=len(people),
        keys=tuple(sorted({batch.sheet.label for batch in batches})),
        items=tuple(sorted(items, key=lambda i: (i.item, i.keys))),
        whole=reliability([marks for _form, marks in people]) if len(people) >= FEWEST else None,
        forms={
            form: reliability(of)
            for form in sorted({form for form, _marks in people})
            if len(of := [marks for other, marks in people if other == form]) >= FEWEST
        },
    )


def _figures(line: KeyLine, rows: Sequence[_Asked], keys: Iterable[str], forms: Iterable[str]) -> ItemFigures:
    n = len(rows)
    key = FIRST_OPTION + line.options.index(line.correct)
    upper, lower = tails([row.rest for row in rows])
    best = _shares(line, rows, upper)
    named: dict[str, Any] = {
        "item": line.item,
        "value": line.value,
        "behaviour": line.behaviour,
        "level": line.level,
        "correct": line.correct,
        "keys": tuple(sorted(keys)),
        "forms": tuple(sorted(forms)),
        "n": n,
        "preferred": _preferred(line, best) if n >= FEWEST_FOR_KEY else None,
    }
    if n < FEWEST:
        return ItemFigures(**named)
    weakest = _shares(line, rows, lower)
    right = sum(row.mark == key for row in rows)
    times = [row.tenths / 10 for row in rows if row.tenths]
    return ItemFigures(
        **named,
        right=right,
        difficulty=Measure(right / n, n, None, *share_interval(right, n)),
        discrimination=_discrimination(rows, key),
        spread_27=best[line.correct] - weakest[line.correct],
        blank=sum(row.mark == NOT_ANSWERED for row in rows) / n,
        median_seconds=median(times) if times else None,
        hasty=sum(t < HASTY_SECONDS for t in times) / len(times) if times else None,
        options=tuple(_option(line, place, rows, best, weakest) for place in range(len(line.options))),
    )


def tails(rests: Sequence[float | None]) -> tuple[list[float], list[float]]:
    """How much each person counts among the best and among the weakest 27 percent, by their score on the other items.

    Who is level with the last one counts in part, so that no order of the people decides: the weights of each group
    add up to 27 percent of those who have such a score.
    """
    known = Counter(rest for rest in rests if rest is not None)
    size = TAIL * known.total()

    def weigh(sign: int) -> dict[float, float]:
        weights, left = {}, size
        for value in sorted(known, key=lambda v: sign * v):
            weights[value] = min(1.0, left / known[value]) if left > 0 else 0.0
            left -= known[value]
        return weights

    upper, lower = weigh(-1), weigh(1)
    return [upper[r] if r is not None else 0.0 for r in rests], [lower[r] if r is not None else 0.0 for r in rests]


def _shares(line: KeyLine, rows: Sequence[_Asked], weights: Sequence[float]) -> dict[str, float]:
    """The share of each option among weighted people."""
    found, total = dict.fromkeys(line.options, 0.0), math.fsum(weights)
    for row, weight in zip(rows, weights, strict=True):
        if weight and row.mark >= FIRST_OPTION:
            found[line.options[row.mark - FIRST_OPTION]] += weight
    return {option: weight / total if total else 0.0 for option, weight in found.items()}


def _preferred(line: KeyLine, best: Mapping[str, float]) -> str | None:
    option = max(best, key=lambda o: (best[o], o == line.correct))
    return option if best[option] > best[line.correct] + 1e-9 else None


def _discrimination(rows: Sequence[_Asked], key: int) -> Measure:
    found = correlation([(float(row.mark == key), row.rest) for row in rows if row.rest is not None])
    if found.value is None or (bounds := correlation_interval(found.value, found.n)) is None:
        return found
    return Measure(found.value, found.n, None, *bounds)


def _option(
    line: KeyLine, place: int, rows: Sequence[_Asked], best: Mapping[str, float], weakest: Mapping[str, float]
) -> OptionLine:
    option = line.options[place]
    is_key = option == line.correct
    chose = [row.rest for row in rows if row.mark == FIRST_OPTION + place]
    of_key = [row.rest for row in rows if row.mark == FIRST_OPTION + line.options.index(line.correct)]
    return OptionLine(
        option=option,
        is_key=is_key,
        share=len(chose) / len(rows),
        upper=best[option],
        lower=weakest[option],
        is_idle=not is_key and share_interval(len(chose), len(rows))[1] < IDLE_SHARE,
        is_lure=not is_key and _is_above(chose, of_key),
    )


def _is_above(these: Sequence[float | None], others: Sequence[float | None]) -> bool:
    """Is the mean of these above that of the others by more than two standard errors?"""
    a, b = ([rest for rest in rests if rest is not None] for rests in (these, others))
    if min(len(a), len(b)) < FEWEST_TO_LURE:
        return False
    error = math.sqrt(variance(a) / len(a) + variance(b) / len(b))
    return fmean(a) - fmean(b) > max(2 * error, 1e-9)


def sensitivity(before: ItemFigures | None, after: ItemFigures | None) -> Measure | None:
    """How much more often an item is answered rightly after the course than before it, with its interval; None unless
    both tests tell. Haladyna & Roid 1981, J. Educ. Meas. 18:39-53 (pre-to-post difference index)."""
    if before is None or after is None or before.right is None or after.right is None:
        return None
    low, high = difference_interval(after.right, after.n, before.right, before.n)
    return Measure(after.right / after.n - before.right / before.n, min(before.n, after.n), None, low, high)


def flags(item: ItemFigures, *, gain: Measure | None = None, is_first: bool = False) -> tuple[Flag, ...]:
    """What to look at, the gravest first. `is_first`: the test before the course, where hard items are as they should
    be; `gain`: the item's `sensitivity`."""
    r = item.discrimination.value if item.discrimination else None
    r = None if r is None else round(r, 2)  # as it is shown, so that 0.20 is never called weak
    p = item.difficulty.value if item.difficulty else None
    found = {
        Flag.WRONG_KEY: item.preferred is not None,
        Flag.NEGATIVE: r is not None and r < 0,
        Flag.LURE: any(o.is_lure for o in item.options),
        Flag.WEAK: r is not None and 0 <= r < WEAK,
        Flag.HARD: p is not None and p < HARD and not is_first,
        Flag.EASY: p is not None and p > EASY,
        Flag.INSENSITIVE: gain is not None and gain.value is not None and gain.value < INSENSITIVE and not is_first,
        Flag.HASTY: item.hasty is not None and item.hasty >= HASTY_SHARE,
        Flag.IDLE: any(o.is_idle for o in item.options) and p is not None and p <= EASY,
    }
    return tuple(flag for flag, is_so in found.items() if is_so)


def to_json(figures: TestFigures) -> dict[str, Any]:
    """As it is kept; `from_json` gives it back."""
    return asdict(figures)


def from_json(kept: Mapping[str, Any]) -> TestFigures:
    return TestFigures(
        n=kept["n"],
        keys=tuple(kept["keys"]),
        items=tuple(_item_from(item) for item in kept["items"]),
        whole=reliability_from(kept["whole"]) if kept["whole"] else None,
        forms={form: reliability_from(one) for form, one in kept["forms"].items()},
    )


def _item_from(kept: Mapping[str, Any]) -> ItemFigures:
    changed = {
        "keys": tuple(kept["keys"]),
        "forms": tuple(kept["forms"]),
        "difficulty": _measure_from(kept["difficulty"]),
        "discrimination": _measure_from(kept["discrimination"]),
        "options": tuple(OptionLine(**option) for option in kept["options"]),
    }
    return ItemFigures(**{**kept, **changed})


def reliability_from(kept: Mapping[str, Any]) -> Reliability:
    """The exactness of scores from what is kept of it."""
    measures = {name: _measure_from(kept[name]) for name in ("alpha", "plain")}
    return Reliability(**{**kept, **measures})


def _measure_from(kept: Mapping[str, Any] | None) -> Measure | None:
    if kept is None:
        return None
    return Measure(**{**kept, "reason": Reason(kept["reason"]) if kept["reason"] else None})
