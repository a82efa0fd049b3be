"""The worker: schedules, deliveries, upkeep, over and over until told to stop."""

import logging
import threading

from django.db import Error, close_old_connections, connections

from teladan.jobs import deliver, registry, schedule

log = logging.getLogger(__name__)


def run_pending(*, limit: int | None = None, raise_errors: bool = False) -> int:
    """Deliver everything due now in this process, also what that announces; the number of deliveries tried.

    For tests and the demo. Schedules do not tick here. With `raise_errors` the first failure is noted, then raised.
    """
    tried = 0
    while limit is None or tried < limit:
        claimed = deliver.claim(deliver.BATCH if limit is None else min(deliver.BATCH, limit - tried))
        if not claimed:
            break
        for delivery in claimed:
            deliver.deliver(delivery, raise_errors=raise_errors)
        tried += len(claimed)
    return tried


def work(*, stop: threading.Event, interval: float = 0.5) -> None:
    """The worker's loop; returns soon after `stop` is set, in the middle of a batch if need be.

    Looks every `interval` seconds when there is nothing to do. A database that cannot be reached is waited for.
    """
    synced = False
    pause = interval
    try:
        while not stop.is_set():
            close_old_connections()
            try:
                if not synced:
                    schedule.sync()
                    synced = True
                busy = round_of_work(stop)
                pause = interval
            except Error as error:
                busy, pause = False, min(pause * 2, 10.0)
                log.error("the database is not available: %s", deliver.describe(error))
            if not busy:
                stop.wait(pause)
    finally:
        connections.close_all()


def round_of_work(stop: threading.Event) -> bool:
    """One round: due schedules, one batch, upkeep. True when there was something to deliver."""
    schedule.tick()
    claimed = deliver.claim()
    for delivery in claimed:
        if stop.is_set():
            deliver.release(delivery)
        else:
            deliver.deliver(delivery)
    if claimed:
        _upkeep()
    return bool(claimed)


def _upkeep() -> None:
    for name, function in registry.after_batch.items():
        try:
            function()
        except Exception as error:  # upkeep is only early: its schedule comes round again
            log.error("%s failed: %s", name, deliver.describe(error))
