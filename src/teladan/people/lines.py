"""Who is whose superior. Pure: from a tree of units and the holders of head positions on one day.

The superior of somebody in a unit is the head of that unit; of the head, the head of the unit above. A head position
may be held definitively, by an acting official (Plt, the post is vacant) or by a daily stand-in (Plh, the holder is
away). Who stands in speaks for the post: Plh before Plt before the definitive holder. Vacant heads are skipped
upwards.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from teladan.people.enums import AppointmentKind

U = TypeVar("U", bound=Hashable)
P = TypeVar("P", bound=Hashable)
_SPEAKS = {AppointmentKind.PLH: 2, AppointmentKind.PLT: 1, AppointmentKind.DEFINITIF: 0}


@dataclass(frozen=True)
class Holder(Generic[P]):
    """Somebody who holds a unit's head position on the day, since `since`."""

    person: P
    kind: AppointmentKind
    since: date


def superior(person: P, unit: U, *, parents: Mapping[U, U | None], heads: Mapping[U, Sequence[Holder[P]]]) -> P | None:
    """The superior of `person`, who belongs to `unit`; None at the top. A broken tree (a circle) ends the search.

    Who holds the head of a unit in any way, even while a stand-in acts, is not the subordinate of that stand-in.
    """
    seen: set[U] = set()
    at: U | None = unit
    while at is not None and at not in seen:
        seen.add(at)
        holders = heads.get(at, ())
        if holders and all(holder.person != person for holder in holders):
            return max(holders, key=lambda holder: (_SPEAKS[holder.kind], holder.since)).person
        at = parents.get(at)
    return None


def find_circle(parents: Mapping[U, U | None]) -> list[U]:
    """The units of one circle among `unit -> unit above`, in order; empty when there is none."""
    done: set[U] = set()
    for start in parents:
        path: dict[U, None] = {}
        at: U | None = start
        while at is not None and at not in done:
            if at in path:
                steps = list(path)
                return steps[steps.index(at) :]
            path[at] = None
            at = parents.get(at)
        done.update(path)
    return []
