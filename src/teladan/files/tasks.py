"""The sweep, every night."""

from datetime import time

from teladan.files.sweep import sweep
from teladan.jobs.api import daily


@daily("files.sweep", at=time(2, 40))
def sweep_nightly() -> None:
    """See `sweep`."""
    sweep()
