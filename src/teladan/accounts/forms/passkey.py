"""Passkeys: allauth's forms with our words, made safe against every malformed answer of a browser."""

import struct
from typing import Any

from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from allauth.mfa.webauthn.internal import auth
from cryptography.exceptions import InvalidSignature
from django import forms
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor
from teladan.accounts.domain.passkey import LONGEST_NAME, add_passkey
from teladan.accounts.queries.account import actor_for
from teladan.kernel.errors import Invalid

REFUSED = _("Kunci sandi ini tidak dikenal untuk akun di sini, atau waktunya habis. Coba lagi, atau pakai kata sandi.")
NOT_ADDED = _("Perangkat ini tidak menyelesaikan pembuatan kunci sandi. Coba lagi, atau pakai perangkat lain.")
MALFORMED = (AttributeError, KeyError, TypeError, ValueError, struct.error, InvalidSignature, forms.ValidationError)


def name_field() -> forms.CharField:
    """The name by which its owner tells a passkey from others."""
    return forms.CharField(
        label=_("Nama kunci"),
        max_length=LONGEST_NAME,
        help_text=_("Agar Anda mengenalinya nanti, misalnya “Ponsel kerja”."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """The answer of a device that made a passkey, and its name. Call `is_valid()`, then `save()`: False when refused."""

    passwordless = None  # a passkey always lets in by itself, so this is no question

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()
        self.fields["credential"].error_messages["required"] = NOT_ADDED
        self.initial["name"] = ""

    def clean_name(self) -> str:
        return str(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = self.cleaned_data
        if "credential" not in cleaned:
            return cleaned
        try:
            auth.parse_registration_response(cleaned["credential"])
            binding = auth.complete_registration(cleaned["credential"])
        except MALFORMED:
            raise forms.ValidationError(NOT_ADDED, code="refused") from None
        if not binding.is_user_verified():
            raise forms.ValidationError(
                _("Kunci sandi memerlukan sidik jari, wajah, atau PIN. Pasang pengunci layar, lalu coba lagi."),
                code="unverified",
            )
        return cleaned

    def save(self) -> bool:
        """Keep the passkey; False with the reason in the form when it cannot be kept."""
        by: Actor = actor_for(self.user)
        try:
            add_passkey(name=self.cleaned_data["name"], credential=self.cleaned_data["credential"], by=by)
        except Invalid as refusal:
            self.add_error(refusal.field or None, " ".join(filter(None, [refusal.message, refusal.next_step])))
            return False
        return True


class _Careful:
    """One answer for everything that is not a good signature of a passkey we know."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"].error_messages = dict.fromkeys(("required", "invalid"), REFUSED)  # type: ignore[attr-defined]

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]  # the allauth form beside it has the method
        except MALFORMED:
            raise forms.ValidationError(REFUSED, code="refused") from None


class PasskeySignInForm(_Careful, LoginWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """Coming in with a passkey; the device says whose it is."""


class PasskeyStepForm(_Careful, AuthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A passkey instead of a code, after the password."""


class ConfirmPasskeyForm(_Careful, ReauthenticateWebAuthnForm):  # type: ignore[misc]  # allauth is untyped
    """A passkey once more before something sensitive."""


class RenamePasskeyForm(forms.Form):
    """Another name."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = name_field()
