from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager


class CheckAnswer(models.Model):
    """One try at a self-check. All tries are kept."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "account": "personal",
        "context": "personal",
        "item_key": "public",
        "attempt": "personal",
        "choice": "personal",
        "is_correct": "personal",
        "answered_at": "personal",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    context = models.UUIDField()
    item_key = models.CharField(max_length=80)
    attempt = models.PositiveSmallIntegerField()
    choice = models.CharField(max_length=20)
    is_correct = models.BooleanField()
    answered_at = models.DateTimeField()

    objects: ClassVar[models.Manager["CheckAnswer"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "context", "item_key", "attempt"], name="instruments_check_once"
            ),
        )
        indexes = (models.Index(fields=["context", "item_key"], name="instruments_check_of"),)

    def __str__(self) -> str:
        return f"check {self.item_key} {self.pk}"
