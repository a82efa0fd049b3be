"""What crosses the door of files."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class BlobCard:
    """A stored file without its content; `size` in bytes, `kind` a key of `files.kinds.KINDS`."""

    id: UUID
    agency_id: UUID
    purpose: str
    name: str
    kind: str
    media_type: str
    size: int
    sha256: str
    created_at: datetime


@dataclass(frozen=True, kw_only=True)
class ResponseParts:
    """Body and headers of a download that a browser will neither run nor guess about."""

    body: bytes
    headers: dict[str, str]
