"""Counting attempts in the database, so that all processes count together and a restart forgets nothing."""

from collections.abc import Sequence
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from teladan.accounts.data import Limit
from teladan.accounts.models import Agency, Throttle
from teladan.accounts.zones import clock_time
from teladan.kernel import clock
from teladan.kernel.errors import TooMany


def throttle(*, action: str, keys: list[str], limit: int, period: timedelta) -> None:
    """Count one attempt of `action` for each key (an account, an address). TooMany (with `retry_at`) when a key has
    used up its `limit` within `period`, which runs from its first attempt; then nothing is counted. Call it outside a
    transaction that the failing attempt would roll back."""
    count_attempt([Limit(action=action, key=key, limit=limit, period=period) for key in keys])


def count_attempt(limits: Sequence[Limit]) -> None:
    """Count one attempt against several limits at once: all of them, or none and TooMany."""
    wanted = {(limit.action, _hash(limit)): limit for limit in limits}
    now = clock.now()
    # Somebody who keeps trying while blocked costs a read, not a turn at the writers' gate.
    _refuse(wanted, list(Throttle.objects.filter(_which(wanted))))
    with transaction.atomic():
        Throttle.objects.bulk_create(
            [Throttle(action=a, key_hash=h, window_ends=now + wanted[a, h].period) for a, h in sorted(wanted)],
            ignore_conflicts=True,
        )
        rows = list(Throttle.objects.select_for_update().filter(_which(wanted)).order_by("action", "key_hash"))
        _refuse(wanted, rows)
        for row in rows:
            if row.window_ends <= now:
                row.attempts, row.window_ends = 0, now + wanted[row.action, row.key_hash].period
            row.attempts += 1
        Throttle.objects.bulk_update(rows, ["attempts", "window_ends"])


def forgive_attempt(limits: Sequence[Limit]) -> None:
    """Take one counted attempt back, because it succeeded. Earlier failures stay counted."""
    wanted = {(limit.action, _hash(limit)): limit for limit in limits}
    with transaction.atomic():
        Throttle.objects.filter(_which(wanted), attempts__gt=0).update(attempts=models.F("attempts") - 1)


def forget_old_attempts(*, limit: int) -> int:
    """Delete at most `limit` windows that are over; returns how many."""
    with transaction.atomic():
        old = list(Throttle.objects.filter(window_ends__lt=clock.now()).values_list("pk", flat=True)[:limit])
        return Throttle.objects.filter(pk__in=old).delete()[0]


def zone_for_strangers() -> str:
    """The zone to tell times in when nobody is signed in: that of all agencies here when they agree, else WIB. It does
    not depend on the login typed, or it would tell whether that login exists."""
    zones = list(Agency.objects.order_by("zone").values_list("zone", flat=True).distinct()[:2])
    return zones[0] if len(zones) == 1 else settings.TIME_ZONE


def _refuse(wanted: dict[tuple[str, str], Limit], rows: list[Throttle]) -> None:
    now = clock.now()
    blocked = [
        row.window_ends
        for row in rows
        if row.window_ends > now and row.attempts >= wanted[row.action, row.key_hash].limit
    ]
    if blocked:
        time = clock_time(max(blocked), zone_for_strangers())
        raise TooMany(_("Terlalu banyak percobaan. Coba lagi pada %(time)s.") % {"time": time}, retry_at=max(blocked))


def _which(wanted: dict[tuple[str, str], Limit]) -> models.Q:
    found = models.Q(pk__in=[])
    for action, key_hash in wanted:
        found |= models.Q(action=action, key_hash=key_hash)
    return found


def _hash(limit: Limit) -> str:
    return salted_hmac(f"teladan.throttle.{limit.action}", limit.key, algorithm="sha256").hexdigest()
