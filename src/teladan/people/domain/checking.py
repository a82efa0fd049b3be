"""A staged roster is checked whole and compared with what is known: the dry run."""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, NotFound
from teladan.people.data import RosterReport
from teladan.people.enums import Outcome, RosterState
from teladan.people.models import RosterFault, RosterImport, RosterRow
from teladan.people.permissions import demand
from teladan.people.queries.known import load_known
from teladan.people.queries.line import main_appointments
from teladan.people.queries.roster import people_not_in, roster_report
from teladan.people.queries.unit import known_units
from teladan.people.roster.check import Checked, CleanRow, Fault, check, share_a_word
from teladan.people.roster.plan import Plan, plan
from teladan.people.roster.read import RawRow
from teladan.people.roster.units import UnitLine
from teladan.rulebook.api import rulebook

T = TypeVar("T")
CHUNK = 500
ERRORS_KEPT, WARNINGS_KEPT, CHANGES_KEPT = 2000, 500, 300


def check_roster(*, import_id: UUID, by: Actor | None, again: bool = False) -> RosterReport:
    """Check a staged import now if that has not been done, and report. `again` checks anew what was checked before, for
    instance after another import. Conflict when it is being applied or was."""
    roster = RosterImport.objects.filter(id=import_id).first()
    if roster is None:
        raise NotFound(_("Impor ini tidak ditemukan."))
    demand(by, "people.import_roster", roster)
    if again:
        reopened = RosterImport.objects.filter(id=import_id, state__in=[RosterState.STAGED, RosterState.CHECKED])
        with transaction.atomic():
            if not reopened.update(state=RosterState.STAGED):
                raise Conflict(_("Impor ini sudah diterapkan atau dibatalkan."))
    check_staged(import_id)
    report = roster_report(by, import_id=import_id)
    if report is None:
        raise NotFound(_("Impor ini tidak ditemukan."))
    return report


def check_staged(import_id: UUID) -> None:
    """The check itself; nothing happens unless the import is staged whole. Run twice at once it finds the same
    twice."""
    roster = RosterImport.objects.filter(id=import_id, state=RosterState.STAGED, rows__gt=0).first()
    if roster is None:
        return
    known = known_units()
    families = {key for course in rulebook().courses() for key in course.job_families}
    told = RosterRow.objects.filter(roster=roster).order_by("number").values_list("number", "cells")
    raw = (RawRow(number, cells) for number, cells in told.iterator(2000))
    checked = check(raw, today=roster.day, known_units=known, families=families)
    plans, faults = _compare(checked, roster)
    found = sorted([*checked.faults, *faults], key=lambda fault: fault.row)
    _keep_outcomes(roster, plans, found)
    errors = [fault for fault in found if fault.is_error]
    warnings = [fault for fault in found if not fault.is_error]
    outcomes = Counter(plan.outcome.value for plan in plans.values())
    with transaction.atomic():
        staged = RosterImport.objects.filter(id=roster.id, state=RosterState.STAGED)
        if not list(staged.select_for_update(no_key=True).values_list("pk")):  # the same check was a moment earlier
            return
        RosterFault.objects.filter(roster=roster).delete()
        kept = [*errors[:ERRORS_KEPT], *warnings[:WARNINGS_KEPT]]
        RosterFault.objects.bulk_create(_fault(roster, fault) for fault in kept)
        staged.update(
            state=RosterState.CHECKED,
            checked_at=clock.now(),
            units=[[unit.code, unit.name, unit.parent_code] for unit in checked.units if _differs(unit, known)],
            counts={
                **{outcome.value: outcomes[outcome.value] for outcome in (Outcome.NEW, Outcome.CHANGED, Outcome.SAME)},
                "errors": len(errors),
                "warnings": len(warnings),
                "leaving": people_not_in(roster).count(),
                "units_new": sum(unit.code not in known for unit in checked.units),
                "units_changed": sum(unit.code in known and _differs(unit, known) for unit in checked.units),
            },
        )


def chunks(things: list[T], size: int = CHUNK) -> Iterator[list[T]]:
    """The list in parts of `size`."""
    rest = iter(things)
    while part := list(islice(rest, size)):
        yield part


def _compare(checked: Checked, roster: RosterImport) -> tuple[dict[int, Plan], list[Fault]]:
    """Row number -> plan, and what the database objects to."""
    plans: dict[int, Plan] = {}
    faults: list[Fault] = []
    for rows in chunks(checked.rows):
        known = load_known([row.nip for row in rows])
        logins = accounts.logins_in_use([row.nip for row in rows])
        emails = accounts.emails_in_use([row.email for row in rows])
        for row in rows:
            one = known.get(row.nip)
            plans[row.number] = plan(row, one, day=roster.day)
            login = logins.get(row.nip)
            if one is None and login is not None and login.agency_id != roster.agency_id:
                faults.append(Fault(row.number, "nip", "nip_elsewhere"))
            if one is not None and not share_a_word(one.name, row.name):
                faults.append(Fault(row.number, "nip", "name_differs", {"known": one.name}, is_error=False))
            owner = emails.get(row.email)
            mine = one.account_id if one else login.account_id if login else None
            if owner is not None and owner != mine:
                faults.append(Fault(row.number, "email", "email_taken"))
    return plans, [*faults, *_heads_that_stay(checked.rows, roster)]


def _heads_that_stay(rows: list[CleanRow], roster: RosterImport) -> Iterator[Fault]:
    """A new head for a unit whose present head is not in the file: probably somebody was forgotten."""
    new_heads = {row.unit_code: row for row in rows if row.is_head}
    nips = {row.nip for row in rows}
    for codes in chunks(list(new_heads)):
        held = main_appointments(roster.day).filter(position__is_head=True, position__unit__code__in=codes)
        for code, nip, name in held.values_list("position__unit__code", "person__nip", "person__name"):
            if nip not in nips:
                yield Fault(new_heads[code].number, "kepala", "head_stays", {"name": name}, is_error=False)


def _keep_outcomes(roster: RosterImport, plans: dict[int, Plan], faults: list[Fault]) -> None:
    """In short transactions: a check that is interrupted is simply run again."""
    wrong = {fault.row for fault in faults if fault.is_error}
    numbers: dict[Outcome, list[int]] = {outcome: [] for outcome in Outcome}
    for number, found in plans.items():
        numbers[Outcome.FAULTY if number in wrong else found.outcome].append(number)
    numbers[Outcome.FAULTY] += sorted(wrong - plans.keys())
    told = RosterRow.objects.filter(roster=roster)
    for outcome, its in numbers.items():
        for part in chunks(its):
            with transaction.atomic():
                told.filter(number__in=part).update(outcome=outcome, changes=[])
    shown = numbers[Outcome.CHANGED][:CHANGES_KEPT]
    with transaction.atomic():
        rows = list(told.filter(number__in=shown))
        for row in rows:
            row.changes = plans[row.number].changes
        RosterRow.objects.bulk_update(rows, ["changes"], batch_size=100)


def _differs(unit: UnitLine, known: dict[str, UnitLine]) -> bool:
    return known.get(unit.code) != unit


def _fault(roster: RosterImport, fault: Fault) -> RosterFault:
    return RosterFault(
        agency_id=roster.agency_id,
        roster=roster,
        row=fault.row,
        column=fault.column,
        code=fault.code,
        values=fault.values,
        is_error=fault.is_error,
    )
