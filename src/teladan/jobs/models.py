"""Messages, their deliveries, the schedule and the keys of posts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from teladan.kernel import clock
from teladan.kernel.ids import uuid7


class Message(models.Model):
    """Something to be told: an event that happened, or a task to be done. Written in the transaction that caused it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=120)
    agency_id = models.UUIDField(null=True, db_index=True)
    payload = models.JSONField()
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "name": "internal",
        "agency_id": "internal",
        "payload": "internal",
        "created_at": "internal",
    }

    def __str__(self) -> str:
        return self.name


class Delivery(models.Model):
    """One message on its way to one receiver."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"  # under a lease; a lease that ran out counts as waiting
        DONE = "done"
        PARKED = "parked"  # tried often enough; waits for a person

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="deliveries")
    receiver = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    run_at = models.DateTimeField(default=clock.now)
    unique = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    finished_at = models.DateTimeField(null=True)

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "message": "internal",
        "receiver": "internal",
        "state": "internal",
        "run_at": "internal",
        "unique": "internal",
        "attempts": "internal",
        "lease": "internal",
        "lease_until": "internal",
        "error": "internal",
        "finished_at": "internal",
    }

    class Meta:
        constraints: ClassVar = [
            # A retry is no longer "the one waiting": work announced during it must not be swallowed by it.
            models.UniqueConstraint(
                fields=["receiver", "unique"],
                condition=Q(state="waiting", attempts=0) & ~Q(unique=""),
                name="jobs_one_waiting",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["run_at"], condition=Q(state="waiting"), name="jobs_due"),
            models.Index(fields=["lease_until"], condition=Q(state="running"), name="jobs_leased"),
            models.Index(fields=["finished_at"], condition=Q(state="done"), name="jobs_done"),
            models.Index(fields=["receiver"], condition=Q(state="parked"), name="jobs_parked"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} ({self.state})"


class Schedule(models.Model):
    """When a scheduled function is next due. The row's lock lets one worker alone announce a tick."""

    name = models.CharField(primary_key=True, max_length=120)
    rhythm = models.CharField(max_length=40)
    next_at = models.DateTimeField(db_index=True)

    PRIVACY: ClassVar[dict[str, str]] = {"name": "internal", "rhythm": "internal", "next_at": "internal"}

    def __str__(self) -> str:
        return self.name


class Post(models.Model):
    """The key of a form post and what came of it, so that a repetition counts once."""

    account_id = models.UUIDField()
    key = models.CharField(max_length=100)
    purpose = models.CharField(max_length=120)
    result = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=clock.now, db_index=True)

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "account_id": "personal",
        "key": "internal",
        "purpose": "internal",
        "result": "internal",
        "created_at": "internal",
    }

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["account_id", "key"], name="jobs_post_once")]

    def __str__(self) -> str:
        return self.purpose
