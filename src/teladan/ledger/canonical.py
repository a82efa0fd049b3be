"""One way to write a record as bytes, so that its hash is the same everywhere. Pure.

The form is JSON as UTF-8 without spaces, keys sorted by code point, with nothing but text, whole numbers, booleans,
null, lists and objects: the part of RFC 8785 on which no two implementations differ. Hashes are SHA-256.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import UUID

JSON: TypeAlias = "str | int | bool | list[JSON] | tuple[JSON, ...] | Mapping[str, JSON] | None"

LARGEST = 2**53 - 1  # beyond it other languages lose digits
GENESIS = bytes(32)


def canonical(value: JSON) -> bytes:
    """The canonical bytes of `value`. TypeError or ValueError for what has no one form (pass fractions as text)."""
    _check(value, "data")
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode()


def leaf_hash(
    *, entry_id: UUID, act: str, agency_id: UUID | None, actor_id: UUID | None, subject: str, data: JSON, at: datetime
) -> bytes:
    """SHA-256 over the canonical form of one entry; times as UTC with six digits of a second."""
    entry: dict[str, JSON] = {
        "act": act,
        "actor": None if actor_id is None else str(actor_id),
        "agency": None if agency_id is None else str(agency_id),
        "at": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "data": data,
        "id": str(entry_id),
        "subject": subject,
    }
    return hashlib.sha256(canonical(entry)).digest()


def chain_hash(previous: bytes, leaf: bytes) -> bytes:
    """SHA-256 over the previous entry's chain hash and this entry's leaf; the first one follows 32 zero bytes."""
    return hashlib.sha256(previous + leaf).digest()


def _check(value: object, path: str) -> None:
    if value is None or isinstance(value, bool):
        return
    if isinstance(value, str):
        if "\0" in value:
            raise ValueError(f"{path}: text must not contain a zero character")
        value.encode()  # a lone surrogate raises UnicodeEncodeError, which is a ValueError
    elif isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError(f"{path}: whole numbers go to 2**53-1; pass larger ones as text")
    elif isinstance(value, list | tuple):
        for index, one in enumerate(value):
            _check(one, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for key, one in value.items():
            if not isinstance(key, str):
                raise TypeError(f"{path}: keys are text, not {type(key).__name__}")
            _check(key, f"{path} key")
            _check(one, f"{path}.{key}")
    else:
        raise TypeError(f"{path}: {type(value).__name__} has no canonical form; pass it as text")
