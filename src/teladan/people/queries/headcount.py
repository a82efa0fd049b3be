"""How many people work where."""

from uuid import UUID

from django.db.models import Count, Q

from teladan.access.api import Actor
from teladan.people.models import Person
from teladan.people.permissions import TABLE
from teladan.people.queries.line import main_appointments
from teladan.people.queries.unit import today_in


def headcounts_visible_to(actor: Actor | None) -> dict[UUID, int]:
    """Unit -> how many people whom `actor` may see hold a post in it today (not counting the units below): one
    query. Units without people are not told."""
    if actor is None:
        return {}
    seen = TABLE.visible(actor, "people.see", Person.objects.filter(left_on=None), Q)
    held = main_appointments(today_in(actor.agency_id)).filter(person__in=seen)
    return dict(held.values_list("position__unit_id").annotate(n=Count("person_id", distinct=True)).order_by())
