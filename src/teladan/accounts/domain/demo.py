"""Coming in with one click, for the demo on one's own machine only."""

import ipaddress
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.db.models import Max
from django.http import HttpRequest
from django.http.request import split_domain_port
from django.utils.translation import gettext as _

from teladan.accounts.data import DemoCard
from teladan.accounts.domain.account import note_sign_in
from teladan.accounts.models import Account
from teladan.accounts.validators import clean_name
from teladan.kernel.errors import NotFound

_FORWARDED = ("HTTP_FORWARDED", "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_REAL_IP", "HTTP_VIA")


def is_demo_allowed(request: HttpRequest) -> bool:
    """True only in an installation started as a demo, for a browser on the same machine: address and host name are
    loopback and no proxy stands in between (behind one, everybody's address would be loopback)."""
    host = split_domain_port(request.META.get("HTTP_HOST", ""))[0].strip("[]")
    return (
        bool(settings.DEMO)
        and not any(request.META.get(header) for header in _FORWARDED)
        and _is_loopback(request.META.get("REMOTE_ADDR", ""))
        and (host == "localhost" or _is_loopback(host))
    )


def guide_demo(*, account_id: UUID, note: str) -> None:
    """Offer an account of a demo agency on the sign-in page, after those offered before; `note` says what it shows.
    NotFound for every other account. It decides nothing and gives no right, so the ledger does not record it."""
    with transaction.atomic():
        guided = Account.objects.filter(agency__is_demo=True)
        account = guided.select_for_update().filter(id=account_id).first()
        if account is None:
            raise NotFound(_("Akun ini bukan akun instansi contoh."))
        last = guided.aggregate(last=Max("demo_place"))["last"] or 0
        account.demo_note, account.demo_place = clean_name(note, field="note", longest=80), last + 1
        account.save(update_fields=["demo_note", "demo_place"])


def demo_accounts(request: HttpRequest) -> list[DemoCard]:
    """The accounts that the demo offers, in the order in which they were marked; empty where `is_demo_allowed` is
    false."""
    if not is_demo_allowed(request):
        return []
    guided = Account.objects.filter(agency__is_demo=True, is_active=True).exclude(demo_note="")
    return [
        DemoCard(
            id=account.id,
            agency_id=account.agency_id,
            agency_name=account.agency.name,
            name=account.name,
            note=account.demo_note,
        )
        for account in guided.select_related("agency").order_by("demo_place", "name")
    ]


def demo_sign_in(request: HttpRequest, account_id: UUID) -> None:
    """Sign the browser in as an account of a demo agency. NotFound everywhere else: nobody learns that this exists."""
    account = None
    if is_demo_allowed(request):
        account = Account.objects.filter(id=account_id, is_active=True, agency__is_demo=True).first()
    if account is None:
        raise NotFound(_("Halaman ini tidak ditemukan."))
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[0])
    note_sign_in(account_id=account.id, method="demo")


def _is_loopback(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False
