"""Reads of units."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q

from teladan.access.api import Actor
from teladan.accounts.api import agency_card
from teladan.kernel import clock
from teladan.people.data import UnitCard
from teladan.people.models import Unit, UnitMove
from teladan.people.permissions import TABLE
from teladan.people.roster.units import UnitLine


def units_visible_to(actor: Actor | None) -> list[UnitCard]:
    """The units of the actor's agency as a tree laid out in lines: each below its parent, siblings by name."""
    found = TABLE.visible(actor, "people.see_units", Unit.objects.all(), Q)
    below: dict[UUID | None, list[Unit]] = {}
    for unit in found.order_by("-name", "-code"):
        below.setdefault(unit.parent_id, []).append(unit)
    cards = []
    waiting = [(unit, 0) for unit in below.get(None, [])]
    while waiting:
        unit, depth = waiting.pop()
        cards.append(UnitCard(id=unit.id, code=unit.code, name=unit.name, parent_id=unit.parent_id, depth=depth))
        waiting += [(child, depth + 1) for child in below.get(unit.id, [])]
    return cards


def unit_card(unit_id: UUID) -> UnitCard | None:
    """A unit of the agency one stands in, or None."""
    unit = Unit.objects.filter(id=unit_id).first()
    return UnitCard(id=unit.id, code=unit.code, name=unit.name, parent_id=unit.parent_id) if unit else None


def known_units() -> dict[str, UnitLine]:
    """The units of the agency one stands in, by code, as a roster tells them."""
    found = Unit.objects.values_list("code", "name", "parent__code")
    return {code: UnitLine(code, name, above or "") for code, name, above in found}


def ids_below(unit_ids: Collection[UUID], *, day: date) -> set[UUID]:
    """These units and all below them as the tree stood on a day; one query for each level."""
    moved = _moved_since(day)
    found: set[UUID] = set()
    level = set(unit_ids)
    while level:
        found |= level
        now_below = Unit.objects.filter(parent_id__in=level).values_list("id", flat=True)
        level = (
            {unit for unit in now_below if unit not in moved} | {u for u, p in moved.items() if p in level}
        ) - found
    return found


def today_in(agency_id: UUID) -> date:
    """The calendar day it is now for an agency."""
    agency = agency_card(agency_id)
    return clock.today(agency.zone if agency else "Asia/Jakarta")


def _moved_since(day: date) -> dict[UUID, UUID | None]:
    """Units that have moved after a day, with the parent they had then."""
    moves = UnitMove.objects.filter(until__gt=day).order_by("-until")
    return dict(moves.values_list("unit_id", "parent_id"))
