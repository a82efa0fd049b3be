"""The whole content of the database as a SQLite file, and back: so that one form of backup fits both databases, and an
installation can move from one to the other.

Rows travel through the fields of the models, so each database stores them in its own way. Everything is read from one
moment and written in one transaction.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.models import Model

FILE = "portable"  # the alias of the file while it is open
_STEP = 2000  # rows held in memory at a time
_LEDGER = ("ledger_entry", "ledger_head")


def write_file(path: Path) -> None:
    """Make `path`, a new SQLite file with all rows of the database as they are now. Others go on writing meanwhile."""
    with _opened(path), transaction.atomic(), connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _copy(DEFAULT_DB_ALIAS, FILE)
    path.chmod(0o600)


def read_file(path: Path) -> None:
    """Bring a SQLite file up to this version and put its rows into the database, in place of what is in there. Call it
    inside atomic()."""
    with _opened(path):
        _copy(FILE, DEFAULT_DB_ALIAS)


@contextmanager
def _opened(path: Path) -> Iterator[None]:
    """The file under its alias, with the tables of this version."""
    described: dict[str, Any] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {"init_command": "PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF; PRAGMA cache_size=-64000;"},
    }
    everything = connections.configure_settings({DEFAULT_DB_ALIAS: {}, FILE: described})
    connections.settings[FILE] = everything[FILE]
    try:
        call_command("migrate", database=FILE, interactive=False, verbosity=0)
        yield
    finally:
        connections[FILE].close()
        del connections[FILE], connections.settings[FILE]


def _copy(source: str, target: str) -> None:
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.managed]
    with transaction.atomic(using=target), _unguarded(target):
        for model in reversed(models):  # what migrating made: content types and permissions
            model._base_manager.using(target).all()._raw_delete(target)
        for model in models:
            _copy_rows(model, source, target)
    connections[target].check_constraints()  # now, and not only at the commit
    with connections[target].cursor() as cursor:
        for statement in connections[target].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _copy_rows(model: type[Model], source: str, target: str) -> None:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(source).order_by("pk").values_list(*names)
    held: list[Model] = []
    for row in rows.iterator(chunk_size=_STEP):
        held.append(model.from_db(target, names, row))
        if len(held) == _STEP:
            model._base_manager.using(target).bulk_create(held)
            held = []
    model._base_manager.using(target).bulk_create(held)


@contextmanager
def _unguarded(target: str) -> Iterator[None]:
    """The guard of the ledger steps aside: here entries arrive with their numbers. `teladan ledger verify` tells
    afterwards whether the chain is whole."""
    with connections[target].cursor() as cursor:
        if connections[target].vendor == "postgresql":
            before = [f"ALTER TABLE {table} DISABLE TRIGGER USER" for table in _LEDGER]
            after = [f"ALTER TABLE {table} ENABLE TRIGGER USER" for table in _LEDGER]
        else:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            before = [f"DROP TRIGGER {name}" for name, _sql in triggers]
            after = [sql for _name, sql in triggers]
        for statement in before:
            cursor.execute(statement)
        yield
        for statement in after:
            cursor.execute(statement)
