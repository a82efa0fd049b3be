"""A roster file is read and kept; nothing of it counts yet."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.jobs import api as jobs
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger
from teladan.people.domain.checking import check_staged
from teladan.people.enums import RosterState
from teladan.people.models import RosterImport, RosterRow
from teladan.people.nip import normal
from teladan.people.permissions import Of, demand
from teladan.people.queries.unit import today_in
from teladan.people.roster.read import RawRow, Unreadable, read_roster
from teladan.people.roster.wording import file_words

CHUNK = 500  # rows in one transaction: longer ones hold every other writer up
CHECKED_AT_ONCE = 3000  # rows; a larger file is checked in the background


def stage_roster(*, content: bytes, name: str, by: Actor | None, agency_id: UUID | None = None) -> UUID:
    """Read a roster (XLSX or CSV) and keep its rows; the import's id. A file of up to 3,000 rows is checked before
    this returns, a larger one soon after in the background (see `roster_report`). Invalid when the file cannot be read
    at all, with what to do. `agency_id` is for the installation itself (`by=None`)."""
    home = by.agency_id if by is not None else agency_id
    if home is None:
        raise ValueError("the installation itself has to name the agency")
    demand(by, "people.import_roster", Of(home))
    if len(content) > settings.UPLOAD_LIMIT_BYTES:
        most = settings.UPLOAD_LIMIT_BYTES // 1_048_576
        raise Invalid(_("Berkas ini lebih besar dari %(most)s MB.") % {"most": most}, field="file")
    try:
        sheet = read_roster(content)
    except Unreadable as unreadable:
        message, remedy = file_words(unreadable.code, unreadable.values)
        raise Invalid(message, field="file", next_step=remedy) from None
    by_id = by.account_id if by else None
    with transaction.atomic():
        roster = RosterImport.objects.create(
            agency_id=home,
            name=" ".join(name.split())[:200] or "-",
            day=today_in(home),
            notes={"unknown": [heading[:60] for heading in sheet.unknown[:30]]},
            made_by_id=by_id,
        )
    for start in range(0, len(sheet.rows), CHUNK):
        _keep(roster, sheet.rows[start : start + CHUNK])
    with transaction.atomic():
        roster.rows = len(sheet.rows)
        roster.save(update_fields=["rows"])
        ledger.record(
            act="people.roster_staged",
            agency_id=home,
            actor_id=by_id,
            subject=f"roster:{roster.id}",
            data={"rows": roster.rows},
        )
        jobs.enqueue("people.check_roster", agency_id=home, unique=str(roster.id), import_id=str(roster.id))
    if roster.rows <= CHECKED_AT_ONCE:
        check_staged(roster.id)
    return roster.id


def discard_roster(*, import_id: UUID, by: Actor | None) -> None:
    """Put an import aside for good; its rows are deleted by night. Conflict once it is being applied."""
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().filter(id=import_id).first()
        if roster is None:
            raise NotFound(_("Impor ini tidak ditemukan."))
        demand(by, "people.import_roster", roster)
        if roster.state in {RosterState.APPLYING, RosterState.APPLIED}:
            raise Conflict(_("Impor ini sudah diterapkan, sehingga tidak dapat dibatalkan."))
        if roster.state != RosterState.DISCARDED:
            roster.state = RosterState.DISCARDED
            roster.save(update_fields=["state"])
            ledger.record(
                act="people.roster_discarded",
                agency_id=roster.agency_id,
                actor_id=by.account_id if by else None,
                subject=f"roster:{roster.id}",
                data={},
            )


def _keep(roster: RosterImport, rows: list[RawRow]) -> None:
    with transaction.atomic():
        accounts.insert_rows(
            RosterRow,
            (
                {
                    "agency_id": roster.agency_id,
                    "roster_id": roster.id,
                    "number": row.number,
                    "nip": normal(row.cells.get("nip", ""))[:40],
                    "cells": row.cells,
                }
                for row in rows
            ),
        )
