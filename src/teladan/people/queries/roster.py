"""Reads of imports."""

from uuid import UUID

from django.db.models import Q, QuerySet

from teladan.access.api import Actor
from teladan.people.data import ChangeCard, FaultCard, RosterProgress, RosterReport
from teladan.people.enums import RosterState
from teladan.people.models import Person, RosterFault, RosterImport, RosterRow
from teladan.people.nip import mask
from teladan.people.permissions import TABLE
from teladan.people.roster.wording import row_words

SHOWN = 200


def rosters_visible_to(actor: Actor | None, *, limit: int = 50) -> list[RosterProgress]:
    """Imports, the latest first; those whose reading was interrupted are left out."""
    found = TABLE.visible(actor, "people.see_roster", RosterImport.objects.filter(rows__gt=0), Q)
    return [_progress(roster) for roster in found.order_by("-made_at")[:limit]]


def roster_progress(actor: Actor | None, *, import_id: UUID) -> RosterProgress | None:
    """How far an import has come; cheap, for a page that asks again and again."""
    roster = _visible(actor, import_id)
    return _progress(roster) if roster else None


def roster_report(actor: Actor | None, *, import_id: UUID) -> RosterReport | None:
    """What the check of an import found (nothing yet while its state is `staged`). None: the installation itself."""
    roster = _visible(actor, import_id)
    if roster is None:
        return None
    counts: dict[str, int] = roster.counts
    changed = RosterRow.objects.filter(roster=roster).exclude(changes=[]).order_by("number")[:SHOWN]
    return RosterReport(
        import_id=roster.id,
        name=roster.name,
        state=RosterState(roster.state),
        rows=roster.rows,
        errors=_faults(roster, is_error=True),
        warnings=_faults(roster, is_error=False),
        errors_total=counts.get("errors", 0),
        warnings_total=counts.get("warnings", 0),
        new=counts.get("new", 0),
        changed=counts.get("changed", 0),
        same=counts.get("same", 0),
        leaving=counts.get("leaving", 0),
        leaving_names=_leaving_names(roster),
        units_new=counts.get("units_new", 0),
        units_changed=counts.get("units_changed", 0),
        changes=tuple(_change(row) for row in changed),
        unknown_headings=tuple(roster.notes.get("unknown", ())),
    )


def roster_faults(actor: Actor | None, *, import_id: UUID) -> list[FaultCard]:
    """All faults that were kept (2,000 errors, 500 oddities), by row: for a list to download."""
    roster = _visible(actor, import_id)
    if roster is None:
        return []
    return [_fault(fault) for fault in RosterFault.objects.filter(roster=roster).order_by("row", "id")]


def people_not_in(roster: RosterImport) -> QuerySet[Person]:
    """People of the agency who have not left and are not in the file."""
    return Person.objects.filter(left_on=None).exclude(nip__in=RosterRow.objects.filter(roster=roster).values("nip"))


def _visible(actor: Actor | None, import_id: UUID) -> RosterImport | None:
    found = RosterImport.objects.filter(id=import_id)
    if actor is not None:
        found = TABLE.visible(actor, "people.see_roster", found, Q)
    return found.first()


def _progress(roster: RosterImport) -> RosterProgress:
    counts: dict[str, int] = roster.counts
    return RosterProgress(
        import_id=roster.id,
        name=roster.name,
        state=RosterState(roster.state),
        made_at=roster.made_at,
        done=roster.done,
        total=steps(roster),
        counts=dict(counts),
    )


def steps(roster: RosterImport) -> int:
    """How many units, rows and people applying has to go through."""
    counts: dict[str, int] = roster.counts
    leaving = counts.get("leaving", 0) if roster.close_leaving else 0
    return len(roster.units) + counts.get("new", 0) + counts.get("changed", 0) + leaving


def _faults(roster: RosterImport, *, is_error: bool) -> tuple[FaultCard, ...]:
    found = RosterFault.objects.filter(roster=roster, is_error=is_error).order_by("row", "id")[:SHOWN]
    return tuple(_fault(fault) for fault in found)


def _fault(fault: RosterFault) -> FaultCard:
    message, remedy = row_words(fault.code, fault.values)
    return FaultCard(row=fault.row, column=fault.column, message=message, remedy=remedy)


def _change(row: RosterRow) -> ChangeCard:
    return ChangeCard(
        row=row.number,
        name=row.cells.get("nama", ""),
        nip_masked=mask(row.nip),
        changes=tuple((field, old, new) for field, old, new in row.changes),
    )


def _leaving_names(roster: RosterImport) -> tuple[str, ...]:
    if roster.state != RosterState.CHECKED:
        return ()
    return tuple(people_not_in(roster).order_by("name").values_list("name", flat=True)[:SHOWN])
