"""The verbs of the desk. All are idempotent by source, because they are called from receivers that may run twice."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from teladan.access.api import Actor
from teladan.desk.documents import NOTICE
from teladan.desk.enums import TaskState
from teladan.desk.models import Notice, Task
from teladan.desk.permissions import TABLE
from teladan.kernel import clock
from teladan.kernel.errors import NotFound
from teladan.search import api as search


@transaction.atomic
def ask(
    *,
    agency_id: UUID,
    assignee_id: UUID,
    source: str,
    kind: str,
    title: str,
    reason: str,
    url: str,
    due_at: datetime | None,
    due_reason: str = "",
) -> None:
    """Put a task on somebody's desk, or bring the one from this `source` up to date. A settled task stays settled."""
    words = {"kind": kind, "title": title, "reason": reason, "url": url, "due_at": due_at, "due_reason": due_reason}
    mine = Task.objects.filter(assignee_id=assignee_id, source=source)
    if not mine.update(**words):
        Task.objects.bulk_create(  # unless another transaction was a moment earlier; then ours has the newer words
            [Task(agency_id=agency_id, assignee_id=assignee_id, source=source, made_at=clock.now(), **words)],
            update_conflicts=True,
            unique_fields=["assignee", "source"],
            update_fields=list(words),
        )


def settle(*, source: str, assignee_id: UUID | None = None) -> int:
    """The task was done; returns how many tasks were still open."""
    return _close(source, assignee_id, TaskState.DONE)


def withdraw(*, source: str, assignee_id: UUID | None = None) -> int:
    """The task is no longer needed."""
    return _close(source, assignee_id, TaskState.WITHDRAWN)


@transaction.atomic
def reopen(*, source: str, assignee_id: UUID) -> int:
    """A withdrawn task is needed after all; returns how many came back. One that was done stays done."""
    tasks = Task.objects.filter(source=source, assignee_id=assignee_id, state=TaskState.WITHDRAWN)
    return int(tasks.update(state=TaskState.OPEN, settled_at=None))


@transaction.atomic
def _close(source: str, assignee_id: UUID | None, state: TaskState) -> int:
    tasks = Task.objects.filter(source=source, state=TaskState.OPEN)
    if assignee_id is not None:
        tasks = tasks.filter(assignee_id=assignee_id)
    return int(tasks.update(state=state, settled_at=clock.now()))


@transaction.atomic
def notify(
    *, agency_id: UUID, account_id: UUID, source: str, title: str, text: str, url: str, share_text: str = ""
) -> None:
    """Tell somebody something, once per `source`."""
    notice = Notice(
        agency_id=agency_id,
        account_id=account_id,
        source=source,
        title=title,
        text=text,
        url=url,
        share_text=share_text,
        made_at=clock.now(),
    )
    Notice.objects.bulk_create([notice], ignore_conflicts=True)
    search.changed(NOTICE, agency_id=agency_id, keys=[str(notice.pk)])


@transaction.atomic
def mark_read(*, notice_id: UUID, by: Actor) -> None:
    """The person has seen it. NotFound when it is not theirs."""
    notice = Notice.objects.filter(pk=notice_id).first()
    if notice is None or not TABLE.can(by, "desk.notice", notice):
        raise NotFound("Pemberitahuan ini tidak ada.")
    Notice.objects.filter(pk=notice_id, read_at=None).update(read_at=clock.now())
