"""People, the positions of units, and who held which when."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from teladan.kernel.ids import uuid7
from teladan.people.enums import AppointmentKind, PersonKind, PositionKind
from teladan.people.models.unit import Unit


class Position(models.Model):
    """A position of a unit, such as "Bidan Terampil"; several people may hold it. `is_head` leads the unit."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "unit": "internal",
        "title": "public",
        "is_head": "internal",
        "kind": "internal",
        "job_family": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    is_head = models.BooleanField(default=False)
    kind = models.CharField(max_length=20, blank=True, choices=[(kind.value, kind.value) for kind in PositionKind])
    job_family = models.CharField(max_length=40, blank=True)  # a key of the courses, such as "kesehatan"

    objects: ClassVar[models.Manager["Position"]] = ScopedManager(agency="agency")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "title", "is_head"], name="people_position_once_in_a_unit")
        ]

    def __str__(self) -> str:
        return self.title


class Person(models.Model):
    """Somebody who works, or worked until `left_on`, for the agency. The NIP is unique in the whole installation."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "account": "internal",
        "name": "personal",
        "nip": "personal",
        "kind": "personal",
        "rank": "personal",
        "phone": "personal",
        "left_on": "personal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    account = models.OneToOneField("accounts.Account", models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    nip = models.CharField(max_length=18)
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in PersonKind])
    rank = models.CharField(max_length=10, blank=True)  # golongan: "III/a" of PNS, "IX" of PPPK
    phone = models.CharField(max_length=20, blank=True)
    left_on = models.DateField(null=True)

    objects: ClassVar[models.Manager["Person"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = [  # partial, so that SQLite takes it for lists only and not for `agency = ? AND nip IN (...)`
            models.Index(fields=["agency", "name"], condition=models.Q(left_on=None), name="people_person_list")
        ]
        constraints = [models.UniqueConstraint(fields=["nip"], name="people_person_nip")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """Somebody holds a position from the day `starts` until, and without, the day `ends` (None: still)."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "person": "internal",
        "position": "internal",
        "kind": "internal",
        "starts": "internal",
        "ends": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    position = models.ForeignKey(Position, models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=10,
        choices=[(kind.value, kind.value) for kind in AppointmentKind],
        default=AppointmentKind.DEFINITIF.value,
    )
    starts = models.DateField()
    ends = models.DateField(null=True)

    objects: ClassVar[models.Manager["Appointment"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = [models.Index(fields=["position", "starts"], name="people_appointment_holders")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends=None) | models.Q(ends__gt=models.F("starts")), name="people_appointment_days"
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=models.Q(kind=AppointmentKind.DEFINITIF.value, ends=None),
                name="people_appointment_one_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind} since {self.starts}"
