"""The full-text index of each database. A backend has `INSTALL` and `REMOVE` (statements for the migration; the index
follows `search_document` by itself) and `matching(documents, query)`: the documents that fit, with a `score` of which
less is better."""

from types import ModuleType
from typing import Any

from teladan.search.backends import postgresql, sqlite

_BY_VENDOR = {"sqlite": sqlite, "postgresql": postgresql}


def of(connection: Any) -> ModuleType:
    """The backend of a database connection; RuntimeError where there is none."""
    try:
        return _BY_VENDOR[connection.vendor]
    except KeyError:
        raise RuntimeError(f"search has no index for {connection.vendor}") from None


def install(apps: Any, schema_editor: Any) -> None:
    """Make the index; a `RunPython` function. A migration that rebuilds the table on SQLite calls `remove` before."""
    for statement in of(schema_editor.connection).INSTALL:
        schema_editor.execute(statement, params=None)


def remove(apps: Any, schema_editor: Any) -> None:
    """Take the index away."""
    for statement in of(schema_editor.connection).REMOVE:
        schema_editor.execute(statement, params=None)
