"""The door of the desk: ask, settle, withdraw, notify; and what a person sees."""

from teladan.desk.data import NoticeCard, TaskCard
from teladan.desk.domain import ask, mark_read, notify, reopen, settle, withdraw
from teladan.desk.enums import TaskState, Urgency
from teladan.desk.queries import notices_visible_to, tasks_visible_to

__all__ = [
    "NoticeCard",
    "TaskCard",
    "TaskState",
    "Urgency",
    "ask",
    "mark_read",
    "notices_visible_to",
    "notify",
    "reopen",
    "settle",
    "tasks_visible_to",
    "withdraw",
]
