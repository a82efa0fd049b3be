"""A checked roster is applied in small chunks. Each chunk and the note of how far it came are one
transaction, so applying can be killed anywhere and goes on where it was."""

from collections.abc import Mapping
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, NotFound
from teladan.ledger import api as ledger
from teladan.people.documents import everybody_changed
from teladan.people.domain.person import let_go
from teladan.people.domain.placing import place_people
from teladan.people.domain.unit import place_unit
from teladan.people.enums import Outcome, RosterState
from teladan.people.events import RosterApplied
from teladan.people.models import Person, RosterImport, RosterRow, Unit
from teladan.people.permissions import demand
from teladan.people.queries.roster import people_not_in
from teladan.people.queries.unit import today_in
from teladan.people.roster.check import CleanRow, clean_row
from teladan.people.roster.read import RawRow

CHUNK = 250  # people in one transaction: about a tenth of a second of the only writer
UNITS, ROWS, LEAVING = "units", "rows", "leaving"


def apply_roster(*, import_id: UUID, by: Actor | None, close_leaving: bool = False) -> None:
    """Begin to apply a checked import in the background, or go on with one that stopped; nothing happens when it is
    done. `close_leaving` also ends the posts and accounts of people who are not in the file: right only for a file
    with everybody in it. Conflict while errors remain, another import is being applied, or the data changed since the
    check."""
    with transaction.atomic():
        roster = RosterImport.objects.select_for_update().filter(id=import_id).first()
        if roster is None:
            raise NotFound(_("Impor ini tidak ditemukan."))
        demand(by, "people.import_roster", roster)
        if roster.state == RosterState.APPLIED:
            return
        if roster.state != RosterState.APPLYING:
            _refuse(roster)
            _begin(roster, close_leaving, by)
        _enqueue(roster)


def apply_chunk(import_id: UUID) -> bool:
    """The next chunk, in a transaction of its own; False when there is no more to do. The rows are read and understood
    before it begins, so that the only writer is not kept waiting for that."""
    applying = RosterImport.objects.filter(id=import_id, state=RosterState.APPLYING)
    seen = applying.first()
    if seen is None:
        return False
    part = _waiting(seen) if seen.phase == ROWS else []
    with transaction.atomic():
        roster = applying.select_for_update().first()
        if roster is None:
            return False
        if (roster.phase, roster.cursor) != (seen.phase, seen.cursor):  # another worker was faster
            return True
        if roster.phase == UNITS:
            _units(roster)
        elif roster.phase == ROWS:
            _rows(roster, part)
        else:
            _leaving(roster)
        roster.save()
        if roster.state == RosterState.APPLYING:
            _enqueue(roster)
            return True
        return False


def _refuse(roster: RosterImport) -> None:
    if roster.state != RosterState.CHECKED:
        raise Conflict(_("Impor ini belum diperiksa atau sudah dibatalkan."))
    if roster.counts.get("errors"):
        raise Conflict(
            _("Masih ada %(errors)s kesalahan dalam berkas ini.") % {"errors": roster.counts["errors"]},
            next_step=_("Perbaiki berkasnya, lalu unggah lagi."),
        )
    others = RosterImport.objects.exclude(id=roster.id)
    if others.filter(state=RosterState.APPLYING).exists():
        raise Conflict(_("Impor lain sedang diterapkan."), next_step=_("Tunggu sampai selesai, lalu periksa ulang."))
    if others.filter(applied_at__gt=roster.checked_at).exists():
        raise Conflict(
            _("Data pegawai sudah berubah sejak berkas ini diperiksa."), next_step=_("Periksa ulang berkas ini.")
        )


def _begin(roster: RosterImport, close_leaving: bool, by: Actor | None) -> None:
    roster.state, roster.phase, roster.cursor, roster.done = RosterState.APPLYING, UNITS, 0, 0
    roster.close_leaving = close_leaving
    roster.applied_by_id = by.account_id if by else None
    try:
        with transaction.atomic():
            roster.save()
    except IntegrityError:  # another import began in the same moment
        raise Conflict(_("Impor lain sedang diterapkan.")) from None
    _record("people.roster_apply_started", roster, {"close_leaving": int(close_leaving)})


def _units(roster: RosterImport) -> None:
    part = roster.units[roster.cursor : roster.cursor + CHUNK]
    day = today_in(roster.agency_id)
    codes = {code for code, _name, _above in part} | {above for _code, _name, above in part if above}
    units = {unit.code: unit for unit in Unit.objects.select_for_update().filter(code__in=codes).order_by("code")}
    made = [Unit(agency_id=roster.agency_id, code=code, name=name) for code, name, _a in part if code not in units]
    units |= {unit.code: unit for unit in made}
    new = {unit.code for unit in made}
    for code, name, above in part:
        unit, parent_id = units[code], units[above].id if above else None
        if code in new:
            unit.parent_id = parent_id
            continue
        if unit.name != name:
            unit.name = name
            unit.save(update_fields=["name"])
        place_unit(unit, parent_id, day)
    Unit.objects.bulk_create(made)
    _record("people.roster_units_applied", roster, {"from": roster.cursor, "units": len(part), "new": len(made)})
    _advance(roster, len(part), roster.cursor + len(part), then=ROWS)


def _waiting(roster: RosterImport) -> list[CleanRow]:
    """The next rows that do something."""
    rows = RosterRow.objects.filter(roster=roster, number__gt=roster.cursor, outcome__in=[Outcome.NEW, Outcome.CHANGED])
    told = rows.order_by("number").values_list("number", "cells")[:CHUNK]
    return [_clean(roster, RawRow(number, cells)) for number, cells in told]


def _rows(roster: RosterImport, part: list[CleanRow]) -> None:
    skipped = place_people(roster, part, by=_actor(roster))
    if skipped:
        RosterRow.objects.filter(roster=roster, number__in=skipped).update(outcome=Outcome.FAULTY)
        roster.counts["skipped"] = roster.counts.get("skipped", 0) + len(skipped)
    if part:
        data: dict[str, ledger.JSON] = {"from": part[0].number, "to": part[-1].number, "skipped": len(skipped)}
        _record("people.roster_rows_applied", roster, {**data, "rows": len(part)})
    _advance(roster, len(part), part[-1].number if part else 0, then=LEAVING)


def _leaving(roster: RosterImport) -> None:
    part: list[Person] = []
    if roster.close_leaving:
        operators = accounts.accounts_with_role(agency_id=roster.agency_id, role=Role.OPERATOR)
        part = list(people_not_in(roster).exclude(account_id__in=operators).order_by("id")[:CHUNK])
    if part:
        ids = [person.account_id for person in part]
        accounts.close_accounts(agency_id=roster.agency_id, account_ids=ids, by=_actor(roster))
        let_go(part, today_in(roster.agency_id))
        roster.counts["left"] = roster.counts.get("left", 0) + len(part)
        _record("people.roster_leavers_closed", roster, {"people": [str(person.id) for person in part]})
    _advance(roster, len(part), 0, then="")


def _advance(roster: RosterImport, count: int, cursor: int, *, then: str) -> None:
    """Note how far it came; a chunk that was not full was the last of its phase."""
    roster.done += count
    roster.cursor = cursor
    if count == CHUNK:
        return
    roster.cursor, roster.phase = 0, then
    if not then:
        _finish(roster)


def _finish(roster: RosterImport) -> None:
    roster.state, roster.applied_at = RosterState.APPLIED, clock.now()
    counts: dict[str, int] = roster.counts
    skipped = counts.get("skipped", 0)
    event = RosterApplied(
        import_id=roster.id,
        new=counts.get("new", 0),
        changed=counts.get("changed", 0),
        left=counts.get("left", 0),
        skipped=skipped,
        finished_at=roster.applied_at,
    )
    _record("people.roster_applied", roster, {"new": event.new, "changed": event.changed, "left": event.left})
    jobs.publish(event, agency_id=roster.agency_id)
    everybody_changed(roster.agency_id)


def _clean(roster: RosterImport, row: RawRow) -> CleanRow:
    """The row as the check understood it: the same text and the same day give the same meaning."""
    clean, _faults = clean_row(row, today=roster.day, families=())
    if clean is None:
        raise ValueError(f"row {row.number} of roster {roster.id} was never understood")
    return clean


def _actor(roster: RosterImport) -> Actor | None:
    if roster.applied_by_id is None:
        return None
    return Actor(account_id=roster.applied_by_id, agency_id=roster.agency_id)


def _enqueue(roster: RosterImport) -> None:
    jobs.enqueue("people.apply_roster", agency_id=roster.agency_id, unique=str(roster.id), import_id=str(roster.id))


def _record(act: str, roster: RosterImport, data: Mapping[str, ledger.JSON]) -> None:
    ledger.record(
        act=act,
        agency_id=roster.agency_id,
        actor_id=roster.applied_by_id,
        subject=f"roster:{roster.id}",
        data=data,
    )
