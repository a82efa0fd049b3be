"""The agency: the border that nothing crosses unless it is shared."""

from django.db import models

from teladan.accounts.zones import ZONES
from teladan.kernel import clock
from teladan.kernel.ids import uuid7


class Agency(models.Model):
    """A public agency (instansi). Everything of an agency points here; the agency itself has no scope."""

    PRIVACY = {
        "id": "public",
        "name": "public",
        "short_name": "public",
        "slug": "public",
        "zone": "public",
        "letter_name": "public",
        "is_demo": "public",
        "created_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=200)
    short_name = models.CharField(max_length=50)
    slug = models.SlugField(max_length=50, unique=True)
    zone = models.CharField(max_length=40, choices=[(zone, f"{zone} ({label})") for zone, label in ZONES.items()])
    letter_name = models.CharField(max_length=200, blank=True)  # as the letterhead writes it; empty: `name`
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.short_name
