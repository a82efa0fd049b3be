"""What crosses the door of the desk."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from teladan.desk.enums import TaskState, Urgency


@dataclass(frozen=True, kw_only=True)
class TaskCard:
    """One thing that waits. `due_at` is UTC; `due_reason` answers "mengapa tanggal ini?"."""

    id: UUID
    kind: str
    title: str
    reason: str
    url: str
    due_at: datetime | None
    due_reason: str
    state: TaskState
    urgency: Urgency


@dataclass(frozen=True, kw_only=True)
class NoticeCard:
    """One piece of news. `share_text` is ready to be forwarded (WhatsApp); empty when it should not be."""

    id: UUID
    title: str
    text: str
    url: str
    share_text: str
    made_at: datetime
    is_read: bool
