"""Hapus data contoh dan bangun lagi dari awal. Hanya untuk pemasangan contoh (TELADAN_DEMO=1) yang sedang berhenti."""

import shutil
import sqlite3
from argparse import ArgumentParser, Namespace
from contextlib import closing
from pathlib import Path

from django.conf import settings
from django.db import connections

from teladan.config.commands.up import prepare
from teladan.config.console import Refusal
from teladan.config.home import BLOBS, DATABASE, home, replaced


def configure(parser: ArgumentParser) -> None:
    """No options."""


def run(options: Namespace) -> int:
    """Remove and rebuild."""
    if not settings.DEMO:
        raise Refusal("Perintah ini hanya untuk pemasangan contoh.", next_step="Pakai: make demo-reset")
    folder = home()
    with replaced():
        _require_demo(folder / DATABASE)
        for path in folder.glob(f"{DATABASE}*"):
            path.unlink()
        shutil.rmtree(folder / BLOBS, ignore_errors=True)
        connections.close_all()
        prepare()
        connections.close_all()
    return 0


def _require_demo(database: Path) -> None:
    """Refusal when an agency in there is not a sample: a wrong TELADAN_HOME must cost nothing."""
    if not database.exists():
        return
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as connection:
        try:
            (real,) = connection.execute("SELECT count(*) FROM accounts_agency WHERE NOT is_demo").fetchone()
        except sqlite3.OperationalError:  # an older or unfinished database
            return
    if real:
        raise Refusal("Folder data ini berisi instansi yang bukan contoh. Tidak ada yang dihapus.")
