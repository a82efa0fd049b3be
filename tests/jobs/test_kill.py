"""Processes killed at any moment: nothing announced is lost, nothing happens twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


class Crew:
    """Starts processes on one database and kills them; each has said its first line before it counts as started."""

    def __init__(self, home: Path) -> None:
        self.environment = {
            **os.environ,
            "TELADAN_HOME": str(home),
            "TELADAN_LOG": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "tests.jobs.kill_settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        self.processes: list[subprocess.Popen[bytes]] = []

    def start(self, *arguments: str) -> tuple[subprocess.Popen[bytes], bytes]:
        command = [sys.executable, "-m", "tests.jobs.kill_crew", *arguments]
        process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, bufsize=0)
        self.processes.append(process)
        assert process.stdout is not None
        return process, process.stdout.readline()

    def kill(self, process: subprocess.Popen[bytes]) -> bytes:
        """Kill at once; what it had said that was not read yet."""
        process.send_signal(signal.SIGKILL)
        self.processes.remove(process)
        return process.communicate()[0]

    def end(self) -> None:
        for process in list(self.processes):
            self.kill(process)


@pytest.fixture
def crew(tmp_path: Path) -> Iterator[Crew]:
    crew = Crew(tmp_path)
    yield crew
    crew.end()


@pytest.mark.slow
def test_workers_and_publishers_killed_again_and_again_lose_nothing_and_repeat_nothing(
    crew: Crew, tmp_path: Path
) -> None:
    database = tmp_path / "teladan.sqlite3"
    assert crew.start("migrate")[0].wait(60) == 0
    acknowledged: set[int] = set()
    dice = random.Random(20261123)
    workers = [crew.start("work")[0] for _ in range(2)]
    killed = 0
    for turn in range(1, 5):
        publisher, first_line = crew.start("publish", str(turn * 1_000_000))
        for _ in range(4):
            time.sleep(dice.uniform(0.5, 3.0))  # long enough for a worker to have begun
            victim = dice.randrange(2)
            crew.kill(workers[victim])
            killed += 1
            workers[victim] = crew.start("work")[0]
        acknowledged |= {int(line) for line in (first_line + crew.kill(publisher)).split(b"\n")[:-1]}
    assert drained(database, seconds=120), "deliveries are still open"
    with closing(sqlite3.connect(database)) as connection:
        effects = {int(key[2:]) for (key,) in connection.execute("SELECT key FROM jobs_post")}
        told = "SELECT json_extract(payload, '$.n') FROM jobs_message WHERE name = 'tests.number'"
        announced = {n for (n,) in connection.execute(told)}
        repeated = connection.execute("SELECT count(*) FROM jobs_delivery WHERE attempts > 1").fetchone()[0]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert acknowledged <= announced
    assert effects == announced
    assert len(acknowledged) > 100
    assert killed == 16
    assert repeated > 0, "no worker was killed in the middle of something; the test proves too little"


def drained(database: Path, *, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        with closing(sqlite3.connect(database, timeout=10)) as connection:
            (open_,) = connection.execute("SELECT count(*) FROM jobs_delivery WHERE state <> 'done'").fetchone()
        if not open_:
            return True
        time.sleep(0.2)
    return False
