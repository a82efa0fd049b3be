"""Clips that an agency adds to a class."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from teladan.kernel.ids import uuid7


class Clip(models.Model):
    """A video or sound for one cohort, with captions and transcript; its bytes are blobs of `files`."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "cohort": "internal",
        "title": "internal",
        "transcript": "internal",
        "media_id": "internal",
        "captions_id": "internal",
        "added_by": "internal",
        "added_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120)
    transcript = models.TextField(max_length=20_000)
    media_id = models.UUIDField()
    captions_id = models.UUIDField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Clip"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = (models.Index(fields=["cohort", "added_at"], name="learning_clip_of"),)

    def __str__(self) -> str:
        return self.title
