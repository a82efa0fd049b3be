"""Who waits for a place in a full cohort."""

from uuid import UUID

from django.db.models import Q

from teladan.access.api import Actor
from teladan.learning.data import WaitingCard
from teladan.learning.models import Waiting
from teladan.learning.permissions import TABLE
from teladan.people import api as people


def waiting_in(cohort_id: UUID, *, by: Actor) -> list[WaitingCard]:
    """The line of a cohort, the next one first, for who may watch it."""
    line = list(
        TABLE.visible(by, "learning.watch", Waiting.objects.filter(cohort_id=cohort_id), Q)
        .select_related("cohort", "account")
        .order_by("rank", "since")
    )
    units = people.cards_of([one.account_id for one in line])
    return [_card(one, place, len(line), units) for place, one in enumerate(line, start=1)]


def waiting_visible_to(actor: Actor | None) -> list[WaitingCard]:
    """Where the actor stands in line, and for what."""
    mine = TABLE.visible(actor, "learning.study", Waiting.objects.all(), Q).select_related("cohort", "account")
    found = []
    for one in mine.order_by("since"):
        line = Waiting.objects.filter(cohort_id=one.cohort_id)
        before = line.filter(Q(rank__lt=one.rank) | Q(rank=one.rank, since__lt=one.since)).count()
        found.append(_card(one, before + 1, line.count(), {}))
    return found


def _card(one: Waiting, place: int, total: int, units: dict[UUID, people.PersonCard]) -> WaitingCard:
    person = units.get(one.account_id)
    return WaitingCard(
        id=one.pk,
        cohort_title=one.cohort.title,
        account_id=one.account_id,
        name=one.account.name,
        unit=person.unit_name if person else "",
        place=place,
        total=total,
        since=one.since,
        reason=one.reason,
    )
