"""One row by its key, with the SQL compiled once per process: what every request reads. Building the same query anew
costs several times what the database needs to answer it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model
from django_scopes import get_scope
from django_scopes.exceptions import ScopeError

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class _Part:
    """A table of the statement: its place in the row that comes back, and how it hangs on the first."""

    model: Any
    start: int
    names: list[str]
    link: Any = None  # the relation as the first model sees it

    @property
    def stop(self) -> int:
        return self.start + len(self.names)


class Row(Generic[M]):
    """`Row(Account, join=["agency"]).get(key)`: the row of that primary key, or None.

    `join` names relations to one row (a foreign key, or the other side of a one-to-one) that are read along with it.
    `scoped`: the row must belong to the agency whose scope is open; ScopeError when none is, as a query would raise.
    """

    def __init__(self, model: type[M], *, join: Sequence[str] = (), scoped: bool = False) -> None:
        self.model = model
        self.join = tuple(join)
        self.scoped = scoped

    def get(self, key: Any) -> M | None:
        pk: Any = self.model._meta.pk
        values = [pk.get_db_prep_value(pk.to_python(key), connection)]
        if self.scoped:
            values.append(self._agency())
        with connection.cursor() as cursor:
            cursor.execute(self._sql, values)
            found = cursor.fetchone()
        if found is None:
            return None
        row = list(found)
        for index, expression, convert in self._converters:
            row[index] = convert(row[index], expression, connection)
        first, *others = self._parts
        made: M = self.model.from_db(connection.alias, first.names, row[: first.stop])
        for part in others:
            self._attach(made, part, row[part.start : part.stop])
        return made

    def _agency(self) -> Any:
        agency = get_scope().get("agency")
        if agency is None:
            raise ScopeError(f"a scope of an agency must be open to read {self.model.__name__}")
        field: Any = self.model._meta.get_field("agency")
        return field.target_field.get_db_prep_value(agency, connection)

    @staticmethod
    def _attach(made: Model, part: _Part, values: list[Any]) -> None:
        pk = part.names.index(part.model._meta.pk.attname)
        other = None if values[pk] is None else part.model.from_db(connection.alias, part.names, values)
        part.link.set_cached_value(made, other)
        if other is not None and part.link.auto_created:  # the other side of a one-to-one knows us as well
            part.link.remote_field.set_cached_value(other, made)

    @cached_property
    def _parts(self) -> list[_Part]:
        links: list[Any] = [None, *(self.model._meta.get_field(name) for name in self.join)]
        parts: list[_Part] = []
        for link in links:
            model = link.related_model if link else self.model
            names = [field.attname for field in model._meta.concrete_fields]
            parts.append(_Part(model, parts[-1].stop if parts else 0, names, link))
        return parts

    @cached_property
    def _sql(self) -> str:
        """All names come from the models, none from outside."""
        columns = [
            f"t{n}.{_quoted(field.column)}"
            for n, part in enumerate(self._parts)
            for field in part.model._meta.concrete_fields
        ]
        meta: Any = self.model._meta
        sql = f"SELECT {', '.join(columns)} FROM {_quoted(meta.db_table)} t0"  # noqa: S608
        for n, part in enumerate(self._parts[1:], start=1):
            here, there = (
                (meta.pk, part.link.remote_field) if part.link.auto_created else (part.link, part.link.target_field)
            )
            sql += f" LEFT JOIN {_quoted(part.model._meta.db_table)} t{n}"
            sql += f" ON t{n}.{_quoted(there.column)} = t0.{_quoted(here.column)}"
        sql += f" WHERE t0.{_quoted(meta.pk.column)} = %s"
        return sql + (f" AND t0.{_quoted(meta.get_field('agency').column)} = %s" if self.scoped else "")

    @cached_property
    def _converters(self) -> list[tuple[int, Any, Any]]:
        """Index, expression and function for each column that the database gives in another form."""
        found = []
        for part in self._parts:
            for index, field in enumerate(part.model._meta.concrete_fields, start=part.start):
                expression = field.get_col(part.model._meta.db_table)
                ways: list[Any] = connection.ops.get_db_converters(expression) + field.get_db_converters(connection)
                found += [(index, expression, way) for way in ways]
        return found


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
