"""What happens by the clock."""

from teladan.instruments.domain import sitting
from teladan.jobs import api as jobs


@jobs.every("instruments.close_overdue", minutes=1)
def close_overdue() -> None:
    """Close the sittings whose time is over."""
    sitting.close_overdue()
