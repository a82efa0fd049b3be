"""The cursor that takes the gate before a statement that writes."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db.backends.sqlite3.base import SQLiteCursorWrapper

if TYPE_CHECKING:
    from teladan.config.sqlite_gate.base import DatabaseWrapper

_READS = ("SELECT", "PRAGMA", "EXPLAI", "VALUES", "ATTACH", "DETACH")
_WRITES_AFTER_WITH = re.compile(r"\b(INSERT|UPDATE|DELETE|REPLACE)\b", re.IGNORECASE)


def is_read(sql: str) -> bool:
    """Does the statement leave the database as it is? In doubt it does not."""
    start = sql[:16].lstrip()[:6].upper()
    return start in _READS or (start.startswith("WITH") and not _WRITES_AFTER_WITH.search(sql))


class GateCursor(SQLiteCursorWrapper):
    """Django's SQLite cursor; `owner` is the connection that takes and holds the gate."""

    owner: "DatabaseWrapper"
    _rows: Iterator[Any] | None = None

    def execute(self, query: str, params: Any = None) -> "GateCursor":
        self._rows = None
        if is_read(query):
            super().execute(query, params)
            return self
        with self.owner.statement_gate():
            super().execute(query, params)
            if self.description is not None:  # RETURNING: the write ends only when its last row is fetched
                self._rows = iter(super().fetchall())
        return self

    def executemany(self, query: str, param_list: Any) -> "GateCursor":
        self._rows = None
        with self.owner.statement_gate():
            super().executemany(query, param_list)
        return self

    def executescript(self, script: str) -> "GateCursor":
        self._rows = None
        with self.owner.statement_gate():
            super().executescript(script)
        return self

    def fetchone(self) -> Any:
        return super().fetchone() if self._rows is None else next(self._rows, None)

    def fetchmany(self, size: int | None = None) -> list[Any]:
        size = self.arraysize if size is None else size
        if self._rows is None:
            return super().fetchmany(size)
        return [row for _, row in zip(range(size), self._rows, strict=False)]

    def fetchall(self) -> list[Any]:
        return super().fetchall() if self._rows is None else list(self._rows)

    def __next__(self) -> Any:
        return super().__next__() if self._rows is None else next(self._rows)
