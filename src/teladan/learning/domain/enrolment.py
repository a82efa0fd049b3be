"""Who is in a cohort: enrol, take out, move, give more time, give another attempt."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.learning import paths
from teladan.learning.data import Joined
from teladan.learning.domain.cohort import (
    cohort_for,
    due_reason_of,
    let_go,
    open_cohort,
    reason_of,
    refuse_cancelled,
)
from teladan.learning.domain.decision import decide
from teladan.learning.domain.joining import fill_places, join, places_left, stand_in_line
from teladan.learning.domain.record import attempts_of, put_on_desk, stage_of
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import POST_TEST, DecisionKind, EnrolmentState, Stage
from teladan.learning.models import Cohort, Enrolment, Waiting
from teladan.learning.models import Progress as Row
from teladan.learning.progress import Progress
from teladan.ledger import api as ledger

CHUNK = 500  # ids in one query
LONGEST_EXTENSION = timedelta(days=366)  # guards against a slip in the year; how long is fair is for the organiser


@transaction.atomic
def open_cohort_with(
    *,
    course: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    account_ids: Sequence[UUID],
    attempts: int,
    capacity: int | None = None,
    by: Actor,
) -> UUID:
    """Open an angkatan together with its participants: both or neither."""
    if not account_ids:
        raise Invalid(_("Unit yang dipilih belum mempunyai pegawai."), field="units")
    cohort_id = open_cohort(
        course=course, title=title, opens_at=opens_at, closes_at=closes_at, attempts=attempts, capacity=capacity, by=by
    )
    enrol(cohort_id=cohort_id, account_ids=account_ids, by=by)
    return cohort_id


@transaction.atomic
def enrol(
    *, cohort_id: UUID, account_ids: Sequence[UUID], due_at: datetime | None = None, reason: str = "", by: Actor
) -> Joined:
    """Put accounts of the agency into a cohort; those already in it are passed over, those who were taken out come back
    with all they had done. Who finds the cohort full waits in line. `due_at`, with its reason, is for people who join
    late: their own date instead of the cohort's closing. Conflict when the cohort is over."""
    cohort = cohort_for(cohort_id, "learning.organise", by, lock=True)
    refuse_over(cohort)
    why = reason_of(reason, missing=_("Tulis alasan batas waktu sendiri.")) if due_at else ""
    if due_at:
        _check_due(due_at, before=cohort.closes_at, closes=cohort.closes_at, is_correction=True)
    joined = take_in(
        cohort, list(_of_agency(list(dict.fromkeys(account_ids)), by.agency_id)), due_at=due_at, reason=why, by=by
    )
    ledger.record(
        act="learning.enrolled",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{cohort.pk}",
        data={"added": joined.added, "waiting": joined.waiting},
    )
    return joined


def refuse_over(cohort: Cohort) -> None:
    """Conflict when a cohort takes nobody any more."""
    refuse_cancelled(cohort)
    if cohort.closes_at < clock.now():
        raise Conflict(
            _("Angkatan ini sudah selesai."),
            next_step=_("Undurkan dahulu tanggal selesainya, atau buka angkatan baru."),
        )


def take_in(
    cohort: Cohort, account_ids: Sequence[UUID], *, due_at: datetime | None = None, reason: str = "", by: Actor
) -> Joined:
    """Enrol these accounts of the agency as long as there are places, and let the others wait. Call inside atomic(), with
    the cohort locked; the caller records the act."""
    known = {e.account_id: e for e in Enrolment.objects.filter(cohort=cohort).select_related("cohort", "progress")}
    free = places_left(cohort)
    added = waiting = 0
    for account_id in account_ids:
        found = known.get(account_id)
        if found is not None and found.state != EnrolmentState.WITHDRAWN:
            continue
        if free is not None and added >= free:
            waiting += stand_in_line(cohort, account_id)
            continue
        enrolment = join(cohort, account_id, known=found, due_at=due_at, due_reason=reason)
        if found is not None:
            decide(enrolment, DecisionKind.BROUGHT_BACK, reason=reason or _("Didaftarkan kembali."), by=by)
        if due_at:
            decide(enrolment, DecisionKind.LATE, reason=reason, by=by, due_at=due_at.isoformat())
        added += 1
    return Joined(added=added, waiting=waiting)


@transaction.atomic
def move(*, enrolment_id: UUID, to: UUID, reason: str, by: Actor) -> None:
    """Let somebody go on in another cohort of the same course, with everything they have done, the reason told. Their
    date is the other cohort's closing, or their own if that is later. The place they leave goes to the next in line.
    Conflict when they have finished, the other cohort is over, full, or has them already."""
    here = Enrolment.objects.filter(pk=enrolment_id).values_list("cohort", flat=True).first()
    both = {
        pk: cohort_for(pk, "learning.organise", by, lock=True) for pk in sorted({here or to, to})
    }  # never crosswise
    enrolment = _locked(enrolment_id, "learning.organise", by)
    old, new = enrolment.cohort, both[to]
    if new.pk == old.pk:
        return
    if refused := extension_refusal(enrolment):
        raise Conflict(refused)
    if new.course_key != old.course_key:
        raise Invalid(_("Angkatan itu memakai modul lain."), field="to")
    refuse_over(new)
    why = reason_of(reason, missing=_("Tulis alasan memindahkan peserta ini."))
    if Enrolment.objects.filter(cohort=new, account_id=enrolment.account_id).exists():
        raise Conflict(
            _("Ia pernah terdaftar di angkatan itu, jadi tidak dapat dipindahkan ke sana."),
            next_step=_("Daftarkan kembali dari angkatan itu, atau pilih angkatan lain."),
        )
    if places_left(new) == 0:
        raise Conflict(
            _("Angkatan itu penuh."), next_step=_("Tambah jumlah tempatnya dahulu, atau pilih angkatan lain.")
        )
    enrolment.cohort = new
    if enrolment.due_at <= new.closes_at or enrolment.due_at == old.closes_at:
        enrolment.due_at, enrolment.due_reason = new.closes_at, due_reason_of(new)
    enrolment.save(update_fields=["cohort", "due_at", "due_reason"])
    Waiting.objects.filter(cohort=new, account_id=enrolment.account_id).delete()
    decide(enrolment, DecisionKind.MOVED, reason=why, by=by, before=old.title, after=new.title)
    put_on_desk(enrolment, progress_of(enrolment))
    desk.notify(
        agency_id=enrolment.agency_id,
        account_id=enrolment.account_id,
        source=f"learning:{enrolment.pk}:moved:{clock.now():%Y%m%d%H%M%S}",
        title=_("Anda dipindahkan ke %(cohort)s") % {"cohort": new.title},
        text=_("Semua yang sudah Anda kerjakan ikut pindah. Alasannya: %(reason)s") % {"reason": why},
        url=paths.module(enrolment.pk),
    )
    ledger.record(
        act="learning.moved",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"enrolment:{enrolment.pk}",
        data={"from": str(old.pk), "to": str(new.pk)},
    )
    fill_places(old)


def _of_agency(account_ids: Sequence[UUID], agency_id: UUID) -> Iterator[UUID]:
    """Those of the accounts that belong to the agency."""
    for start in range(0, len(account_ids), CHUNK):
        cards = accounts.account_cards(list(account_ids[start : start + CHUNK]))
        yield from (a for a, card in cards.items() if card.agency_id == agency_id)


@transaction.atomic
def take_out(*, enrolment_id: UUID, reason: str, by: Actor) -> None:
    """Take somebody who has not begun out of a cohort; they are told, with the reason. Conflict once they have begun;
    taken out again, nothing happens."""
    enrolment = _locked(enrolment_id, "learning.organise", by)
    cohort = enrolment.cohort
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return
    refuse_cancelled(cohort)
    why = reason_of(reason, missing=_("Tulis alasan mengeluarkan peserta ini."))
    row = getattr(enrolment, "progress", None)  # locked: what somebody writes at this moment is seen or comes after
    if (row is not None and row.last_at is not None) or instruments.scores_of([enrolment.pk]):
        raise Conflict(
            _("Peserta ini sudah mulai, jadi tidak dapat dikeluarkan."),
            next_step=_("Bila perlu, beri waktu lebih; hasilnya tetap miliknya."),
        )
    enrolment.state, enrolment.withdrawn_at, enrolment.withdrawn_reason = EnrolmentState.WITHDRAWN, clock.now(), why
    enrolment.save(update_fields=["state", "withdrawn_at", "withdrawn_reason"])
    decide(enrolment, DecisionKind.TAKEN_OUT, reason=why, by=by)
    let_go(enrolment, title=_("Anda dikeluarkan dari %(cohort)s") % {"cohort": cohort.title}, why=why)
    ledger.record(
        act="learning.taken_out",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"enrolment:{enrolment.pk}",
        data={"cohort": str(cohort.pk)},
    )
    fill_places(cohort)


def _locked(enrolment_id: UUID, permission: str, by: Actor) -> Enrolment:
    """An enrolment that nobody else changes meanwhile, nor its cohort, for which the actor holds a permission, nor its
    record. Cohort, record, enrolment: everybody locks in this order, so that two never wait crosswise. NotFound when
    there is none."""
    cohort_id = Enrolment.objects.filter(pk=enrolment_id).values_list("cohort", flat=True).first()
    if cohort_id is None:
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    cohort = cohort_for(cohort_id, permission, by, lock=True)
    record = Row.objects.select_for_update(no_key=True).filter(enrolment_id=enrolment_id).first()
    found: Enrolment = Enrolment.objects.select_for_update(no_key=True).get(pk=enrolment_id)
    found.cohort = cohort
    if record is not None:
        found.progress = record
    return found


@transaction.atomic
def extend(*, enrolment_id: UUID, due_at: datetime, reason: str, by: Actor, is_correction: bool = False) -> None:
    """Give a participant more time, with the reason; they are told and the task on their desk moves along. The new date
    is later than theirs, unless it corrects one given wrongly; never before the cohort closes."""
    enrolment = _locked(enrolment_id, "learning.remind", by)
    refuse_cancelled(enrolment.cohort)
    if refused := extension_refusal(enrolment):
        raise Conflict(refused)
    why = reason_of(reason, missing=_("Tulis alasan perpanjangan."))
    before, closes = enrolment.due_at, enrolment.cohort.closes_at
    _check_due(due_at, before=before, closes=closes, is_correction=is_correction)
    enrolment.due_at, enrolment.due_reason = due_at, why
    enrolment.save(update_fields=["due_at", "due_reason"])
    given = decide(
        enrolment, DecisionKind.TIME, reason=why, by=by, before=before.isoformat(), due_at=due_at.isoformat()
    )
    put_on_desk(enrolment, progress_of(enrolment))
    desk.notify(
        agency_id=enrolment.agency_id,
        account_id=enrolment.account_id,
        source=f"learning:{enrolment.pk}:extension:{given.pk}",
        title=_("Batas waktu Anda berubah"),
        text=_("Batas waktu Anda untuk %(cohort)s diubah. Alasannya: %(reason)s")
        % {"cohort": enrolment.cohort.title, "reason": why},
        url=paths.module(enrolment.pk),
    )
    ledger.record(
        act="learning.extended",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"enrolment:{enrolment.pk}",
        data={"from": before.isoformat(), "due": due_at.isoformat()},
    )


def extension_refusal(enrolment: Enrolment) -> str:
    """Why more time is of no use to somebody; empty when it may be given."""
    if enrolment.state == EnrolmentState.FINISHED:
        return _("Peserta ini sudah selesai; waktu lebih tidak diperlukan.")
    return _("Peserta ini tidak lagi mengikuti angkatan.") if enrolment.state == EnrolmentState.WITHDRAWN else ""


def _check_due(due_at: datetime, *, before: datetime, closes: datetime, is_correction: bool) -> None:
    if due_at < closes or due_at <= clock.now():
        raise Invalid(_("Batas baru harus setelah penutupan angkatan dan setelah hari ini."), field="due_at")
    if due_at <= before and not is_correction:
        message = _("Batas baru harus setelah batas yang berlaku sekarang.")
        if before > closes:  # more time was given, perhaps wrongly
            message += " " + _("Bila batas itu keliru, centang “Membetulkan batas yang keliru”.")
        raise Invalid(message, field="due_at")
    if due_at > closes + LONGEST_EXTENSION:
        raise Invalid(
            _("Perpanjangan paling lama %(days)d hari setelah penutupan angkatan. Periksa tahunnya.")
            % {"days": LONGEST_EXTENSION.days},
            field="due_at",
        )


@transaction.atomic
def allow_attempt(*, enrolment_id: UUID, reason: str, by: Actor) -> None:
    """Open one more attempt at the final test for somebody who has used up theirs; they are told, with the reason.
    Conflict, with what to do instead, while it is not needed."""
    enrolment = _locked(enrolment_id, "learning.remind", by)
    refuse_cancelled(enrolment.cohort)
    why = reason_of(reason, missing=_("Tulis alasan memberi kesempatan baru."))
    progress = progress_of(enrolment)
    if refused := attempt_refusal(enrolment, progress):
        raise Conflict(refused[0], next_step=refused[1])
    enrolment.extra_attempts += 1
    enrolment.save(update_fields=["extra_attempts"])
    decide(enrolment, DecisionKind.ATTEMPT, reason=why, by=by, number=enrolment.extra_attempts)
    put_on_desk(enrolment, progress)
    desk.notify(
        agency_id=enrolment.agency_id,
        account_id=enrolment.account_id,
        source=f"learning:{enrolment.pk}:attempt:{enrolment.extra_attempts}",
        title=_("Kesempatan baru untuk Tes Akhir"),
        text=_("Pengampu membuka satu kesempatan lagi. Alasannya: %(reason)s") % {"reason": why},
        url=paths.test(enrolment.pk, POST_TEST),
    )
    ledger.record(
        act="learning.attempt_allowed",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"enrolment:{enrolment.pk}",
        data={"extra": enrolment.extra_attempts},
    )


def attempt_refusal(enrolment: Enrolment, progress: Progress) -> tuple[str, str] | None:
    """Why one more attempt at the final test is not needed now, and what to do instead; None when it may be given."""
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return _("Peserta ini tidak lagi mengikuti angkatan."), ""
    stage = stage_of(enrolment, progress)
    if stage is Stage.NOT_PASSED:
        return None
    if stage in {Stage.FEEDBACK, Stage.DONE}:
        return _("Peserta ini sudah lulus Tes Akhir."), _("Kesempatan tambahan tidak diperlukan lagi.")
    if stage is Stage.POST_TEST:
        left = attempts_of(enrolment) - len(progress.tests.get(POST_TEST, ()))
        message = ngettext(
            "Peserta ini masih mempunyai %(n)d kesempatan Tes Akhir.",
            "Peserta ini masih mempunyai %(n)d kesempatan Tes Akhir.",
            left,
        )
        return message % {"n": left}, _("Ingatkan peserta untuk memakainya.")
    return (
        _("Peserta ini belum sampai pada Tes Akhir; kesempatannya belum terpakai."),
        _("Ingatkan peserta untuk menyelesaikan materinya dahulu."),
    )
