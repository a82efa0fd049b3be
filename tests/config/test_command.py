"""The command: help, refusals, exit codes, and what each subcommand says."""

import json
import os
import socket
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from teladan.config import command, database
from teladan.config.bind import Bind, bind
from teladan.config.commands import demo_reset, jobs, ledger, migrate, up, version
from teladan.config.console import Refusal
from teladan.config.environment import BadSetting
from teladan.config.home import home, replaced, used
from teladan.jobs import registry
from teladan.jobs.api import enqueue, run_pending
from teladan.ledger import api as ledger_api


def test_command_without_a_name_shows_every_subcommand(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([]) == 2
    assert command.main(["--help"]) == 0
    shown = capsys.readouterr().out
    assert all(name in shown for name in command.COMMANDS)


def test_command_with_an_unknown_name_says_what_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        command.main(["naik"])
    assert end.value.code == 2
    assert "tidak ada perintah 'naik'. Yang ada: up," in capsys.readouterr().err


@pytest.mark.parametrize("name", [name for name in command.COMMANDS if name != "django"])
def test_every_subcommand_explains_itself(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        command.main([name, "--help"])
    assert end.value.code == 0
    assert f"usage: teladan {name}" in capsys.readouterr().out


def test_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    version.configure(ArgumentParser())
    assert version.run(Namespace()) == 0
    assert capsys.readouterr().out.startswith("Teladan ")


def test_ledger_verify_says_whole_or_broken(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    with transaction.atomic():
        ledger_api.record(act="tests.lit", agency_id=None, actor_id=None, subject="lamp:1", data={})
    ledger_api.sequence()
    assert ledger.run(Namespace(apa="verify", json=False)) == 0
    assert ledger.run(Namespace(apa="verify", json=True)) == 0
    plain, as_json = capsys.readouterr().out.splitlines()
    assert plain.startswith("Utuh: 1 catatan cocok")
    assert json.loads(as_json)["head_number"] == 1
    from django.db import connection

    with connection.cursor() as cursor:
        on = " ON ledger_entry" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER ledger_entry_sealed{on}")
        cursor.execute("UPDATE ledger_entry SET data = '{\"n\":1}'")
    assert ledger.run(Namespace(apa="verify", json=False)) == 1
    assert "RUSAK pada catatan nomor 1" in capsys.readouterr().out


def test_jobs_shows_what_is_parked_and_retries_it(
    db: None, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registry, "receivers", dict(registry.receivers))

    @registry.task("tests.fails", attempts=1)
    def fails() -> None:
        raise ValueError

    with transaction.atomic():
        enqueue("tests.fails", agency_id=None)
    run_pending()
    assert jobs.run(Namespace(apa=None, nomor=[])) == 0
    first, second = capsys.readouterr().out.splitlines()
    assert "terparkir 1." in first
    number = int(second.split()[0])
    assert "tests.fails" in second
    assert jobs.run(Namespace(apa="retry", nomor=[number])) == 0
    with pytest.raises(Refusal, match=f"nomor {number}"):
        jobs.run(Namespace(apa="retry", nomor=[number]))
    with pytest.raises(Refusal, match="Sebutkan"):
        jobs.run(Namespace(apa="retry", nomor=[]))


def test_migrate_has_nothing_to_do_in_a_finished_database(
    db: None, capsys: pytest.CaptureFixture[str], tmp_path: Path, settings: Any
) -> None:
    settings.HOME = tmp_path
    assert database.pending() == []
    assert database.migrate(print) is False
    assert migrate.run(Namespace(periksa=True)) == 0
    assert migrate.run(Namespace(periksa=False)) == 0
    assert capsys.readouterr().out == "Basis data sudah sesuai.\n" * 2


def test_home_in_use_cannot_be_replaced_and_the_other_way_round(tmp_path: Path, settings: Any) -> None:
    settings.HOME = tmp_path / "a" / "b"
    with used(), used(), pytest.raises(Refusal, match="sedang dipakai"), replaced():
        pass
    with replaced(), pytest.raises(Refusal, match="sedang dipulihkan"), used():
        pass
    with replaced():
        assert home() == tmp_path / "a" / "b"


@pytest.mark.parametrize(
    ("given", "expected", "url", "is_loopback"),
    [
        ("", Bind("127.0.0.1", 8000), "http://127.0.0.1:8000", True),
        ("9001", Bind("127.0.0.1", 9001), "http://127.0.0.1:9001", True),
        ("localhost:80", Bind("localhost", 80), "http://localhost:80", True),
        ("0.0.0.0:8000", Bind("0.0.0.0", 8000), "http://127.0.0.1:8000", False),
        ("[::1]:8000", Bind("::1", 8000), "http://[::1]:8000", True),
        ("[::]:8000", Bind("::", 8000), "http://[::1]:8000", False),
        (
            "pelatihan.example.go.id:8000",
            Bind("pelatihan.example.go.id", 8000),
            "http://pelatihan.example.go.id:8000",
            False,
        ),
    ],
)
def test_bind_is_read_from_the_environment(
    given: str, expected: Bind, url: str, is_loopback: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("TELADAN_BIND", raising=False)
    if given:
        monkeypatch.setenv("TELADAN_BIND", given)
    assert (bind(), bind().url, bind().is_loopback) == (expected, url, is_loopback)


@pytest.mark.parametrize("given", ["host", "a:b", "127.0.0.1:0", "127.0.0.1:99999", "::1:8000", "a b:80"])
def test_bind_that_is_malformed_stops_with_a_sentence(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TELADAN_BIND", given)
    with pytest.raises(BadSetting, match="TELADAN_BIND must be host:port"):
        bind()


def test_port_in_use_is_refused_with_a_way_out() -> None:
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind(("127.0.0.1", 0))
        where = Bind("127.0.0.1", taken.getsockname()[1])
        assert not where.answers()
        taken.listen()
        assert where.answers()
        with pytest.raises(Refusal, match="Tidak dapat memakai") as refusal:
            where.require_free()
    assert "TELADAN_BIND" in refusal.value.next_step
    where.require_free()


def test_demo_is_refused_on_an_address_others_can_reach(
    monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path
) -> None:
    settings.DEMO, settings.HOME = True, tmp_path
    monkeypatch.setenv("TELADAN_BIND", "0.0.0.0:8000")
    with pytest.raises(Refusal, match="tidak boleh dibuka dari luar"):
        up.run(Namespace(siapkan_saja=True, tanpa_pekerja=False))


def test_demo_reset_is_refused_outside_the_demo(settings: Any) -> None:
    settings.DEMO = False
    with pytest.raises(Refusal, match="hanya untuk pemasangan contoh"):
        demo_reset.run(Namespace())


def test_refusal_and_interruption_end_with_their_exit_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(name: str, rest: list[str]) -> int:
        raise Refusal("Tidak bisa.", next_step="Coba lagi.")

    def interrupt(name: str, rest: list[str]) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "_run", refuse)
    assert command.main(["version"]) == 1
    assert capsys.readouterr().err == "teladan: Tidak bisa.\n         Coba lagi.\n"
    monkeypatch.setattr(command, "_run", interrupt)
    assert command.main(["version"]) == 130


@pytest.mark.slow
def test_command_in_a_new_home_makes_a_private_database(tmp_path: Path) -> None:
    environment = {**os.environ, "TELADAN_HOME": str(tmp_path / "data")}
    environment["PYTHONPATH"] = os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")])

    def teladan(*arguments: str) -> subprocess.CompletedProcess[str]:
        done = [sys.executable, "-m", "teladan.config.command", *arguments]
        return subprocess.run(done, env=environment, capture_output=True, text=True, timeout=120, check=False)

    assert teladan("migrate", "--periksa").returncode == 1
    assert teladan("migrate").returncode == 0
    assert teladan("migrate", "--periksa").returncode == 0
    assert (tmp_path / "data").stat().st_mode & 0o077 == 0
    assert (tmp_path / "data" / "teladan.sqlite3").stat().st_mode & 0o077 == 0
    assert teladan("ledger", "verify").stdout.startswith("Utuh: 0 catatan")
    assert teladan("worker", "--selang", "abc").returncode == 2
    checked = teladan("django", "migrate", "--check")
    assert checked.returncode == 0, checked.stderr
