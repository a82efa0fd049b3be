"""Typed events: facts that an engine announces and others may subscribe to."""

import dataclasses
from datetime import date, datetime
from typing import Any, ClassVar, Self, get_type_hints
from uuid import UUID

_registry: dict[str, type["Event"]] = {}


@dataclasses.dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. A subclass is a frozen dataclass of plain fields (str, int, float, bool, UUID, date,
    datetime or None) named in the past participle; `name` is stable, because stored messages carry it."""

    name: ClassVar[str] = ""

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if not cls.name:
            raise TypeError(f"{cls.__qualname__} needs a stable `name`")
        if _registry.setdefault(cls.name, cls).__qualname__ != cls.__qualname__:
            raise TypeError(f"two events are named {cls.name!r}")

    def payload(self) -> dict[str, Any]:
        """The fields as JSON-ready values."""
        return {f.name: _plain(getattr(self, f.name)) for f in dataclasses.fields(self)}

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        hints = get_type_hints(cls)
        return cls(**{f.name: _typed(hints[f.name], payload[f.name]) for f in dataclasses.fields(cls)})


def event_type(name: str) -> type[Event]:
    """The class of a stored event; KeyError when no engine knows it."""
    return _registry[name]


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value


def _typed(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    kinds = [hint, *getattr(hint, "__args__", ())]
    if UUID in kinds:
        return UUID(value)
    if datetime in kinds:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if date in kinds else value
