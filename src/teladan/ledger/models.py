"""Entries and the head of their chain. Database triggers (see the migration) hold what the classes here promise."""

from typing import Any, ClassVar, Never

from django.db import models
from django.db.models import Q

from teladan.kernel import clock
from teladan.kernel.ids import uuid7


class AppendOnly(RuntimeError):
    """An attempt to change or remove what has been recorded."""

    def __init__(self) -> None:
        super().__init__("entries of the ledger are only ever added")


class EntryQuerySet(models.QuerySet["Entry"]):
    """Reads and additions; the rest raises."""

    def update(self, **kwargs: Any) -> Never:
        raise AppendOnly

    def delete(self) -> Never:
        raise AppendOnly

    def bulk_update(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnly


class Entry(models.Model):
    """One act: who did what to which thing, when. The sequencer adds number, leaf and chain, once; that is all."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    act = models.CharField(max_length=100)
    agency_id = models.UUIDField(null=True)
    actor_id = models.UUIDField(null=True)
    subject = models.CharField(max_length=200)
    data = models.TextField()  # canonical JSON: the very characters that are hashed
    at = models.DateTimeField(default=clock.now)
    number = models.PositiveBigIntegerField(null=True, unique=True)
    leaf = models.BinaryField(null=True, max_length=32)
    chain = models.BinaryField(null=True, max_length=32)

    objects = EntryQuerySet.as_manager()

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "act": "internal",
        "agency_id": "internal",
        "actor_id": "personal",
        "subject": "internal",
        "data": "internal",
        "at": "internal",
        "number": "internal",
        "leaf": "internal",
        "chain": "internal",
    }

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["at", "id"], condition=Q(number__isnull=True), name="ledger_waiting"),
            models.Index(fields=["subject"], name="ledger_subject"),
            models.Index(fields=["agency_id", "at"], name="ledger_agency_at"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(number__isnull=True, leaf__isnull=True, chain__isnull=True)
                | Q(number__isnull=False, leaf__isnull=False, chain__isnull=False),
                name="ledger_sequenced_whole",
            )
        ]

    def __str__(self) -> str:
        return f"{self.number or '-'} {self.act} {self.subject}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Never:
        raise AppendOnly


class Head(models.Model):
    """The end of the chain, one row: its lock makes the sequencer a single one, its number shows a cut-off end."""

    number = models.PositiveBigIntegerField(default=0)
    chain = models.BinaryField(max_length=32)

    PRIVACY: ClassVar[dict[str, str]] = {"id": "internal", "number": "internal", "chain": "internal"}

    def __str__(self) -> str:
        return str(self.number)
