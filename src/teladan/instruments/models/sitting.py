from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django_scopes import ScopedManager

from teladan.instruments.enums import SittingState
from teladan.kernel.ids import uuid7


class AnswerKey(models.Model):
    """A key sheet, named by its content. Shared by all agencies; written once, never changed."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "digest": "internal",
        "course_key": "public",
        "course_version": "public",
        "lines": "internal",
    }

    digest = models.CharField(max_length=64, primary_key=True)
    course_key = models.CharField(max_length=60)
    course_version = models.CharField(max_length=20)
    lines = models.JSONField()

    def __str__(self) -> str:
        return f"{self.course_key} {self.course_version} {self.digest[:12]}"


class Sitting(models.Model):
    """One person at one attempt of one test. While it is open its answers are rows; finishing folds them into
    `vector`."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "account": "personal",
        "context": "personal",
        "course_key": "public",
        "course_version": "public",
        "test_key": "public",
        "title": "public",
        "form": "internal",
        "attempt": "personal",
        "seed": "internal",
        "answer_key": "internal",
        "questions": "personal",
        "pass_mark": "public",
        "state": "personal",
        "started_at": "personal",
        "deadline_at": "personal",
        "finished_at": "personal",
        "score": "personal",
        "maximum": "personal",
        "vector": "personal",
        "seconds": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False
    )  # the unique constraint begins with it
    context = models.UUIDField()  # what it is sat for, such as an enrolment
    course_key = models.CharField(max_length=60)
    course_version = models.CharField(max_length=20)
    test_key = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    form = models.CharField(max_length=10)
    attempt = models.PositiveSmallIntegerField()
    seed = models.BigIntegerField()
    answer_key = models.ForeignKey(AnswerKey, on_delete=models.PROTECT, related_name="+", db_index=False)
    questions = models.JSONField()  # [[item key, [option keys in the order shown]], ...]
    pass_mark = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in SittingState])
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    score = models.PositiveSmallIntegerField(null=True)
    maximum = models.PositiveSmallIntegerField()
    vector = models.BinaryField(null=True)
    seconds = models.BinaryField(null=True)

    objects: ClassVar[models.Manager["Sitting"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "context", "test_key", "attempt"], name="instruments_sitting_once"
            ),
            models.CheckConstraint(
                condition=Q(state=SittingState.OPEN, finished_at=None, score=None, vector=None)
                | (
                    ~Q(state=SittingState.OPEN)
                    & Q(finished_at__isnull=False, vector__isnull=False, score__isnull=False)
                ),
                name="instruments_sitting_scored_when_over",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=F("maximum")), name="instruments_sitting_score"
            ),
        )
        indexes = (
            models.Index(fields=["context", "test_key"], name="instruments_sitting_of"),
            models.Index(fields=["deadline_at"], condition=Q(state=SittingState.OPEN), name="instruments_sitting_open"),
        )

    def __str__(self) -> str:
        return f"sitting {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == SittingState.OPEN


class Answer(models.Model):
    """The latest answer to one question of an open sitting. An empty choice is an answer taken back. `revision`
    orders the saves of all devices: only a newer one replaces."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "sitting": "personal",
        "number": "personal",
        "choice": "personal",
        "revision": "internal",
        "milliseconds": "personal",
        "saved_at": "personal",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveSmallIntegerField()  # from 1
    choice = models.CharField(max_length=20, blank=True)
    revision = models.BigIntegerField()
    milliseconds = models.IntegerField()  # time spent on the question, summed over its saves
    saved_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Answer"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["sitting", "number"], name="instruments_answer_once"),)

    def __str__(self) -> str:
        return f"answer {self.number} of {self.sitting_id}"
