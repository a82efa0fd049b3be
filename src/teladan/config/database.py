"""The state of the database: what migrations wait, whether it holds anything, who else uses it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.management import call_command
from django.db import OperationalError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from teladan.config.console import Refusal

_MIGRATING = 7_301_234  # a number of ours for PostgreSQL's advisory lock


def is_embedded() -> bool:
    """SQLite in the data folder, and not a PostgreSQL somewhere else?"""
    return connection.vendor == "sqlite"


def require_reachable() -> None:
    """Refusal, with what the server said, when there is no way to the database."""
    try:
        connection.ensure_connection()
    except OperationalError as error:
        said = (str(error).splitlines() or ["?"])[-1].strip()
        raise Refusal(
            f"Basis data tidak dapat dicapai: {said}",
            next_step="Periksa TELADAN_DATABASE_URL, dan apakah server PostgreSQL berjalan.",
        ) from None


def pending() -> list[str]:
    """The migrations that have not run yet, as "app.name"."""
    require_reachable()
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(report: Callable[[str], object]) -> bool:
    """Run what waits; False when nothing did. Of several nodes that start at once one does it, the others wait."""
    if not pending():
        return False
    with _alone():
        waiting = pending()
        if waiting:
            report(f"Memperbarui basis data ({len(waiting)} langkah) ...")
            call_command("migrate", interactive=False, verbosity=0)
    return bool(waiting)


@contextmanager
def _alone() -> Iterator[None]:
    if is_embedded():  # the gate of SQLite does the same
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '10min'")
        cursor.execute("SELECT pg_advisory_lock(%s)", [_MIGRATING])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [_MIGRATING])
            cursor.execute("RESET lock_timeout")


def agencies(*, demo: bool) -> int:
    """How many agencies of a sample, or real ones, are in there; 0 for a database without tables."""
    require_reachable()
    with connection.cursor() as cursor:
        if "accounts_agency" not in connection.introspection.table_names(cursor):
            return 0
        cursor.execute("SELECT count(*) FROM accounts_agency WHERE is_demo = %s", [demo])
        return int(cursor.fetchone()[0])


def drop_tables() -> None:
    """Remove the tables of this application from a PostgreSQL, and nothing else that is in there."""
    with transaction.atomic(), connection.cursor() as cursor:
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")
        cursor.execute("DROP TABLE IF EXISTS django_migrations")


def others() -> int:
    """How many further connections use this PostgreSQL database."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() "
            "AND backend_type = 'client backend'"
        )
        return int(cursor.fetchone()[0])


def disconnect() -> None:
    """Close every connection of this process, those at rest in a pool included."""
    connections.close_all()
    if not is_embedded():
        connection.close_pool()  # type: ignore[attr-defined]  # PostgreSQL's wrapper has it
