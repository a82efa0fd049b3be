"""Places in a cohort and the line of those who wait for one."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.desk import api as desk
from teladan.kernel import clock
from teladan.kernel.errors import Invalid, NotFound
from teladan.learning import paths
from teladan.learning.domain.cohort import cohort_for, reason_of, refuse_cancelled
from teladan.learning.domain.joining import fill_places
from teladan.learning.enums import EnrolmentState
from teladan.learning.models import Cohort, Enrolment, Waiting
from teladan.ledger import api as ledger

MOST_PLACES = 100_000  # guards against a slip of the keyboard


@transaction.atomic
def set_capacity(*, cohort_id: UUID, places: int | None, by: Actor) -> int:
    """How many people a cohort takes (None: as many as come). Whoever waits moves up at once; returns how many did.
    Invalid for fewer places than people in it."""
    cohort = cohort_for(cohort_id, "learning.organise", by, lock=True)
    refuse_cancelled(cohort)
    if places == cohort.capacity:
        return 0
    taken = Enrolment.objects.filter(cohort=cohort).exclude(state=EnrolmentState.WITHDRAWN).count()
    if places is not None and not max(1, taken) <= places <= MOST_PLACES:
        raise Invalid(
            _("Jumlah tempat paling sedikit %(n)d, sebanyak peserta yang sudah terdaftar.") % {"n": max(1, taken)}
            if places < max(1, taken)
            else _("Jumlah tempat paling banyak %(n)d. Kosongkan bila tidak dibatasi.") % {"n": MOST_PLACES},
            field="capacity",
        )
    before, cohort.capacity = cohort.capacity, places
    cohort.save(update_fields=["capacity"])
    moved_up = fill_places(cohort)
    _record("learning.capacity_set", cohort, by, {"from": before, "to": places, "moved_up": moved_up})
    return moved_up


@transaction.atomic
def reorder_waiting(*, waiting_id: UUID, place: int, reason: str, by: Actor) -> None:
    """Give somebody in line another place (1 is next), with the reason, which they read. A place behind the last is
    the last."""
    one, cohort = _waiting(waiting_id, by)
    why = reason_of(reason, missing=_("Tulis alasan mengubah urutan."))
    line = list(Waiting.objects.select_for_update().filter(cohort=cohort).order_by("rank", "since"))
    if place < 1:
        raise Invalid(_("Urutan dimulai dari 1."), field="place")
    others = [other for other in line if other.pk != one.pk]
    others.insert(place - 1, one)
    for rank, other in enumerate(others, start=1):
        if other.rank != rank:
            other.rank = rank
            other.save(update_fields=["rank"])
    one.reason = why
    one.save(update_fields=["reason"])
    now = others.index(one) + 1
    _tell(one, _("Urutan tunggu Anda berubah"), _("Urutan Anda sekarang %(place)d. Alasannya: %(reason)s"), now, why)
    _record("learning.waiting_reordered", cohort, by, {"waiting": str(one.pk), "place": now})


@transaction.atomic
def end_waiting(*, waiting_id: UUID, reason: str, by: Actor) -> None:
    """Take somebody out of the line, with the reason, which they read."""
    one, cohort = _waiting(waiting_id, by)
    why = reason_of(reason, missing=_("Tulis alasan mengeluarkan dari daftar tunggu."))
    _tell(one, _("Anda tidak lagi menunggu tempat"), _("Alasannya: %(reason)s"), 0, why)
    _record("learning.waiting_ended", cohort, by, {"waiting": str(one.pk)})
    one.delete()


def _waiting(waiting_id: UUID, by: Actor) -> tuple[Waiting, Cohort]:
    found = Waiting.objects.filter(pk=waiting_id).first()
    if found is None:
        raise NotFound(
            _("Orang ini tidak ada pada daftar tunggu."),
            next_step=_("Mungkin ia sudah mendapat tempat. Lihat daftar pesertanya."),
        )
    return found, cohort_for(found.cohort_id, "learning.organise", by, lock=True)


def _tell(one: Waiting, title: str, text: str, place: int, why: str) -> None:
    desk.notify(
        agency_id=one.agency_id,
        account_id=one.account_id,
        source=f"learning:waiting:{one.pk}:{clock.now():%Y%m%d%H%M%S%f}",
        title=f"{title}: {one.cohort.title}"[:200],
        text=text % {"place": place, "reason": why},
        url=paths.CLASSES,
    )


def _record(act: str, cohort: Cohort, by: Actor, data: dict[str, ledger.JSON]) -> None:
    ledger.record(act=act, agency_id=by.agency_id, actor_id=by.account_id, subject=f"cohort:{cohort.pk}", data=data)
