"""The ledger as the agency's operators and examiners read it, and the proof that nothing in it was changed."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teladan.accounts import api as accounts
from teladan.ledger import api as ledger
from teladan.web.base.requests import actor_of
from teladan.web.operator import words
from teladan.web.operator.access import ACCOUNTS, offers, only
from teladan.web.operator.paging import window


@dataclass(frozen=True, kw_only=True)
class Row:
    """An entry as the page tells it."""

    number: int | None
    at: datetime
    act: str
    who: str
    about: str
    about_name: str
    data: str


@only(*ACCOUNTS)
@require_http_methods(["GET", "POST"])
def record(request: HttpRequest) -> HttpResponseBase:
    """What was done in the agency, the latest first. A post walks the chain and says whether it holds."""
    actor = actor_of(request)
    proof: ledger.Verification | None = None
    if request.method == "POST":
        accounts.throttle(
            action="ledger-verify", keys=[str(actor.agency_id)], limit=12, period=timedelta(hours=1)
        )  # walking the whole chain takes a while
        proof = ledger.verify()
    items, page = window(request, lambda limit, offset: _part(actor.agency_id, limit, offset))
    names = _names(items, actor.agency_id)
    context = {
        "rows": [_row(entry, names) for entry in items],
        "page": page,
        "waiting": any(entry.number is None for entry in items),
        "proof": proof,
        **offers(actor),
    }
    return render(request, "operator/record.html", context)


def _part(agency_id: UUID, limit: int, offset: int) -> accounts.Page[ledger.EntryCard]:
    entries, total = ledger.entries_in(agency_id=agency_id, limit=limit, offset=offset)
    return accounts.Page(items=tuple(entries), total=total, offset=offset)


def _names(entries: tuple[ledger.EntryCard, ...], agency_id: UUID) -> dict[UUID, str]:
    """Names of the agency's accounts that these entries speak of."""
    wanted = {entry.actor_id for entry in entries if entry.actor_id}
    for entry in entries:
        kind, _mark, found = entry.subject.partition(":")
        if kind == "account":
            wanted.add(UUID(found))
    cards = accounts.account_cards(sorted(wanted))
    return {card.id: card.name for card in cards.values() if card.agency_id == agency_id}


def _row(entry: ledger.EntryCard, names: dict[UUID, str]) -> Row:
    about, found = words.subject(entry.subject)
    name = names.get(UUID(found), "") if entry.subject.startswith("account:") else ""
    return Row(
        number=entry.number,
        at=entry.at,
        act=words.act(entry.act),
        who=names.get(entry.actor_id, _("akun lain")) if entry.actor_id else _("sistem"),
        about=about,
        about_name=name or found[-6:],
        data=_pretty(entry),
    )


def _pretty(entry: ledger.EntryCard) -> str:
    shown: dict[str, Any] = {"act": entry.act, "subject": entry.subject, **entry.data}
    return json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=False)
