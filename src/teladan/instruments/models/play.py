from typing import ClassVar

from django.conf import settings
from django.db import models
from django_scopes import ScopedManager

from teladan.instruments.enums import PlayState
from teladan.kernel.ids import uuid7


class ScenePlay(models.Model):
    """One person's way through a scene. Beginning again makes a further play; the earlier ones stay."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "account": "personal",
        "context": "personal",
        "scene_key": "public",
        "scene_version": "public",
        "attempt": "personal",
        "state": "personal",
        "started_at": "personal",
        "finished_at": "personal",
        "score_bp": "personal",
        "ending": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    context = models.UUIDField()
    scene_key = models.CharField(max_length=80)
    scene_version = models.PositiveIntegerField()
    attempt = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=[(s.value, s.value) for s in PlayState], default=PlayState.OPEN)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    score_bp = models.PositiveIntegerField(null=True)  # hundredths of a percent
    ending = models.CharField(max_length=80, blank=True)  # the node where it ended

    objects: ClassVar[models.Manager["ScenePlay"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["account", "context", "scene_key", "attempt"], name="instruments_play_once"
            ),
        )
        indexes = (models.Index(fields=["context", "scene_key"], name="instruments_play_of"),)

    def __str__(self) -> str:
        return f"play {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == PlayState.OPEN


class SceneChoice(models.Model):
    """One choice of a play. Never overwritten; the score is the key's at that moment, the choice can be scored anew."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "play": "personal",
        "step": "personal",
        "node": "personal",
        "choice": "personal",
        "score_bp": "personal",
        "chosen_at": "personal",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    play = models.ForeignKey(ScenePlay, on_delete=models.CASCADE, related_name="+", db_index=False)
    step = models.PositiveSmallIntegerField()  # from 1
    node = models.CharField(max_length=80)
    choice = models.CharField(max_length=20)
    score_bp = models.PositiveIntegerField()
    chosen_at = models.DateTimeField()

    objects: ClassVar[models.Manager["SceneChoice"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["play", "step"], name="instruments_choice_once"),)

    def __str__(self) -> str:
        return f"step {self.step} of {self.play_id}"
