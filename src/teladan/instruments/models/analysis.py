from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager


class Analysis(models.Model):
    """The figures of one test for one subject (a cohort, a version of a course), as they were last computed from `n`
    sittings by `method`. A copy that can be thrown away: everything in it follows from the sittings."""

    PRIVACY: ClassVar[dict[str, str]] = {
        "id": "internal",
        "agency": "internal",
        "subject": "internal",
        "test_key": "public",
        "n": "internal",
        "method": "internal",
        "figures": "internal",
        "made_at": "internal",
    }

    agency = models.ForeignKey("accounts.Agency", on_delete=models.PROTECT, related_name="+", db_index=False)
    subject = models.CharField(max_length=120)
    test_key = models.CharField(max_length=60)
    n = models.PositiveIntegerField()
    method = models.PositiveSmallIntegerField()
    figures = models.JSONField()
    made_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Analysis"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["agency", "subject", "test_key"], name="instruments_analysis_once"),
        )

    def __str__(self) -> str:
        return f"analysis of {self.test_key} for {self.subject}"
