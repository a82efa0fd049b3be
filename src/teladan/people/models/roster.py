"""Imports of rosters: what was read, what is wrong with it, how far it has been applied."""

from typing import ClassVar

from django.db import models
from django_scopes import ScopedManager

from teladan.kernel import clock
from teladan.kernel.ids import uuid7
from teladan.people.enums import Outcome, RosterState


class RosterImport(models.Model):
    """A roster file on its way in. `phase` and `cursor` say how far applying has come, so that it can go on."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "name": "internal",
        "state": "internal",
        "day": "internal",
        "rows": "internal",
        "notes": "internal",
        "units": "internal",
        "counts": "internal",
        "close_leaving": "internal",
        "phase": "internal",
        "cursor": "internal",
        "done": "internal",
        "made_by": "internal",
        "made_at": "internal",
        "applied_by": "internal",
        "checked_at": "internal",
        "applied_at": "internal",
    }

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    state = models.CharField(
        max_length=10, choices=[(state.value, state.value) for state in RosterState], default=RosterState.STAGED.value
    )
    day = models.DateField()  # the agency's day on which it was staged: appointments without a date begin here
    rows = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=dict)  # headings that were not understood
    units = models.JSONField(default=list)  # [code, name, code above] from the top down, once checked
    counts = models.JSONField(default=dict)
    close_leaving = models.BooleanField(default=False)
    phase = models.CharField(max_length=10, blank=True)
    cursor = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    applied_by = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    checked_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager["RosterImport"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = [models.Index(fields=["agency", "made_at"], name="people_roster_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["agency"],
                condition=models.Q(state=RosterState.APPLYING.value),
                name="people_roster_one_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RosterRow(models.Model):
    """One row of the file: `cells` by column, as text, exactly as read. Deleted a month after the import."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "roster": "internal",
        "number": "internal",
        "nip": "personal",
        "cells": "personal",
        "outcome": "internal",
        "changes": "personal",
    }

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="+", db_index=False)
    number = models.PositiveIntegerField()  # as the spreadsheet shows it
    nip = models.CharField(max_length=40, blank=True)
    cells = models.JSONField()
    outcome = models.CharField(
        max_length=10,
        choices=[(outcome.value, outcome.value) for outcome in Outcome],
        default=Outcome.UNKNOWN.value,
    )
    changes = models.JSONField(default=list)  # [field, old, new] of somebody known

    objects: ClassVar[models.Manager["RosterRow"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = [models.Index(fields=["roster", "nip"], name="people_roster_row_nip")]
        constraints = [models.UniqueConstraint(fields=["roster", "number"], name="people_roster_row_once")]

    def __str__(self) -> str:
        return f"row {self.number}"


class RosterFault(models.Model):
    """Something wrong (or, not `is_error`, merely odd) in a row and column; the words are made when it is shown."""

    PRIVACY = {
        "id": "internal",
        "agency": "internal",
        "roster": "internal",
        "row": "internal",
        "column": "internal",
        "code": "internal",
        "values": "personal",
        "is_error": "internal",
    }

    id = models.BigAutoField(primary_key=True)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+", db_index=False)
    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="+", db_index=False)
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=30)
    code = models.CharField(max_length=30)
    values = models.JSONField(default=dict)
    is_error = models.BooleanField(default=True)

    objects: ClassVar[models.Manager["RosterFault"]] = ScopedManager(agency="agency")

    class Meta:
        indexes = [models.Index(fields=["roster", "row"], name="people_roster_fault_row")]

    def __str__(self) -> str:
        return f"{self.code} in row {self.row}"
