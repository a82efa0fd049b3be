"""A worker process is killed again and again while it applies a roster; the outcome is as if nothing had happened."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STAGE = """
from tests.people.rosters import csv, row, nip
from teladan.accounts import api as accounts
from teladan.people import api
home = accounts.create_agency(name="Kabupaten Contoh", slug="kab", zone="Asia/Makassar", by=None)
with accounts.agency_scope(home):
    people = [row(n, kode_unit=f"U{n % 40}", unit=f"Unit {n % 40}") for n in range(3000)]
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
jobs.work(stop=threading.Event(), interval=0.05)
"""
LOOK = """
from django_scopes import scopes_disabled
from teladan.accounts.models import Account
from teladan.jobs.models import Message
from teladan.ledger.models import Entry
from teladan.people.models import Appointment, Person, RosterImport
with scopes_disabled():
    roster = RosterImport.objects.get()
    told = Message.objects.filter(name="people.roster_applied").count()
    acts = Entry.objects.filter(act="people.roster_rows_applied").count()
    posts = Appointment.objects.filter(ends=None).count()
    print(roster.state, roster.done, Person.objects.count(), Account.objects.count(), posts, told, acts)
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
    killed_while_applying = 0
    for _round in range(40):
        worker = run(WORK, tmp_path)
        time.sleep(dice.uniform(1.0, 6.0))
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
        seen = finish(LOOK, tmp_path).split()
        if seen[0] == "applied":
            break
        killed_while_applying += int(seen[1]) > 0
    # 40 units and 3,000 people; told once; every chunk recorded once
    assert seen == ["applied", "3040", "3000", "3000", "3000", "1", "12"]
    assert killed_while_applying
