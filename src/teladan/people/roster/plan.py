"""What a row of a roster would do to what is known: the same for the dry run and for applying. Pure."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from teladan.people.enums import Outcome
from teladan.people.roster.check import CleanRow
from teladan.people.spells import Step, next_step


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """The open definitive post of somebody."""

    appointment_id: UUID
    starts: date
    unit_code: str
    unit_name: str
    title: str
    is_head: bool
    kind: str
    job_family: str


@dataclass(slots=True, kw_only=True)
class Known:
    """Somebody of the agency. `free_from` is the end of the latest definitive post that is closed."""

    person_id: UUID
    account_id: UUID
    name: str
    kind: str
    rank: str
    phone: str
    email: str
    left_on: date | None = None
    post: KnownPost | None = None
    free_from: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """`changes` are [field, as it is, as it will be]; `is_head` is settled; `step` says what becomes of the post."""

    outcome: Outcome
    is_head: bool
    step: Step
    changes: list[list[str]]


def plan(row: CleanRow, known: Known | None, *, day: date) -> Plan:
    """What `row` would do on `day`. Nothing that the row leaves empty is taken away."""
    if known is None:
        step = next_step(starts=None, is_same_post=False, told=row.starts, today=day, free_from=None)
        return Plan(Outcome.NEW, bool(row.is_head), step, [])
    post = known.post
    is_same_place = post is not None and (post.unit_code, post.title) == (row.unit_code, row.title)
    stays_head = is_same_place and post is not None and post.is_head
    is_head = stays_head if row.is_head is None else row.is_head
    step = next_step(
        starts=post.starts if post else None,
        is_same_post=is_same_place and stays_head == is_head,
        told=row.starts,
        today=day,
        free_from=known.free_from,
    )
    changes = [*_details(row, known), *_post(row, post, step, is_head)]
    return Plan(Outcome.CHANGED if changes else Outcome.SAME, is_head, step, changes)


def _details(row: CleanRow, known: Known) -> list[list[str]]:
    told = [
        ("nama", known.name, row.name),
        ("jenis", known.kind, row.kind.value),
        ("email", known.email, row.email),
        ("telepon", known.phone, row.phone),
        ("golongan", known.rank, row.rank),
    ]
    changes = [[field, old, new] for field, old, new in told if new and new != old]
    if known.left_on is not None:
        changes.append(["status", known.left_on.isoformat(), ""])
    return changes


def _post(row: CleanRow, post: KnownPost | None, step: Step, is_head: bool) -> list[list[str]]:
    if post is None:
        return [["jabatan", "", f"{row.title} · {row.unit_name}"]]
    if step.kind == "earlier":
        return [["tmt", post.starts.isoformat(), step.starts.isoformat()]]
    if step.kind != "keep":
        changes = [["jabatan", f"{post.title} · {post.unit_name}", f"{row.title} · {row.unit_name}"]]
        if post.is_head != is_head:
            changes.append(["kepala", "ya" if post.is_head else "tidak", "ya" if is_head else "tidak"])
        return changes
    position_kind = row.position_kind.value if row.position_kind else ""
    told = [("rumpun", post.job_family, row.job_family), ("jenis_jabatan", post.kind, position_kind)]
    return [[field, old, new] for field, old, new in told if new and new != old]
