"""Reads of the ledger."""

import json
from uuid import UUID

from teladan.ledger.data import EntryCard
from teladan.ledger.models import Entry


def entries_in(*, agency_id: UUID, limit: int = 50, offset: int = 0) -> tuple[list[EntryCard], int]:
    """What was recorded in one agency, the latest first, and how many entries there are in all. The caller has checked
    that its reader may see the agency's record."""
    found = Entry.objects.filter(agency_id=agency_id)
    return [_card(row) for row in found.order_by("-at", "-id")[offset : offset + limit]], found.count()


def entries_of(subject: str, *, agency_id: UUID | None) -> list[EntryCard]:
    """Everything recorded about one thing of one agency, in order of time."""
    rows = Entry.objects.filter(subject=subject, agency_id=agency_id).order_by("at", "id")
    return [_card(row) for row in rows]


def _card(row: Entry) -> EntryCard:
    return EntryCard(
        id=row.id,
        number=row.number,
        act=row.act,
        at=row.at,
        actor_id=row.actor_id,
        subject=row.subject,
        data=json.loads(row.data),
    )
