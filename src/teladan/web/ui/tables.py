"""What `<c-table :table="..." />` shows: columns, rows, sorting, pages, exports. Views make it; no query here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column. `sort` is its name in the address (`?urut=nama`), "" if it cannot be sorted; `order_by` the fields."""

    label: str
    sort: str = ""
    order_by: tuple[str, ...] = ()
    numeric: bool = False


@dataclass(frozen=True, kw_only=True)
class Cell:
    """A cell with more than a text: a link, a tag of a tone, a second line."""

    text: str
    url: str = ""
    tone: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Sorting:
    """The chosen column and direction, and the fields to hand to `order_by`."""

    key: str = ""
    descending: bool = False
    order_by: tuple[str, ...] = ()

    @classmethod
    def from_query(cls, query: Mapping[str, str], columns: Sequence[Column], *, default: str = "") -> "Sorting":
        """Read `?urut=nama` or `?urut=-nama`; anything that is not a sortable column gives the default."""
        by_key = {column.sort: column for column in columns if column.sort}
        for wish in (query.get("urut", ""), default):
            key = wish.removeprefix("-")
            if key in by_key:
                descending = wish.startswith("-")
                fields = by_key[key].order_by or (key,)
                return cls(
                    key=key, descending=descending, order_by=tuple(_turn(f) if descending else f for f in fields)
                )
        return cls()


class Pages(Protocol):
    """A page of a paginated list, as Django's `Paginator` gives it."""

    number: int
    paginator: Any


@dataclass(frozen=True, kw_only=True)
class Heading:
    """A column as the template draws it: where its link leads and how it is sorted now ("", ascending, descending)."""

    label: str
    numeric: bool
    link: str
    state: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A list on a page. The first cell of a row names it (row heading). `exports` are (label, address)."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell | str]]
    sorting: Sorting = field(default_factory=Sorting)
    page: Pages | None = None
    exports: Sequence[tuple[str, str]] = ()
    empty: str = ""

    @property
    def headings(self) -> list[Heading]:
        return [self._heading(column) for column in self.columns]

    @property
    def lines(self) -> list[list[tuple[Column, Cell]]]:
        """Rows as (column, cell) with plain texts made into cells."""
        return [
            [(c, x if isinstance(x, Cell) else Cell(text=str(x))) for c, x in zip(self.columns, row, strict=True)]
            for row in self.rows
        ]

    def _heading(self, column: Column) -> Heading:
        chosen = bool(column.sort) and column.sort == self.sorting.key
        down = chosen and self.sorting.descending
        link = "" if not column.sort else column.sort if down or not chosen else f"-{column.sort}"
        state = "" if not chosen else "descending" if down else "ascending"
        return Heading(label=column.label, numeric=column.numeric, link=link, state=state)


def _turn(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"
