"""Counted attempts."""

from django.db import models


class Throttle(models.Model):
    """Attempts of one action by one key (kept as a hash) until `window_ends`. Of no agency: it counts strangers too."""

    PRIVACY = {
        "id": "internal",
        "action": "internal",
        "key_hash": "internal",
        "attempts": "internal",
        "window_ends": "internal",
    }

    id = models.BigAutoField(primary_key=True)
    action = models.CharField(max_length=40)
    key_hash = models.CharField(max_length=64)
    attempts = models.PositiveIntegerField(default=0)
    window_ends = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "key_hash"], name="accounts_throttle_key")]

    def __str__(self) -> str:
        return f"{self.action}: {self.attempts}"
