"""Reads of sessions: where an account is signed in."""

import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.utils.crypto import constant_time_compare, salted_hmac

from teladan.access.api import Actor
from teladan.accounts.data import SessionCard
from teladan.accounts.devices import Device
from teladan.accounts.models import Account, Session
from teladan.kernel import clock

SIGNED_IN = "accounts.signed_in"  # in the session: browser, system, since


def sessions_of(actor: Actor, *, current: str | None) -> list[SessionCard]:
    """The actor's own live sessions, this one (key `current`) first, then those used last."""
    rows = live_sessions(Account.objects.get(id=actor.account_id))
    cards = [_card(row, current) for row in rows]
    return sorted(cards, key=lambda card: (card.is_this, card.seen_at), reverse=True)


def live_sessions(account: Account) -> list[Session]:
    """The rows that would let the account in now: neither expired nor ended by a new password or "everywhere"."""
    hashes = [account.get_session_auth_hash(), *account.get_session_auth_fallback_hash()]
    rows = Session.objects.filter(account=account, expire_date__gt=clock.now())
    return [
        row
        for row in rows
        if any(constant_time_compare(row.get_decoded().get(HASH_SESSION_KEY, ""), kept) for kept in hashes)
    ]


def public_id(session_key: str) -> UUID:
    """A name for a session in addresses and forms, from which the key cannot be found."""
    return UUID(bytes=salted_hmac("teladan.accounts.session-id", session_key, algorithm="sha256").digest()[:16])


def _card(row: Session, current: str | None) -> SessionCard:
    data: dict[str, Any] = row.get_decoded()
    browser, system, since = data.get(SIGNED_IN) or ("", "", "")
    return SessionCard(
        id=public_id(row.session_key),
        device=Device(browser, system),
        since=datetime.fromisoformat(since) if since else None,
        seen_at=row.seen_at,
        is_this=current is not None and hmac.compare_digest(row.session_key, current),
    )
