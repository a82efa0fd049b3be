"""What a person sees on their desk."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from teladan.access.api import Actor
from teladan.desk.data import NoticeCard, TaskCard
from teladan.desk.enums import TaskState, Urgency
from teladan.desk.models import Notice, Task
from teladan.desk.permissions import TABLE
from teladan.kernel import clock

SOON = timedelta(days=3)


def urgency(*, due_at: datetime | None, zone: str) -> Urgency:
    """How near a due date is, in calendar days of the agency's zone."""
    if due_at is None:
        return Urgency.NONE
    now = clock.now()
    if due_at < now:
        return Urgency.LATE
    local = ZoneInfo(zone)
    if due_at.astimezone(local).date() == now.astimezone(local).date():
        return Urgency.TODAY
    return Urgency.SOON if due_at - now <= SOON else Urgency.LATER


def tasks_visible_to(actor: Actor | None, *, zone: str, state: TaskState = TaskState.OPEN) -> list[TaskCard]:
    """The actor's tasks, the nearest due date first; those without one last."""
    tasks = TABLE.visible(actor, "desk.task", Task.objects.filter(state=state), Q)
    order = F("due_at").asc(nulls_last=True) if state is TaskState.OPEN else F("settled_at").desc(nulls_last=True)
    return [
        TaskCard(
            id=t.pk,
            kind=t.kind,
            title=t.title,
            reason=t.reason,
            url=t.url,
            due_at=t.due_at,
            due_reason=t.due_reason,
            state=TaskState(t.state),
            urgency=urgency(due_at=t.due_at, zone=zone),
        )
        for t in tasks.order_by(order, "made_at")[:200]
    ]


def notices_visible_to(actor: Actor | None, *, unread_only: bool = False) -> list[NoticeCard]:
    """The actor's notices, newest first, at most the last hundred."""
    notices = TABLE.visible(actor, "desk.notice", Notice.objects.all(), Q)
    if unread_only:
        notices = notices.filter(read_at=None)
    return [
        NoticeCard(
            id=n.pk,
            title=n.title,
            text=n.text,
            url=n.url,
            share_text=n.share_text,
            made_at=n.made_at,
            is_read=n.read_at is not None,
        )
        for n in notices.order_by("-made_at")[:100]
    ]
