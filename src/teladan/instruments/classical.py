"""Classical item analysis from answer vectors. Pure.

Sources: Allen & Yen 1979, Introduction to Measurement Theory; Ebel & Frisbie 1991 (bands of discrimination);
Kuder & Richardson 1937 (KR-20). An item that was shown and not answered counts as not correct.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median

from teladan.instruments.keysheet import KeyLine, KeySheet
from teladan.instruments.measures import Measure, Reason, unknown
from teladan.instruments.vector import FIRST_OPTION, NOT_ANSWERED, VectorError, tenths_of

IDLE_SHARE = 0.05  # a distractor that fewer choose does not work (Haladyna & Downing 1993)


@dataclass(frozen=True, kw_only=True)
class ItemTally:
    """What happened to an item. `n`: people who were shown it; `blank`: of these, without an answer; seconds None when
    no time is known."""

    item: str
    correct_key: str
    n: int
    correct: int
    blank: int
    option_counts: Mapping[str, int]
    mean_seconds: float | None
    median_seconds: float | None


@dataclass(frozen=True, kw_only=True)
class OptionLine:
    """A line of the distractor table. `is_idle`: a wrong option that hardly anybody takes."""

    option: str
    is_key: bool
    count: int
    share: float
    is_idle: bool


def tally(sheet: KeySheet, vectors: Sequence[bytes], seconds: Sequence[bytes] = ()) -> list[ItemTally]:
    """Count the answers of many sittings, item by item, in the order of the key sheet; items nobody saw are left out.

    `seconds` are foldings of `vector.fold_seconds` (one per vector, or none at all).
    """
    width = len(sheet.lines)
    if any(len(v) != width for v in vectors) or any(len(s) != 2 * width for s in seconds):
        raise VectorError(f"not all vectors have the {width} items of {sheet.label}")
    marks, tenths = b"".join(vectors), tenths_of(b"".join(seconds))
    found = []
    for place, line in enumerate(sheet.lines):
        column = marks[place::width]
        counts = {option: column.count(FIRST_OPTION + i) for i, option in enumerate(line.options)}
        blank = column.count(NOT_ANSWERED)
        if n := sum(counts.values()) + blank:
            found.append(_tally(line, n, blank, counts, [t / 10 for t in tenths[place::width] if t]))
    return found


def _tally(line: KeyLine, n: int, blank: int, counts: dict[str, int], seconds: list[float]) -> ItemTally:
    return ItemTally(
        item=line.item,
        correct_key=line.correct,
        n=n,
        correct=counts[line.correct],
        blank=blank,
        option_counts=counts,
        mean_seconds=fmean(seconds) if seconds else None,
        median_seconds=median(seconds) if seconds else None,
    )


def difficulty(tally: ItemTally, min_n: int = 1) -> Measure:
    """p = correct / n, from 0 (nobody) to 1 (everybody)."""
    if tally.n < max(min_n, 1):
        return unknown(Reason.TOO_FEW, tally.n)
    return Measure(tally.correct / tally.n, tally.n)


def distractors(tally: ItemTally) -> list[OptionLine]:
    """The options in the order of the pack with count and share of those who were shown the item."""
    return [
        OptionLine(
            option=option,
            is_key=option == tally.correct_key,
            count=count,
            share=count / tally.n,
            is_idle=option != tally.correct_key and count / tally.n < IDLE_SHARE,
        )
        for option, count in tally.option_counts.items()
    ]


def item_rest(sheet: KeySheet, vectors: Sequence[bytes], min_n: int = 3) -> dict[str, Measure]:
    """Discrimination r_ir = corr(item, rest of the test without the item) per item; the rest as a share of its items,
    because drawn forms differ. Below 0 the key itself is suspect."""
    keys = _keys(sheet)
    marks = [[None if v == 0 else v == k for v, k in zip(vector, keys, strict=True)] for vector in vectors]
    totals = [(sum(m is True for m in row), sum(m is not None for m in row)) for row in marks]
    found = {}
    for place, line in enumerate(sheet.lines):
        pairs = [
            (float(mark), (points - mark) / (shown - 1))
            for row, (points, shown) in zip(marks, totals, strict=True)
            if (mark := row[place]) is not None and shown > 1
        ]
        found[line.item] = correlation(pairs, min_n)
    return found


def kr20(sheet: KeySheet, vectors: Sequence[bytes]) -> Measure:
    """KR-20 = k/(k-1) x (1 - sum p(1-p) / variance of totals), for people who all saw the same k items."""
    n, keys = len(vectors), _keys(sheet)
    if n < 2:
        return unknown(Reason.TOO_FEW, n)
    shown = {tuple(v != 0 for v in vector) for vector in vectors}
    k = sum(next(iter(shown)))
    if len(shown) > 1 or k < 2:
        return unknown(Reason.NOT_COMPLETE, n)
    rows = [[v == key for v, key in zip(vector, keys, strict=True) if v] for vector in vectors]
    totals = [sum(row) for row in rows]
    spread = fmean(t * t for t in totals) - fmean(totals) ** 2
    if spread <= 0:
        return unknown(Reason.NO_SPREAD, n)
    shares = [sum(column) / n for column in zip(*rows, strict=True)]
    return Measure(k / (k - 1) * (1 - sum(p * (1 - p) for p in shares) / spread), n)


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


def _keys(sheet: KeySheet) -> list[int]:
    return [FIRST_OPTION + line.options.index(line.correct) for line in sheet.lines]
