"""Item-rest correlation and KR-20 as textbooks write them, for people who saw the same items: an outside judge of
`analysis` and `reliability`, which go about it in another way. Allen & Yen 1979, Introduction to Measurement Theory."""

from collections.abc import Sequence
from statistics import fmean

from teladan.instruments.classical import correlation
from teladan.instruments.keysheet import KeySheet
from teladan.instruments.measures import Measure, Reason, unknown
from teladan.instruments.vector import FIRST_OPTION


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


def _keys(sheet: KeySheet) -> list[int]:
    return [FIRST_OPTION + line.options.index(line.correct) for line in sheet.lines]
