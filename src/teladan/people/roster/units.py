"""The tree of units that a roster describes. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from teladan.people.lines import find_circle


@dataclass(frozen=True, slots=True)
class UnitLine:
    """A unit as a file or the database tells it; `parent_code` empty: at the top, or (in a file) not stated."""

    code: str
    name: str
    parent_code: str = ""


Complaint = tuple[int, str, str, dict[str, Any]]  # row, column, code, values


def check_units(
    told: Sequence[tuple[int, UnitLine]], known: Mapping[str, UnitLine]
) -> tuple[list[UnitLine], list[Complaint]]:
    """The units of a file from the top down, with the parents they will have, and what is wrong with them.

    `told` has a row number and what that row says of its unit. A unit without a stated parent stays where it is known
    to be, or stands at the top.
    """
    units, first_rows, complaints = _merged(told)
    for code, unit in units.items():
        if not unit.parent_code and code in known:
            units[code] = UnitLine(code, unit.name, known[code].parent_code)
        elif unit.parent_code and unit.parent_code not in units and unit.parent_code not in known:
            values = {"parent": unit.parent_code, "unit": unit.name}
            complaints.append((first_rows[code], "kode_unit_induk", "parent_unknown", values))
    parents = {code: unit.parent_code or None for code, unit in {**known, **units}.items()}
    circle = find_circle(parents)
    if circle:
        rows = [first_rows[code] for code in circle if code in first_rows]
        complaints.append((min(rows), "kode_unit_induk", "circle", {"units": " → ".join([*circle, circle[0]])}))
        return list(units.values()), complaints
    return _from_the_top(units), complaints


def _merged(
    told: Sequence[tuple[int, UnitLine]],
) -> tuple[dict[str, UnitLine], dict[str, int], list[Complaint]]:
    """What the rows say of each unit, taken together; a parent may be stated in some of its rows only."""
    units: dict[str, UnitLine] = {}
    names: dict[str, int] = {}
    parents: dict[str, int] = {}
    complaints: list[Complaint] = []
    for number, line in told:
        unit = units.setdefault(line.code, line)
        first = names.setdefault(line.code, number)
        if unit.name != line.name:
            complaints.append((number, "unit", "unit_differs", {"code": line.code, "first": first, "name": unit.name}))
        if not line.parent_code:
            continue
        if line.code not in parents:
            parents[line.code] = number
            units[line.code] = UnitLine(line.code, unit.name, line.parent_code)
        elif unit.parent_code != line.parent_code:
            values = {"code": line.code, "first": parents[line.code], "parent": unit.parent_code}
            complaints.append((number, "kode_unit_induk", "parent_differs", values))
    return units, names, complaints


def _from_the_top(units: dict[str, UnitLine]) -> list[UnitLine]:
    ordered: dict[str, UnitLine] = {}
    for start in units:
        path = []
        code = start
        while code in units and code not in ordered:
            path.append(code)
            code = units[code].parent_code
        ordered.update((step, units[step]) for step in reversed(path))
    return list(ordered.values())
