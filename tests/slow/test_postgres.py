"""An installation on PostgreSQL: it begins, is prepared by two nodes at once, is backed up, and moves between the
databases without losing a row."""

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.slow.postgres_server import postgres_server
from tools import postgres
from tools.bench.stage import ROOT, stage

pytestmark = pytest.mark.slow
Teladan = Callable[..., subprocess.CompletedProcess[str]]
AGENCY = ["--nama", "Dinas Uji", "--slug", "dinas-uji", "--zona", "WITA", "--nip", "199001012020121001",
          "--nama-operator", "Sari Dewi"]  # fmt: skip


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with postgres_server(tmp_path_factory.mktemp("pg") / "server", careless=True) as url:
        yield url


@pytest.fixture
def url(server: str, request: pytest.FixtureRequest) -> str:
    """An empty database of this test."""
    return postgres.another(server, f"d{abs(hash(request.node.name)) % 10**9}")


def environment(home: Path, url: str, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TELADAN_")}
    kept |= {"DJANGO_SETTINGS_MODULE": "teladan.config.settings", "PYTHONPATH": str(ROOT / "src")}
    return {**kept, "TELADAN_HOME": str(home), "TELADAN_DATABASE_URL": url, **more}


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "teladan.config.command", *arguments]


@pytest.fixture
def teladan(tmp_path: Path, url: str) -> Teladan:
    """`teladan("init", ..., home="a", url="")`: run the command on a home of that name."""

    def run(*arguments: str, home: str = "home", url: str = url, **more: str) -> subprocess.CompletedProcess[str]:
        env = environment(tmp_path / home, url, **more)
        return subprocess.run(
            command(*arguments), env=env, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False
        )

    return run


def test_installation_begins_on_an_empty_database(teladan: Teladan, tmp_path: Path) -> None:
    assert teladan("migrate", "--periksa").returncode == 1
    made = teladan("init", *AGENCY)
    assert made.returncode == 0, made.stderr
    assert "Kode aktivasi: " in made.stdout
    assert teladan("migrate", "--periksa").returncode == 0
    assert not (tmp_path / "home" / "teladan.sqlite3").exists()
    again = teladan("init", *AGENCY)
    assert (again.returncode, "sudah mempunyai instansi" in again.stderr) == (1, True)
    assert teladan("ledger", "verify").stdout.startswith("Utuh")
    reset = teladan("demo-reset", TELADAN_DEMO="1")
    assert (reset.returncode, "bukan contoh" in reset.stderr) == (1, True)


def test_tables_that_were_dropped_are_made_anew_and_strangers_stay(teladan: Teladan, url: str, tmp_path: Path) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE theirs (n int)")
    assert teladan("migrate").returncode == 0
    drop = "import django; django.setup(); from teladan.config import database; database.drop_tables()"
    subprocess.run([sys.executable, "-c", drop], env=environment(tmp_path / "home", url), check=True, cwd=ROOT)
    with psycopg.connect(url) as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
    assert tables == [("theirs",)]
    assert teladan("migrate").returncode == 0
    assert teladan("migrate", "--periksa").returncode == 0


def test_two_nodes_that_start_at_once_migrate_once(url: str, tmp_path: Path) -> None:
    nodes = [
        subprocess.Popen(
            command("migrate"), env=environment(tmp_path / f"node{n}", url), cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        for n in range(2)
    ]
    said = [node.communicate(timeout=240)[0] for node in nodes]
    assert [node.returncode for node in nodes] == [0, 0]
    assert sum("Memperbarui basis data" in text for text in said) == 1


def test_server_that_is_away_is_said_with_a_way_out_and_without_the_password(teladan: Teladan) -> None:
    away = teladan("migrate", url="postgresql://teladan:rahasia@127.0.0.1:1/teladan")
    assert (away.returncode, "tidak dapat dicapai" in away.stderr) == (1, True)
    assert "TELADAN_DATABASE_URL" in away.stderr
    assert "rahasia" not in away.stdout + away.stderr
    assert "Traceback" not in away.stderr


def tables(file: Path) -> dict[str, list[Any]]:
    """Every row of a SQLite file, by table."""
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        kept = sorted(name for name in names if not name.startswith("sqlite_") and name != "django_migrations")
        return {name: sorted(map(same, connection.execute(f"SELECT * FROM {name}"))) for name in kept}


def same(row: tuple[Any, ...]) -> str:
    """A row as text; the order of keys in JSON means nothing."""
    return repr([json.dumps(json.loads(v), sort_keys=True) if str(v)[:1] in "{[" and v else v for v in row])


@pytest.mark.enable_socket
def test_installation_moves_to_postgresql_and_back_without_losing_a_row(teladan: Teladan, tmp_path: Path) -> None:
    with stage(people=4, begun=True, read_pages=True) as prepared:
        packs = {"TELADAN_PACKS": prepared.env["TELADAN_PACKS"]}
        saved, back = str(tmp_path / "a.tar.gz"), str(tmp_path / "b.tar.gz")
        made = subprocess.run(command("backup", saved), env=prepared.env, cwd=ROOT, check=False, capture_output=True)
        assert made.returncode == 0, made.stderr
        before = tables(prepared.home / "teladan.sqlite3")

        moved = teladan("restore", saved, **packs)
        assert moved.returncode == 0, moved.stderr
        assert teladan("ledger", "verify", **packs).stdout.startswith("Utuh")
        again = teladan("restore", saved, "--ganti", **packs)
        assert (again.returncode, "sudah berisi dan tidak ditimpa" in again.stderr) == (1, True)
        added = teladan("django", "shell", "-c", ADD_AGENCY, **packs)  # the sequences go on after the last row
        assert added.returncode == 0, added.stderr

        assert teladan("backup", back, **packs).returncode == 0
        returned = teladan("restore", back, home="again", url="", **packs)
        assert returned.returncode == 0, returned.stderr
        assert teladan("ledger", "verify", home="again", url="", **packs).stdout.startswith("Utuh")
    after = tables(tmp_path / "again" / "teladan.sqlite3")
    assert before.keys() == after.keys()
    for name in before.keys() - GROWN:
        assert after[name] == before[name], name
    for name in GROWN:
        assert len(after[name]) > len(before[name]), name


GROWN = {"accounts_agency", "ledger_entry", "jobs_message", "jobs_delivery"}
ADD_AGENCY = """
from django.db import transaction
from teladan.accounts import api
from teladan.jobs import api as jobs
with transaction.atomic():
    api.create_agency(name="Baru", slug="baru", zone="Asia/Jakarta", by=None)
    jobs.enqueue("ledger.sequence", agency_id=None)
"""
