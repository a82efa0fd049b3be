"""Processes killed at any moment: nothing announced is lost, nothing happens twice."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def start(environment: dict[str, str], *arguments: str, output: int | None = None) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", *arguments]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output or subprocess.DEVNULL, text=True)


def kill(process: subprocess.Popen[str]) -> str:
    process.send_signal(signal.SIGKILL)
    return process.communicate()[0] or ""


@pytest.mark.slow
def test_workers_and_publishers_killed_again_and_again_lose_nothing_and_repeat_nothing(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "TELADAN_HOME": str(tmp_path),
        "PYTHONPATH": "src:.:" + os.environ.get("PYTHONPATH", ""),
    }
    environment["TELADAN_LOG"] = "CRITICAL"
    assert start(environment, "teladan.config.command", "migrate").wait(120) == 0
    database = tmp_path / "teladan.sqlite3"
    acknowledged: set[int] = set()
    dice = random.Random(20261123)
    crew = [start(environment, "tests.jobs.kill_crew", "work") for _ in range(2)]
    killed = 0
    try:
        for turn in range(4):
            first = (turn + 1) * 1_000_000
            publisher = start(environment, "tests.jobs.kill_crew", "publish", str(first), output=subprocess.PIPE)
            until = time.monotonic() + 5
            while time.monotonic() < until:
                time.sleep(dice.uniform(0.8, 2.2))
                victim = dice.randrange(2)
                kill(crew[victim])
                killed += 1
                crew[victim] = start(environment, "tests.jobs.kill_crew", "work")
            acknowledged |= {int(line) for line in kill(publisher).split()}
        assert drained(database, seconds=120), "deliveries are still open"
    finally:
        for process in crew:
            kill(process)
    with closing(sqlite3.connect(database)) as connection:
        effects = {int(key[2:]) for (key,) in connection.execute("SELECT key FROM jobs_post")}
        told = "SELECT json_extract(payload, '$.n') FROM jobs_message WHERE name = 'tests.number'"
        announced = {n for (n,) in connection.execute(told)}
        repeated = connection.execute("SELECT count(*) FROM jobs_delivery WHERE attempts > 1").fetchone()[0]
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert acknowledged <= announced
    assert effects == announced
    assert len(acknowledged) > 100
    assert killed >= 8
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
