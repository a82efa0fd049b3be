"""Who receives what, and when: filled by decorators when the apps are loaded."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from typing import Any, ParamSpec, TypeVar
from uuid import UUID

from teladan.jobs.data import Handler, Receiver, Scope
from teladan.kernel.events import Event

E = TypeVar("E", bound=Event)
P = ParamSpec("P")
R = TypeVar("R")

HOUSE_ZONE = timezone(timedelta(hours=7))  # western Indonesian time; daily schedules are told in it

receivers: dict[str, Receiver] = {}
subscribers: dict[str, list[str]] = {}
rhythms: dict[str, "Rhythm"] = {}
after_batch: dict[str, Callable[[], object]] = {}
_scope: Scope = lambda agency_id: nullcontext()  # noqa: E731  (a default that `set_scope` replaces)


@dataclass(frozen=True)
class Rhythm:
    """Every `minutes` (counted from midnight UTC), or daily `at` a time of day in western Indonesian time."""

    minutes: int = 0
    at: time | None = None

    def __str__(self) -> str:
        return f"every {self.minutes} min" if self.at is None else f"daily {self.at:%H:%M}"

    def next_after(self, moment: datetime) -> datetime:
        """The first tick later than `moment`; ticks missed while nothing ran are not made up for."""
        if self.at is None:
            midnight = moment.replace(hour=0, minute=0, second=0, microsecond=0)
            step = timedelta(minutes=self.minutes)
            return midnight + step * ((moment - midnight) // step + 1)
        local = moment.astimezone(HOUSE_ZONE)
        tick = local.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        return (tick if tick > local else tick + timedelta(days=1)).astimezone(moment.tzinfo)


def scope(agency_id: UUID | None) -> Any:
    """The context in which a receiver of this agency's message runs."""
    return _scope(agency_id)


def set_scope(value: Scope) -> None:
    """Let a higher floor say in which context receivers run, for example limited to the agency's rows."""
    global _scope  # noqa: PLW0603  (one hook for the process, set while apps load)
    _scope = value


def subscribe(event_type: type[E], *, name: str) -> Callable[[Handler[E]], Handler[E]]:
    """Register a handler of an event. `name` ("learning.on_sitting_finished") is stable: stored deliveries carry it."""

    def register(handler: Handler[E]) -> Handler[E]:
        def call(message_id: UUID, agency_id: UUID | None, payload: dict[str, Any]) -> None:
            handler(event_type.from_payload(payload), message_id=message_id, agency_id=agency_id)

        _add(Receiver(name=name, call=call))
        subscribers.setdefault(event_type.name, []).append(name)
        return handler

    return register


def task(
    name: str, *, attempts: int = 5, in_transaction: bool = True, lease_seconds: int = 60
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function that `enqueue(name, ...)` runs later. It takes JSON-ready keyword arguments.

    By default the call is one transaction together with the mark "done", so its effects in the database happen exactly
    once; it must be short, because on SQLite nobody else writes meanwhile. With `in_transaction=False` the function
    opens its own transactions, may take up to `lease_seconds`, and must bear being run again.
    """

    def register(function: Callable[P, R]) -> Callable[P, R]:
        def call(message_id: UUID, agency_id: UUID | None, payload: dict[str, Any]) -> None:
            function(**payload)  # type: ignore[call-arg]  # the keyword arguments given to enqueue

        _add(
            Receiver(
                name=name, call=call, attempts=attempts, in_transaction=in_transaction, lease_seconds=lease_seconds
            )
        )
        return function

    return register


def every(name: str, *, minutes: int) -> Callable[[Callable[[], R]], Callable[[], R]]:
    """Run a function every so many minutes (a divisor of a day keeps the ticks regular)."""
    return _scheduled(name, Rhythm(minutes=minutes))


def daily(name: str, *, at: time) -> Callable[[Callable[[], R]], Callable[[], R]]:
    """Run a function once a day at a time of day in western Indonesian time."""
    return _scheduled(name, Rhythm(at=at))


def between(name: str) -> Callable[[Callable[[], R]], Callable[[], R]]:
    """Run a function in the worker after each batch of deliveries: for cheap upkeep that a schedule also covers."""

    def register(function: Callable[[], R]) -> Callable[[], R]:
        after_batch[name] = function
        return function

    return register


def _scheduled(name: str, rhythm: Rhythm) -> Callable[[Callable[[], R]], Callable[[], R]]:
    def register(function: Callable[[], R]) -> Callable[[], R]:
        rhythms[name] = rhythm
        return task(name, attempts=3, in_transaction=False, lease_seconds=600)(function)

    return register


def _add(receiver: Receiver) -> None:
    if receiver.name in receivers:
        raise ValueError(f"two receivers are named {receiver.name!r}")
    receivers[receiver.name] = receiver
