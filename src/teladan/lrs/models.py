from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager


class StoredStatement(models.Model):
    """A statement as it was recorded: never changed. `fingerprint` tells whether another of the same id says the
    same."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "statement_id": "internal",
        "registration": "internal",
        "verb": "internal",
        "object_id": "internal",
        "timestamp": "personal",
        "stored": "internal",
        "fingerprint": "internal",
        "body": "personal",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    statement_id = models.UUIDField()
    registration = models.UUIDField(null=True)
    verb = models.CharField(max_length=200)
    object_id = models.CharField(max_length=500, blank=True)
    timestamp = models.DateTimeField()
    stored = models.DateTimeField()
    fingerprint = models.CharField(max_length=64)
    body = models.JSONField()

    objects: ClassVar[models.Manager["StoredStatement"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "statement_id"], name="lrs_statement_once"),)
        indexes = (
            models.Index(fields=["registration", "timestamp"], name="lrs_statement_registration"),
            models.Index(fields=["agency", "verb", "timestamp"], name="lrs_statement_verb"),
        )

    def __str__(self) -> str:
        return f"statement {self.statement_id}"
