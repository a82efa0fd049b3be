"""What crosses the door of the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class EntryCard:
    """One recorded act. `number` is None until the sequencer has been there, at most a minute or so."""

    id: UUID
    number: int | None
    act: str
    at: datetime
    actor_id: UUID | None
    subject: str
    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Narrowing:
    """Which entries of an agency are wanted; what is left empty narrows nothing.

    `accounts`: done by one of them, or about one of `subjects` (both given: either will do). `acts`: whole acts
    ("people.appointed") or all of a room ("people."). `since` and `until`: from then on, and before then.
    """

    accounts: tuple[UUID, ...] = ()
    subjects: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What walking the chain found. `broken` is the first number at which it does not hold, `reason` says why.

    `head` is the chain hash of the last entry in hexadecimal: kept elsewhere, it proves later that nothing before it
    was replaced. `waiting` entries have no number yet.
    """

    is_whole: bool
    checked: int
    waiting: int
    head_number: int
    head: str
    broken: int | None = None
    reason: str = ""
