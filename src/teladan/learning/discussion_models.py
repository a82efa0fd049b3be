"""What a class writes to each other about a page or a scene, and how far each of them has read."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from teladan.kernel.ids import uuid7

LONGEST_ENTRY = 1500  # characters


class Thread(models.Model):
    """The discussion of one cohort about one topic (`topic.Topic.key`)."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "cohort": "internal",
        "topic": "internal",
        "entries": "internal",
        "last_at": "internal",
        "closed_at": "internal",
        "closed_reason": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="+")
    topic = models.CharField(max_length=160)
    entries = models.PositiveIntegerField(default=0)  # ever written: with it a reader's news are a subtraction
    last_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_reason = models.CharField(max_length=300, blank=True)

    objects: ClassVar[models.Manager["Thread"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["cohort", "topic"], name="learning_thread_once"),)
        indexes = (models.Index(fields=["last_at"], name="learning_thread_lately"),)

    def __str__(self) -> str:
        return f"thread {self.topic}"


class Entry(models.Model):
    """What somebody wrote. Withdrawn, its words are gone; hidden, its author and the facilitators still read them."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "thread": "internal",
        "author": "personal",
        "is_by_participant": "internal",
        "answers_to": "internal",
        "text": "sensitive",
        "names_author": "personal",
        "written_at": "personal",
        "changed_at": "personal",
        "withdrawn_at": "personal",
        "pinned_at": "internal",
        "quoted_at": "internal",
        "hidden_at": "personal",
        "hidden_reason": "personal",
        "hidden_by": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    is_by_participant = models.BooleanField()
    answers_to = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")
    text = models.TextField(max_length=LONGEST_ENTRY)
    names_author = models.BooleanField()  # quoted in the report: by name, or as "peserta"
    written_at = models.DateTimeField()
    changed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    pinned_at = models.DateTimeField(null=True)
    quoted_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(null=True)
    hidden_reason = models.CharField(max_length=300, blank=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["Entry"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = (
            models.Index(fields=["thread", "answers_to"], name="learning_entry_of"),
            models.Index(fields=["written_at"], name="learning_entry_lately"),
        )

    def __str__(self) -> str:
        return f"entry {self.pk}"


class Reading(models.Model):
    """How much of a thread somebody has seen, and what they began to write there."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "thread": "internal",
        "account": "personal",
        "seen": "personal",
        "draft": "sensitive",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    seen = models.PositiveIntegerField(default=0)  # of the thread's `entries`
    draft = models.TextField(max_length=LONGEST_ENTRY, blank=True)

    objects: ClassVar[models.Manager["Reading"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["thread", "account"], name="learning_reading_once"),)

    def __str__(self) -> str:
        return f"reading {self.pk}"
