"""A room in which a class works on one question together, and what was answered there."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from teladan.kernel.ids import uuid7
from teladan.learning.enums import QuestionKind, QuestionState


class Room(models.Model):
    """Opened by who leads a class; at most one of a cohort is open."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "cohort": "internal",
        "opened_by": "internal",
        "opened_at": "internal",
        "closed_at": "internal",
        "version": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    cohort = models.ForeignKey("learning.Cohort", on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)  # grows with whatever those present should see

    objects: ClassVar[models.Manager["Room"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["cohort"], condition=models.Q(closed_at=None), name="learning_room_open_once"
            ),
        )

    def __str__(self) -> str:
        return f"room {self.pk}"


class RoomQuestion(models.Model):
    """A question put to those present: a self-check or scene of the course (`key`), or one with its own options."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "room": "internal",
        "number": "internal",
        "kind": "internal",
        "key": "internal",
        "stem": "internal",
        "options": "internal",
        "state": "internal",
        "asked_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=[(k.value, k.value) for k in QuestionKind])
    key = models.CharField(max_length=80, blank=True)
    stem = models.CharField(max_length=500, blank=True)  # of a question of the facilitator's own
    options = models.JSONField(default=list)  # its options as [key, text]
    state = models.CharField(
        max_length=10, choices=[(s.value, s.value) for s in QuestionState], default=QuestionState.OPEN
    )
    asked_at = models.DateTimeField()

    objects: ClassVar[models.Manager["RoomQuestion"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["room", "number"], name="learning_room_question_once"),)

    def __str__(self) -> str:
        return f"question {self.number} of {self.room_id}"


class RoomAnswer(models.Model):
    """What one participant answered. Shown to nobody by name; counted, and to themselves."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "question": "internal",
        "enrolment": "personal",
        "choice": "sensitive",
        "given_at": "personal",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+")
    question = models.ForeignKey(RoomQuestion, on_delete=models.CASCADE, related_name="+")
    enrolment = models.ForeignKey("learning.Enrolment", on_delete=models.CASCADE, related_name="+")
    choice = models.CharField(max_length=20)
    given_at = models.DateTimeField()

    objects: ClassVar[models.Manager["RoomAnswer"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["question", "enrolment"], name="learning_room_answer_once"),)

    def __str__(self) -> str:
        return f"answer to {self.question_id}"
