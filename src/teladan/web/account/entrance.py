"""Coming in: with a password, with an activation code, and with one click in a demo on one's own machine."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from allauth.account.views import LoginView
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from teladan.accounts import api as accounts
from teladan.accounts.forms.password import ActivationForm
from teladan.kernel.errors import NotFound
from teladan.people import api as people


@dataclass(frozen=True, kw_only=True)
class Guided:
    """One account of the demo as the sign-in page offers it."""

    id: UUID
    note: str
    name: str
    place: str  # position and unit, or the agency for somebody without a post


class SignIn(LoginView):  # type: ignore[misc]  # allauth is untyped
    """NIP, login name or e-mail, and password. A refusal keeps what was typed, except the password."""

    template_name = "account/login.html"

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)
        response.status_code = 429 if form.retry_at else 422
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"guided": guided(self.request), "providers": accounts.sso_providers()}


def guided(request: HttpRequest) -> list[Guided]:
    """The accounts that a demo offers, with their posts; empty elsewhere."""
    cards = accounts.demo_accounts(request)
    by_agency: dict[UUID, list[UUID]] = defaultdict(list)
    for card in cards:
        by_agency[card.agency_id].append(card.id)
    posts: dict[UUID, people.PersonCard] = {}
    for agency_id, ids in by_agency.items():
        with accounts.agency_scope(agency_id):
            posts |= people.cards_of(ids)
    return [
        Guided(id=card.id, note=card.note, name=card.name, place=_place(posts.get(card.id)) or card.agency_name)
        for card in cards
    ]


def _place(person: people.PersonCard | None) -> str:
    return ", ".join(filter(None, (person.position, person.unit_name))) if person else ""


@never_cache
@require_POST
def demo(request: HttpRequest) -> HttpResponse:
    """Come in as one of the guided accounts. Outside a demo on one's own machine this page does not exist."""
    try:
        account_id = UUID(request.POST.get("akun", ""))
    except ValueError:
        raise NotFound(_("Halaman ini tidak ditemukan.")) from None
    accounts.demo_sign_in(request, account_id)
    wish = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wish, {request.get_host()}, require_https=request.is_secure())
    return redirect(wish if is_ours else settings.LOGIN_REDIRECT_URL)


@sensitive_post_parameters("password", "password_again", "code")
@never_cache
@require_http_methods(["GET", "POST"])
def activate(request: HttpRequest) -> HttpResponse:
    """The first or a new password, with a code from the personnel office; then one signs in with it."""
    form = ActivationForm(request.POST if request.method == "POST" else None, request=request)
    if request.method == "POST" and form.is_valid() and form.save():
        messages.success(request, _("Kata sandi Anda sudah terpasang. Silakan masuk dengan kata sandi itu."))
        return redirect("account_login")
    return render(request, "account/activate.html", {"form": form}, status=422 if form.errors else 200)
