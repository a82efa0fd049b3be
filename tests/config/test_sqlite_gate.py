"""The backend: who takes the gate, and that it is given back on every way out."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, IntegrityError, OperationalError, connection, connections, transaction
from django.db.utils import ProgrammingError

from teladan.config.sqlite_gate.base import DatabaseWrapper
from teladan.config.sqlite_gate.cursor import is_read
from teladan.config.sqlite_gate.gate import gate_at
from tools import gate_load


@pytest.fixture
def make(tmp_path: Path, django_db_blocker: Any) -> Iterator[Callable[..., DatabaseWrapper]]:
    """Connections to one new database file, each as another thread or process would have it."""
    opened: list[DatabaseWrapper] = []

    def open_one(name: Any = tmp_path / "own.sqlite3", **options: Any) -> DatabaseWrapper:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 5, "gate_timeout": 0.2, **options}
        own = DatabaseWrapper({**connections[DEFAULT_DB_ALIAS].settings_dict, "NAME": name, "OPTIONS": options}, "own")
        opened.append(own)
        return own

    with django_db_blocker.unblock():
        yield open_one
        for own in opened:
            own.close()


@pytest.fixture
def own(make: Callable[..., DatabaseWrapper]) -> DatabaseWrapper:
    own = make(init_command="PRAGMA journal_mode=WAL")
    run(own, "CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
    return own


def run(own: DatabaseWrapper, sql: str, params: Any = None) -> list[Any]:
    with own.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


class Atomic(transaction.Atomic):
    """`atomic` over a connection that is not in `connections`."""

    def __init__(self, own: DatabaseWrapper) -> None:
        super().__init__(None, True, False)
        self.own = own

    def __enter__(self) -> None:
        connections["own"] = self.own
        self.using = "own"
        super().__enter__()

    def __exit__(self, *args: Any) -> None:
        super().__exit__(*args)
        if not self.own.in_atomic_block:
            del connections["own"]


def is_free(own: DatabaseWrapper) -> bool:
    gate = gate_at(f"{own.settings_dict['NAME']}.gate")
    return not own.holds_gate and not gate._is_taken


def test_atomic_takes_the_gate_once_and_gives_it_back_at_the_end(own: DatabaseWrapper) -> None:
    with Atomic(own):
        assert own.holds_gate
        with Atomic(own):
            run(own, "INSERT INTO thing (name) VALUES ('a')")
        assert own.holds_gate
    assert is_free(own)
    assert run(own, "SELECT name FROM thing") == [("a",)]


def test_atomic_that_raises_gives_the_gate_back(own: DatabaseWrapper) -> None:
    with pytest.raises(ZeroDivisionError), Atomic(own):
        run(own, "INSERT INTO thing (name) VALUES ('a')")
        raise ZeroDivisionError
    assert is_free(own)
    assert run(own, "SELECT count(*) FROM thing") == [(0,)]


def test_commit_that_fails_gives_the_gate_back(own: DatabaseWrapper) -> None:
    run(own, "CREATE TABLE part (thing_id INTEGER REFERENCES thing (id) DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(IntegrityError), Atomic(own):
        run(own, "INSERT INTO part VALUES (99)")
    assert is_free(own)
    assert run(own, "SELECT count(*) FROM part") == [(0,)]


def test_connection_closed_inside_a_transaction_gives_the_gate_back(own: DatabaseWrapper) -> None:
    with Atomic(own):
        run(own, "INSERT INTO thing (name) VALUES ('a')")
        own.close()
        assert is_free(own)
    assert run(own, "SELECT count(*) FROM thing") == [(0,)]


def test_connection_lost_inside_a_transaction_gives_the_gate_back(own: DatabaseWrapper) -> None:
    with pytest.raises(ProgrammingError), Atomic(own):
        own.connection.close()
    assert is_free(own)
    own.close()
    run(own, "INSERT INTO thing (name) VALUES ('a')")


@pytest.mark.parametrize("max_age", [0, 60, None])
def test_connection_of_any_age_passes_the_gate_again_and_again(own: DatabaseWrapper, max_age: int | None) -> None:
    own.close()
    own.settings_dict["CONN_MAX_AGE"] = max_age
    for number in range(3):
        with Atomic(own):
            run(own, "INSERT INTO thing (name) VALUES (%s)", [str(number)])
        own.close_if_unusable_or_obsolete()
        assert (own.connection is None) is (max_age == 0)
        assert is_free(own)
    assert run(own, "SELECT count(*) FROM thing") == [(3,)]


def test_single_write_takes_the_gate_for_its_statement_only(own: DatabaseWrapper) -> None:
    run(own, "INSERT INTO thing (name) VALUES ('a')")
    assert is_free(own)
    with pytest.raises(IntegrityError):
        run(own, "INSERT INTO thing (name) VALUES (%s)", ["a"])
    assert is_free(own)
    with own.cursor() as cursor:
        cursor.executemany("INSERT INTO thing (name) VALUES (%s)", [["b"], ["c"]])
        cursor.executescript("UPDATE thing SET name = 'd' WHERE name = 'c';")
    assert is_free(own)
    assert run(own, "SELECT name FROM thing ORDER BY name") == [("a",), ("b",), ("d",)]


def test_single_write_with_returning_is_finished_before_its_rows_are_read(
    own: DatabaseWrapper, make: Callable[..., DatabaseWrapper]
) -> None:
    with own.cursor() as cursor:
        cursor.execute("INSERT INTO thing (name) VALUES ('a'), ('b'), ('c'), ('d') RETURNING name")
        assert is_free(own)
        run(make(timeout=0), "INSERT INTO thing (name) VALUES ('e')")
        assert (cursor.fetchone(), cursor.fetchmany(2), list(cursor), cursor.fetchone()) == (
            ("a",),
            [("b",), ("c",)],
            [("d",)],
            None,
        )
        cursor.execute("SELECT name FROM thing ORDER BY name DESC LIMIT 1")
        assert cursor.fetchone() == ("e",)


def test_reads_pass_while_another_writes(own: DatabaseWrapper, make: Callable[..., DatabaseWrapper]) -> None:
    reader = make()
    with Atomic(own):
        run(own, "INSERT INTO thing (name) VALUES ('a')")
        assert run(reader, "SELECT count(*) FROM thing") == [(0,)]
        assert run(reader, "WITH t AS (SELECT 1) SELECT * FROM t") == [(1,)]


@pytest.mark.parametrize("how", ["transaction", "statement"])
def test_wait_longer_than_the_limit_raises_and_changes_nothing(
    own: DatabaseWrapper, make: Callable[..., DatabaseWrapper], how: str
) -> None:
    late = make(gate_timeout=0.1)
    with Atomic(own):
        began = time.monotonic()
        with pytest.raises(OperationalError, match=r"^gate timeout$"):
            if how == "transaction":
                late.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
            else:
                run(late, "INSERT INTO thing (name) VALUES ('late')")
        assert time.monotonic() - began < 2
        assert not late.holds_gate
    run(late, "INSERT INTO thing (name) VALUES ('in time')")
    assert run(own, "SELECT name FROM thing") == [("in time",)]


def test_manual_transaction_holds_the_gate_until_commit(own: DatabaseWrapper) -> None:
    own.set_autocommit(False)
    run(own, "INSERT INTO thing (name) VALUES ('a')")
    assert own.holds_gate
    own.commit()
    assert is_free(own)
    run(own, "INSERT INTO thing (name) VALUES ('b')")
    own.rollback()
    assert is_free(own)
    own.set_autocommit(True)
    assert run(own, "SELECT name FROM thing") == [("a",)]


def test_raw_begin_and_commit_through_a_cursor_take_and_give_back(own: DatabaseWrapper) -> None:
    run(own, "BEGIN IMMEDIATE")
    assert own.holds_gate
    run(own, "COMMIT")
    assert is_free(own)


def test_gate_file_in_an_impossible_place_is_an_operational_error(
    make: Callable[..., DatabaseWrapper], tmp_path: Path
) -> None:
    own = make(tmp_path / "own.sqlite3")
    (tmp_path / "own.sqlite3.gate").mkdir()
    with pytest.raises(OperationalError, match=r"own\.sqlite3\.gate"):
        run(own, "CREATE TABLE thing (id INTEGER)")


@pytest.mark.parametrize("name", [":memory:", "file:named?mode=memory&cache=shared"])
def test_database_in_memory_has_no_gate(make: Callable[..., DatabaseWrapper], name: str) -> None:
    own = make(name)
    run(own, "CREATE TABLE thing (id INTEGER)")
    with Atomic(own):
        run(own, "INSERT INTO thing VALUES (1)")
        assert not own.holds_gate
    assert not list(Path().glob("*.gate"))
    own._close()  # close() spares databases in memory


def test_file_address_as_a_name_has_its_gate_beside_the_file(
    make: Callable[..., DatabaseWrapper], tmp_path: Path
) -> None:
    own = make(f"file:{tmp_path}/an%20address.sqlite3?mode=rwc")
    run(own, "CREATE TABLE thing (id INTEGER)")
    assert (tmp_path / "an address.sqlite3.gate").exists()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite has a gate")
def test_test_database_has_a_gate_and_holds_it_inside_a_test(db: None) -> None:
    assert connections[DEFAULT_DB_ALIAS].holds_gate
    assert Path(f"{connection.settings_dict['NAME']}.gate").exists()


@pytest.mark.django_db(transaction=True)
def test_threads_of_one_process_write_without_failing() -> None:
    from teladan.jobs.models import Schedule
    from teladan.kernel import clock

    failures: list[Exception] = []

    def write(number: int) -> None:
        try:
            for turn in range(10):
                with transaction.atomic():
                    Schedule.objects.create(name=f"{number}-{turn}", rhythm="", next_at=clock.now())
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    crew = [threading.Thread(target=write, args=(n,)) for n in range(6)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    assert (failures, Schedule.objects.count()) == ([], 60)


def test_flush_empties_guarded_tables_and_keeps_their_guard(own: DatabaseWrapper) -> None:
    run(own, "INSERT INTO thing (name) VALUES ('a')")
    run(own, "CREATE TRIGGER kept BEFORE DELETE ON thing BEGIN SELECT RAISE(ABORT, 'kept 100%'); END")
    with Atomic(own):
        for statement in own.ops.sql_flush(no_style(), ["thing"]):
            run(own, statement)
    run(own, "INSERT INTO thing (name) VALUES ('b')")
    with pytest.raises(IntegrityError, match="kept"):
        run(own, "DELETE FROM thing")
    assert own.ops.sql_flush(no_style(), []) == []


@pytest.mark.parametrize(
    ("sql", "expected"),
    [
        ("SELECT 1", True),
        ("  select 1", True),
        ("PRAGMA foreign_keys", True),
        ("EXPLAIN QUERY PLAN SELECT 1", True),
        ("WITH t AS (SELECT 1) SELECT * FROM t", True),
        ("WITH t AS (SELECT 1) DELETE FROM x", False),
        ("INSERT INTO x VALUES (1)", False),
        ("BEGIN IMMEDIATE", False),
        ("VACUUM", False),
        ("REPLACE INTO x VALUES (1)", False),
    ],
)
def test_statement_is_told_to_read_or_to_write(sql: str, expected: bool) -> None:
    assert is_read(sql) is expected


@pytest.mark.slow
def test_load_of_processes_and_threads_loses_nothing_and_treats_all_alike() -> None:
    found = gate_load.measure("gate", processes=3, threads=3, seconds=3, work=1, rows=3)
    assert (found["failed"], found["lost"]) == (0, 0)
    assert min(found["per_process"]) > 0.7 * max(found["per_process"])
    assert found["worst"] < 3


def test_programming_error_leaves_the_gate_free(own: DatabaseWrapper) -> None:
    with pytest.raises((ProgrammingError, OperationalError)):
        run(own, "INSERT INTO nowhere VALUES (1)")
    assert is_free(own)
