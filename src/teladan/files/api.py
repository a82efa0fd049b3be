"""The door of files: store, read, hand to a browser, forget."""

from teladan.files.data import BlobCard, ResponseParts
from teladan.files.store import blob_card, chunks, discard, read, response_headers, response_parts, store, used_bytes
from teladan.files.sweep import sweep

__all__ = [
    "BlobCard",
    "ResponseParts",
    "blob_card",
    "chunks",
    "discard",
    "read",
    "response_headers",
    "response_parts",
    "store",
    "sweep",
    "used_bytes",
]
