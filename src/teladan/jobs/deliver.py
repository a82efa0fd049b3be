"""Delivering: claim a few under a lease, run each, mark it. What fails waits longer each time, then it is parked."""

import logging
import traceback
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from django.db import transaction
from django.db.models import F, Q

from teladan.jobs import registry
from teladan.jobs.data import Receiver
from teladan.jobs.models import Delivery
from teladan.kernel import clock

log = logging.getLogger(__name__)

BATCH = 10
MISSING = Receiver(name="", call=lambda message_id, agency_id, payload: None)
_PACKAGE = Path(__file__).resolve().parent.parent


class LeaseLost(Exception):
    """Another worker took the delivery over; whatever was done here is rolled back."""


def due() -> Q:
    """Waiting and due, or under a lease that ran out: its worker died."""
    now = clock.now()
    return Q(state=Delivery.State.WAITING, run_at__lte=now) | Q(state=Delivery.State.RUNNING, lease_until__lt=now)


def claim(limit: int = BATCH) -> list[Delivery]:
    """Take up to `limit` due deliveries for this worker. Looks first, so that an idle worker never asks to write."""
    if not Delivery.objects.filter(due()).exists():
        return []
    lease = uuid4()
    with transaction.atomic():
        rows = Delivery.objects.filter(due()).select_for_update(skip_locked=True, of=("self",))
        found = list(rows.select_related("message").order_by("run_at", "id")[:limit])
        worn_out = [d for d in found if d.state == Delivery.State.RUNNING and d.attempts >= _receiver(d).attempts]
        for delivery in worn_out:
            _park(delivery, error="the worker died while running it")
        claimed = [d for d in found if d not in worn_out]
        for seconds in {_receiver(delivery).lease_seconds for delivery in claimed}:
            ids = [delivery.pk for delivery in claimed if _receiver(delivery).lease_seconds == seconds]
            until = clock.now() + timedelta(seconds=seconds)
            Delivery.objects.filter(pk__in=ids).update(
                state=Delivery.State.RUNNING, lease=lease, lease_until=until, attempts=F("attempts") + 1
            )
    for delivery in claimed:
        delivery.lease, delivery.attempts = lease, delivery.attempts + 1
    return claimed


def deliver(delivery: Delivery, *, raise_errors: bool = False) -> bool:
    """Run one claimed delivery. False when it failed (and waits or is parked) or when its lease was lost."""
    receiver = _receiver(delivery)
    try:
        if receiver is MISSING:
            raise LookupError(f"no receiver is named {delivery.receiver!r}")
        if receiver.in_transaction:
            with transaction.atomic():
                _finish(delivery)  # first: the changed row is locked until the effect stands beside it
                _call(receiver, delivery)
        else:
            _renew(delivery, receiver)
            _call(receiver, delivery)
            _finish(delivery)
    except LeaseLost:
        return False
    except Exception as error:
        _fail(delivery, error)
        if raise_errors:
            raise
        return False
    return True


def release(delivery: Delivery) -> None:
    """Give back a claimed delivery that was not begun."""
    Delivery.objects.filter(_mine(delivery)).update(state=Delivery.State.WAITING, lease=None, lease_until=None)


def _call(receiver: Receiver, delivery: Delivery) -> None:
    message = delivery.message
    with registry.scope(message.agency_id):
        receiver.call(message.id, message.agency_id, message.payload)


def _mine(delivery: Delivery) -> Q:
    return Q(pk=delivery.pk, state=Delivery.State.RUNNING, lease=delivery.lease)


def _locked(delivery: Delivery) -> bool:
    return bool(list(Delivery.objects.select_for_update().filter(_mine(delivery)).values_list("pk")))


def _renew(delivery: Delivery, receiver: Receiver) -> None:
    """The lease counts from the start of the call, not from the claim of the batch."""
    until = clock.now() + timedelta(seconds=receiver.lease_seconds)
    if not Delivery.objects.filter(_mine(delivery)).update(lease_until=until):
        raise LeaseLost


def _finish(delivery: Delivery) -> None:
    done = Delivery.objects.filter(_mine(delivery)).update(
        state=Delivery.State.DONE, finished_at=clock.now(), lease=None, lease_until=None, error=""
    )
    if not done:
        raise LeaseLost


def _fail(delivery: Delivery, error: Exception) -> None:
    """Wait 5 s, 20 s, 80 s, 320 s ... (at most an hour) and try again, or park."""
    told = describe(error)
    log.error("%s failed (attempt %d): %s", delivery.receiver, delivery.attempts, told)
    log.debug("%s", delivery.receiver, exc_info=error)
    with transaction.atomic():
        if not _locked(delivery):
            return
        if delivery.attempts >= _receiver(delivery).attempts:
            _park(delivery, error=told)
            return
        wait = timedelta(seconds=min(5 * 4 ** (delivery.attempts - 1), 3600))
        Delivery.objects.filter(pk=delivery.pk).update(
            state=Delivery.State.WAITING, run_at=clock.now() + wait, lease=None, lease_until=None, error=told
        )


def _park(delivery: Delivery, *, error: str) -> None:
    """Set aside for a person. Of one unique key only the newest stays: a failing schedule fills no table."""
    if delivery.unique:
        Delivery.objects.filter(
            receiver=delivery.receiver, unique=delivery.unique, state=Delivery.State.PARKED
        ).delete()
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.PARKED, lease=None, lease_until=None, error=error, finished_at=clock.now()
    )


def describe(error: Exception) -> str:
    """What failed and where, without the error's own words: those may hold personal data."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if Path(f.filename).is_relative_to(_PACKAGE)]
    place = f" at {Path(frames[-1].filename).relative_to(_PACKAGE)}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__qualname__}{place}"[:300]


def _receiver(delivery: Delivery) -> Receiver:
    return registry.receivers.get(delivery.receiver, MISSING)


def requeue(delivery_id: int) -> bool:
    """Let a parked delivery start over; False when there is no such parked delivery."""
    with transaction.atomic():
        return bool(
            Delivery.objects.filter(pk=delivery_id, state=Delivery.State.PARKED).update(
                state=Delivery.State.WAITING, attempts=0, run_at=clock.now(), error="", finished_at=None, unique=""
            )
        )
