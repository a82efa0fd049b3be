"""The gate itself: order, exclusion, time limit, death of a holder, forks."""

import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from teladan.config.sqlite_gate import gate as gate_module
from teladan.config.sqlite_gate.gate import Gate, GateTimeout, gate_at

spawn = multiprocessing.get_context("spawn")


@pytest.fixture
def gate(tmp_path: Path) -> Gate:
    return Gate(str(tmp_path / "db.gate"))


@pytest.fixture(params=["queue between processes", "plain flock"])
def either_gate(request: pytest.FixtureRequest, gate: Gate, monkeypatch: pytest.MonkeyPatch) -> Gate:
    if request.param == "plain flock":
        monkeypatch.setattr(gate_module, "_SET_LOCK", None)
    return gate


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    limit = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < limit, "it did not happen in time"
        time.sleep(0.005)


def test_gate_entered_and_left_can_be_entered_again(either_gate: Gate) -> None:
    for _ in range(3):
        either_gate.enter(1)
        either_gate.leave()


def test_gate_taken_by_another_opening_times_out_and_opens_after_leaving(either_gate: Gate) -> None:
    other = Gate(either_gate.path)
    other.enter(1)
    began = time.monotonic()
    with pytest.raises(GateTimeout):
        either_gate.enter(0.15)
    assert 0.14 <= time.monotonic() - began < 2
    other.leave()
    either_gate.enter(1)
    either_gate.leave()


def test_gate_with_waiting_threads_lets_them_in_in_the_order_they_came(gate: Gate) -> None:
    served: list[int] = []

    def come(number: int) -> None:
        gate.enter(10)
        served.append(number)
        gate.leave()

    gate.enter(1)
    crew = [threading.Thread(target=come, args=(n,)) for n in range(8)]
    for number, thread in enumerate(crew):
        thread.start()
        until(lambda number=number: len(gate._line) == number + 1)
    gate.leave()
    for thread in crew:
        thread.join()
    assert served == list(range(8))


def test_gate_thread_that_gives_up_does_not_block_the_ones_behind_it(gate: Gate) -> None:
    outcome: list[str] = []

    def come(name: str, timeout: float) -> None:
        try:
            gate.enter(timeout)
        except GateTimeout:
            outcome.append(f"{name} gave up")
        else:
            outcome.append(f"{name} served")
            gate.leave()

    gate.enter(1)
    impatient, patient = (
        threading.Thread(target=come, args=("first", 0.1)),
        threading.Thread(target=come, args=("second", 10)),
    )
    impatient.start()
    until(lambda: len(gate._line) == 1)
    patient.start()
    until(lambda: len(gate._line) == 2)
    impatient.join()
    gate.leave()
    patient.join()
    assert outcome == ["first gave up", "second served"]


def test_gate_many_threads_and_openings_never_two_inside(either_gate: Gate) -> None:
    inside, most, rounds = 0, 0, 0
    gates = [either_gate, Gate(either_gate.path), Gate(either_gate.path)]

    def work(one: Gate) -> None:
        nonlocal inside, most, rounds
        for _ in range(60):
            one.enter(30)
            inside += 1
            most = max(most, inside)
            rounds += 1
            inside -= 1
            one.leave()

    crew = [threading.Thread(target=work, args=(gates[n % 3],)) for n in range(9)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    assert (most, rounds) == (1, 540)


def test_gate_in_a_missing_folder_raises_and_stays_usable(tmp_path: Path) -> None:
    gate = Gate(str(tmp_path / "none" / "db.gate"))
    for _ in range(2):
        with pytest.raises(FileNotFoundError):
            gate.enter(0.1)
    (tmp_path / "none").mkdir()
    gate.enter(0.1)
    gate.leave()


def test_gate_whose_file_was_removed_stands_at_the_new_file(gate: Gate) -> None:
    gate.enter(1)
    gate.leave()
    Path(gate.path).unlink()
    newcomer = Gate(gate.path)
    newcomer.enter(1)
    with pytest.raises(GateTimeout):
        gate.enter(0.05)
    newcomer.leave()


def test_gate_at_same_path_is_the_same_gate(tmp_path: Path) -> None:
    assert gate_at(str(tmp_path / "a")) is gate_at(str(tmp_path / "a"))
    assert gate_at(str(tmp_path / "a")) is not gate_at(str(tmp_path / "b"))


def test_gate_forked_child_neither_holds_nor_keeps_the_parents_turn(tmp_path: Path) -> None:
    gate = gate_at(str(tmp_path / "db.gate"))
    gate.enter(1)
    child = os.fork()
    if child == 0:  # the child must wait like everybody, and end without the parent's clean-up
        try:
            gate.enter(0.1)
        except GateTimeout:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    gate.leave()
    gate.enter(0.5)
    gate.leave()


def hold(path: str, ready: Any) -> None:
    Gate(path).enter(5)
    ready.set()
    time.sleep(60)


def queue_up(path: str, name: str, ready: Any, served: Any) -> None:
    gate = Gate(path)
    ready.set()
    gate.enter(30)
    served.put(name)
    time.sleep(0.01)
    gate.leave()


@pytest.mark.slow
def test_gate_holder_killed_lets_the_next_in_at_once(gate: Gate) -> None:
    ready = spawn.Event()
    holder = spawn.Process(target=hold, args=(gate.path, ready))
    holder.start()
    assert ready.wait(30)
    with pytest.raises(GateTimeout):
        gate.enter(0.1)
    assert holder.pid is not None
    os.kill(holder.pid, signal.SIGKILL)
    began = time.monotonic()
    gate.enter(5)
    assert time.monotonic() - began < 1
    gate.leave()
    holder.join()


@pytest.mark.slow
@pytest.mark.skipif(gate_module._SET_LOCK is None, reason="this system keeps no queue between processes")
def test_gate_processes_are_served_in_the_order_they_came_and_a_killed_one_is_passed_over(gate: Gate) -> None:
    served = spawn.Queue()
    gate.enter(1)
    crew = []
    for name in "abcd":
        ready = spawn.Event()
        crew.append(spawn.Process(target=queue_up, args=(gate.path, name, ready, served)))
        crew[-1].start()
        assert ready.wait(30)
        time.sleep(0.1)  # until it stands in the queue
    assert crew[1].pid is not None
    os.kill(crew[1].pid, signal.SIGKILL)
    gate.leave()
    assert [served.get(timeout=20) for _ in range(3)] == ["a", "c", "d"]
    for one in crew:
        one.join()
