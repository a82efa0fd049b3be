"""The data folder (`TELADAN_HOME`): who uses it just now."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

from teladan.config.console import Refusal

DATABASE = "teladan.sqlite3"
BLOBS = "blobs"
KEY = "secret-key"


def home() -> Path:
    """The data folder, made when it is not there, for its owner only."""
    folder = Path(settings.HOME)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def is_empty(folder: Path) -> bool:
    """Nothing of value yet: no database and no files."""
    blobs = folder / BLOBS
    return not (folder / DATABASE).exists() and not (blobs.is_dir() and any(blobs.iterdir()))


@contextmanager
def used() -> Iterator[None]:
    """Use the data together with others (server, worker, migration); Refusal while somebody replaces it."""
    with _locked(fcntl.LOCK_SH, "Data sedang dipulihkan atau disetel ulang oleh perintah lain."):
        yield


@contextmanager
def replaced() -> Iterator[None]:
    """Have the data alone, to replace it; Refusal while a server or worker uses it."""
    with _locked(fcntl.LOCK_EX, "Data sedang dipakai oleh server atau pekerja yang masih berjalan."):
        yield


@contextmanager
def _locked(kind: int, refusal: str) -> Iterator[None]:
    file = os.open(home() / ".in-use", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(file, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal(refusal, next_step="Hentikan perintah itu lebih dahulu, lalu ulangi.") from None
        yield
    finally:
        os.close(file)
