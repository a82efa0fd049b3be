"""Composing statements. Pure.

A statement's id is derived (UUID version 5) from what it states: who, under which registration, did what to which
thing, and `again` for what may truly happen more than once. Stating the same thing again therefore gives the same
statement.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from teladan.lrs.data import Statement
from teladan.lrs.formats import to_timestamp
from teladan.lrs.verbs import Verb

VERSION = "2.0.0"
NAMESPACE = UUID("6f0f2d0a-6b1c-5d5e-9a53-2f4c1be0a7d1")  # of this house's statements; never changes
HOUSE = "teladan"  # the account name of the house itself, as authority
LANGUAGE = "id"


def statement_id(*, account_id: UUID, registration: UUID | None, verb: str, object_id: str, again: str = "") -> UUID:
    """The id of the statement that says this."""
    key = [str(account_id), str(registration or ""), verb, object_id, again]
    return uuid5(NAMESPACE, json.dumps(key, ensure_ascii=False, separators=(",", ":")))


def compose(
    *,
    home_page: str,
    verb: Verb | tuple[str, str],
    object_id: str,
    actor_account: UUID,
    registration: UUID | None,
    timestamp: datetime,
    object_type: str = "",
    object_name: str = "",
    definition: Mapping[str, Any] | None = None,
    again: str = "",
    result: Mapping[str, Any] | None = None,
    extensions: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
) -> Statement:
    """A statement that an account (known by its id only) did something to an activity.

    `verb` is (IRI, Indonesian word). `definition` adds to the activity's type and name, `context` to the registration,
    `extensions` go into the context. `timestamp` is aware. What is left out is not in the statement.
    """
    address, word = verb
    about = {"type": object_type, "name": {LANGUAGE: object_name} if object_name else None, **(definition or {})}
    around = {"registration": str(registration) if registration else None, "extensions": extensions, **(context or {})}
    body = {
        "id": str(
            statement_id(
                account_id=actor_account, registration=registration, verb=address, object_id=object_id, again=again
            )
        ),
        "actor": agent(home_page, str(actor_account)),
        "verb": {"id": address, "display": {LANGUAGE: word}},
        "object": _without_gaps({"objectType": "Activity", "id": object_id, "definition": _without_gaps(about)}),
        "result": result,
        "context": _without_gaps(around),
        "timestamp": to_timestamp(timestamp),
        "version": VERSION,
    }
    return Statement(_without_gaps(body))


def agent(home_page: str, name: str) -> dict[str, Any]:
    """Somebody known by an account: a system (`home_page`) and an opaque name in it."""
    return {"objectType": "Agent", "account": {"homePage": home_page, "name": name}}


def score(raw: float, maximum: float, minimum: float = 0) -> dict[str, Any]:
    """The score object of a result; scaled from 0 to 1, to four decimals. ValueError when there is nothing to
    reach."""
    if maximum <= minimum:
        raise ValueError("maximum must be above minimum")
    return {"raw": raw, "min": minimum, "max": maximum, "scaled": round((raw - minimum) / (maximum - minimum), 4)}


def fingerprint(body: Mapping[str, Any]) -> str:
    """SHA-256 of what the statement says: equal for statements that say the same.

    Left out is what a store may add or what may differ without another meaning (IEEE 9274.1.1 4.1.1, immutability and
    its exceptions): id, stored, authority, version, attachments' bytes, the verb's display, activity definitions.
    Left out as well is the moment: whoever states the same thing again later states nothing new, and the first moment
    stands.
    """
    kept = {k: v for k, v in body.items() if k not in {"id", "stored", "timestamp", "authority", "version"}}
    canonical = json.dumps(_essence(kept), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _essence(value: Any, inside: str = "") -> Any:
    if isinstance(value, list):
        return [_essence(v, inside) for v in value]
    if isinstance(value, dict):
        dropped = {"display"} if inside == "verb" else {"definition"}
        if inside == "extensions":
            dropped = set()
        return {
            k: _essence(v, "extensions" if inside == "extensions" else k) for k, v in value.items() if k not in dropped
        }
    return value


def _without_gaps(given: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in given.items() if v is not None and v not in ({}, "", [])}
