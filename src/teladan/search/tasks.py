"""Indexing in the background."""

from datetime import time
from uuid import UUID

from teladan.jobs import api as jobs
from teladan.search import index


@jobs.task("search.refresh")
def refresh(source: str, agency: str | None, keys: list[str]) -> None:
    """See `index.refresh`."""
    index.refresh(source, UUID(agency) if agency else None, keys)


@jobs.task("search.rebuild_source", in_transaction=False, lease_seconds=900)
def rebuild_source(source: str, agency: str | None) -> None:
    """See `index.rebuild_source`."""
    index.rebuild_source(source, UUID(agency) if agency else None)


@jobs.daily("search.rebuild", at=time(3, 20))
def rebuild() -> None:
    """Every night all is compared: what follows from a date alone, such as a post that begins today, is found then."""
    index.rebuild()
