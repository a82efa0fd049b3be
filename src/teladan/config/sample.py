"""The sample installation (`TELADAN_DEMO=1`): built once, begun anew when the building was interrupted or on request."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connections

from teladan.config import database
from teladan.config.console import Refusal
from teladan.config.database import migrate
from teladan.config.home import BLOBS, DATABASE, home
from teladan.demo import api as demo

UNFINISHED = ".demo-unfinished"


def build_if_empty(report: Callable[[str], object]) -> None:
    """Build the sample unless it is there; a half-built one is cleared away first."""
    marker = home() / UNFINISHED
    if marker.exists():
        report("Pembuatan data contoh dahulu terputus; dimulai lagi dari awal.")
        clear()
        migrate(report)
    marker.touch()
    demo.build(report=report)
    marker.unlink()


def clear() -> None:
    """Remove database and files. Refusal when an agency in there is no sample: a wrong setting costs nothing."""
    folder = home()
    if database.is_embedded():
        _require_sample(folder / DATABASE)
        connections.close_all()
        for path in folder.glob(f"{DATABASE}*"):
            path.unlink()
    else:
        _refuse(database.agencies(demo=False))
        database.drop_tables()
    shutil.rmtree(folder / BLOBS, ignore_errors=True)


def _require_sample(file: Path) -> None:
    if not file.exists():
        return
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
        try:
            (real,) = connection.execute("SELECT count(*) FROM accounts_agency WHERE NOT is_demo").fetchone()
        except sqlite3.OperationalError:  # an older or unfinished database
            return
    _refuse(real)


def _refuse(real: int) -> None:
    if real:
        raise Refusal("Data ini berisi instansi yang bukan contoh. Tidak ada yang dihapus.")
