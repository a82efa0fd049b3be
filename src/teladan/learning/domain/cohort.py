"""Cohorts: open, change, cancel."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.desk import api as desk
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.learning import paths
from teladan.learning.domain.record import course_of, put_on_desk
from teladan.learning.enums import EnrolmentState
from teladan.learning.models import Cohort, Enrolment, Waiting
from teladan.learning.models import Progress as Row
from teladan.learning.permissions import TABLE
from teladan.learning.progress import from_json
from teladan.ledger import api as ledger
from teladan.rulebook.api import rulebook

LONGEST_REASON = 300  # characters
LONGEST_COHORT = timedelta(days=366)  # guards against a slip in the year; how long is fair is for the organiser


def cohort_for(cohort_id: UUID, permission: str, by: Actor, *, lock: bool = False) -> Cohort:
    """A cohort for which the actor holds a permission. NotFound when they may not even see it."""
    cohorts = Cohort.objects.select_for_update(no_key=True) if lock else Cohort.objects.all()
    cohort = cohorts.filter(pk=cohort_id).first()
    if cohort is None or not TABLE.can(by, "learning.see_cohort", cohort):
        raise NotFound(_("Angkatan ini tidak ada pada daftar Anda."))
    if not TABLE.can(by, permission, cohort):
        raise NotAllowed(_("Peran Anda pada angkatan ini hanya melihat."))
    return cohort


def refuse_cancelled(cohort: Cohort) -> None:
    """Conflict when the cohort was cancelled: it can be read, nothing more."""
    if cohort.cancelled_at is not None:
        raise Conflict(_("Angkatan ini sudah dibatalkan."), next_step=_("Datanya tetap dapat dibaca."))


def reason_of(text: str, *, missing: str) -> str:
    """A reason on one line; Invalid, with the words given, when there is none."""
    why = " ".join(text.replace("\x00", "").split())
    if not why:
        raise Invalid(missing, field="reason")
    if len(why) > LONGEST_REASON:
        raise Invalid(_("Alasan paling panjang %(n)d karakter.") % {"n": LONGEST_REASON}, field="reason")
    return why


def due_reason_of(cohort: Cohort) -> str:
    """Why a participant without more time is due when the cohort closes."""
    return _("%(cohort)s ditutup pada tanggal ini; ditetapkan penyelenggara.") % {"cohort": cohort.title}


def check_dates(opens_at: datetime, closes_at: datetime) -> None:
    """Invalid for dates that no new cohort can have: turned round, over already, or absurdly far away."""
    _check_span(opens_at, closes_at)
    if closes_at <= clock.now():
        raise Invalid(_("Tanggal selesai sudah lewat. Pilih hari ini atau sesudahnya."), field="closes_at")


def _check_span(opens_at: datetime, closes_at: datetime) -> None:
    if closes_at <= opens_at:
        raise Invalid(_("Tanggal selesai harus setelah tanggal mulai."), field="closes_at")
    if closes_at > opens_at + LONGEST_COHORT:
        raise Invalid(
            _("Sebuah angkatan paling lama %(days)d hari. Periksa tahunnya.") % {"days": LONGEST_COHORT.days},
            field="closes_at",
        )
    if opens_at > clock.now() + LONGEST_COHORT:
        raise Invalid(
            _("Tanggal mulai paling lama %(days)d hari dari sekarang. Periksa tahunnya.")
            % {"days": LONGEST_COHORT.days},
            field="opens_at",
        )


def _title(text: str) -> str:
    """A title as it is kept."""
    if not text.strip():
        raise Invalid(_("Beri nama angkatan ini."), field="title")
    return text.strip()[:120]


@transaction.atomic
def open_cohort(
    *,
    course: str,
    title: str,
    opens_at: datetime,
    closes_at: datetime,
    by: Actor,
    attempts: int = 2,
    capacity: int | None = None,
    is_sample: bool = False,
) -> UUID:
    """Open an angkatan of a course for the actor's agency, on the newest version that is out; it keeps that version.

    Conflict when the course was never published: what may still change must not be taught and tested.
    """
    if not TABLE.can(by, "learning.organise"):
        raise NotAllowed(_("Hanya penyelenggara yang dapat membuka angkatan."))
    title = _title(title)
    check_dates(opens_at, closes_at)
    found = rulebook().course(course)
    if not found.is_published:
        raise Conflict(
            _("Modul “%(title)s” belum diterbitkan, jadi isinya masih dapat berubah.") % {"title": found.title},
            next_step=_("Minta penyusun modul menerbitkannya (teladan course publish), lalu buka angkatan ini."),
        )
    cohort = Cohort.objects.create(
        agency_id=by.agency_id,
        course_key=course,
        course_version=found.version,
        title=title,
        opens_at=opens_at,
        closes_at=closes_at,
        attempts=attempts,
        capacity=capacity,
        is_sample=is_sample,
        made_at=clock.now(),
    )
    ledger.record(
        act="learning.cohort_opened",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{cohort.pk}",
        data={
            "course": course,
            "version": found.version,
            "content_sha256": found.digest,
            "opens": opens_at.isoformat(),
            "closes": closes_at.isoformat(),
        },
    )
    return cohort.pk


@transaction.atomic
def change_cohort(*, cohort_id: UUID, title: str, opens_at: datetime, closes_at: datetime, by: Actor) -> None:
    """Give a cohort another title or other dates. Who has no more time of their own is due at the new closing and is
    told so. The opening stays once somebody has begun; nobody loses time that was given to them."""
    cohort = cohort_for(cohort_id, "learning.organise", by, lock=True)
    refuse_cancelled(cohort)
    before = {"title": cohort.title, "opens": cohort.opens_at.isoformat(), "closes": cohort.closes_at.isoformat()}
    title = _title(title)
    _check_span(opens_at, closes_at)
    if (cohort.title, cohort.opens_at, cohort.closes_at) == (title, opens_at, closes_at):
        return
    if opens_at != cohort.opens_at and _has_begun(cohort):
        raise Invalid(_("Sudah ada peserta yang mulai, jadi tanggal mulai tidak dapat diubah lagi."), field="opens_at")
    old = cohort.closes_at
    if closes_at != old:
        _refuse_closing(cohort, closes_at)
    cohort.title, cohort.opens_at, cohort.closes_at = title, opens_at, closes_at
    cohort.save(update_fields=["title", "opens_at", "closes_at"])
    _move_due(cohort, old)
    ledger.record(
        act="learning.cohort_changed",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{cohort.pk}",
        data={
            "from": before,
            "to": {"title": title, "opens": opens_at.isoformat(), "closes": closes_at.isoformat()},
        },
    )


def _has_begun(cohort: Cohort) -> bool:
    """Has anybody of the cohort done anything?"""
    if Row.objects.filter(enrolment__cohort=cohort).exclude(last_at=None).exists():
        return True
    return bool(instruments.scores_of(list(Enrolment.objects.filter(cohort=cohort).values_list("pk", flat=True))))


def _refuse_closing(cohort: Cohort, closes_at: datetime) -> None:
    """Invalid for a closing that is over already, or that would come earlier although somebody was given more time."""
    if closes_at <= clock.now():
        raise Invalid(_("Tanggal selesai sudah lewat. Pilih hari ini atau sesudahnya."), field="closes_at")
    if closes_at < cohort.closes_at:
        later = Enrolment.objects.filter(cohort=cohort, state=EnrolmentState.ACTIVE, due_at__gt=cohort.closes_at)
        if latest := later.order_by("-due_at").values_list("due_at", flat=True).first():
            raise Invalid(
                _("Ada peserta yang diberi waktu sampai %(day)s, jadi angkatan tidak dapat ditutup lebih awal.")
                % {"day": timezone.localtime(latest).strftime("%d-%m-%Y")},
                field="closes_at",
            )


def _move_due(cohort: Cohort, old: datetime) -> None:
    """Due dates and tasks follow the cohort; who was given more time keeps it unless the cohort now closes later."""
    active = _locked_active(cohort).select_related("cohort", "progress")
    for enrolment in active:
        if enrolment.due_at > old and enrolment.due_at >= cohort.closes_at:
            continue
        moved = enrolment.due_at != cohort.closes_at
        enrolment.due_at, enrolment.due_reason = cohort.closes_at, due_reason_of(cohort)
        enrolment.save(update_fields=["due_at", "due_reason"])
        put_on_desk(enrolment, from_json(enrolment.progress.state))
        if moved:
            desk.notify(
                agency_id=enrolment.agency_id,
                account_id=enrolment.account_id,
                source=f"learning:{enrolment.pk}:due:{cohort.closes_at:%Y%m%d%H%M}",
                title=_("Batas waktu kelas Anda berubah"),
                text=_("%(cohort)s kini ditutup pada %(day)s.")
                % {"cohort": cohort.title, "day": timezone.localtime(cohort.closes_at).strftime("%d-%m-%Y")},
                url=paths.module(enrolment.pk),
            )


def _locked_active(cohort: Cohort) -> QuerySet[Enrolment]:
    """The enrolments that are not over, which nobody else finishes or extends meanwhile; the cohort is locked."""
    active = Enrolment.objects.filter(cohort=cohort, state=EnrolmentState.ACTIVE)
    return active.select_for_update(of=("self",), no_key=True).order_by("pk")


@transaction.atomic
def cancel_cohort(*, cohort_id: UUID, reason: str, by: Actor) -> None:
    """Cancel a cohort that is planned or running. Participants who have not finished are told, with the reason, and
    their tasks are taken from their desks; everything stays readable. Cancelled again, nothing happens."""
    cohort = cohort_for(cohort_id, "learning.organise", by, lock=True)
    if cohort.cancelled_at is not None:
        return
    why = reason_of(reason, missing=_("Tulis alasan pembatalan."))
    now = clock.now()
    if cohort.closes_at < now:
        raise Conflict(_("Angkatan ini sudah selesai, jadi tidak dapat dibatalkan."))
    cohort.cancelled_at, cohort.cancel_reason = now, why
    cohort.save(update_fields=["cancelled_at", "cancel_reason"])
    active = list(_locked_active(cohort).select_related("cohort"))
    Enrolment.objects.filter(pk__in=[e.pk for e in active]).update(
        state=EnrolmentState.WITHDRAWN, withdrawn_at=now, withdrawn_reason=why
    )
    _send_line_home(cohort, why)
    for enrolment in active:
        let_go(enrolment, title=_("Angkatan dibatalkan: %(cohort)s") % {"cohort": cohort.title}, why=why)
    ledger.record(
        act="learning.cohort_cancelled",
        agency_id=by.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{cohort.pk}",
        data={"stopped": len(active)},
    )


def _send_line_home(cohort: Cohort, why: str) -> None:
    """Nobody waits for a place in a cohort that is cancelled; they are told."""
    line = Waiting.objects.filter(cohort=cohort)
    for one in line:
        desk.notify(
            agency_id=cohort.agency_id,
            account_id=one.account_id,
            source=f"learning:waiting:{one.pk}:cancelled",
            title=_("Angkatan dibatalkan: %(cohort)s") % {"cohort": cohort.title},
            text=_("Anda tidak lagi menunggu tempat di angkatan ini. Alasannya: %(reason)s") % {"reason": why},
            url=paths.CLASSES,
        )
    line.delete()


def let_go(enrolment: Enrolment, *, title: str, why: str) -> None:
    """Take the task of an enrolment that ends early from the desk, and tell its participant why."""
    desk.withdraw(source=f"learning:{enrolment.pk}", assignee_id=enrolment.account_id)
    desk.notify(
        agency_id=enrolment.agency_id,
        account_id=enrolment.account_id,
        source=f"learning:{enrolment.pk}:ended:{clock.now():%Y%m%d%H%M%S}",
        title=title[:200],
        text=_("Anda tidak perlu melanjutkan %(course)s di kelas ini. Alasannya: %(reason)s")
        % {"course": course_of(enrolment).title, "reason": why},
        url=paths.CLASSES,
    )
