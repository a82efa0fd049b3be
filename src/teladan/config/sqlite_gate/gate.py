"""A fair gate for the writers of one SQLite file, across threads and processes. Plain Python, no Django.

SQLite lets one writer in at a time, but whoever waits for it sleeps and tries again, so under load some wait for
seconds while others pass by. Here writers queue:

- Threads of one process stand in line in the order they came (`_line`).
- The first of each process takes a ticket: the monotonic clock, which all processes of a machine share. It locks the
  byte of the gate file at that offset for writing and waits until it can lock everything before it for reading. A
  holder keeps both, so two holders cannot be: of two tickets, the later one reads over the earlier one's byte. A
  newcomer whose ticket turns out to lie before the holder's is refused that byte and takes a later ticket.

The locks belong to the open file (`F_OFD_SETLK`), so the kernel drops them when a process dies at whatever moment, and
a dead process in the queue simply leaves it. Where the system has no such locks, one `flock` keeps writers apart and
the order between processes (not between threads) is left to the system.
"""

import contextlib
import errno
import fcntl
import os
import struct
import threading
import time
from collections import deque

_SET_LOCK: int | None = getattr(fcntl, "F_OFD_SETLK", None) if struct.calcsize("P") == 8 else None
_SHORTEST_NAP, _LONGEST_NAP = 0.0001, 0.002  # seconds between two looks at the head of the queue between processes


class GateTimeout(Exception):
    """The turn did not come within the time allowed."""


class Gate:
    """The gate of one database. `enter` and `leave` come in pairs; a thread that is inside must not enter again."""

    def __init__(self, path: str) -> None:
        self.path = path
        self._file = -1
        self.forget()

    def forget(self) -> None:
        """Start afresh: a forked child inherits the parent's open file and must not share its place in the queue."""
        if self._file >= 0:
            with contextlib.suppress(OSError):
                os.close(self._file)
        self._file = -1
        self._mutex = threading.Lock()
        self._line: deque[threading.Lock] = deque()
        self._is_taken = False  # by a thread of this process, which holds or awaits the turn between processes

    def enter(self, timeout: float) -> None:
        """Wait for the turn, at most `timeout` seconds, then GateTimeout. OSError when the file cannot be opened."""
        deadline = time.monotonic() + timeout
        self._enter_process(deadline)
        try:
            self._enter_machine(deadline)
        except BaseException:
            self._next_thread()
            raise

    def leave(self) -> None:
        """Give the turn back."""
        try:
            if _SET_LOCK is None:
                fcntl.flock(self._file, fcntl.LOCK_UN)
            else:
                self._lock(fcntl.F_UNLCK, 0, 0)
        finally:
            self._next_thread()

    def _enter_process(self, deadline: float) -> None:
        with self._mutex:
            if not self._is_taken:
                self._is_taken = True
                return
            turn = threading.Lock()
            turn.acquire()
            self._line.append(turn)
        try:
            came = turn.acquire(timeout=max(0.0, deadline - time.monotonic()))
        except BaseException:
            self._step_out(turn)
            raise
        if not came:
            self._step_out(turn)
            raise GateTimeout

    def _step_out(self, turn: threading.Lock) -> None:
        """Leave the line; a turn given in the very moment of leaving goes to the next one."""
        with self._mutex:
            if turn in self._line:
                self._line.remove(turn)
                return
        self._next_thread()

    def _next_thread(self) -> None:
        with self._mutex:
            if self._line:
                self._line.popleft().release()
            else:
                self._is_taken = False

    def _enter_machine(self, deadline: float) -> None:
        self._open()
        began = time.monotonic()
        ticket = time.monotonic_ns()
        while _SET_LOCK is not None and not self._lock(fcntl.F_WRLCK, ticket, 1):
            ticket = time.monotonic_ns()
        try:
            while not self._is_first(ticket):
                now = time.monotonic()
                if now >= deadline:
                    raise GateTimeout
                time.sleep(min(max(_SHORTEST_NAP, (now - began) / 20), _LONGEST_NAP))
        except BaseException:
            if _SET_LOCK is not None:
                self._lock(fcntl.F_UNLCK, 0, 0)
            raise

    def _is_first(self, ticket: int) -> bool:
        if _SET_LOCK is not None:
            return self._lock(fcntl.F_RDLCK, 0, ticket)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lock(self, kind: int, start: int, length: int) -> bool:
        """Set one lock without waiting; `length` 0 reaches to the end. False when another holds part of it."""
        assert _SET_LOCK is not None  # noqa: S101  (callers have asked; this tells the type checker)
        try:
            fcntl.fcntl(self._file, _SET_LOCK, struct.pack("hhqqi4x", kind, os.SEEK_SET, start, length, 0))
        except OSError as error:
            if error.errno in {errno.EAGAIN, errno.EACCES}:
                return False
            raise
        return True

    def _open(self) -> None:
        """Open the gate file; again when somebody removed it, so that all stand before the same one."""
        if self._file >= 0 and os.fstat(self._file).st_nlink == 0:
            os.close(self._file)
            self._file = -1
        if self._file < 0:
            self._file = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)


_gates: dict[str, Gate] = {}
_gates_mutex = threading.Lock()


def gate_at(path: str) -> Gate:
    """The one gate of this process at `path` (an absolute path)."""
    with _gates_mutex:
        return _gates.setdefault(path, Gate(path))


def _after_fork() -> None:
    global _gates_mutex  # noqa: PLW0603  (another thread may have held it at the moment of the fork)
    _gates_mutex = threading.Lock()
    for gate in _gates.values():
        gate.forget()


os.register_at_fork(after_in_child=_after_fork)
