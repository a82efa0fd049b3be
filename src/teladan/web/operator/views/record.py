"""The ledger as the agency's operators and examiners read it, and the proof that nothing in it was changed."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.ledger import api as ledger
from teladan.web.base.requests import actor_of
from teladan.web.operator import telling, words
from teladan.web.operator.access import ACCOUNTS, offers, only
from teladan.web.operator.forms import RecordFilter
from teladan.web.operator.paging import window
from teladan.web.operator.views.people import searchable

MOST_NAMED = 50  # accounts that one name may mean; beyond that the name has to be longer


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry as the page tells it: the words, and the entry as its hash sees it."""

    number: int | None
    at: datetime
    act: str
    who: str
    about: telling.Thing
    noted: list[tuple[str, str]]
    raw: str


@dataclass(frozen=True)
class Named:
    """The accounts that a name, or the number of an account, means. `None` for ids: it narrows nothing."""

    ids: tuple[UUID, ...] | None = None
    name: str = ""
    too_many: int = 0

    @property
    def is_nobody(self) -> bool:
        return self.ids == ()


@only(*ACCOUNTS)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponseBase:
    """What was done in the agency, the latest first, narrowed as the address says. A post walks the chain and says
    whether it holds."""
    actor = actor_of(request)
    proof: ledger.Verification | None = None
    if request.method == "POST":
        accounts.throttle(
            action="ledger-verify", keys=[str(actor.agency_id)], limit=12, period=timedelta(hours=1)
        )  # walking the whole chain takes a while
        proof = ledger.verify()
    form = RecordFilter(request.GET)
    sound = form.is_valid()
    named = _named(actor, form.cleaned_data.get("cari", ""), request.GET.get("akun", ""))
    narrowing = None if not sound or named.is_nobody else form.narrowing(named.ids or ())
    items, page = window(request, lambda limit, offset: _part(actor.agency_id, narrowing, limit, offset))
    names = telling.Names.of(items, actor)
    context = {
        "rows": [_row(entry, names) for entry in items],
        "page": page,
        "form": form,
        "days": [form["dari"], form["sampai"]],
        "named": named,
        "is_filtered": any(request.GET.get(name) for name in (*form.fields, "akun")),
        "waiting": any(entry.number is None for entry in items),
        "proof": proof,
        **offers(actor),
    }
    return render(request, "operator/record.html", context, status=200 if sound else 422)


def _named(actor: Actor, typed: str, account: str) -> Named:
    if wanted := searchable(typed):
        found = accounts.accounts_visible_to(actor, search=wanted, limit=MOST_NAMED)
        if found.total > MOST_NAMED:
            return Named((), wanted, found.total)
        return Named(tuple(card.id for card in found.items), wanted)
    if typed.strip():
        return Named((), typed)
    try:
        card = accounts.account_card(UUID(account)) if account else None
    except ValueError:
        card = None
    if card is None or card.agency_id != actor.agency_id:
        return Named(() if account else None)
    return Named((card.id,), card.name)


def _part(
    agency_id: UUID, narrowing: ledger.Narrowing | None, limit: int, offset: int
) -> accounts.Page[ledger.EntryCard]:
    if narrowing is None:
        return accounts.Page(items=(), total=0)
    entries, total = ledger.entries_in(agency_id=agency_id, narrowing=narrowing, limit=limit, offset=offset)
    return accounts.Page(items=tuple(entries), total=total, offset=offset)


def _row(entry: ledger.EntryCard, names: telling.Names) -> Row:
    raw: dict[str, Any] = {"act": entry.act, "subject": entry.subject, **entry.data}
    return Row(
        number=entry.number,
        at=entry.at,
        act=words.act(entry.act),
        who=names.accounts.get(entry.actor_id, _("akun lain")) if entry.actor_id else _("sistem"),
        about=names.thing(entry),
        noted=telling.lines(entry.data, timezone.get_current_timezone_name()),
        raw=json.dumps(raw, ensure_ascii=False, indent=1),
    )
