"""The door of jobs.

An event or a task becomes rows in the transaction that causes it and is delivered at least once afterwards, by a worker
in any process. A receiver's effects in the database and the mark "done" are one transaction; effects outside it (files,
mail) must bear repetition, told apart by `message_id`. See docs/adr/0002-one-queue.md.
"""

from teladan.jobs.data import DeliveryCard, Handler, Scope
from teladan.jobs.deliver import requeue
from teladan.jobs.outbox import enqueue, publish, require_transaction
from teladan.jobs.posts import once
from teladan.jobs.queries import counts, parked
from teladan.jobs.registry import between, daily, every, set_scope, subscribe, task
from teladan.jobs.worker import run_pending, work

__all__ = [
    "DeliveryCard",
    "Handler",
    "Scope",
    "between",
    "counts",
    "daily",
    "enqueue",
    "every",
    "once",
    "parked",
    "publish",
    "requeue",
    "require_transaction",
    "run_pending",
    "set_scope",
    "subscribe",
    "task",
    "work",
]
