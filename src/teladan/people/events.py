"""Facts that people announces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from teladan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RosterApplied(Event):
    """A roster was imported to its end. The numbers count people; `skipped` rows met a conflict meanwhile."""

    name = "people.roster_applied"
    import_id: UUID
    new: int
    changed: int
    left: int
    skipped: int
    finished_at: datetime
