"""Tasks and notices: projections of what higher engines ask for, keyed by `source`, so that asking twice asks once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from teladan.desk.enums import TaskState
from teladan.kernel.ids import uuid7


class Task(models.Model):
    """Something a person is asked to do."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "assignee": "personal",
        "source": "internal",
        "kind": "internal",
        "title": "personal",
        "reason": "personal",
        "url": "internal",
        "due_at": "personal",
        "due_reason": "internal",
        "state": "personal",
        "made_at": "internal",
        "settled_at": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=120)
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    reason = models.CharField(max_length=500)
    url = models.CharField(max_length=300)
    due_at = models.DateTimeField(null=True)
    due_reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=[(s.value, s.value) for s in TaskState], default=TaskState.OPEN)
    made_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Task"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["assignee", "source"], name="desk_task_once_per_source"),)
        indexes = (
            models.Index(fields=["assignee", "state", "due_at"], name="desk_task_of_person"),
            models.Index(fields=["source"], name="desk_task_of_source"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Notice(models.Model):
    """A piece of news for a person; read or not."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "account": "personal",
        "source": "internal",
        "title": "personal",
        "text": "personal",
        "url": "internal",
        "share_text": "personal",
        "made_at": "internal",
        "read_at": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    source = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    url = models.CharField(max_length=300)
    share_text = models.CharField(max_length=1000, blank=True)
    made_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["Notice"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["account", "source"], name="desk_notice_once_per_source"),)
        indexes = (models.Index(fields=["account", "read_at", "made_at"], name="desk_notice_of_person"),)

    def __str__(self) -> str:
        return f"notice {self.pk}"
