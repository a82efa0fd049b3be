"""What a row of a roster would do to what is known; the same for the dry run and for applying."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from teladan.people.enums import AppointmentKind, Outcome
from teladan.people.models import Appointment, Person
from teladan.people.roster.check import CleanRow
from teladan.people.spells import Step, next_step


@dataclass
class Known:
    """Somebody of the agency with the open definitive post, and the end of the latest closed one."""

    person: Person
    post: Appointment | None = None
    free_from: date | None = None


@dataclass(frozen=True)
class Plan:
    """`changes` are [field, as it is, as it will be]; `is_head` is settled; `step` says what becomes of the post."""

    outcome: Outcome
    is_head: bool
    step: Step
    changes: list[list[str]]


def load_known(nips: Sequence[str]) -> dict[str, Known]:
    """NIP -> what is known, in two queries."""
    people = Person.objects.filter(nip__in=nips).select_related("account")
    known = {person.nip: Known(person) for person in people}
    by_id = {one.person.id: one for one in known.values()}
    posts = Appointment.objects.filter(person_id__in=list(by_id), kind=AppointmentKind.DEFINITIF.value)
    for post in posts.select_related("position__unit"):
        one = by_id[post.person_id]
        if post.ends is None:
            one.post = post
        elif one.free_from is None or post.ends > one.free_from:
            one.free_from = post.ends
    return known


def plan(row: CleanRow, known: Known | None, *, day: date) -> Plan:
    """What `row` would do. Nothing that the row leaves empty is taken away."""
    if known is None:
        step = next_step(starts=None, is_same_post=False, told=row.starts, today=day, free_from=None)
        return Plan(Outcome.NEW, bool(row.is_head), step, [])
    post = known.post
    is_same_place = post is not None and post.position.unit.code == row.unit_code and post.position.title == row.title
    is_head = bool(row.is_head) if row.is_head is not None else bool(is_same_place and post and post.position.is_head)
    step = next_step(
        starts=post.starts if post else None,
        is_same_post=is_same_place and post is not None and post.position.is_head == is_head,
        told=row.starts,
        today=day,
        free_from=known.free_from,
    )
    changes = [*_details(row, known), *_post(row, post, step, is_head)]
    return Plan(Outcome.CHANGED if changes else Outcome.SAME, is_head, step, changes)


def _details(row: CleanRow, known: Known) -> list[list[str]]:
    person = known.person
    told = [
        ("nama", person.name, row.name),
        ("jenis", person.kind, row.kind.value),
        ("email", person.account.email, row.email),
        ("telepon", person.phone, row.phone),
        ("golongan", person.rank, row.rank),
    ]
    changes = [[field, old, new] for field, old, new in told if new and new != old]
    if person.left_on is not None:
        changes.append(["status", person.left_on.isoformat(), ""])
    return changes


def _post(row: CleanRow, post: Appointment | None, step: Step, is_head: bool) -> list[list[str]]:
    if post is None:
        return [["jabatan", "", f"{row.title} · {row.unit_name}"]]
    position = post.position
    if step.kind == "earlier":
        return [["tmt", post.starts.isoformat(), step.starts.isoformat()]]
    if step.kind != "keep":
        changes = [["jabatan", f"{position.title} · {position.unit.name}", f"{row.title} · {row.unit_name}"]]
        if position.is_head != is_head:
            changes.append(["kepala", "ya" if position.is_head else "tidak", "ya" if is_head else "tidak"])
        return changes
    told = [
        ("rumpun", position.job_family, row.job_family),
        ("jenis_jabatan", position.kind, row.position_kind.value if row.position_kind else ""),
    ]
    return [[field, old, new] for field, old, new in told if new and new != old]
