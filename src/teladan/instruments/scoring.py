"""Scoring a finished sitting. Pure: key sheet and vector in, score out; the same for ever.

Formula: points = number of shown items answered with the key; percent = 100 x points / items shown. An item without
an answer gives no point. Percent is rounded half up to two decimals (kept as hundredths of a percent). Whether the
mark was reached is decided on whole numbers, before any rounding: points x 100 >= mark x items.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from teladan.instruments.keysheet import KeyLine, KeySheet
from teladan.instruments.vector import unfold

FORMULA = "100 × points ÷ maximum"
ROUNDING = "half up, 2 decimals"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How one item went."""

    item: str
    value: str
    behaviour: str | None
    chosen: str | None
    correct_key: str

    @property
    def is_correct(self) -> bool:
        return self.chosen == self.correct_key


@dataclass(frozen=True, kw_only=True)
class Part:
    """The score of a part of a test: of one value or of one behaviour."""

    key: str
    points: int
    maximum: int

    @property
    def percent(self) -> Decimal:
        return to_percent(percent_bp(self.points, self.maximum))


@dataclass(frozen=True, kw_only=True)
class Explanation:
    """How a score came about; enough to compute it again by hand."""

    formula: str
    inputs: Mapping[str, int]
    rounding: str
    key_version: str


@dataclass(frozen=True, kw_only=True)
class Score:
    """Points out of `maximum`, by value and behaviour, item by item, with its explanation."""

    points: int
    maximum: int
    per_value: tuple[Part, ...]
    per_behaviour: tuple[Part, ...]
    outcomes: tuple[Outcome, ...]
    explanation: Explanation

    @property
    def percent_bp(self) -> int:
        return percent_bp(self.points, self.maximum)

    @property
    def percent(self) -> Decimal:
        return to_percent(self.percent_bp)


def score(sheet: KeySheet, vector: bytes) -> Score:
    """The score of a vector against the key sheet it was folded with; VectorError when they do not fit."""
    chosen = unfold(sheet, vector)
    outcomes = tuple(_outcome(sheet.line(item), option) for item, option in chosen.items())
    points = sum(o.is_correct for o in outcomes)
    return Score(
        points=points,
        maximum=len(outcomes),
        per_value=_parts(outcomes, lambda o: o.value),
        per_behaviour=_parts(outcomes, lambda o: o.behaviour),
        outcomes=outcomes,
        explanation=Explanation(
            formula=FORMULA,
            inputs={"points": points, "maximum": len(outcomes)},
            rounding=ROUNDING,
            key_version=sheet.label,
        ),
    )


def percent_bp(points: int, maximum: int) -> int:
    """Hundredths of a percent, rounded half up; 0 of 0 is 0."""
    return (20_000 * points + maximum) // (2 * maximum) if maximum else 0


def to_percent(hundredths: int) -> Decimal:
    """Hundredths of a percent as a decimal with two places."""
    return Decimal(hundredths).scaleb(-2)


def has_passed(points: int, maximum: int, mark: int | None) -> bool | None:
    """Was the mark (percent) reached? None when the test has no mark. Decided exactly, never on a rounded figure."""
    return None if mark is None else points * 100 >= mark * maximum and maximum > 0


def _outcome(line: KeyLine, chosen: str | None) -> Outcome:
    return Outcome(item=line.item, value=line.value, behaviour=line.behaviour, chosen=chosen, correct_key=line.correct)


def _parts(outcomes: Iterable[Outcome], key: Callable[[Outcome], str | None]) -> tuple[Part, ...]:
    tally: dict[str, list[bool]] = {}
    for outcome in outcomes:
        if (name := key(outcome)) is not None:
            tally.setdefault(name, []).append(outcome.is_correct)
    return tuple(Part(key=k, points=sum(v), maximum=len(v)) for k, v in sorted(tally.items()))
