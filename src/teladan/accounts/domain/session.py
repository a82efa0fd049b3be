"""Sessions are noted when they begin, seen by the hour, and ended by their owner."""

from datetime import datetime
from uuid import UUID

from django.db import OperationalError, transaction
from django.http import HttpRequest
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts.devices import device_of
from teladan.accounts.models import Account, Session
from teladan.accounts.queries.session import SIGNED_IN, live_sessions, public_id
from teladan.kernel import clock
from teladan.kernel.errors import NotFound
from teladan.ledger import api as ledger


def hour(moment: datetime) -> datetime:
    """The beginning of the hour: as closely as the use of a session is kept."""
    return moment.replace(minute=0, second=0, microsecond=0)


def note_device(request: HttpRequest) -> None:
    """Keep in the session that begins on what device and since when."""
    device = device_of(request.META.get("HTTP_USER_AGENT", ""))
    request.session[SIGNED_IN] = [device.browser, device.system, clock.now().isoformat()]


def note_use(session_key: str) -> None:
    """The session was used in this hour. A busy store may skip it: the next request comes soon."""
    try:
        Session.objects.filter(pk=session_key).update(seen_at=hour(clock.now()))
    except OperationalError:
        return


def end_session(*, session_id: UUID, by: Actor) -> None:
    """End one of the actor's own sessions now. NotFound when it has ended or is not theirs."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=by.account_id)
        keys = [row.session_key for row in live_sessions(account) if public_id(row.session_key) == session_id]
        if not keys:
            raise NotFound(
                _("Perangkat ini sudah keluar."), next_step=_("Lihat daftar perangkat yang masih masuk di akun Anda.")
            )
        _end(account, keys, by)


def end_other_sessions(*, keep: str | None, by: Actor) -> int:
    """End all sessions of the actor but the one with the key `keep`; returns how many lived."""
    with transaction.atomic():
        account = Account.objects.select_for_update().get(id=by.account_id)
        keys = [row.session_key for row in live_sessions(account) if row.session_key != keep]
        if keys:
            _end(account, keys, by)
    return len(keys)


def _end(account: Account, keys: list[str], by: Actor) -> None:
    Session.objects.filter(pk__in=keys).delete()
    ledger.record(
        act="accounts.session_ended",
        agency_id=account.agency_id,
        actor_id=by.account_id,
        subject=f"account:{account.id}",
        data={"count": len(keys)},
    )


def forget_old_sessions(*, limit: int) -> int:
    """Delete at most `limit` expired sessions; returns how many."""
    with transaction.atomic():
        old = list(Session.objects.filter(expire_date__lt=clock.now()).values_list("pk", flat=True)[:limit])
        return Session.objects.filter(pk__in=old).delete()[0]
