"""The database's own guard of the ledger, for whoever goes round the classes. Installed by migrations.

A migration that rebuilds `ledger_entry` (on SQLite every change of a column does) calls `install` again afterwards.
"""

from typing import Any

_SEALED = ("id", "act", "agency_id", "actor_id", "subject", "data", "at")

SQLITE = (
    """CREATE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry
    BEGIN SELECT RAISE(ABORT, 'entries of the ledger are never removed'); END""",
    f"""CREATE TRIGGER ledger_entry_sealed BEFORE UPDATE ON ledger_entry
    WHEN OLD.number IS NOT NULL OR {" OR ".join(f"NEW.{c} IS NOT OLD.{c}" for c in _SEALED)}
    BEGIN SELECT RAISE(ABORT, 'entries of the ledger are never changed'); END""",
    """CREATE TRIGGER ledger_entry_new BEFORE INSERT ON ledger_entry
    WHEN NEW.number IS NOT NULL OR EXISTS (SELECT 1 FROM ledger_entry WHERE id = NEW.id)
    BEGIN SELECT RAISE(ABORT, 'entries of the ledger are added without a number and never replaced'); END""",
    """CREATE TRIGGER ledger_head_kept BEFORE DELETE ON ledger_head
    BEGIN SELECT RAISE(ABORT, 'the head of the ledger is never removed'); END""",
    """CREATE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head WHEN NEW.number <= OLD.number
    BEGIN SELECT RAISE(ABORT, 'the head of the ledger only moves forward'); END""",
)

POSTGRESQL = (
    """CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'TRUNCATE' AND current_setting('teladan.flush', true) = 'on' THEN RETURN NULL; END IF;
        RAISE EXCEPTION 'the ledger is only ever added to' USING ERRCODE = 'integrity_constraint_violation';
    END $$""",
    """CREATE OR REPLACE TRIGGER ledger_entry_kept BEFORE DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    f"""CREATE OR REPLACE TRIGGER ledger_entry_sealed BEFORE UPDATE ON ledger_entry FOR EACH ROW
    WHEN (OLD.number IS NOT NULL OR {" OR ".join(f"NEW.{c} IS DISTINCT FROM OLD.{c}" for c in _SEALED)})
    EXECUTE FUNCTION ledger_refuse()""",
    """CREATE OR REPLACE TRIGGER ledger_entry_new BEFORE INSERT ON ledger_entry FOR EACH ROW
    WHEN (NEW.number IS NOT NULL) EXECUTE FUNCTION ledger_refuse()""",
    """CREATE OR REPLACE TRIGGER ledger_head_kept BEFORE DELETE ON ledger_head
    FOR EACH ROW EXECUTE FUNCTION ledger_refuse()""",
    """CREATE OR REPLACE TRIGGER ledger_head_forward BEFORE UPDATE ON ledger_head FOR EACH ROW
    WHEN (NEW.number <= OLD.number) EXECUTE FUNCTION ledger_refuse()""",
    # Emptying is for test databases, whose connection says `-c teladan.flush=on`.
    """CREATE OR REPLACE TRIGGER ledger_entry_not_emptied BEFORE TRUNCATE ON ledger_entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
    """CREATE OR REPLACE TRIGGER ledger_head_not_emptied BEFORE TRUNCATE ON ledger_head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()""",
)


def install(apps: Any, schema_editor: Any) -> None:
    """Create the triggers; a `RunPython` function."""
    statements = {"sqlite": SQLITE, "postgresql": POSTGRESQL}.get(schema_editor.connection.vendor)
    if statements is None:
        raise RuntimeError(f"the ledger cannot be guarded on {schema_editor.connection.vendor}")
    for statement in statements:
        schema_editor.execute(statement, params=None)
