"""What a statement must not tell about people. Pure.

Everybody in a statement is an account with an opaque id: no name, no e-mail address, no NIP. The house itself may
appear under its own name, as authority.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from teladan.lrs.building import HOUSE
from teladan.lrs.formats import is_uuid
from teladan.lrs.validation import Fault

_TELLING = ("name", "mbox", "mbox_sha1sum", "openid")


def faults(body: Mapping[str, Any]) -> list[Fault]:
    """Where a (valid) statement tells who somebody is."""
    found = []
    for path, person in _people(body, ""):
        found += [Fault(f"{path}.{name}", "must not tell who somebody is") for name in _TELLING if name in person]
        name = person.get("account", {}).get("name", "")
        if name and not is_uuid(name) and name != HOUSE:
            found.append(Fault(f"{path}.account.name", "must be an opaque account id"))
    return found


def _people(value: Any, path: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Every agent and group of a statement with its path. What is inside extensions is not looked at."""
    if isinstance(value, list):
        for index, element in enumerate(value):
            yield from _people(element, f"{path}[{index}]")
    if not isinstance(value, dict):
        return
    if value.get("objectType") in {"Agent", "Group"} or any(k in value for k in ("account", *_TELLING[1:])):
        yield path, value
    for name, element in value.items():
        if name not in {"extensions", "account", "definition", "display"}:
            yield from _people(element, f"{path}.{name}" if path else name)
