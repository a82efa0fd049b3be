"""What a file is, told from its content. Pure."""

import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from teladan.rulebook.clips import clip_kind


@dataclass(frozen=True)
class Kind:
    """A file type: key, media type, usual suffix, whether Pillow re-encodes it, whether a browser plays it."""

    key: str
    media_type: str
    suffix: str
    is_image: bool = False
    is_clip: bool = False  # video or sound, played in the page


KINDS = {
    kind.key: kind
    for kind in (
        Kind("pdf", "application/pdf", ".pdf"),
        Kind("png", "image/png", ".png", is_image=True),
        Kind("jpeg", "image/jpeg", ".jpg", is_image=True),
        Kind("webp", "image/webp", ".webp", is_image=True),
        Kind("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"),
        Kind("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"),
        Kind("csv", "text/csv; charset=utf-8", ".csv"),
        Kind("txt", "text/plain; charset=utf-8", ".txt"),
        Kind("mp4", "video/mp4", ".mp4", is_clip=True),
        Kind("webm", "video/webm", ".webm", is_clip=True),
        Kind("mp3", "audio/mpeg", ".mp3", is_clip=True),
        Kind("vtt", "text/vtt; charset=utf-8", ".vtt"),
        Kind("woff2", "font/woff2", ".woff2"),
    )
}
MAX_UNPACKED_BYTES = 300 * 1_048_576  # of an office file
MAX_PARTS = 5_000
_HEAD_BYTES = 64
_CONTROL = frozenset(chr(c) for c in range(32)) - frozenset("\t\n\r\f") | {"\x7f"}


def detect(content: BinaryIO) -> str | None:
    """The key of the kind of `content`; None for anything unknown, broken or carrying macros. Rewinds it."""
    content.seek(0)
    head = content.read(_HEAD_BYTES)
    content.seek(0)
    try:
        return _by_head(head) or (_office(content) if head.startswith(b"PK\x03\x04") else _text(content))
    finally:
        content.seek(0)


def _by_head(head: bytes) -> str | None:
    if clip := clip_kind(head):
        return clip
    if head.startswith(b"RIFF"):
        return "webp" if head[8:12] == b"WEBP" else None
    starts = {b"%PDF-": "pdf", b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg", b"wOF2": "woff2"}
    return next((key for start, key in starts.items() if head.startswith(start)), None)


def _office(content: BinaryIO) -> str | None:
    try:
        with zipfile.ZipFile(content) as package:
            parts = package.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return None
    names = {part.filename for part in parts}
    if len(parts) > MAX_PARTS or sum(part.file_size for part in parts) > MAX_UNPACKED_BYTES:
        return None
    if "[Content_Types].xml" not in names or any(name.lower().endswith("vbaproject.bin") for name in names):
        return None
    return "xlsx" if "xl/workbook.xml" in names else "docx" if "word/document.xml" in names else None


def _text(content: BinaryIO) -> str | None:
    """UTF-8 without control characters; with a separator in its first line it is a table."""
    try:
        text = content.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not text.strip() or not _CONTROL.isdisjoint(text):
        return None
    first = text.split("\n", 1)[0]
    if first.split(maxsplit=1)[:1] == ["WEBVTT"]:
        return "vtt"
    return "csv" if any(sign in first for sign in ",;\t") else "txt"
