"""Superiors on a day, many at once: the rule is in `lines`, here its facts are read."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from teladan.kernel import clock
from teladan.people.enums import AppointmentKind
from teladan.people.lines import Holder, superior
from teladan.people.models import Appointment, Unit, UnitMove


@dataclass(frozen=True)
class Line:
    """Units upwards and the holders of their heads on one day; people are told by their account."""

    parents: dict[UUID, UUID | None]
    heads: dict[UUID, list[Holder[UUID]]]

    def superior_of(self, account_id: UUID, unit_id: UUID) -> UUID | None:
        """The account of the superior, None at the top."""
        return superior(account_id, unit_id, parents=self.parents, heads=self.heads)


def on(day: date) -> Q:
    """Appointments that count on a day: begun, and not over."""
    return Q(starts__lte=day) & (Q(ends=None) | Q(ends__gt=day))


def main_appointments(day: date) -> QuerySet[Appointment]:
    """The definitive appointments on a day, with position and unit."""
    found = Appointment.objects.filter(on(day), kind=AppointmentKind.DEFINITIF.value)
    return found.select_related("position__unit")


def line_above(unit_ids: Collection[UUID], day: date) -> Line:
    """The units above these (and themselves) as they stood on `day`, with their heads. One query for each level of the
    tree, a second one for past days, and one for the heads."""
    parents: dict[UUID, UUID | None] = {}
    level = set(unit_ids)
    while level:
        found: dict[UUID, UUID | None] = dict(Unit.objects.filter(id__in=level).values_list("id", "parent_id"))
        if day < latest_today():
            found |= _earlier_parents(level, day)
        parents |= found
        level = {parent for parent in found.values() if parent is not None} - parents.keys()
    heads: dict[UUID, list[Holder[UUID]]] = {}
    held = Appointment.objects.filter(on(day), position__is_head=True, position__unit_id__in=list(parents))
    for unit_id, account_id, kind, starts in held.values_list(
        "position__unit_id", "person__account_id", "kind", "starts"
    ):
        heads.setdefault(unit_id, []).append(Holder(account_id, AppointmentKind(kind), starts))
    return Line(parents, heads)


def latest_today() -> date:
    """The latest day it is anywhere in Indonesia: for days from then on no unit has moved yet."""
    return clock.today("Asia/Jayapura")


def _earlier_parents(units: Collection[UUID], day: date) -> dict[UUID, UUID | None]:
    """Where units stood on a past day if they have moved since: the earliest move after it tells."""
    moves = UnitMove.objects.filter(unit_id__in=units, until__gt=day).order_by("-until")
    return dict(moves.values_list("unit_id", "parent_id"))
