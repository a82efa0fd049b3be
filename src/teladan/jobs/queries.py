"""Reads of the queue for the operator of the machine."""

from django.db.models import Count

from teladan.jobs.data import DeliveryCard
from teladan.jobs.models import Delivery


def counts() -> dict[str, int]:
    """Deliveries by state; every state is there."""
    found = dict(Delivery.objects.values_list("state").annotate(Count("id")))
    return {state: found.get(state, 0) for state in Delivery.State.values}


def parked(*, limit: int = 100) -> list[DeliveryCard]:
    """The deliveries that wait for a person, newest first."""
    rows = (
        Delivery.objects.filter(state=Delivery.State.PARKED).select_related("message").order_by("-finished_at", "-id")
    )
    return [
        DeliveryCard(
            id=row.pk,
            receiver=row.receiver,
            agency_id=row.message.agency_id,
            state=row.state,
            attempts=row.attempts,
            run_at=row.run_at,
            error=row.error,
        )
        for row in rows.select_related("message")[:limit]
    ]
