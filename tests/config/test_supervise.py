"""Children are kept running, restarted with growing pauses, given up in the end, and never left behind."""

import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import os, sys
from teladan.config.supervise import Child, supervise
say = lambda line: os.write(1, f"{line}\\n".encode())
children = [Child(f"anak{n}", [sys.executable, "-c", code]) for n, code in enumerate(sys.argv[1:])]
sys.exit(supervise(children, say))
"""
# One write a line, so that lines of two children do not mix.
SLEEPS = r"import os, time; os.write(1, b'lahir %d\n' % os.getpid()); time.sleep(600)"
PARENT = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {SLEEPS!r}]); {SLEEPS}"


class Supervisor:
    """A supervisor in a process of its own; its lines as they come."""

    def __init__(self, *codes: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", SCRIPT, *codes],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": "src"},
            stdout=subprocess.PIPE,
            text=True,
        )
        self.lines: queue.Queue[str] = queue.Queue()
        self.said: list[str] = []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def born(self) -> int:
        """The number of the next child that says it was born."""
        while True:
            try:
                line = self.lines.get(timeout=30)
            except queue.Empty:
                pytest.fail(f"no child was born; it said only: {self.said}")
            self.said.append(line)
            if line.startswith("lahir"):
                return int(line.split()[1])

    def end(self) -> str:
        """Wait for the end; all it said."""
        self.process.wait(60)
        self.reader.join(10)
        while not self.lines.empty():
            self.said.append(self.lines.get())
        return "".join(self.said)


@pytest.fixture
def start() -> Iterator[Callable[..., Supervisor]]:
    started: list[Supervisor] = []

    def one(*codes: str) -> Supervisor:
        started.append(Supervisor(*codes))
        return started[-1]

    yield one
    for supervisor in started:
        supervisor.process.kill()
        supervisor.end()
        assert supervisor.process.stdout is not None
        supervisor.process.stdout.close()


def is_alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.05)


Start = Callable[..., Supervisor]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc"),
]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_ends_all_children_and_exits_cleanly(start: Start, number: signal.Signals) -> None:
    one = start(SLEEPS, SLEEPS)
    pids = [one.born(), one.born()]
    one.process.send_signal(number)
    assert "Berhenti" in one.end()
    assert one.process.returncode == 0
    assert not any(map(is_alive, pids))


def test_killed_child_is_started_again(start: Start) -> None:
    one = start(SLEEPS)
    first = one.born()
    os.kill(first, signal.SIGKILL)
    second = one.born()
    assert second != first
    one.process.terminate()
    one.end()
    assert one.process.returncode == 0
    assert not is_alive(second)


def test_what_a_killed_child_left_behind_goes_before_it_starts_again(start: Start) -> None:
    one = start(PARENT)
    pids = {one.born(), one.born()}
    (leader,) = {pid for pid in pids if os.getpgid(pid) == pid}
    (left,) = pids - {leader}
    os.kill(leader, signal.SIGKILL)
    until(lambda: not is_alive(left))
    one.process.terminate()
    one.end()
    assert one.process.returncode == 0


def test_child_that_fails_every_time_ends_everything(start: Start) -> None:
    one = start("raise SystemExit(3)", SLEEPS)
    sleeper = one.born()
    said = one.end()
    assert one.process.returncode == 1
    assert said.count("dijalankan lagi") == 5
    assert "anak0 gagal 6 kali berturut-turut (kode 3)" in said
    assert not is_alive(sleeper)


def test_children_end_when_the_supervisor_is_killed(start: Start) -> None:
    one = start(SLEEPS)
    child = one.born()
    one.process.kill()
    until(lambda: not is_alive(child))
