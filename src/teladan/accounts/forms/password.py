"""Setting a password: with an activation code, or by knowing the present one."""

from typing import Any
from uuid import UUID

from allauth.account.forms import ChangePasswordForm
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from teladan.accounts.adapter import Adapter
from teladan.accounts.domain.activation import activate
from teladan.accounts.domain.sign_in import network, password_limits
from teladan.accounts.domain.throttle import count_attempt, forgive_attempt
from teladan.accounts.forms.sign_in import password_field
from teladan.accounts.validators import normal_login
from teladan.kernel.errors import Invalid, TooMany

ADVICE = _("Sedikitnya 10 karakter dan tidak mudah ditebak. Rangkaian beberapa kata lebih mudah diingat.")
DIFFERENT = _("Kedua kata sandi tidak sama.")


class ActivationForm(forms.Form):
    """A code and a new password. Call `is_valid()`, then `save()`: it is False when the code was refused, and then the
    form carries the reason."""

    login = forms.CharField(
        label=_("NIP atau nama pengguna"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    code = forms.CharField(
        label=_("Kode aktivasi"),
        max_length=40,
        help_text=_("Dari bagian kepegawaian, misalnya 7K4P-9WQX-H2MD. Huruf besar dan kecil sama saja."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    password = password_field(label=_("Kata sandi baru"), autocomplete="new-password", help_text=ADVICE)
    password_again = password_field(label=_("Kata sandi baru sekali lagi"), autocomplete="new-password")

    account_id: UUID | None = None

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_login(self) -> str:
        return normal_login(self.cleaned_data["login"])

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, second = cleaned.get("password"), cleaned.get("password_again")
        if first and second and first != second:
            self.add_error("password_again", DIFFERENT)
        return cleaned

    def save(self) -> bool:
        """Set the password; True when it is done (`account_id` tells whose). The person then signs in with it."""
        try:
            self.account_id = activate(
                login=self.cleaned_data["login"],
                code=self.cleaned_data["code"],
                password=self.cleaned_data["password"],
                address=network(Adapter(self.request).get_client_ip(self.request)),
            )
        except TooMany as refusal:
            self.add_error(None, refusal.message)
        except Invalid as refusal:
            self.add_error(refusal.field or None, " ".join(filter(None, [refusal.message, refusal.next_step])))
        return self.account_id is not None


class NewPasswordForm(ChangePasswordForm):  # type: ignore[misc]  # allauth is untyped
    """The present password and a new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = password_field(label=_("Kata sandi sekarang"), autocomplete="current-password")
        self.fields["password1"] = password_field(
            label=_("Kata sandi baru"), autocomplete="new-password", help_text=ADVICE
        )
        self.fields["password2"] = password_field(label=_("Kata sandi baru sekali lagi"), autocomplete="new-password")

    def clean_oldpassword(self) -> str:
        limits = password_limits(self.user.id)
        try:
            count_attempt(limits)
        except TooMany as refusal:
            raise forms.ValidationError(refusal.message, code="too_many") from None
        old = str(super().clean_oldpassword())
        forgive_attempt(limits)
        return old

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        password_validation.validate_password(password, self.user)
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = forms.Form.clean(self) or {}
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", DIFFERENT)
        return cleaned
