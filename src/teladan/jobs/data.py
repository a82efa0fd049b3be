"""What crosses the door of jobs, and the shapes of what is registered."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar
from uuid import UUID

from teladan.kernel.events import Event

E_contra = TypeVar("E_contra", bound=Event, contravariant=True)


class Handler(Protocol[E_contra]):
    """Receives one event. May be called again with the same `message_id`: the effect must then be the same."""

    def __call__(self, event: E_contra, *, message_id: UUID, agency_id: UUID | None) -> None: ...


@dataclass(frozen=True, kw_only=True)
class Receiver:
    """A registered receiver of messages: a subscriber or a task.

    `in_transaction`: the call and the mark "done" are one transaction. Otherwise the function manages its own.
    `lease_seconds`: how long one call may take before another worker may try.
    """

    name: str
    call: Callable[[UUID, UUID | None, dict[str, Any]], None]
    attempts: int = 5
    in_transaction: bool = True
    lease_seconds: int = 60


@dataclass(frozen=True, kw_only=True)
class DeliveryCard:
    """A delivery as `teladan jobs` shows it."""

    id: int
    receiver: str
    agency_id: UUID | None
    state: str
    attempts: int
    run_at: datetime
    error: str


Scope = Callable[[UUID | None], AbstractContextManager[object]]
