"""What crosses the door of people: frozen, without models."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from teladan.people.enums import AppointmentKind, RosterState


@dataclass(frozen=True, kw_only=True)
class PersonCard:
    """Somebody as other rooms and lists show them, on one day. Unit and position are empty without an appointment."""

    person_id: UUID
    account_id: UUID
    agency_id: UUID
    name: str
    nip_masked: str
    kind: str
    rank: str = ""
    unit_id: UUID | None = None
    unit_code: str = ""
    unit_name: str = ""
    position: str = ""
    is_head: bool = False
    job_family: str = ""
    superior_account_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class UnitCard:
    """A unit in the tree; `depth` 0 is the top."""

    id: UUID
    code: str
    name: str
    parent_id: UUID | None
    depth: int = 0


@dataclass(frozen=True, kw_only=True)
class AppointmentCard:
    """A position held from `starts` until, and without, `ends` (None: still)."""

    id: UUID
    position: str
    unit_id: UUID
    unit_name: str
    is_head: bool
    kind: AppointmentKind
    starts: date
    ends: date | None


@dataclass(frozen=True, kw_only=True)
class PersonDetails:
    """Everything the personnel office may put right about somebody. `post` is the definitive one held today, if any, with
    its job family beside it; `planned` are those still to begin. Holds personal data: for the form that changes it,
    not for lists."""

    person_id: UUID
    account_id: UUID
    name: str
    nip: str
    kind: str
    rank: str
    phone: str
    email: str
    has_left: bool
    post: AppointmentCard | None
    job_family: str
    planned: tuple[AppointmentCard, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FaultCard:
    """What is wrong (or odd) in a row and column of a roster, and what to do about it."""

    row: int
    column: str
    message: str
    remedy: str


@dataclass(frozen=True, kw_only=True)
class ListLine:
    """A row of a file that names somebody by NIP. `fault`, with its remedy, says what is wrong with the NIP itself."""

    row: int
    nip: str
    name: str
    fault: str = ""
    remedy: str = ""


@dataclass(frozen=True, kw_only=True)
class ChangeCard:
    """What an import would change for somebody who is known: field -> (as it is, as it will be)."""

    row: int
    name: str
    nip_masked: str
    changes: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, kw_only=True)
class RosterReport:
    """What an import found and would do. `errors`, `warnings` and `changes` hold the first ones only; the numbers count
    all. `leaving` counts people of the agency who are not in the file; they stay unless applying is told to close them.
    """

    import_id: UUID
    name: str
    state: RosterState
    rows: int
    errors: tuple[FaultCard, ...] = ()
    warnings: tuple[FaultCard, ...] = ()
    errors_total: int = 0
    warnings_total: int = 0
    new: int = 0
    changed: int = 0
    same: int = 0
    leaving: int = 0
    leaving_names: tuple[str, ...] = ()
    units_new: int = 0
    units_changed: int = 0
    changes: tuple[ChangeCard, ...] = ()
    unknown_headings: tuple[str, ...] = ()

    @property
    def can_apply(self) -> bool:
        """Checked, without errors, and there is something to do or people to close."""
        return self.state is RosterState.CHECKED and not self.errors_total


@dataclass(frozen=True, kw_only=True)
class RosterProgress:
    """How far an import has come: `done` of `total` steps (rows, units, people who leave)."""

    import_id: UUID
    name: str
    state: RosterState
    made_at: datetime
    done: int = 0
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> int:
        """0 to 100, whole."""
        return 100 if self.state is RosterState.APPLIED else self.done * 100 // self.total if self.total else 0
