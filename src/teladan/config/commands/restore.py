"""Pulihkan dari cadangan. Arsip diperiksa seluruhnya lebih dahulu; data lama tidak dihapus, tetapi disisihkan.

Server dan pekerja harus berhenti. Data yang sudah ada hanya diganti dengan --ganti."""

import contextlib
import ctypes
import os
import shutil
import tempfile
from argparse import ArgumentParser, Namespace
from datetime import datetime
from pathlib import Path

from django.db import connections, transaction

from teladan.config import archive, database, portable
from teladan.config.console import Refusal, say
from teladan.config.home import DATABASE, KEY, home, is_empty, replaced
from teladan.kernel import clock

_EXCHANGE, _HERE = 2, -100  # RENAME_EXCHANGE, AT_FDCWD


def configure(parser: ArgumentParser) -> None:
    """From where, and how far to go."""
    parser.add_argument("sumber", type=Path, help="arsip cadangan")
    parser.add_argument("--ganti", action="store_true", help="ganti data yang sudah ada (yang lama disisihkan)")
    parser.add_argument("--periksa", action="store_true", help="hanya periksa arsipnya")


def run(options: Namespace) -> int:
    """Check, unpack beside the data folder, swap the folders."""
    source: Path = options.sumber
    if not source.is_file():
        raise Refusal(f"{source} tidak ada.")
    folder = home()
    connections.close_all()
    if not options.periksa:
        if not options.ganti and not is_empty(folder):
            raise Refusal(
                f"Folder data {folder} sudah berisi.", next_step="Tambahkan --ganti bila memang akan diganti."
            )
        if not database.is_embedded():
            _require_empty()
    new = Path(tempfile.mkdtemp(prefix=f".{folder.name}-baru-", dir=folder.parent))
    try:
        contents = _unpack(source, new)
        if options.periksa:
            say(f"Cadangan ini utuh: {len(contents.files)} bagian, dibuat {_when(contents)}.")
            return 0
        with replaced():
            aside = _swap(folder, new) if database.is_embedded() else _fill(folder, new)
    finally:
        shutil.rmtree(new, ignore_errors=True)
    say(f"Data dari {_when(contents)} dipulihkan ke {folder} (Teladan {contents.version}).")
    if aside is not None:
        say(f"Data lama disisihkan di {aside}")
    return 0


def _require_empty() -> None:
    """Refusal unless the PostgreSQL is new: what is in there is never overwritten, not even with --ganti."""
    if any(database.agencies(demo=demo) for demo in (False, True)):
        raise Refusal(
            "Basis data PostgreSQL ini sudah berisi dan tidak ditimpa.",
            next_step="Buat basis data baru yang kosong, sebutkan di TELADAN_DATABASE_URL, lalu ulangi.",
        )
    if used_by := database.others():
        raise Refusal(
            f"Basis data ini sedang dipakai ({used_by} sambungan lain).",
            next_step="Hentikan server dan pekerja di semua mesin, lalu ulangi.",
        )


def _fill(folder: Path, new: Path) -> Path | None:
    """Put the rows into PostgreSQL and the rest in place: both or neither."""
    database.migrate(say)
    with transaction.atomic():
        portable.read_file(new / DATABASE)
        (new / DATABASE).unlink()
        return _swap(folder, new)


def _when(contents: archive.Contents) -> str:
    try:
        return f"{datetime.fromisoformat(contents.made_at):%d-%m-%Y %H.%M} UTC"
    except ValueError:
        return contents.made_at


def _unpack(source: Path, new: Path) -> archive.Contents:
    try:
        contents = archive.read(source, new)
        archive.check_database(new / DATABASE)
    except archive.BadArchive as error:
        raise Refusal(str(error), next_step="Tidak ada data yang diubah. Pakai cadangan lain.") from error
    missing = [name for name in archive.named_blobs(new / DATABASE) if f"blobs/{name[:2]}/{name}" not in contents.files]
    if missing:
        raise Refusal(f"Cadangan ini tidak lengkap: {len(missing)} berkas yang tercatat tidak ada di dalamnya.")
    return contents


def _swap(folder: Path, new: Path) -> Path | None:
    """Put the new folder in place at one stroke; where the old one is kept, or None when it held nothing of value."""
    had_nothing = is_empty(folder)
    if (folder / KEY).exists() and not (new / KEY).exists():
        shutil.copy2(folder / KEY, new / KEY)  # without it everybody would have to sign in again
    aside = folder.with_name(f"{folder.name}-sebelum-{clock.now():%Y%m%d-%H%M%S}")
    try:
        if _exchange(folder, new):
            new.rename(aside)
        else:
            folder.rename(aside)
            new.rename(folder)
    except OSError as error:
        raise Refusal(
            f"Folder data {folder} tidak dapat ditukar ({error.strerror}).",
            next_step="Bila folder itu titik kait (mount), pakai folder di bawahnya sebagai TELADAN_HOME.",
        ) from error
    if had_nothing:
        shutil.rmtree(aside, ignore_errors=True)
        return None
    return aside


def _exchange(one: Path, other: Path) -> bool:
    """Swap two folders in one step, so that there is never a moment without data; False where the system cannot."""
    with contextlib.suppress(OSError, AttributeError):
        rename = ctypes.CDLL(None, use_errno=True).renameat2
        return bool(rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0)
    return False
