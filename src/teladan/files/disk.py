"""The bytes on disk: below `settings.BLOBS`, named by their SHA-256, written whole or not at all."""

import fcntl
import hashlib
import os
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

_NAME = re.compile(r"[0-9a-f]{64}")
_CHUNK = 1_048_576
_PIECE = 65_536  # handed to a browser at a time


class Damaged(Exception):
    """The bytes are missing or are not those that were stored."""


def root() -> Path:
    """The folder of all blobs, readable by its owner only."""
    folder = Path(settings.BLOBS)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def path_of(sha256: str) -> Path:
    """Where the bytes with this hash lie. ValueError for anything that is no hash: no name leads elsewhere."""
    if not _NAME.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hexadecimal")
    return root() / sha256[:2] / sha256


def write(content: BinaryIO) -> tuple[str, int]:
    """Store the bytes; their hash and size. They are on the disk whole, or not there, whatever happens meanwhile."""
    with tempfile.NamedTemporaryFile(dir=root(), prefix=".new-", delete=False) as new:
        try:
            digest, size = hashlib.sha256(), 0
            while chunk := content.read(_CHUNK):
                digest.update(chunk)
                size += new.write(chunk)
            new.flush()
            os.fsync(new.fileno())
            path = path_of(digest.hexdigest())
            with _shared():
                path.parent.mkdir(mode=0o700, exist_ok=True)
                Path(new.name).replace(path)  # the same bytes again only renew the file's age
                _sync_folder(path.parent)
        except BaseException:
            Path(new.name).unlink(missing_ok=True)
            raise
    return digest.hexdigest(), size


def read(sha256: str) -> bytes:
    """The stored bytes, checked against their hash; Damaged when they are gone or changed."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError as error:
        raise Damaged("missing") from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Damaged("changed")
    return content


def chunks(sha256: str, *, first: int, n: int) -> Iterator[bytes]:
    """`n` stored bytes from `first` on, a piece at a time; Damaged when they are gone. A part cannot be checked against
    the hash of the whole."""
    try:
        file = path_of(sha256).open("rb")
    except FileNotFoundError as error:
        raise Damaged("missing") from error
    return _pieces(file, first, n)


def _pieces(file: BinaryIO, first: int, n: int) -> Iterator[bytes]:
    with file:
        file.seek(first)
        while n > 0 and (piece := file.read(min(n, _PIECE))):
            n -= len(piece)
            yield piece


def stored() -> Iterator[Path]:
    """Every file below the root, leftovers of interrupted writes included."""
    for path in root().rglob("*"):
        if path.is_file() and path.name != ".lock":
            yield path


def remove_if_old(path: Path, *, seconds: float) -> bool:
    """Remove a file nobody has stored anew for so long. No write can renew it in between."""
    with _lock(fcntl.LOCK_EX):
        try:
            if time.time() - path.stat().st_mtime < seconds:
                return False
            path.unlink()
        except FileNotFoundError:
            return False
    return True


@contextmanager
def _shared() -> Iterator[None]:
    with _lock(fcntl.LOCK_SH):
        yield


@contextmanager
def _lock(kind: int) -> Iterator[None]:
    file = os.open(root() / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(file, kind)
        yield
    finally:
        os.close(file)


def _sync_folder(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
