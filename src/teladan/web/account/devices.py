"""Where one is signed in, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from teladan.accounts import api as accounts
from teladan.web.base.requests import actor_of


@login_required
@require_GET
def devices(request: HttpRequest) -> HttpResponse:
    """All places where this account is signed in now."""
    cards = accounts.sessions_of(actor_of(request), current=request.session.session_key)
    return render(
        request, "account/devices.html", {"devices": cards, "others": sum(not card.is_this for card in cards)}
    )


@login_required
@require_POST
def end_one(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """End one of them at once."""
    accounts.end_session(session_id=session_id, by=actor_of(request))
    messages.success(request, _("Perangkat itu sudah keluar."))
    return redirect("account:devices")


@login_required
@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """End all but this one."""
    ended = accounts.end_other_sessions(keep=request.session.session_key, by=actor_of(request))
    if ended:
        done = ngettext("%(n)d perangkat lain sudah keluar.", "%(n)d perangkat lain sudah keluar.", ended)
        messages.success(request, done % {"n": ended})
    else:
        messages.info(request, _("Tidak ada perangkat lain yang masuk."))
    return redirect("account:devices")
