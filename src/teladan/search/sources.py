"""Who hands documents over: filled while the apps are loaded."""

from collections.abc import Iterator

from teladan.access.api import Line
from teladan.search.data import Source

_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Let an engine's documents be found. ValueError when another source has the name."""
    if _sources.setdefault(source.name, source) is not source:
        raise ValueError(f"two sources are named {source.name!r}")


def source(name: str) -> Source:
    """KeyError when nobody registered it."""
    return _sources[name]


def sources() -> list[Source]:
    """All of them, by name."""
    return [_sources[name] for name in sorted(_sources)]


def lines() -> Iterator[Line]:
    """The lines of every permission table that documents refer to."""
    tables = {id(source.permissions): source.permissions for source in sources() if source.permissions}
    for table in tables.values():
        yield from table.lines
