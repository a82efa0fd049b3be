"""A worker process is killed again and again while it applies a roster; the outcome is as if nothing had happened."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
STAGE = """
from tests.people.rosters import csv, row, nip
from teladan.accounts import api as accounts
from teladan.people import api
home = accounts.create_agency(name="Kabupaten Contoh", slug="kab", zone="Asia/Makassar", by=None)
with accounts.agency_scope(home):
    people = [row(n, kode_unit=f"U{n % 40}", unit=f"Unit {n % 40}") for n in range(6000)]
    import_id = api.stage_roster(content=csv(*people), name="x.csv", by=None, agency_id=home)
    assert api.check_roster(import_id=import_id, by=None).errors == ()
    api.apply_roster(import_id=import_id, by=None)
"""
WORK = """
import threading
from teladan.jobs import api as jobs
from teladan.jobs import registry
import dataclasses
# a dead worker's turn is taken over after a moment instead of two minutes
name = "people.apply_roster"
registry.receivers[name] = dataclasses.replace(registry.receivers[name], lease_seconds=1, attempts=100)
print("ready", flush=True)
jobs.work(stop=threading.Event(), interval=0.05)
"""
COUNTS = """
SELECT (SELECT count(*) FROM people_person),
       (SELECT count(*) FROM accounts_account),
       (SELECT count(*) FROM people_appointment WHERE ends IS NULL),
       (SELECT count(*) FROM jobs_message WHERE name = 'people.roster_applied'),
       (SELECT count(*) FROM ledger_entry WHERE act = 'people.roster_rows_applied')
"""


def run(code: str, home: Path) -> "subprocess.Popen[str]":
    setup = "import django; django.setup()\n"
    env = {
        **os.environ,
        "TELADAN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "teladan.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "TELADAN_LOG": "CRITICAL",
    }
    return subprocess.Popen([sys.executable, "-c", setup + code], env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def finish(code: str, home: Path) -> str:
    process = run(code, home)
    out, _err = process.communicate(timeout=300)
    assert process.returncode == 0
    return out.strip()


@pytest.mark.slow
def test_apply_roster_survives_kills_of_its_worker(tmp_path: Path) -> None:
    finish("from django.core.management import call_command; call_command('migrate', verbosity=0)", tmp_path)
    finish(STAGE, tmp_path)
    dice = random.Random(7)
    seen: list[tuple[str, int]] = []
    while not seen or seen[-1][0] != "applied":
        worker = run(WORK, tmp_path)
        assert worker.stdout is not None
        assert worker.stdout.readline() == "ready\n"
        time.sleep(dice.uniform(0.05, 0.6))
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        seen += look("SELECT state, done FROM people_rosterimport", tmp_path)
        assert len(seen) < 60
    assert seen[-1] == ("applied", 6040)  # 40 units and 6,000 people
    assert look(COUNTS, tmp_path) == [(6000, 6000, 6000, 1, 24)]  # told once, every chunk recorded once
    assert len({done for _state, done in seen}) > 2, "the kills came too late to mean anything"


def look(sql: str, home: Path) -> list[tuple[Any, ...]]:
    with sqlite3.connect(home / "teladan.sqlite3") as database:
        return database.execute(sql).fetchall()
