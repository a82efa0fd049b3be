"""One's own account: who one is here, how one comes in, language and look."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from teladan.accounts import api as accounts
from teladan.people import api as people
from teladan.web.base.requests import actor_of
from teladan.web.base.roles import role_name


@login_required
@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """The account as its owner sees it."""
    actor = actor_of(request)
    person = people.person_of(actor.account_id)
    above = person.superior_account_id if person else None
    superior = people.person_of(above) if above else None
    grants = accounts.grants_visible_to(actor, account_id=actor.account_id)
    context = {
        "card": accounts.account_card(actor.account_id),
        "person": person,
        "superior": superior,
        "grants": [(role_name(grant.role), grant) for grant in grants],
        "ways": accounts.ways_of(actor.account_id),
    }
    return render(request, "account/profile.html", context)


@login_required
@require_POST
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of this account, also the present one: for a telephone that was lost."""
    actor = actor_of(request)
    accounts.sign_out_everywhere(account_id=actor.account_id, by=actor)
    logout(request)
    messages.success(request, _("Akun Anda sudah keluar dari semua perangkat."))
    return redirect("account_login")
