"""Passkeys: coming in with one, adding, naming and removing them. allauth speaks with the browser; here are our words,
our answers to bad input, and our rule that nobody removes their last way in."""

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teladan.accounts import api as accounts
from teladan.accounts.forms.passkey import RenamePasskeyForm
from teladan.kernel.errors import Invalid, NotFound
from teladan.web.account.security import Confirming, Refusing
from teladan.web.base.confirm import confirmed
from teladan.web.base.requests import actor_of


class PasskeySignIn(LoginWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """Coming in: a challenge for a script (GET), the signed answer (POST)."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if get_adapter(request).is_ajax(request):
            accounts.count_attempt(accounts.passkey_limits(get_adapter(request).get_client_ip(request)))
        response: HttpResponse = super().get(request, *args, **kwargs)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        """Back to the sign-in page, which says why and has the password beside it."""
        response: HttpResponse = super().form_invalid(form)
        if wish := self.request.POST.get("next"):
            # Not "?next=" first: that is how a page for members sends strangers away, and would read as "signed out".
            return redirect(f"{reverse('account_login')}?{urlencode({'cara': 'kunci', 'next': wish}, safe='/')}")
        return response


class AddPasskey(Refusing, AddWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """Make a passkey on this device and name it."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        creation_options = auth.begin_registration(self.request.user, True)
        return context | {"js_data": {"creation_options": creation_options}} | kwargs  # theirs drops a refused form

    def form_valid(self, form: Any) -> HttpResponse:
        if not form.save():
            return self.form_invalid(form)
        messages.success(self.request, _("Kunci sandi tersimpan. Kata sandi Anda tetap berlaku."))
        return redirect("account:passkeys")


class ConfirmPasskey(Confirming, ReauthenticateWebAuthnView):  # type: ignore[misc]  # allauth is untyped
    """A passkey once more before something sensitive."""

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)  # type: ignore[no-any-return]


@login_required
@require_GET
def passkeys(request: HttpRequest) -> HttpResponse:
    """One's passkeys."""
    return render(request, "account/passkeys.html", {"passkeys": accounts.passkeys_of(actor_of(request))})


@login_required
@confirmed
@require_http_methods(["GET", "POST"])
def passkey(request: HttpRequest, passkey_id: int) -> HttpResponseBase:
    """One passkey: its name, and the way to be rid of it."""
    actor = actor_of(request)
    card = next((one for one in accounts.passkeys_of(actor) if one.id == passkey_id), None)
    if card is None:
        raise NotFound(
            _("Kunci sandi ini tidak ada pada akun Anda."), next_step=_("Lihat daftarnya di halaman akun Anda.")
        )
    form = RenamePasskeyForm(request.POST if request.method == "POST" else None, initial={"name": card.name})
    if request.method == "POST" and form.is_valid():
        try:
            accounts.rename_passkey(passkey_id=passkey_id, name=form.cleaned_data["name"], by=actor)
        except Invalid as refusal:
            form.add_error("name", refusal.message)
        else:
            messages.success(request, _("Nama kunci sandi disimpan."))
            return redirect("account:passkeys")
    return render(request, "account/passkey.html", {"card": card, "form": form}, status=422 if form.errors else 200)


@login_required
@confirmed
@require_POST
def remove(request: HttpRequest, passkey_id: int) -> HttpResponseBase:
    """Forget a passkey here; the device may still show it."""
    accounts.remove_passkey(passkey_id=passkey_id, by=actor_of(request))
    messages.success(request, _("Kunci sandi dilepas. Hapus juga dari perangkatnya bila masih tampil di sana."))
    return redirect(reverse("account:passkeys"))
