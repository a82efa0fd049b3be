"""Official texts of regulations, as an agency has imported them."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from teladan.kernel.ids import uuid7


class OfficialText(models.Model):
    """The official text of a regulation in one form (`kind` pdf or txt), for the people of one agency. `text` is what is
    searched; a PDF has none."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "regulation": "public",
        "kind": "internal",
        "blob_id": "internal",
        "name": "internal",
        "size": "internal",
        "sha256": "internal",
        "text": "public",
        "imported_at": "internal",
        "imported_by": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    regulation = models.CharField(max_length=80)  # a key of the rulebook
    kind = models.CharField(max_length=8)
    blob_id = models.UUIDField()
    name = models.CharField(max_length=150)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    imported_at = models.DateTimeField()
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects: ClassVar[models.Manager["OfficialText"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agency", "regulation", "kind"], name="library_one_text_of_a_kind"),
        )

    def __str__(self) -> str:
        return f"{self.regulation} {self.kind}"
