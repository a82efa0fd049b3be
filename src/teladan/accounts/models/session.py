"""Sessions: where somebody is signed in."""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models

from teladan.accounts.models.account import Account
from teladan.kernel import clock


class Session(AbstractBaseSession):
    """Django's session with the account that it lets in (None: nobody yet), so that its owner can see and end it.

    `seen_at` is the beginning of the hour in which it was last used: enough to know an abandoned one, too coarse to
    follow somebody's day. No address of the device is kept.
    """

    PRIVACY = {
        "session_key": "sensitive",
        "session_data": "sensitive",
        "expire_date": "internal",
        "account": "personal",
        "seen_at": "personal",
    }

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    seen_at = models.DateTimeField(default=clock.now)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        from teladan.accounts.sessions import SessionStore  # noqa: PLC0415  # it needs this model

        return SessionStore
