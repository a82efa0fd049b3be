from uuid import UUID

from django.db.models import Q
from django_scopes import scope

from teladan.access.api import Actor
from teladan.instruments.data import CheckTry
from teladan.instruments.models import CheckAnswer
from teladan.instruments.permissions import TABLE


def checks_visible_to(actor: Actor, *, context: UUID) -> dict[str, list[CheckTry]]:
    """The actor's own tries in this context by item key, in the order in which they were made."""
    found: dict[str, list[CheckTry]] = {}
    with scope(agency=actor.agency_id):
        rows = TABLE.visible(actor, "instruments.check", CheckAnswer.objects.filter(context=context), Q)
        for row in rows.order_by("item_key", "attempt"):
            found.setdefault(row.item_key, []).append(
                CheckTry(
                    item_key=row.item_key,
                    attempt=row.attempt,
                    choice=row.choice,
                    is_correct=row.is_correct,
                    answered_at=row.answered_at,
                )
            )
    return found
