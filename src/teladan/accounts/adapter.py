"""The seam to django-allauth: closed sign-up, sign-in by NIP, login name or e-mail, counted attempts, no e-mail."""

import base64
import hashlib
from typing import Any

import segno
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor
from teladan.accounts.domain.account import change_password, note_sign_in
from teladan.accounts.domain.sign_in import sign_in_limits
from teladan.accounts.domain.throttle import count_attempt, forgive_attempt
from teladan.accounts.models import Account
from teladan.accounts.queries.account import account_by_login
from teladan.accounts.validators import mask_login

WRONG = _("NIP, nama pengguna, e-mail, atau kata sandi tidak cocok. Periksa lagi penulisannya.")
WRONG_CODE = _("Kode tidak cocok. Pakai kode terbaru dari aplikasi autentikator Anda.")


def display_name(account: Account) -> str:
    """How pages name an account: by the name of its owner, never by the login."""
    return account.name


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """Accounts are opened by the agency, so nobody signs up; nothing is ever mailed."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": WRONG,
        "email_password_mismatch": WRONG,
        "invalid_login": WRONG,
        "incorrect_password": _("Kata sandi tidak cocok."),
        "enter_current_password": _("Kata sandi Anda yang sekarang tidak cocok."),
        "incorrect_code": WRONG_CODE,
        "account_inactive": _("Akun Anda dinonaktifkan. Hubungi bagian kepegawaian instansi Anda."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Nothing: agencies without a mail server are the rule, and no path depends on one."""

    def get_client_ip(self, request: HttpRequest) -> str:
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return "unknown"  # a server behind a Unix socket: all strangers are then counted as one place

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Account | None:
        """The account that login and password name, closed ones included. TooMany before any password is looked at.
        One password is hashed whether the login exists or not, so that the time taken does not tell."""
        typed = credentials.get("username") or credentials.get("email") or ""
        account = account_by_login(typed)
        login = account.username if account else typed
        found: Account | None = super().authenticate(request, username=login, password=credentials["password"])
        if found is not None:
            forgive_attempt(sign_in_limits(login, self.get_client_ip(request)))
        return found

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        count_attempt(sign_in_limits(credentials["username"], self.get_client_ip(request)))

    def login(self, request: HttpRequest, user: Account) -> None:
        method = _method(request, user)
        super().login(request, user)
        note_sign_in(account_id=user.id, method=method)

    def get_login_stages(self) -> list[str]:
        """A passkey is another way in, not a second step after the password: only codes are (`stages.SecondStep`)."""
        theirs = "allauth.mfa.stages.AuthenticateStage"
        stages = [str(stage) for stage in super().get_login_stages()]
        return ["teladan.accounts.stages.SecondStep" if stage == theirs else stage for stage in stages]

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Ways to show that it is still the same person, in our words."""
        words = {
            "reauthenticate": _("Pakai kata sandi"),
            "mfa_reauthenticate": _("Pakai kode dari aplikasi autentikator"),
            "mfa_reauthenticate:webauthn": _("Pakai kunci sandi"),
        }
        return [{**way, "description": words[way["id"]]} for way in super().get_reauthentication_methods(user)]

    def set_password(self, user: Account, password: str) -> None:
        """Through the verb; `user` carries the new hash afterwards, so that its own session can go on."""
        by = Actor(account_id=user.id, agency_id=user.agency_id, name=user.name)
        change_password(account_id=user.id, password=password, by=by)
        user.refresh_from_db()


def _method(request: HttpRequest, account: Account) -> str:
    """How somebody who is coming in showed who they are: "password", "passkey" or the method that was recorded."""
    records = get_authentication_records(request, account)
    if any(record.get("passwordless") for record in records):
        return "passkey"
    return next((str(record["method"]) for record in records if record.get("method") != "mfa"), "password")


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Secrets of the second factor are encrypted with a key from SECRET_KEY: a copy of the database alone is no use."""

    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        return _keys().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _keys().decrypt(encrypted_text.encode()).decode()

    def get_totp_label(self, user: Account) -> str:
        return user.name

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {**super().get_public_key_credential_rp_entity(), "name": "Teladan"}

    def get_public_key_credential_user_entity(self, user: Account) -> dict[str, Any]:
        """What a telephone keeps, and perhaps copies to its maker's cloud, beside a passkey: never the NIP."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "name": f"{user.name} ({mask_login(user.username)})", "display_name": user.name}

    def build_totp_svg(self, url: str) -> str:
        """Plain SVG without styles or a size of its own, readable in the dark too."""
        return segno.make(url, error="m").svg_inline(border=3, dark="#000", light="#fff", omitsize=True)


def _keys() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"teladan.second-factor" + force_bytes(secret)).digest() for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
