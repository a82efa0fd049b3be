"""Documents and the counters that number them."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from teladan.kernel.ids import code, uuid7


class Counter(models.Model):
    """The last number given out in a series of one agency and year."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "series": "internal",
        "year": "internal",
        "last": "internal",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects: ClassVar[models.Manager["Counter"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["agency", "series", "year"], name="letters_counter_once"),)

    def __str__(self) -> str:
        return f"{self.series}/{self.year}: {self.last}"


class Document(models.Model):
    """A numbered document. What it says is frozen in `data`; the PDF made again from it is the same, byte for byte."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "public",
        "template": "internal",
        "subject": "internal",
        "series": "internal",
        "number": "public",
        "code": "public",
        "title": "public",
        "data": "personal",
        "public": "public",
        "issued_at": "public",
        "issued_by_id": "internal",
        "revoked_at": "public",
        "revoked_reason": "public",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    series = models.CharField(max_length=40)
    number = models.CharField(max_length=80)
    code = models.CharField(max_length=16, unique=True, default=code)
    title = models.CharField(max_length=200)
    data = models.JSONField()
    public = models.JSONField()
    issued_at = models.DateTimeField()
    issued_by_id = models.UUIDField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["Document"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agency", "template", "subject"], name="letters_document_once"),
            models.UniqueConstraint(fields=["agency", "number"], name="letters_number_once"),
        )

    def __str__(self) -> str:
        return self.number
