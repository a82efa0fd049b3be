"""Schedules: a row per scheduled function says when it is next due; whoever advances the row announces the tick."""

from django.db import transaction

from teladan.jobs import registry
from teladan.jobs.models import Schedule
from teladan.jobs.outbox import enqueue
from teladan.kernel import clock


def sync() -> None:
    """Bring the rows in line with what is registered: new, gone, or another rhythm."""
    wanted = {name: str(rhythm) for name, rhythm in registry.rhythms.items()}
    stored = dict(Schedule.objects.values_list("name", "rhythm"))
    if wanted == stored:
        return
    with transaction.atomic():
        Schedule.objects.filter(name__in=[n for n, rhythm in stored.items() if wanted.get(n) != rhythm]).delete()
        now = clock.now()
        Schedule.objects.bulk_create(
            [
                Schedule(name=name, rhythm=rhythm, next_at=registry.rhythms[name].next_after(now))
                for name, rhythm in wanted.items()
                if stored.get(name) != rhythm
            ],
            ignore_conflicts=True,
        )


def tick() -> int:
    """Announce every scheduled function that is due; the number announced. Safe beside other workers."""
    names = list(
        Schedule.objects.filter(next_at__lte=clock.now(), name__in=registry.rhythms).values_list("name", flat=True)
    )
    return sum(_announce(name) for name in names)


def _announce(name: str) -> bool:
    now = clock.now()
    with transaction.atomic():
        row = Schedule.objects.select_for_update().filter(name=name, next_at__lte=now).first()
        if row is None:  # another worker was here
            return False
        row.next_at = registry.rhythms[name].next_after(now)
        row.save(update_fields=["next_at"])
        enqueue(name, agency_id=None, unique="tick")
    return True
