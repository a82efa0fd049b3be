"""Announcing: events and tasks become rows in the transaction that causes them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from teladan.jobs import registry
from teladan.jobs.models import Delivery, Message
from teladan.kernel import clock
from teladan.kernel.events import Event


def require_transaction(what: str) -> None:
    """RuntimeError outside `transaction.atomic()`: the announcement and its cause must stand or fall together."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError(f"{what} belongs inside transaction.atomic()")


def publish(event: Event, *, agency_id: UUID | None) -> None:
    """Announce a fact to everyone subscribed; each subscriber receives it at least once, in no promised order."""
    require_transaction("publish()")
    message = Message.objects.create(name=event.name, agency_id=agency_id, payload=event.payload())
    names = registry.subscribers.get(event.name, [])
    Delivery.objects.bulk_create(Delivery(message=message, receiver=name, run_at=message.created_at) for name in names)


def enqueue(
    name: str, *, agency_id: UUID | None, run_at: datetime | None = None, unique: str = "", **kwargs: Any
) -> None:
    """Have the task `name` run, now or from `run_at` (aware) on, with JSON-ready keyword arguments.

    With `unique`, a call is swallowed while the same task of the same agency already waits under that key; an earlier
    `run_at` then brings the waiting one forward. KeyError for a task nobody registered; RuntimeError outside a
    transaction.
    """
    require_transaction("enqueue()")
    if name not in registry.receivers:
        raise KeyError(f"no task is named {name!r}")
    run_at = run_at or clock.now()
    key = f"{agency_id or ''}:{unique}" if unique else ""
    if key and _is_waiting(name, key, run_at):
        return
    try:
        with transaction.atomic():
            message = Message.objects.create(name=name, agency_id=agency_id, payload=kwargs)
            Delivery.objects.create(message=message, receiver=name, run_at=run_at, unique=key)
    except IntegrityError:  # PostgreSQL: another transaction was a moment earlier
        if not key or not _is_waiting(name, key, run_at):
            raise


def _is_waiting(name: str, key: str, run_at: datetime) -> bool:
    # Locked until our transaction ends: on PostgreSQL a worker must not take it before what we write can be seen.
    waiting = Delivery.objects.filter(receiver=name, unique=key, state=Delivery.State.WAITING, attempts=0)
    found = waiting.select_for_update().first()
    if found is not None and found.run_at > run_at:
        waiting.filter(pk=found.pk).update(run_at=run_at)
    return found is not None
