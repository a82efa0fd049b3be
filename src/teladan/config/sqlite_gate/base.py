"""The database backend: `ENGINE = "teladan.config.sqlite_gate"`.

Every transaction and every single statement that writes passes the gate beside the database (`<database>.gate`) before
SQLite sees it, and gives it back on commit, rollback or close. Reads never wait for it. `OPTIONS["gate_timeout"]` is
the longest wait in seconds (default 10); after it `django.db.OperationalError("gate timeout")` is raised and nothing
is changed. A database in memory has no gate.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.management.color import Style
from django.db.backends.sqlite3 import base, creation, operations

from teladan.config.sqlite_gate.cursor import GateCursor
from teladan.config.sqlite_gate.gate import Gate, GateTimeout, gate_at

DEFAULT_TIMEOUT = 10.0


class DatabaseCreation(creation.DatabaseCreation):
    """Test databases; their gate goes when they go."""

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        super()._destroy_test_db(test_database_name, verbosity)  # type: ignore[misc]  # the stubs leave it out
        if test_database_name and not self.is_in_memory_db(test_database_name):
            Path(f"{test_database_name}.gate").unlink(missing_ok=True)


class DatabaseOperations(operations.DatabaseOperations):
    """Flushing empties tables even where triggers forbid deleting: they step aside for that one transaction."""

    def sql_flush(self, style: Style, tables: Any, **options: bool) -> list[str]:
        statements = super().sql_flush(style, tables, **options)
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall() if statements else []
        return [
            *(f"DROP TRIGGER {self.quote_name(name)}" for name, _ in triggers),
            *statements,
            *(sql for _, sql in triggers),
        ]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that knows whether it is inside the gate."""

    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
    _gate: Gate | None = None
    _inside: int = 0  # id of the process in which this connection entered; a forked child is not inside

    @property
    def holds_gate(self) -> bool:
        return bool(self._inside) and self._inside == os.getpid()

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self._gate_timeout = float(params.pop("gate_timeout", DEFAULT_TIMEOUT))
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self._leave_gate()
        path = None if self.is_in_memory_db() else _path_of(conn_params["database"])
        self._gate = gate_at(f"{path}.gate") if path else None
        return super().get_new_connection(conn_params)

    def create_cursor(self, name: str | None = None) -> Any:
        cursor = self.connection.cursor(factory=GateCursor)
        cursor.owner = self
        return cursor

    @contextmanager
    def statement_gate(self) -> Iterator[None]:
        """Stand inside the gate for one statement, and further on when the statement opened a transaction."""
        if self._gate is not None and not self.holds_gate:
            try:
                self._gate.enter(self._gate_timeout)
            except GateTimeout:
                raise self.Database.OperationalError("gate timeout") from None
            except OSError as error:
                raise self.Database.OperationalError(f"gate {self._gate.path}: {error.strerror}") from error
            self._inside = os.getpid()
        try:
            yield
        finally:
            self._leave_gate_if_done()

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._leave_gate_if_done()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._leave_gate_if_done()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs leave it out
        finally:
            self._leave_gate()

    def _leave_gate_if_done(self) -> None:
        try:
            is_open = self.connection is not None and self.connection.in_transaction
        except self.Database.ProgrammingError:  # the connection was closed under our hands
            is_open = False
        if not is_open:
            self._leave_gate()

    def _leave_gate(self) -> None:
        inside, self._inside = self.holds_gate, 0
        if inside and self._gate is not None:
            self._gate.leave()


def _path_of(name: str | Path) -> str:
    """The file behind a database name, which may be a `file:` address."""
    text = str(name)
    return os.path.realpath(unquote(urlsplit(text).path) if text.startswith("file:") else text)
