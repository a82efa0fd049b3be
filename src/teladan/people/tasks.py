"""Background work of people."""

from datetime import time, timedelta
from uuid import UUID

from django.db import transaction
from django_scopes import scopes_disabled

from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.people.domain.applying import apply_chunk
from teladan.people.domain.checking import check_staged
from teladan.people.enums import RosterState
from teladan.people.models import RosterFault, RosterImport, RosterRow

KEPT = timedelta(days=30)
_CHUNK = 500


@jobs.task("people.check_roster", in_transaction=False, lease_seconds=600)
def check(import_id: str) -> None:
    """Check a staged roster; nothing happens when that has been done."""
    check_staged(UUID(import_id))


@jobs.task("people.apply_roster", in_transaction=False, lease_seconds=120)
def apply(import_id: str) -> None:
    """Apply the next chunk; it announces the one after it."""
    apply_chunk(UUID(import_id))


@jobs.daily("people.tidy", at=time(2, 40))
def tidy() -> None:
    """Delete the rows of imports a month after they were made: they repeat personal data. The numbers stay."""
    with scopes_disabled():
        old = RosterImport.objects.filter(made_at__lt=clock.now() - KEPT).exclude(state=RosterState.APPLYING)
        ids = list(old.values_list("id", flat=True))
        for model in (RosterFault, RosterRow):
            while part := list(model.objects.filter(roster_id__in=ids).values_list("pk", flat=True)[:_CHUNK]):
                with transaction.atomic():
                    model.objects.filter(pk__in=part).delete()
        with transaction.atomic():
            old.filter(state__in=[RosterState.STAGED, RosterState.CHECKED]).update(state=RosterState.DISCARDED)
