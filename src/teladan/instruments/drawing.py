"""Drawing a form of a test from a blueprint. Pure and deterministic: the same seed draws the same form for ever.

Order by lot: things are sorted by `SHA-256(seed / what for / key)`. This needs no random generator whose algorithm
might change, does not depend on the order of the pack, and anyone can check a drawn form with a pocket tool.
"""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from teladan.rulebook.data import Cell, Item, TestSpec

ANCHOR = "jangkar"  # the form of items that stand in every form, so that forms can be compared


@dataclass(frozen=True)
class Question:
    """A drawn question: the item and its options in the order in which this person sees them."""

    item: str
    options: tuple[str, ...]


@dataclass(frozen=True)
class Shortage:
    """A cell of the blueprint that asks for more items than there are."""

    value: str
    level: str
    wanted: int
    found: int


class DrawingError(ValueError):
    """The blueprint asks for items that the bank does not have; `shortages` names every such cell."""

    def __init__(self, form: str, shortages: Sequence[Shortage]) -> None:
        self.form, self.shortages = form, tuple(shortages)
        cells = "; ".join(f"{s.value}/{s.level}: wanted {s.wanted}, found {s.found}" for s in shortages)
        super().__init__(f"form {form} cannot be drawn ({cells})")


def lot(seed: int, purpose: str, key: str) -> bytes:
    """The lot of `key`: smaller comes first."""
    return hashlib.sha256(f"{seed}/{purpose}/{key}".encode()).digest()


def draw(*, blueprint: Iterable[Cell], items: Iterable[Item], form: str, seed: int) -> tuple[Question, ...]:
    """Draw a form: for each cell the anchors it asks for (all of them when it does not say), then items of `form`; both
    by lot, as are the order of the questions and of their options.

    Only items for tests are drawn, each at most once. DrawingError names all cells that cannot be filled.
    """
    pool = {item.key: item for item in items if item.in_form(form)}
    drawn: list[Item] = []
    shortages: list[Shortage] = []
    for cell in blueprint:
        fitting = [item for item in pool.values() if item.value == cell.value and item.level == cell.level]
        fitting.sort(key=lambda item: lot(seed, "draw", item.key))
        anchors = [item for item in fitting if item.form == ANCHOR][: _anchors_wanted(cell)]
        places = cell.count - (len(anchors) if cell.anchors is None else cell.anchors)
        taken = anchors + [item for item in fitting if item.form != ANCHOR][:places]
        if len(taken) < cell.count:
            shortages.append(Shortage(cell.value, cell.level, cell.count, len(taken)))
        for item in taken:
            drawn.append(pool.pop(item.key))
    if shortages:
        raise DrawingError(form, shortages)
    drawn.sort(key=lambda item: lot(seed, "order", item.key))
    return tuple(Question(item.key, _options(item, seed)) for item in drawn)


def may_change_places(tests: Collection[TestSpec], items: Iterable[Item]) -> bool:
    """Can the bank fill every one of the tests in every one of their forms, so that forms may be exchanged?"""
    stock = Counter((item.value, item.level, item.form) for item in items if item.use == "tes")

    def fills(cell: Cell, form: str) -> bool:
        anchors = min(stock[cell.value, cell.level, ANCHOR], _anchors_wanted(cell))
        needed = cell.count - (anchors if cell.anchors is None else cell.anchors)
        return anchors >= (cell.anchors or 0) and stock[cell.value, cell.level, form] >= needed

    return all(fills(cell, form) for form in {t.form for t in tests} for t in tests for cell in t.blueprint)


def _anchors_wanted(cell: Cell) -> int:
    return cell.count if cell.anchors is None else cell.anchors


def _options(item: Item, seed: int) -> tuple[str, ...]:
    return tuple(sorted((option.key for option in item.options), key=lambda key: lot(seed, f"options/{item.key}", key)))
