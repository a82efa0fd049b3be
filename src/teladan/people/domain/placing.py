"""People of a roster get their account, details, position and appointment: one chunk, a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.people.domain.plan import Known, Plan, load_known, plan
from teladan.people.enums import AppointmentKind
from teladan.people.models import Appointment, Person, Position, RosterImport, Unit
from teladan.people.roster.check import CleanRow

Key = tuple[str, str, bool]  # unit code, title, is_head


@dataclass(frozen=True)
class Placed:
    """A row with the person it is about and what it does to them."""

    row: CleanRow
    plan: Plan
    known: Known

    @property
    def key(self) -> Key:
        """Which position the row names."""
        return (self.row.unit_code, self.row.title, self.plan.is_head)


def place_people(roster: RosterImport, rows: Sequence[CleanRow], *, by: Actor | None) -> list[int]:
    """Bring people in line with rows whose units exist. Done twice it changes nothing the second time. Returns the
    numbers of rows that cannot be placed, because their NIP has meanwhile been taken in another agency."""
    known = load_known([row.nip for row in rows])
    logins = accounts.logins_in_use([row.nip for row in rows])
    taken = {
        row.nip
        for row in rows
        if row.nip not in known and row.nip in logins and logins[row.nip].agency_id != roster.agency_id
    }
    placed = []
    new = []
    for row in rows:
        if row.nip in taken:
            continue
        found = plan(row, known.get(row.nip), day=roster.day)
        if row.nip not in known:
            known[row.nip] = Known(Person(agency_id=roster.agency_id, nip=row.nip))
            new.append(row.nip)
        placed.append(Placed(row, found, known[row.nip]))
    emails = _free_emails(placed, logins)
    _accounts(roster, [one for one in placed if one.row.nip in new], logins, emails, by)
    _details(roster, [one for one in placed if one.row.nip not in new], emails, by)
    _posts(roster, placed)
    return [row.number for row in rows if row.nip in taken]


def _free_emails(placed: list[Placed], logins: dict[str, accounts.LoginUse]) -> dict[str, str]:
    """NIP -> the address it will have: what the row says unless another account has it by now, else what it was."""
    owners = accounts.emails_in_use([one.row.email for one in placed])
    emails = {}
    for one in placed:
        login = logins.get(one.row.nip)
        mine = one.known.person.account_id or (login.account_id if login else None)
        now = one.known.person.account.email if one.known.person.account_id else ""
        is_free = one.row.email and owners.get(one.row.email, mine) == mine
        emails[one.row.nip] = one.row.email if is_free else now
    return emails


def _accounts(
    roster: RosterImport,
    placed: list[Placed],
    logins: dict[str, accounts.LoginUse],
    emails: dict[str, str],
    by: Actor | None,
) -> None:
    """New people; an account of the agency that already has the NIP as its login becomes theirs."""
    entries = {
        one.row.nip: accounts.NewAccount(username=one.row.nip, name=one.row.name, email=emails[one.row.nip])
        for one in placed
    }
    ids = {nip: logins[nip].account_id for nip in entries if nip in logins}
    missing = [entry for nip, entry in entries.items() if nip not in ids]
    if missing:
        ids |= accounts.create_accounts(agency_id=roster.agency_id, entries=missing, by=by)
    for one in placed:
        person = one.known.person
        person.account_id = ids[one.row.nip]
        _write(person, one.row)
    Person.objects.bulk_create(one.known.person for one in placed)


def _details(roster: RosterImport, placed: list[Placed], emails: dict[str, str], by: Actor | None) -> None:
    """People who are known: details that changed, and those who come back."""
    changed = [one for one in placed if one.plan.changes]
    back = [one.known.person.account_id for one in changed if one.known.person.left_on is not None]
    rewritten = {
        one.known.person.account_id: accounts.NewAccount(
            username=one.row.nip, name=one.row.name, email=emails[one.row.nip]
        )
        for one in changed
        if (one.known.person.account.name, one.known.person.account.email) != (one.row.name, emails[one.row.nip])
    }
    for one in changed:
        _write(one.known.person, one.row)
    Person.objects.bulk_update(
        [one.known.person for one in changed], ["name", "kind", "rank", "phone", "left_on"], batch_size=100
    )
    if rewritten:
        accounts.rewrite_accounts(agency_id=roster.agency_id, details=rewritten, by=by)
    if back:
        accounts.reopen_accounts(agency_id=roster.agency_id, account_ids=back, by=by)


def _write(person: Person, row: CleanRow) -> None:
    person.name, person.kind, person.left_on = row.name, row.kind.value, None
    person.rank = row.rank or person.rank
    person.phone = row.phone or person.phone


def _posts(roster: RosterImport, placed: list[Placed]) -> None:
    positions = _positions(roster, placed)
    ending, moved, beginning = [], [], []
    for one in placed:
        step, post = one.plan.step, one.known.post
        if step.kind == "succeed":
            if post is not None:
                post.ends = step.starts
                ending.append(post)
            beginning.append(
                Appointment(
                    agency_id=roster.agency_id,
                    person=one.known.person,
                    position=positions[one.key],
                    kind=AppointmentKind.DEFINITIF.value,
                    starts=step.starts,
                )
            )
        elif post is not None and step.kind != "keep":
            post.position, post.starts = positions[one.key], step.starts
            moved.append(post)
    Appointment.objects.bulk_update(ending, ["ends"], batch_size=100)
    Appointment.objects.bulk_update(moved, ["position", "starts"], batch_size=100)
    Appointment.objects.bulk_create(beginning)


def _positions(roster: RosterImport, placed: list[Placed]) -> dict[Key, Position]:
    """The positions that the rows name: found, made when missing, their kind and job family as told."""
    codes = {one.row.unit_code for one in placed}
    units = {unit.code: unit for unit in Unit.objects.filter(code__in=codes)}
    titles = {one.row.title for one in placed}
    found = Position.objects.filter(unit__in=units.values(), title__in=titles).select_related("unit")
    positions = {(post.unit.code, post.title, post.is_head): post for post in found}
    made: dict[Key, Position] = {}
    changed: dict[Key, Position] = {}
    for one in placed:
        code, title, is_head = one.key
        if one.key not in positions:
            positions[one.key] = made[one.key] = Position(
                agency_id=roster.agency_id, unit=units[code], title=title, is_head=is_head
            )
        position = positions[one.key]
        told = (one.row.position_kind.value if one.row.position_kind else position.kind, one.row.job_family)
        if (position.kind, position.job_family) != (told[0], told[1] or position.job_family):
            position.kind, position.job_family = told[0], told[1] or position.job_family
            if one.key not in made:
                changed[one.key] = position
    Position.objects.bulk_create(made.values())
    Position.objects.bulk_update(changed.values(), ["kind", "job_family"], batch_size=100)
    return positions
