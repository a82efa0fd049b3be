"""A source of documents that tests fill."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

import pytest

from teladan.access.api import Line, Reach, Role, Table

TABLE = Table(
    Line("toko.lihat", Role.EMPLOYEE, Reach.OWN),
    Line("toko.lihat", Role.FACILITATOR, Reach.SCOPE, path="rak_id"),
    Line("toko.lihat", Role.PERSONNEL, Reach.AGENCY),
)


class Shelf:
    """What the test's source has now: documents by agency."""

    name = "toko.barang"

    def __init__(self) -> None:
        self.has: dict[UUID | None, dict[str, Any]] = {}

    def put(self, key: str, text: str = "", *, agency_id: UUID | None = None, **more: Any) -> None:
        from teladan.search.api import Document

        given = {"kind": "barang", "title": key, "text": text, "address": f"/toko/{key}/"} | more
        self.has.setdefault(agency_id, {})[key] = Document(key=key, **given)

    def take(self, key: str, agency_id: UUID | None = None) -> None:
        del self.has[agency_id][key]

    def documents(self, agency_id: UUID | None, keys: Any) -> list[Any]:
        return [one for key, one in self.has.get(agency_id, {}).items() if keys is None or key in keys]

    def index(self, agency_id: UUID | None = None) -> int:
        from teladan.search import api as search

        return search.rebuild_source(self.name, agency_id)


@pytest.fixture
def shelf(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """The only source there is."""
    from teladan.search import sources
    from teladan.search.api import Source

    made = Shelf()
    one = Source(name=made.name, documents=made.documents, agencies=lambda: list(made.has), permissions=TABLE)
    monkeypatch.setattr(sources, "_sources", {made.name: one})
    yield made


@pytest.fixture
def found(shelf: Shelf) -> Callable[..., list[str]]:
    """`found(text, actor=None, **more)`: the keys of what is found, best first."""
    from teladan.search import api as search

    return lambda text, actor=None, **more: [hit.key for hit in search.find(text, actor, **more).hits]
