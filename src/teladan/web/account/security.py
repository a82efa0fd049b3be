"""allauth's pages for passwords and the second factor, with our words, our answers to bad input and our way back."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.views import PasswordChangeView, ReauthenticateView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeReauthenticateView
from allauth.mfa.totp.views import ActivateTOTPView
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from teladan.accounts import api as accounts


class Refusing:
    """A form that was not accepted answers 422, as every page of ours does."""

    def form_invalid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_invalid(form)  # type: ignore[misc]  # the allauth view beside it has it
        response.status_code = 422
        return response


class Code(Refusing, AuthenticateView):  # type: ignore[misc]  # allauth is untyped
    """The second step of signing in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"has_passkeys": bool(accounts.ways_of(self.stage.login.user.id).passkeys)}


class Confirming(Refusing):
    """Confirming needs something to confirm with: an account with neither password nor authenticator goes home."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not get_adapter(request).get_reauthentication_methods(request.user):
            return redirect("account:profile")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # as above
        return response


class ConfirmPassword(Confirming, ReauthenticateView):  # type: ignore[misc]  # allauth is untyped
    """The password once more before something sensitive."""


class ConfirmCode(Confirming, CodeReauthenticateView):  # type: ignore[misc]  # allauth is untyped
    """A code once more before something sensitive."""


class SwitchOnCodes(Refusing, ActivateTOTPView):  # type: ignore[misc]  # allauth is untyped
    """Tie an authenticator to the account."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        secret = str(context["form"].secret)
        return context | {"secret": " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))}


class ChangePassword(Refusing, PasswordChangeView):  # type: ignore[misc]  # allauth is untyped
    """A new password by knowing the present one."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = request.user
        if user.is_authenticated and not user.has_usable_password():
            messages.warning(
                request,
                _("Akun ini belum punya kata sandi. Pasang lewat halaman aktivasi, dengan kode dari kepegawaian."),
            )
            return redirect("account:profile")
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def get_default_success_url(self) -> str:
        return reverse("account:profile")
