"""One row by its key, with the SQL compiled once per process: what every request reads. Building the same query anew
costs several times what the database needs to answer it."""

from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model

M = TypeVar("M", bound=Model)


class Row(Generic[M]):
    """`Row(Account, join="agency").get(key)`: the row of that primary key or None; `join` names a foreign key whose row
    is read along with it. Raises what `Field.get_db_prep_value` raises for a key that cannot be one."""

    def __init__(self, model: type[M], *, join: str = "") -> None:
        self.model = model
        self.join = join

    def get(self, key: Any) -> M | None:
        model = self.model
        pk = model._meta.pk
        with connection.cursor() as cursor:
            cursor.execute(self._sql, [pk.get_db_prep_value(pk.to_python(key), connection)])
            found = cursor.fetchone()
        if found is None:
            return None
        values = list(found)
        for index, field, converter in self._converters:
            values[index] = converter(values[index], field, connection)
        names, joined_names = self._names
        row = model.from_db(connection.alias, names, values[: len(names)])
        if self._target is not None:
            setattr(row, self.join, self._target.from_db(connection.alias, joined_names, values[len(names) :]))
        return row

    @cached_property
    def _target(self) -> type[Model] | None:
        return self.model._meta.get_field(self.join).related_model if self.join else None

    @cached_property
    def _fields(self) -> tuple[list[Any], list[Any]]:
        joined = self._target._meta.concrete_fields if self._target is not None else ()
        return list(self.model._meta.concrete_fields), list(joined)

    @cached_property
    def _names(self) -> tuple[list[str], list[str]]:
        own, joined = self._fields
        return [field.attname for field in own], [field.attname for field in joined]

    @cached_property
    def _sql(self) -> str:
        """All names come from the models, none from outside."""
        own, joined = self._fields
        meta: Any = self.model._meta
        columns = [f"a.{_quoted(f.column)}" for f in own] + [f"b.{_quoted(f.column)}" for f in joined]
        sql = f"SELECT {', '.join(columns)} FROM {_quoted(meta.db_table)} a"  # noqa: S608
        if self._target is not None:
            there: Any = self._target._meta
            link = meta.get_field(self.join)
            sql += f" JOIN {_quoted(there.db_table)} b ON b.{_quoted(there.pk.column)} = a.{_quoted(link.column)}"
        return f"{sql} WHERE a.{_quoted(meta.pk.column)} = %s"

    @cached_property
    def _converters(self) -> list[tuple[int, Any, Any]]:
        """Index, expression and function for each column that the database gives in another form."""
        own, joined = self._fields
        found = []
        for index, field in enumerate([*own, *joined]):
            expression = field.get_col(field.model._meta.db_table)
            ours: list[Any] = connection.ops.get_db_converters(expression) + field.get_db_converters(connection)
            found += [(index, expression, converter) for converter in ours]
        return found


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
