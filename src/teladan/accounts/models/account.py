"""The account (Django's user) and the codes with which its owner sets the first or a new password."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac
from django_scopes import ScopedManager

from teladan.kernel import clock
from teladan.kernel.ids import uuid7


class AccountManager(BaseUserManager["Account"]):
    """Sign-in and sessions look accounts up before any agency is known, so this manager has no scope."""


class Account(AbstractBaseUser):
    """Somebody who can come in, belonging to one agency. Made without a password; the owner sets it with a code.

    `session_mark` is part of every session's hash: counting it up signs the account out everywhere.
    """

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "username": "personal",
        "email": "personal",
        "name": "personal",
        "password": "sensitive",
        "last_login": "personal",
        "is_active": "internal",
        "must_activate": "internal",
        "session_mark": "internal",
        "demo_note": "internal",
        "demo_place": "internal",
        "created_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    username = models.CharField(max_length=64, unique=True)  # always lower case; a NIP without spaces or a chosen login
    email = models.EmailField(blank=True, db_index=True)  # always lower case
    name = models.CharField(max_length=200)
    is_active = models.BooleanField(default=True)
    must_activate = models.BooleanField(default=True)
    session_mark = models.PositiveIntegerField(default=0)
    demo_note = models.CharField(max_length=80, blank=True)  # what this account shows in a demo; empty: not offered
    demo_place = models.PositiveSmallIntegerField(default=0)  # its place among those offered
    created_at = models.DateTimeField(default=clock.now, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = AccountManager()

    class Meta:
        # Agency has no index of its own: for `agency = ? AND id IN (...)` SQLite would walk the whole agency along it.
        indexes = [models.Index(fields=["agency", "name"], name="accounts_account_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~models.Q(email=""), name="accounts_account_email_unique"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django's hash of the password, with the session mark added."""
        value = f"{self.password}:{self.session_mark}"
        return salted_hmac("teladan.accounts.session", value, secret=secret, algorithm="sha256").hexdigest()


class ActivationCode(models.Model):
    """A code handed to an account's owner. Only its hash is kept; it works once, until `expires_at`."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "account": "internal",
        "code_hash": "sensitive",
        "expires_at": "internal",
        "used_at": "internal",
        "withdrawn_at": "internal",
        "made_by": "internal",
        "made_at": "internal",
    }

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["ActivationCode"]] = ScopedManager(agency="agency")

    def __str__(self) -> str:
        return f"activation of {self.account_id}"
