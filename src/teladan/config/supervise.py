"""Keeping child processes running: start, restart with growing pauses, stop together."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from types import FrameType

Report = Callable[[str], object]

HEALTHY_SECONDS = 30  # a child that lived this long starts its count of failures anew
MAX_FAILURES = 6
STOP_SECONDS = 20
_LONGEST_PAUSE = 15.0
_PARENT_DIED = 1  # PR_SET_PDEATHSIG


@dataclass
class Child:
    """One program that should be running. `stop_signal` asks it to end in good order."""

    name: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    restart_at: float = 0.0
    failures: int = 0

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env={**os.environ, **self.environment, "TELADAN_SUPERVISOR": str(os.getpid())},
            process_group=0,  # Ctrl-C reaches us alone; we pass it on once
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509  (no threads here)
        )

    def signal(self, number: int) -> None:
        """To the whole group, so that the server's own workers never outlive it."""
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, number)


def supervise(children: Sequence[Child], report: Report, *, while_running: Callable[[], object] = lambda: None) -> int:
    """Run until SIGINT or SIGTERM, then end all children; the exit code (0 after a signal, 1 when one kept failing)."""
    asked: list[int] = []

    def ask(number: int, frame: FrameType | None) -> None:
        asked.append(number)

    before = {number: signal.signal(number, ask) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        for child in children:
            child.start()
        while not asked:
            for child in children:
                if not _keep(child, report):
                    return 1
            while_running()
            time.sleep(0.1)
        report("Berhenti ...")
        return 0
    finally:
        _stop(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def _keep(child: Child, report: Report) -> bool:
    """Start the child again when it has ended and its pause is over. False when it fails every time."""
    now = time.monotonic()
    if child.process is None:
        if now >= child.restart_at:
            child.start()
        return True
    code = child.process.poll()
    if code is None:
        return True
    child.signal(signal.SIGKILL)  # what it left behind
    child.process = None
    child.failures = 1 if now - child.started > HEALTHY_SECONDS else child.failures + 1
    if child.failures >= MAX_FAILURES:
        report(f"{child.name} gagal {child.failures} kali berturut-turut (kode {code}). Semua dihentikan.")
        return False
    pause = min(0.5 * 2 ** (child.failures - 1), _LONGEST_PAUSE)
    child.restart_at = now + pause
    report(f"{child.name} berhenti (kode {code}); dijalankan lagi dalam {pause:.1f} detik.")
    return True


def _stop(children: Sequence[Child]) -> None:
    """Ask the leaders, wait, then force whatever is left."""
    running = [child for child in children if child.process is not None]
    for child in running:
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for child in running:
        if child.process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0.1, deadline - time.monotonic()))
        child.signal(signal.SIGKILL)
    for child in running:
        if child.process is not None:
            child.process.wait()


def _end_with_parent() -> None:
    """In the child: be asked to end when the supervisor is killed (Linux)."""
    ctypes.CDLL(None, use_errno=True).prctl(_PARENT_DIED, signal.SIGTERM)
