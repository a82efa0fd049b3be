"""Activation codes as letters to print. A code is shown once, in the answer to the post that made it; only its hash is
kept, so nobody can look it up later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teladan.accounts import api as accounts
from teladan.jobs import api as jobs
from teladan.kernel import clock, ids
from teladan.kernel.errors import Invalid, NotFound
from teladan.people import api as people
from teladan.web.base.requests import actor_of
from teladan.web.operator.access import CODES, offers, only

MOST = 500  # letters in one printing: as many codes as one transaction may make
NIP_LENGTH = 18


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One letter: to whom, with what name they come in, the code, until when."""

    name: str
    place: str
    login: str
    is_nip: bool
    code: str
    expires_at: datetime


@only(*CODES)
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponseBase:
    """Codes for a unit: choose it, see for whom, then make the letters."""
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    units = people.units_visible_to(actor)
    unit = next((u for u in units if str(u.id) == asked.get("unit")), None)
    with_below, everybody = "bawah" in asked, "semua" in asked
    chosen = _people_of(unit.id, with_below=with_below, everybody=everybody) if unit else []
    if request.method == "POST":
        if not chosen:
            raise Invalid(_("Tidak ada orang yang perlu diberi kode di unit ini."), next_step=_("Pilih unit lain."))
        if len(chosen) > MOST:
            raise Invalid(
                _("Sekali cetak paling banyak %(most)d surat; pilihan ini %(n)d.") % {"most": MOST, "n": len(chosen)},
                next_step=_("Pilih unit yang lebih kecil, satu demi satu."),
            )
        return _letters(request, [card.id for card in chosen])
    context = {
        "units": units,
        "unit": unit,
        "with_below": with_below,
        "everybody": everybody,
        "chosen": chosen[:MOST],
        "count": len(chosen),
        "too_many": len(chosen) > MOST,
        "most": MOST,
        **offers(actor),
    }
    return render(request, "operator/codes.html", context)


def _people_of(unit_id: UUID, *, with_below: bool, everybody: bool) -> list[accounts.AccountCard]:
    """The open accounts of a unit; without `everybody` only those whose owner has never set a password."""
    ids_ = people.accounts_in_unit(unit_id, timezone.localdate(clock.now()), with_below=with_below)
    cards = accounts.account_cards(ids_)
    return [
        card
        for account_id in ids_
        if (card := cards.get(account_id)) and card.is_active and (everybody or card.must_activate)
    ]


@only(*CODES)
@require_POST
def one(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """A code for one person."""
    card = accounts.account_card(account_id)
    if card is None or card.agency_id != actor_of(request).agency_id:
        raise NotFound(_("Akun ini tidak ditemukan di instansi Anda."))
    return _letters(request, [account_id])


def _letters(request: HttpRequest, account_ids: Sequence[UUID]) -> HttpResponse:
    """Make the codes and show them, once for each form: sent again, it says so instead of making others."""
    actor = actor_of(request)
    made: list[accounts.ActivationSlip] = []

    def run() -> str:
        made.extend(accounts.issue_activations(account_ids=account_ids, by=actor))
        return str(len(made))

    key = request.POST.get("kunci", "")[:64] or str(ids.uuid7())
    jobs.once(key=key, account_id=actor.account_id, purpose="accounts.activation_letters", run=run)
    posts = people.cards_of([slip.account_id for slip in made])
    context = {
        "letters": [_letter(slip, posts.get(slip.account_id)) for slip in made],
        "url": f"{settings.BASE_URL}{reverse('account:activate')}",
        "qr": _qr(f"{settings.BASE_URL}{reverse('account:activate')}"),
        "back_url": reverse("operator:person", args=[account_ids[0]])
        if len(account_ids) == 1 and posts
        else reverse("operator:codes"),
    }
    return render(request, "operator/letters.html", context, status=200 if made else 409)


def _letter(slip: accounts.ActivationSlip, person: people.PersonCard | None) -> Letter:
    is_nip = slip.username.isdigit() and len(slip.username) == NIP_LENGTH
    return Letter(
        name=slip.name,
        place=", ".join(filter(None, (person.position, person.unit_name))) if person else "",
        login=people.mask(slip.username) if is_nip else slip.username,
        is_nip=is_nip,
        code=slip.code,
        expires_at=slip.expires_at,
    )


@lru_cache(maxsize=4)
def _qr(url: str) -> str:
    """The address of the activation page as a picture; the code itself is never in it."""
    return str(segno.make(url, error="m", micro=False).svg_inline(border=0, dark="#000", omitsize=True))
