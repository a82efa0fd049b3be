"""What is stored, for whom and what for. The bytes lie on disk under their hash; several rows may share them."""

from typing import ClassVar

from django.db import models

from teladan.kernel import clock
from teladan.kernel.ids import uuid7


class Blob(models.Model):
    """One stored file of one agency."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency_id = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=80)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=8)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    by_id = models.UUIDField(null=True)
    created_at = models.DateTimeField(default=clock.now)

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency_id": "internal",
        "purpose": "internal",
        "name": "personal",
        "kind": "internal",
        "size": "internal",
        "sha256": "personal",
        "by_id": "personal",
        "created_at": "internal",
    }

    def __str__(self) -> str:
        return f"{self.purpose} {self.kind}"
