"""Identifiers: time-ordered UUIDs for rows, short unguessable codes for people."""

import secrets
from uuid import UUID

from teladan.kernel import clock

_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else when read aloud or printed


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562, 5.7): 48 bits of milliseconds, then 74 random bits; sorts by time of making."""
    millis = int(clock.now().timestamp() * 1000)
    value = (millis & (1 << 48) - 1) << 80 | 0x7 << 76 | secrets.randbits(12) << 64 | 0b10 << 62 | secrets.randbits(62)
    return UUID(int=value)


def code(length: int = 12) -> str:
    """A random code of `length` signs (4.9 bits each) that can be typed from paper."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))
