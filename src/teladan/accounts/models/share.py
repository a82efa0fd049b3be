"""What an agency lets another one read."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from teladan.accounts.models.account import Account
from teladan.kernel import clock
from teladan.kernel.ids import uuid7


class Share(models.Model):
    """Named fields of one thing of `agency`, readable by `with_agency` for a purpose until a moment."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "with_agency": "internal",
        "object_type": "internal",
        "object_id": "internal",
        "fields": "internal",
        "purpose": "internal",
        "until": "internal",
        "given_by": "internal",
        "given_at": "internal",
        "ended_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    with_agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    object_type = models.CharField(max_length=60)  # such as "learning.cohort"
    object_id = models.UUIDField()
    fields = models.JSONField(default=list)
    purpose = models.CharField(max_length=500)
    until = models.DateTimeField()
    given_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Share"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = [models.Index(fields=["with_agency", "object_type", "object_id"], name="accounts_share_received")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(agency=models.F("with_agency")), name="accounts_share_with_another_agency"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.object_type} {self.object_id} until {self.until:%Y-%m-%d}"
