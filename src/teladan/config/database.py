"""The state of the database: what migrations wait."""

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def pending() -> list[str]:
    """The migrations that have not run yet, as "app.name"."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def migrate(report: Callable[[str], object]) -> bool:
    """Run what waits; False when nothing did."""
    waiting = pending()
    if not waiting:
        return False
    report(f"Memperbarui basis data ({len(waiting)} langkah) ...")
    call_command("migrate", interactive=False, verbosity=0)
    return True
