"""Signing in: allauth's form with our words, and refusals shown beside what was typed."""

from datetime import datetime
from typing import Any

from allauth.account.forms import LoginForm, ReauthenticateForm
from django import forms
from django.utils.translation import gettext_lazy as _

from teladan.accounts.adapter import Adapter
from teladan.accounts.validators import PASSWORD_MAX_LENGTH, normal_login
from teladan.kernel.errors import TooMany


class SignInForm(LoginForm):  # type: ignore[misc]  # allauth is untyped
    """Login (NIP, chosen login or e-mail) and password. `retry_at` is set when there were too many attempts."""

    retry_at: datetime | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"] = forms.CharField(
            label=_("NIP, nama pengguna, atau e-mail"),
            max_length=254,
            widget=forms.TextInput(
                attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
            ),
        )
        self.fields["password"] = password_field(label=_("Kata sandi"), autocomplete="current-password")
        if "remember" in self.fields:
            self.fields["remember"].label = _("Tetap masuk di perangkat ini")
            self.fields["remember"].help_text = _("Jangan dipilih pada perangkat yang dipakai bersama.")
        self.order_fields(["login", "password", "remember"])

    def clean_login(self) -> str:
        return normal_login(self.cleaned_data["login"])

    def user_credentials(self) -> dict[str, str]:
        return {"username": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def clean(self) -> dict[str, Any]:
        try:
            cleaned: dict[str, Any] = super().clean()
        except TooMany as refusal:
            self.retry_at = refusal.retry_at
            raise forms.ValidationError(refusal.message, code="too_many") from None
        if self.user is not None and not self.user.is_active:
            raise forms.ValidationError(Adapter.error_messages["account_inactive"], code="account_inactive")
        return cleaned


class ConfirmPasswordForm(ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The present password once more, before something sensitive."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"] = password_field(label=_("Kata sandi Anda"), autocomplete="current-password")

    def clean_password(self) -> str:
        try:
            return str(super().clean_password())
        except TooMany as refusal:
            raise forms.ValidationError(refusal.message, code="too_many") from None


def password_field(*, label: Any, autocomplete: str, help_text: Any = "") -> forms.CharField:
    """A password input that keeps spaces and never shows again what was typed."""
    return forms.CharField(
        label=label,
        strip=False,
        max_length=PASSWORD_MAX_LENGTH,
        help_text=help_text,
        widget=forms.PasswordInput(attrs={"autocomplete": autocomplete}),
    )
