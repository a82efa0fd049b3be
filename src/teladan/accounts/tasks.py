"""What accounts tidies up every night."""

from datetime import time

from django.contrib.sessions.models import Session
from django.db import transaction

from teladan.accounts.domain.activation import forget_old_codes
from teladan.accounts.domain.throttle import forget_old_attempts
from teladan.jobs import api as jobs
from teladan.kernel import clock

_CHUNK = 500


@jobs.daily("accounts.tidy", at=time(2, 25))
def tidy() -> None:
    """Delete what has ended: counted attempts, old codes, expired sessions; in short transactions."""
    while forget_old_attempts(limit=_CHUNK):
        pass
    while forget_old_codes(limit=_CHUNK):
        pass
    while forget_old_sessions(limit=_CHUNK):
        pass


def forget_old_sessions(*, limit: int) -> int:
    """Delete at most `limit` expired sessions; returns how many."""
    with transaction.atomic():
        old = list(Session.objects.filter(expire_date__lt=clock.now()).values_list("pk", flat=True)[:limit])
        return Session.objects.filter(pk__in=old).delete()[0]
