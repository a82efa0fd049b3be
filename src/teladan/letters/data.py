"""What crosses the door of letters."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class DocumentCard:
    """A document that was issued. `public` are the only facts that the verification page may show."""

    id: UUID
    agency_id: UUID
    agency_name: str
    agency_zone: str
    code: str
    number: str
    title: str
    issued_at: datetime
    public: Mapping[str, Any]
    revoked_at: datetime | None
    revoked_reason: str

    @property
    def is_valid(self) -> bool:
        return self.revoked_at is None


@dataclass(frozen=True, kw_only=True)
class CodeLetter:
    """A letter that hands a one-time code to a person. `login` as it may be printed (a NIP masked)."""

    name: str
    place: str
    login: str
    is_nip: bool
    code: str = field(repr=False)
    expires_at: datetime
