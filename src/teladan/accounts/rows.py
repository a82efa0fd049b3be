"""Many rows of one table at once, without making a model of each: what imports write. Most of the time of importing a
roster went into building models and statements; here a statement is built once and the values go in as they are."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db import models, transaction

from teladan.jobs.api import require_transaction

_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)


def insert_rows(model: type[models.Model], rows: Iterable[Mapping[str, Any]]) -> None:
    """Insert rows, each told by field (`agency_id` for a foreign key); what a row leaves out has the field's default.
    All rows name the same fields. Constraints of the database hold, checks of the model are the caller's.
    RuntimeError outside a transaction."""
    require_transaction("insert_rows()")
    told = list(rows)
    if not told:
        return
    connection = transaction.get_connection()
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    columns = [_column(one, told, connection) for one in fields]
    quoted = connection.ops.quote_name
    names = ", ".join(quoted(one.column) for one in fields)
    marks = ", ".join("%s" for _ in fields)
    table = quoted(model._meta.db_table)
    statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608  (the models' own names; values are bound)
    with connection.cursor() as cursor:
        cursor.executemany(statement, zip(*columns, strict=True))


def _column(one: "models.Field[Any, Any]", rows: list[Mapping[str, Any]], connection: Any) -> list[Any]:
    """The values of one field, as the database takes them."""
    key = one.attname
    convert: Callable[[Any], Any] = lambda value: one.get_db_prep_save(value, connection)  # noqa: E731
    if key not in rows[0]:
        if not callable(one.default):
            return [convert(one.get_default())] * len(rows)
        return [convert(one.get_default()) for _ in rows]
    if isinstance(one, _AS_THEY_ARE):
        return [row[key] for row in rows]
    return [convert(row[key]) for row in rows]
