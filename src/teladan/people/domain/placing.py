"""People of a roster get their account, details, position and appointment: one chunk, a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel.ids import uuid7
from teladan.people.enums import AppointmentKind
from teladan.people.models import Appointment, Person, Position, RosterImport, Unit
from teladan.people.queries.known import load_known
from teladan.people.roster.check import CleanRow
from teladan.people.roster.plan import Known, Plan, plan

Key = tuple[str, str, bool]  # unit code, title, is_head


@dataclass(frozen=True, slots=True)
class Placed:
    """A row, what is known of its person (None: new), what it does, and the e-mail address the account will have."""

    row: CleanRow
    known: Known | None
    plan: Plan
    email: str

    @property
    def key(self) -> Key:
        """Which position the row names."""
        return (self.row.unit_code, self.row.title, self.plan.is_head)

    @property
    def entry(self) -> accounts.NewAccount:
        """The account as it will be."""
        return accounts.NewAccount(username=self.row.nip, name=self.row.name, email=self.email)


def place_people(roster: RosterImport, rows: Sequence[CleanRow], *, by: Actor | None) -> list[int]:
    """Bring people in line with rows whose units exist. Done twice it changes nothing the second time. Returns the
    numbers of rows that cannot be placed, because their NIP has meanwhile been taken in another agency."""
    nips = [row.nip for row in rows]
    known, logins = load_known(nips), accounts.logins_in_use(nips)
    owners = accounts.emails_in_use([row.email for row in rows])
    placed: list[Placed] = []
    skipped: list[int] = []
    for row in rows:
        one, login = known.get(row.nip), logins.get(row.nip)
        if one is None and login is not None and login.agency_id != roster.agency_id:
            skipped.append(row.number)
            continue
        mine = one.account_id if one else login.account_id if login else None
        is_free = bool(row.email) and owners.get(row.email, mine) == mine
        email = row.email if is_free else one.email if one else ""
        placed.append(Placed(row, one, plan(row, one, day=roster.day), email))
    people = _new_people(roster, [one for one in placed if one.known is None], logins, by)
    _details(roster, [one for one in placed if one.known is not None and one.plan.changes], by)
    _posts(roster, placed, people)
    return skipped


def _new_people(
    roster: RosterImport, placed: list[Placed], logins: dict[str, accounts.LoginUse], by: Actor | None
) -> dict[str, UUID]:
    """New people, NIP -> id. An account of the agency that already has the NIP as its login becomes theirs."""
    ids = {one.row.nip: logins[one.row.nip].account_id for one in placed if one.row.nip in logins}
    missing = [one.entry for one in placed if one.row.nip not in ids]
    if missing:
        ids |= accounts.create_accounts(agency_id=roster.agency_id, entries=missing, by=by)
    people = {one.row.nip: uuid7() for one in placed}
    accounts.insert_rows(
        Person,
        (
            {
                "id": people[one.row.nip],
                "agency_id": roster.agency_id,
                "account_id": ids[one.row.nip],
                "name": one.row.name,
                "nip": one.row.nip,
                "kind": one.row.kind.value,
                "rank": one.row.rank,
                "phone": one.row.phone,
            }
            for one in placed
        ),
    )
    return people


def _details(roster: RosterImport, placed: list[Placed], by: Actor | None) -> None:
    """People who are known: what changed about them, and who comes back."""
    fields = {change[0] for one in placed for change in one.plan.changes}
    if fields & {"nama", "jenis", "golongan", "telepon", "status"}:
        told = {one.row.nip: one.row for one in placed}
        people = list(Person.objects.filter(nip__in=told))
        for person in people:
            row = told[person.nip]
            person.name, person.kind, person.left_on = row.name, row.kind.value, None
            person.rank, person.phone = row.rank or person.rank, row.phone or person.phone
        Person.objects.bulk_update(people, ["name", "kind", "rank", "phone", "left_on"], batch_size=100)
    rewritten = {
        one.known.account_id: one.entry
        for one in placed
        if one.known and (one.known.name, one.known.email) != (one.row.name, one.email)
    }
    if rewritten:
        accounts.rewrite_accounts(agency_id=roster.agency_id, details=rewritten, by=by)
    back = [one.known.account_id for one in placed if one.known and one.known.left_on is not None]
    if back:
        accounts.reopen_accounts(agency_id=roster.agency_id, account_ids=back, by=by)


def _posts(roster: RosterImport, placed: list[Placed], people: dict[str, UUID]) -> None:
    positions = _positions(roster, placed)
    held = [one.known.post.appointment_id for one in placed if one.known and one.known.post]
    posts = {post.id: post for post in Appointment.objects.filter(id__in=held)} if held else {}
    ending, moved, beginning = [], [], []
    for one in placed:
        step = one.plan.step
        post = posts[one.known.post.appointment_id] if one.known and one.known.post else None
        if step.kind == "succeed":
            if post is not None:
                post.ends = step.starts
                ending.append(post)
            beginning.append(
                {
                    "agency_id": roster.agency_id,
                    "person_id": one.known.person_id if one.known else people[one.row.nip],
                    "position_id": positions[one.key],
                    "kind": AppointmentKind.DEFINITIF.value,
                    "starts": step.starts,
                }
            )
        elif post is not None and step.kind != "keep":
            post.position_id, post.starts = positions[one.key], step.starts
            moved.append(post)
    Appointment.objects.bulk_update(ending, ["ends"], batch_size=100)
    Appointment.objects.bulk_update(moved, ["position", "starts"], batch_size=100)
    accounts.insert_rows(Appointment, beginning)


def _positions(roster: RosterImport, placed: list[Placed]) -> dict[Key, UUID]:
    """The positions that the rows name, by id: found, made when missing, their kind and job family as told."""
    units = dict(Unit.objects.filter(code__in={one.row.unit_code for one in placed}).values_list("code", "id"))
    titles = {one.row.title for one in placed}
    found = Position.objects.filter(unit_id__in=units.values(), title__in=titles).values_list(
        "unit__code", "title", "is_head", "id", "kind", "job_family"
    )
    known = {
        (code, title, is_head): (position_id, kind, family) for code, title, is_head, position_id, kind, family in found
    }
    told: dict[Key, tuple[str, str]] = {}  # what the rows say last, of those that say anything
    for one in placed:
        kind, family = told.get(one.key) or known.get(one.key, (None, "", ""))[1:]
        told[one.key] = (one.row.position_kind or kind, one.row.job_family or family)
    made = {
        (code, title, is_head): Position(
            agency_id=roster.agency_id,
            unit_id=units[code],
            title=title,
            is_head=is_head,
            kind=kind,
            job_family=family,
        )
        for (code, title, is_head), (kind, family) in told.items()
        if (code, title, is_head) not in known
    }
    changed = [
        Position(id=known[key][0], kind=kind, job_family=family)
        for key, (kind, family) in told.items()
        if key in known and known[key][1:] != (kind, family)
    ]
    Position.objects.bulk_create(made.values())
    Position.objects.bulk_update(changed, ["kind", "job_family"], batch_size=100)
    return {key: made[key].id if key in made else known[key][0] for key in told}
