"""A PostgreSQL server for a test; where none can be started the test is skipped and says why."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tools import postgres


@contextmanager
def postgres_server(folder: Path, *, careless: bool = False) -> Iterator[str]:
    """The URL of the server's database `teladan`."""
    try:
        with postgres.server(folder, careless=careless) as url:
            yield url
    except postgres.CannotStart as refused:
        pytest.skip(str(refused))
