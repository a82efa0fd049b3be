"""The list of people leaves the house as a file."""

from collections.abc import Iterator
from uuid import UUID

from django.db import transaction

from teladan.access.api import Actor
from teladan.ledger import api as ledger
from teladan.people.data import PersonCard
from teladan.people.permissions import Of, demand
from teladan.people.queries.person import people_visible_to

STEP = 500  # people in one query


def export_people(*, kind: str, search: str = "", unit_id: UUID | None = None, by: Actor) -> list[PersonCard]:
    """All people of a list (see `people_visible_to`) for a file of some kind ("csv", "xlsx"). Taking personal data out
    of the house is an act in the ledger: who, when, how many, narrowed to which unit and whether by a search. What was
    searched is not in it, because it may be a name or a NIP."""
    demand(by, "people.export", Of(by.agency_id))
    people = list(_all(by, search, unit_id))
    with transaction.atomic():
        ledger.record(
            act="people.list_exported",
            agency_id=by.agency_id,
            actor_id=by.account_id,
            subject=f"agency:{by.agency_id}",
            data={
                "rows": len(people),
                "kind": kind,
                "unit": str(unit_id) if unit_id else None,
                "searched": bool(search.strip()),
            },
        )
    return people


def _all(by: Actor, search: str, unit_id: UUID | None) -> Iterator[PersonCard]:
    offset = 0
    while part := people_visible_to(by, search=search, unit_id=unit_id, limit=STEP, offset=offset).items:
        yield from part
        offset += STEP
