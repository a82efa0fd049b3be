"""What was handed over. The database's own full-text index follows this table (see `backends`)."""

from typing import ClassVar

from django.db import models

from teladan.search.data import Audience


class Document(models.Model):
    """One document; `agency_id` None belongs to everybody. What is searched stands in `title_stems`, `text_stems` and
    `words` (those that differ from their stem, each once)."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "source": "internal",
        "key": "internal",
        "agency_id": "internal",
        "kind": "internal",
        "audience": "internal",
        "permission": "internal",
        "owner_id": "internal",
        "scope_id": "internal",
        "title": "personal",
        "caption": "personal",
        "text": "personal",
        "address": "internal",
        "dated_on": "personal",
        "title_stems": "personal",
        "text_stems": "personal",
        "words": "personal",
        "digest": "internal",
    }

    id = models.BigAutoField(primary_key=True)
    source = models.CharField(max_length=40)
    key = models.CharField(max_length=200)
    agency_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=20)
    audience = models.CharField(max_length=10, choices=[(a.value, a.value) for a in Audience])
    permission = models.CharField(max_length=60, blank=True)
    owner_id = models.UUIDField(null=True)
    scope_id = models.UUIDField(null=True)
    title = models.CharField(max_length=300)
    caption = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    address = models.CharField(max_length=300)
    dated_on = models.DateField(null=True)
    title_stems = models.TextField()
    text_stems = models.TextField(blank=True)
    words = models.TextField(blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["source", "key"], name="search_document_once"),)
        indexes = (models.Index(fields=["source", "agency_id"], name="search_document_of_source"),)

    def __str__(self) -> str:
        return f"{self.source} {self.key}"
