"""The sequencer runs every minute, and early when the worker has just delivered something."""

from teladan.jobs.api import between, every
from teladan.ledger.sequence import sequence


@every("ledger.sequence", minutes=1)
def sequence_waiting() -> None:
    """Number what waits; a backlog of any size within this one call."""
    while sequence():
        pass


@between("ledger.sequence_early")
def sequence_early() -> None:
    """Number what waits, a little at a time, so that deliveries are not held up."""
    sequence(limit=200)
