"""Reads of the ledger."""

import json
from uuid import UUID

from teladan.ledger.data import EntryCard
from teladan.ledger.models import Entry


def entries_of(subject: str, *, agency_id: UUID | None) -> list[EntryCard]:
    """Everything recorded about one thing of one agency, in order of time."""
    rows = Entry.objects.filter(subject=subject, agency_id=agency_id).order_by("at", "id")
    return [
        EntryCard(
            id=row.id,
            number=row.number,
            act=row.act,
            at=row.at,
            actor_id=row.actor_id,
            subject=row.subject,
            data=json.loads(row.data),
        )
        for row in rows
    ]
