"""What accounts tidies up every night."""

from datetime import time

from teladan.accounts.domain.activation import forget_old_codes
from teladan.accounts.domain.session import forget_old_sessions
from teladan.accounts.domain.throttle import forget_old_attempts
from teladan.jobs import api as jobs

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
