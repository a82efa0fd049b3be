"""Upkeep of the room itself."""

from datetime import time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from teladan.jobs.models import Delivery, Message, Post
from teladan.jobs.registry import daily
from teladan.kernel import clock

KEPT = timedelta(days=7)
_CHUNK = 500


@daily("jobs.prune", at=time(2, 10))
def prune() -> int:
    """Forget delivered messages and keys of posts older than a week, in short transactions; the number forgotten."""
    before = clock.now() - KEPT
    done = Delivery.objects.filter(state=Delivery.State.DONE, finished_at__lt=before)
    idle = Message.objects.filter(~Exists(Delivery.objects.filter(message=OuterRef("pk"))), created_at__lt=before)
    old = Post.objects.filter(created_at__lt=before)
    return sum(_forget(rows) for rows in (done, idle, old))


def _forget(rows: QuerySet[Any]) -> int:
    forgotten = 0
    while ids := list(rows.values_list("pk", flat=True)[:_CHUNK]):
        with transaction.atomic():
            forgotten += rows.model._default_manager.filter(pk__in=ids).delete()[0]
    return forgotten
