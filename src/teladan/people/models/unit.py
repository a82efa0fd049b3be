"""Units of an agency and where they stood before."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from teladan.kernel.ids import uuid7


class Unit(models.Model):
    """A unit (OPD, bagian, puskesmas) below another one, or at the top. `parent` is where it stands now."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "code": "internal",
        "name": "public",
        "kind": "internal",
        "parent": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    code = models.CharField(max_length=50)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=50, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")

    objects: ClassVar[models.Manager["Unit"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["agency", "code"], name="people_unit_code"),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")), name="people_unit_not_below_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UnitMove(models.Model):
    """Before the day `until`, `unit` stood below `parent` (None: at the top). The latest place is on the unit
    itself."""

    PRIVACY = {"id": "internal", "agency": "internal", "unit": "internal", "parent": "internal", "until": "internal"}

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.CASCADE, related_name="+")
    parent = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="+")
    until = models.DateField()

    objects: ClassVar[models.Manager["UnitMove"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "until"], name="people_unit_move_once_a_day")]

    def __str__(self) -> str:
        return f"{self.unit_id} until {self.until}"
