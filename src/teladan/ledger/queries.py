"""Reads of the ledger."""

import json
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from teladan.ledger.data import EntryCard, Narrowing
from teladan.ledger.models import Entry

ALL = Narrowing()


def entries_in(
    *, agency_id: UUID, narrowing: Narrowing = ALL, limit: int = 50, offset: int = 0
) -> tuple[list[EntryCard], int]:
    """What was recorded in one agency, the latest first, and how many entries there are in all. The caller has checked
    that its reader may see the agency's record."""
    found = Entry.objects.filter(_wanted(narrowing), agency_id=agency_id)
    return [_card(row) for row in found.order_by("-at", "-id")[offset : offset + limit]], found.count()


def _wanted(narrowing: Narrowing) -> Q:
    wanted = Q()
    if narrowing.accounts or narrowing.subjects:
        wanted &= Q(actor_id__in=narrowing.accounts) | Q(subject__in=narrowing.subjects)
    if narrowing.acts:
        rooms = (Q(act__startswith=act) for act in narrowing.acts if act.endswith("."))
        wanted &= reduce(or_, rooms, Q(act__in=narrowing.acts))
    if narrowing.since:
        wanted &= Q(at__gte=narrowing.since)
    if narrowing.until:
        wanted &= Q(at__lt=narrowing.until)
    return wanted


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
