"""Reads of what agencies share with each other."""

from uuid import UUID

from django.db.models import QuerySet
from django_scopes import scopes_disabled

from teladan.access.api import Actor
from teladan.accounts.data import ShareCard
from teladan.accounts.models import Share
from teladan.kernel import clock


def shared_fields(*, object_type: str, object_id: UUID, with_agency_id: UUID) -> frozenset[str]:
    """The fields of a thing that another agency may read now; empty when nothing is shared with it."""
    found = _live().filter(object_type=object_type, object_id=object_id, with_agency_id=with_agency_id)
    return frozenset(field for fields in found.values_list("fields", flat=True) for field in fields)


def shares_received_by(actor: Actor | None, *, object_type: str | None = None) -> list[ShareCard]:
    """What other agencies let the actor's agency read now, the latest first."""
    if actor is None:
        return []
    found = _live().filter(with_agency_id=actor.agency_id)
    return [_card(row) for row in (found.filter(object_type=object_type) if object_type else found)]


def shares_given_visible_to(actor: Actor | None) -> list[ShareCard]:
    """What the actor's agency lets others read now, the latest first. Everybody in the agency may know it."""
    return [] if actor is None else [_card(row) for row in _live().filter(agency_id=actor.agency_id)]


def _live() -> QuerySet[Share]:
    with scopes_disabled():
        found: QuerySet[Share] = Share.objects.filter(until__gt=clock.now(), ended_at=None)
        return found.order_by("-given_at")


def _card(row: Share) -> ShareCard:
    return ShareCard(
        id=row.id,
        agency_id=row.agency_id,
        with_agency_id=row.with_agency_id,
        object_type=row.object_type,
        object_id=row.object_id,
        fields=tuple(row.fields),
        purpose=row.purpose,
        until=row.until,
    )
