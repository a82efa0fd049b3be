"""Cohorts: open, enrol, extend, remind."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.learning import paths
from teladan.learning.domain.record import attempts_of, put_on_desk, stage_of
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import POST_TEST, EnrolmentState, Stage
from teladan.learning.events import Enrolled
from teladan.learning.models import Cohort, Enrolment, ExtraAttempt
from teladan.learning.models import Progress as Row
from teladan.learning.permissions import TABLE
from teladan.learning.progress import Progress, from_json
from teladan.ledger import api as ledger
from teladan.rulebook.api import rulebook

LONGEST_REMINDER = 500  # characters
LONGEST_REASON = 300  # characters
CHUNK = 500  # ids in one query


LONGEST_EXTENSION = timedelta(days=366)  # guards against a slip in the year; how long is fair is for the organiser


def _cohort(cohort_id: UUID, permission: str, by: Actor) -> Cohort:
    cohort = Cohort.objects.filter(pk=cohort_id).first()
    if cohort is None or not TABLE.can(by, "learning.see_cohort", cohort):
        raise NotFound(_("Angkatan ini tidak ada pada daftar Anda."))
    if not TABLE.can(by, permission, cohort):
        raise NotAllowed(_("Peran Anda pada angkatan ini hanya melihat."))
    return cohort


@transaction.atomic
def open_cohort(
    *,
    course: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
    attempts: int = 2,
    is_sample: bool = False,
) -> UUID:
    """Open an angkatan of a course for the actor's agency."""
    if not TABLE.can(by, "learning.organise"):
        raise NotAllowed(_("Hanya penyelenggara yang dapat membuka angkatan."))
    if not title.strip():
        raise Invalid(_("Beri nama angkatan ini."), field="title")
    if closes_at <= opens_at:
        raise Invalid(_("Tanggal selesai harus setelah tanggal mulai."), field="closes_at")
    cohort = Cohort.objects.create(
        agency_id=by.agency_id,
        course_key=course,
        course_version=rulebook().course(course).version,
        title=title.strip()[:120],
        opens_at=opens_at,
        closes_at=closes_at,
        attempts=attempts,
        is_sample=is_sample,
        made_at=clock.now(),
    )
    ledger.record(
        act="learning.cohort_opened",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{cohort.pk}",
        data={"course": course, "opens": opens_at.isoformat(), "closes": closes_at.isoformat()},
    )
    return cohort.pk


@transaction.atomic
def open_cohort_with(
    *,
    course: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    account_ids: Sequence[UUID],
    attempts: int,
    by: Actor,
) -> UUID:
    """Open an angkatan together with its participants: both or neither."""
    if not account_ids:
        raise Invalid(_("Unit yang dipilih belum mempunyai pegawai."), field="units")
    cohort_id = open_cohort(
        course=course, title=title, opens_at=opens_at, closes_at=closes_at, attempts=attempts, by=by
    )
    enrol(cohort_id=cohort_id, account_ids=account_ids, by=by)
    return cohort_id


@transaction.atomic
def enrol(*, cohort_id: UUID, account_ids: Sequence[UUID], by: Actor) -> int:
    """Put accounts of the agency into a cohort; those already in it are passed over. Returns how many are new."""
    cohort = _cohort(cohort_id, "learning.organise", by)
    known = set(Enrolment.objects.filter(cohort=cohort).values_list("account_id", flat=True))
    wanted = [a for a in dict.fromkeys(account_ids) if a not in known]
    now, added = clock.now(), 0
    for account_id in _of_agency(wanted, by.agency_id):
        enrolment = Enrolment.objects.create(
            agency_id=by.agency_id,
            cohort=cohort,
            account_id=account_id,
            enrolled_at=now,
            due_at=cohort.closes_at,
            due_reason=_("%(cohort)s ditutup pada tanggal ini; ditetapkan penyelenggara.") % {"cohort": cohort.title},
        )
        row = Row.objects.create(enrolment=enrolment, agency_id=by.agency_id)
        put_on_desk(enrolment, from_json(row.state))
        jobs.publish(Enrolled(enrolment_id=enrolment.pk, account_id=account_id), agency_id=by.agency_id)
        added += 1
    ledger.record(
        act="learning.enrolled",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{cohort.pk}",
        data={"added": added},
    )
    return added


def _of_agency(account_ids: Sequence[UUID], agency_id: UUID) -> Iterator[UUID]:
    """Those of the accounts that belong to the agency."""
    for start in range(0, len(account_ids), CHUNK):
        cards = accounts.account_cards(list(account_ids[start : start + CHUNK]))
        yield from (a for a, card in cards.items() if card.agency_id == agency_id)


@transaction.atomic
def extend(*, enrolment_id: UUID, due_at: datetime, reason: str, by: Actor) -> None:
    """Give a participant more time, with the reason; the task on their desk moves along."""
    enrolment = Enrolment.objects.select_related("cohort", "progress").filter(pk=enrolment_id).first()
    if enrolment is None:
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    _cohort(enrolment.cohort_id, "learning.remind", by)
    if not reason.strip():
        raise Invalid(_("Tulis alasan perpanjangan."), field="reason")
    closes = enrolment.cohort.closes_at
    if due_at < closes or due_at <= clock.now():
        raise Invalid(_("Batas baru harus setelah penutupan angkatan dan setelah hari ini."), field="due_at")
    if due_at > closes + LONGEST_EXTENSION:
        raise Invalid(
            _("Perpanjangan paling lama %(days)d hari setelah penutupan angkatan. Periksa tahunnya.")
            % {"days": LONGEST_EXTENSION.days},
            field="due_at",
        )
    enrolment.due_at, enrolment.due_reason = due_at, reason.strip()[:300]
    enrolment.save(update_fields=["due_at", "due_reason"])
    put_on_desk(enrolment, from_json(enrolment.progress.state))
    ledger.record(
        act="learning.extended",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"enrolment:{enrolment.pk}",
        data={"due": due_at.isoformat()},
    )


@transaction.atomic
def allow_attempt(*, enrolment_id: UUID, reason: str, by: Actor) -> None:
    """Open one more attempt at the final test for somebody who has used up theirs; they are told, with the reason.
    Conflict, with what to do instead, while it is not needed."""
    enrolment = (
        Enrolment.objects.select_for_update(of=("self",)).select_related("cohort").filter(pk=enrolment_id).first()
    )
    if enrolment is None:
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    _cohort(enrolment.cohort_id, "learning.remind", by)
    why = " ".join(reason.split())
    if not why:
        raise Invalid(_("Tulis alasan memberi kesempatan baru."), field="reason")
    if len(why) > LONGEST_REASON:
        raise Invalid(_("Alasan paling panjang %(n)d karakter.") % {"n": LONGEST_REASON}, field="reason")
    progress = progress_of(enrolment)
    if refused := attempt_refusal(enrolment, progress):
        raise Conflict(refused[0], next_step=refused[1])
    enrolment.extra_attempts += 1
    enrolment.save(update_fields=["extra_attempts"])
    ExtraAttempt.objects.create(
        agency_id=enrolment.agency_id,
        enrolment=enrolment,
        number=enrolment.extra_attempts,
        reason=why,
        given_by_id=by.account_id,
        given_at=clock.now(),
    )
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


@transaction.atomic
def remind(*, cohort_id: UUID, enrolment_ids: Sequence[UUID], text: str, by: Actor) -> int:
    """Send a reminder to participants of a cohort; at most one a day for each. Returns how many it reached."""
    cohort = _cohort(cohort_id, "learning.remind", by)
    message = text.strip()
    if not message:
        raise Invalid(_("Tulis pesan pengingat."), field="text")
    if len(message) > LONGEST_REMINDER:
        raise Invalid(_("Pesan paling panjang %(n)d karakter.") % {"n": LONGEST_REMINDER}, field="text")
    chosen = Enrolment.objects.filter(cohort=cohort, pk__in=enrolment_ids, state=EnrolmentState.ACTIVE)
    day = clock.now().date().isoformat()
    for enrolment in chosen:
        desk.notify(
            agency_id=by.agency_id,
            account_id=enrolment.account_id,
            source=f"learning:{enrolment.pk}:reminder:{day}",
            title=_("Pengingat dari pengampu: %(cohort)s") % {"cohort": cohort.title},
            text=message,
            url=paths.module(enrolment.pk),
        )
    ledger.record(
        act="learning.reminded",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{cohort.pk}",
        data={"count": len(chosen)},
    )
    return len(chosen)
