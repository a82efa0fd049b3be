"""Who somebody is at an outside provider."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from teladan.accounts.models.account import Account
from teladan.kernel import clock


class SsoLink(models.Model):
    """An account and the person at the provider to whom it belongs, made when a verified claim first matched. The
    provider's own name of the person (`subject`) never changes hands, as a NIP or an address may."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "account": "internal",
        "issuer": "internal",
        "subject": "personal",
        "linked_at": "internal",
    }

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[models.Manager["SsoLink"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="accounts_sso_link_of_subject"),
            models.UniqueConstraint(fields=["account", "issuer"], name="accounts_sso_link_of_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} at {self.issuer}"
