"""The second factor: allauth's forms with our words and attempts counted for all processes together."""

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.utils.translation import gettext_lazy as _

from teladan.accounts.domain.sign_in import second_factor_limits, used_code_limit
from teladan.accounts.domain.throttle import count_attempt, forgive_attempt
from teladan.kernel.errors import TooMany


class _Counted:
    """Counts each code typed before it is looked at."""

    user: Any
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"] = forms.CharField(
            label=_("Kode"),
            max_length=20,
            help_text=_("Enam angka dari aplikasi autentikator, atau satu kode cadangan."),
            widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
        )

    def clean_code(self) -> str:
        limits = second_factor_limits(self.user.id)
        try:
            count_attempt(limits)
        except TooMany as refusal:
            raise forms.ValidationError(refusal.message, code="too_many") from None
        code = str(super().clean_code())  # type: ignore[misc]  # the allauth form beside it has the method
        forgive_attempt(limits)
        return code


class _Once(_Counted):
    """Takes each code once only, in whichever process. allauth remembers it in the memory of its own."""

    def clean_code(self) -> str:
        code = super().clean_code()
        try:
            count_attempt([used_code_limit(self.user.id, code)])
        except TooMany:
            raise forms.ValidationError(_("Kode ini sudah dipakai. Tunggu kode berikutnya."), code="used") from None
        return code


class CodeForm(_Once, AuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """The second step of signing in."""


class ConfirmCodeForm(_Once, ReauthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """A code before something sensitive."""


class SwitchOnCodesForm(_Once, ActivateTOTPForm):  # type: ignore[misc]  # allauth is untyped
    """The first code of a new authenticator. It counts as used: the next sign-in needs the next one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = _("Enam angka yang sekarang tampil di aplikasi autentikator.")
