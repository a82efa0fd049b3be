"""Statements for the tests: a valid one, and ways to change it."""

import copy
from typing import Any

ACCOUNT = {"homePage": "https://teladan.contoh.go.id", "name": "019c3f2e-8a44-7d02-9a53-2f4c1be0a7d1"}
AGENT = {"objectType": "Agent", "account": ACCOUNT}
ACTIVITY = {"objectType": "Activity", "id": "https://teladan.contoh.go.id/xapi/materi/berakhlak"}
SHA2 = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
ATTACHMENT = {
    "usageType": "https://contoh.go.id/lampiran",
    "display": {"id": "Bukti"},
    "contentType": "application/pdf",
    "length": 27,
    "sha2": SHA2,
}
GONE = object()


def make(**changes: Any) -> dict[str, Any]:
    """A valid statement, with `context__registration=...` and the like put in (GONE takes away)."""
    statement: dict[str, Any] = {
        "id": "6f0f2d0a-6b1c-5d5e-9a53-2f4c1be0a7d1",
        "actor": AGENT,
        "verb": {"id": "http://adlnet.gov/expapi/verbs/experienced", "display": {"id": "membaca"}},
        "object": ACTIVITY,
        "timestamp": "2026-11-23T01:00:00Z",
    }
    statement = copy.deepcopy(statement)
    for path, value in changes.items():
        *parents, name = path.split("__")
        place = statement
        for parent in parents:
            place = place.setdefault(parent, {})
        if value is GONE:
            del place[name]
        else:
            place[name] = copy.deepcopy(value)
    return statement


def sub(**changes: Any) -> dict[str, Any]:
    """A statement about a sub-statement (changes go into the latter)."""
    inner = make(id=GONE, **changes)
    return make(object={"objectType": "SubStatement", **inner})
