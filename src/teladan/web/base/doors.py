"""The doors of the navigation. Each audience registers its own in `web/<audience>/doors.py`:

    register(Door(key="tugas", label=gettext_lazy("Tugas"), url_name="employee:tasks", icon="tugas", order=10))

Up to five by `order` stand in the bottom bar of a phone; of more, the first four and a sheet with the rest. All of them
stand in the rail of a wide screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise

from teladan.access.api import Actor, Role


@dataclass(frozen=True, kw_only=True)
class Door:
    """A door. `roles`: who sees it (any of them); with `public` those who are not signed in see it too, with
    `public_only` nobody else does. `place`: "utama" for the bar, "akun" for the account sheet."""

    key: str
    label: str | Promise
    url_name: str
    icon: str
    order: int = 100
    roles: frozenset[Role] = field(default_factory=lambda: frozenset({Role.EMPLOYEE}))
    public: bool = False
    public_only: bool = False
    place: str = "utama"

    def is_open_to(self, actor: Actor | None) -> bool:
        if actor is None:
            return self.public or self.public_only
        return not self.public_only and any(actor.has_role(role) for role in self.roles)


@dataclass(frozen=True, kw_only=True)
class DoorLink:
    """A door on a page."""

    key: str
    label: str
    url: str
    icon: str
    is_current: bool


_doors: dict[str, Door] = {}


def register(*doors: Door) -> None:
    """Add doors; a key registered again (a reload) replaces the door."""
    _doors.update({door.key: door for door in doors})


def links(
    actor: Actor | None, path: str, *, place: str = "utama", doors: Iterable[Door] | None = None
) -> list[DoorLink]:
    """The doors open to `actor` in order; the one whose address is the longest beginning of `path` is current."""
    chosen = sorted(
        (d for d in (_doors.values() if doors is None else doors) if d.place == place and d.is_open_to(actor)),
        key=lambda d: (d.order, d.key),
    )
    urls = {door.key: reverse(door.url_name) for door in chosen}
    fitting = [url for url in urls.values() if path.startswith(url) and (url != "/" or path == "/")]
    current = max(fitting, key=len, default=None)
    return [
        DoorLink(key=d.key, label=str(d.label), url=urls[d.key], icon=d.icon, is_current=urls[d.key] == current)
        for d in chosen
    ]
