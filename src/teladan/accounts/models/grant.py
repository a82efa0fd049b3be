"""Roles given to accounts."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from teladan.access.api import Role
from teladan.accounts.models.account import Account
from teladan.kernel import clock
from teladan.kernel.ids import uuid7


class Grant(models.Model):
    """A role of an account, perhaps narrowed to one thing and ending at a moment. Never deleted: it is taken back."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "account": "internal",
        "role": "internal",
        "scope_id": "internal",
        "until": "internal",
        "given_by": "internal",
        "given_at": "internal",
        "revoked_by": "internal",
        "revoked_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(role.value, role.value) for role in Role])
    scope_id = models.UUIDField(null=True)
    until = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now, editable=False)
    revoked_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Grant"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "role", "scope_id"],
                condition=models.Q(revoked_at=None, scope_id__isnull=False),
                name="accounts_grant_once_per_scope",
            ),
            models.UniqueConstraint(
                fields=["account", "role"],
                condition=models.Q(revoked_at=None, scope_id__isnull=True),
                name="accounts_grant_once_per_agency",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.account_id}"
