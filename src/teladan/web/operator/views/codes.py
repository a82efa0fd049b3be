"""Codes as letters to print: for a unit, or for one person with a reason. A code is shown once, in the answer to the post
that made it (a PDF, or a page to print); only its hash is kept, so nobody can look it up later."""

from collections.abc import Callable
from functools import lru_cache
from uuid import UUID

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.jobs import api as jobs
from teladan.kernel import clock, ids
from teladan.kernel.errors import Invalid, NotFound
from teladan.letters import api as letters
from teladan.people import api as people
from teladan.web.base.confirm import confirmed
from teladan.web.base.requests import actor_of
from teladan.web.operator.access import CODES, MANAGE, may, offers, only
from teladan.web.operator.forms import ResetAccess

MOST = 500  # letters in one printing: as many codes as one transaction may make
NIP_LENGTH = 18


@only(*CODES)
@confirmed
@require_http_methods(["GET", "POST"])
def codes(request: HttpRequest) -> HttpResponseBase:
    """Codes for a unit: choose it, see for whom, then make the letters."""
    actor = actor_of(request)
    asked = request.POST if request.method == "POST" else request.GET
    units = people.units_visible_to(actor)
    unit = next((u for u in units if str(u.id) == asked.get("unit")), None)
    with_below, everybody = "bawah" in asked, "semua" in asked
    found = _people_of(unit.id, with_below=with_below, everybody=everybody) if unit else []
    chosen = [card for card in found if _may_be_given(card, actor)]
    if request.method == "POST":
        if not chosen:
            raise Invalid(_("Tidak ada orang yang perlu diberi kode di unit ini."), next_step=_("Pilih unit lain."))
        if len(chosen) > MOST:
            raise Invalid(
                _("Sekali cetak paling banyak %(most)d surat; pilihan ini %(n)d.") % {"most": MOST, "n": len(chosen)},
                next_step=_("Pilih unit yang lebih kecil, satu demi satu."),
            )
        ids_ = [card.id for card in chosen]
        return _letters(request, lambda: accounts.issue_activations(account_ids=ids_, by=actor))
    context = {
        "units": units,
        "unit": unit,
        "with_below": with_below,
        "everybody": everybody,
        "chosen": chosen[:MOST],
        "count": len(chosen),
        "left_out": [card for card in found if card not in chosen],
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


def _may_be_given(card: accounts.AccountCard, actor: Actor) -> bool:
    """Nobody makes a code for themselves, and only operators for operators; the verb refuses it as well."""
    return card.id != actor.account_id and (Role.OPERATOR not in card.roles or may(actor, MANAGE))


@only(*CODES)
@confirmed
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """A code for one person: why, then the letter. All devices of that person are signed out."""
    actor = actor_of(request)
    card = accounts.account_card(account_id)
    if card is None or card.agency_id != actor.agency_id:
        raise NotFound(_("Akun ini tidak ditemukan di instansi Anda."))
    form = ResetAccess(request.POST if request.method == "POST" else None, card=card, may_manage=may(actor, MANAGE))
    if request.method == "POST" and form.is_valid():
        reason = accounts.ResetReason(form.cleaned_data["reason"])
        return _letters(
            request, lambda: [accounts.reset_access(account_id=account_id, reason=reason, by=actor)], account_id
        )
    context = {
        "card": card,
        "person": people.person_of(account_id),
        "form": form,
        "may_be_given": _may_be_given(card, actor),
        "back_url": _about(account_id),
        **offers(actor),
    }
    return render(request, "operator/code.html", context, status=422 if form.errors else 200)


def _about(account_id: UUID) -> str:
    """The page about a person, or about an account outside the roster."""
    is_person = people.person_of(account_id) is not None
    return reverse("operator:person" if is_person else "operator:account", args=[account_id])


def _letters(
    request: HttpRequest, make: Callable[[], list[accounts.ActivationSlip]], account_id: UUID | None = None
) -> HttpResponse:
    """Make the codes and show them, once for each form: sent again, it says so instead of making others."""
    actor = actor_of(request)
    made: list[accounts.ActivationSlip] = []

    def run() -> str:
        made.extend(make())
        return str(len(made))

    key = request.POST.get("kunci", "")[:64] or str(ids.uuid7())
    jobs.once(key=key, account_id=actor.account_id, purpose="accounts.activation_letters", run=run)
    posts = people.cards_of([slip.account_id for slip in made])
    sheets = [_letter(slip, posts.get(slip.account_id)) for slip in made]
    url = f"{settings.BASE_URL}{reverse('account:activate')}"
    agency = accounts.agency_card(actor.agency_id)
    if made and agency and request.POST.get("bentuk") == "pdf":
        pdf = letters.code_letters(sheets, agency_name=agency.name, zone=agency.zone, url=url)
        name = f"surat-kode-{timezone.localdate(clock.now()):%Y-%m-%d}.pdf"
        return HttpResponse(
            pdf, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
        )
    context = {
        "letters": sheets,
        "url": url,
        "qr": _qr(url),
        "back_url": _about(account_id) if account_id else reverse("operator:codes"),
    }
    return render(request, "operator/letters.html", context, status=200 if made else 409)


def _letter(slip: accounts.ActivationSlip, person: people.PersonCard | None) -> letters.CodeLetter:
    is_nip = slip.username.isdigit() and len(slip.username) == NIP_LENGTH
    return letters.CodeLetter(
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
