"""Whom an enrolment rule means: a closed set of conditions as data, all of which have to hold. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from teladan.people.enums import PositionKind

LONGEST = 3660  # days; ten years and a slip of the keyboard apart
_KEYS = {"unit", "position_kinds", "ranks", "within_days", "uncertified"}


@dataclass(frozen=True, kw_only=True)
class Conditions:
    """`unit_id`: in this unit or below it. `position_kinds`, `ranks`: one of these (none: any). `within_days`: the first
    post in the agency began at most so many days ago. `uncertified`: has no valid certificate of the course."""

    unit_id: UUID | None = None
    position_kinds: tuple[PositionKind, ...] = ()
    ranks: tuple[str, ...] = ()
    within_days: int | None = None
    uncertified: bool = False

    def to_json(self) -> dict[str, Any]:
        """As it is kept; `from_json` gives it back."""
        return {
            "unit": str(self.unit_id) if self.unit_id else None,
            "position_kinds": [kind.value for kind in self.position_kinds],
            "ranks": list(self.ranks),
            "within_days": self.within_days,
            "uncertified": self.uncertified,
        }


def from_json(data: Mapping[str, Any]) -> Conditions:
    """ValueError for anything that is not one of the conditions."""
    if unknown := data.keys() - _KEYS:
        raise ValueError(f"unknown conditions: {sorted(unknown)}")
    days = data.get("within_days")
    if days is not None and not (isinstance(days, int) and 1 <= days <= LONGEST):
        raise ValueError("within_days is a whole number of days")
    unit = data.get("unit")
    return Conditions(
        unit_id=UUID(unit) if unit else None,
        position_kinds=tuple(PositionKind(kind) for kind in data.get("position_kinds", ())),
        ranks=tuple(str(rank) for rank in data.get("ranks", ())),
        within_days=days,
        uncertified=bool(data.get("uncertified", False)),
    )
