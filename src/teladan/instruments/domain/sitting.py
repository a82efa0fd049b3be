import hashlib
import logging
import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from teladan.access.api import Actor
from teladan.instruments.data import ResultCard, SittingCard
from teladan.instruments.drawing import DrawingError, draw
from teladan.instruments.enums import FinishReason, SittingState
from teladan.instruments.events import SittingFinished, SittingStarted
from teladan.instruments.keysheet import KeySheet, sheet_of
from teladan.instruments.models import Answer, AnswerKey, Sitting
from teladan.instruments.permissions import TABLE
from teladan.instruments.queries.key import sheet
from teladan.instruments.queries.sitting import card, result, sitting_of
from teladan.instruments.scoring import has_passed, percent_bp, score
from teladan.instruments.vector import fold, fold_seconds
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import Invalid, NotAllowed
from teladan.ledger import api as ledger
from teladan.rulebook.data import Course, TestSpec

GRACE = timedelta(seconds=10)  # a save that left the phone in time may be this late
BATCH = 1000  # overdue sittings closed in one round

logger = logging.getLogger(__name__)


def start_sitting(
    *,
    spec: TestSpec,
    course: Course,
    account_id: UUID,
    agency_id: UUID,
    context: UUID,
    attempt: int = 1,
    form: str | None = None,
    extra_minutes: int = 0,
    by: Actor,
) -> SittingCard:
    """Begin a test, or come back to the one already begun: one sitting per account, context, test and attempt.

    `form` overrides the test's own (for forms that change places); `extra_minutes` is time for people who need more.
    NotAllowed for somebody else's sitting; Invalid when the bank cannot fill the blueprint.
    """
    once = {"account_id": account_id, "context": context, "test_key": spec.key, "attempt": attempt}
    with scope(agency=agency_id):
        if not TABLE.can(by, "instruments.sit", Sitting(agency_id=agency_id, **once)):
            raise NotAllowed(_("Tes hanya dapat dimulai oleh peserta itu sendiri."))
        if found := Sitting.objects.filter(**once).first():
            return card(found)
        key = sheet_of(course)
        sitting = _drawn(spec, course, key, form or spec.form, spec.minutes + extra_minutes)
        sitting.agency_id, sitting.account_id, sitting.context, sitting.attempt = (
            agency_id,
            account_id,
            context,
            attempt,
        )
        is_new_key = not AnswerKey.objects.filter(pk=key.digest).exists()
        with transaction.atomic():
            if is_new_key:
                _keep(key)
            Sitting.objects.bulk_create([sitting], ignore_conflicts=True)
            is_first = Sitting.objects.filter(pk=sitting.pk).exists()
            if is_first:  # otherwise another request was a moment earlier, and told the news
                _announce_start(sitting)
        return card(sitting if is_first else Sitting.objects.get(**once))


def _drawn(spec: TestSpec, course: Course, key: KeySheet, form: str, minutes: int) -> Sitting:
    seed, now = secrets.randbits(63), clock.now()
    try:
        questions = draw(blueprint=spec.blueprint, items=course.items.values(), form=form, seed=seed)
    except DrawingError as fault:
        words = _(
            "Bentuk %(form)s tes ini belum dapat disusun: "
            "%(value)s %(level)s perlu %(wanted)d soal, baru ada %(found)d."
        )
        raise Invalid(
            words % {"form": form, **asdict(fault.shortages[0])},
            next_step=_("Beri tahu penyelenggara agar bank soalnya dilengkapi."),
        ) from fault
    return Sitting(
        course_key=course.key,
        course_version=course.version,
        test_key=spec.key,
        title=spec.title,
        form=form,
        seed=seed,
        answer_key_id=key.digest,
        questions=[[q.item, list(q.options)] for q in questions],
        pass_mark=spec.pass_mark,
        state=SittingState.OPEN,
        started_at=now,
        deadline_at=now + timedelta(minutes=minutes),
        maximum=len(questions),
    )


def _keep(key: KeySheet) -> None:
    row = AnswerKey(digest=key.digest, course_key=key.course, course_version=key.version, lines=key.to_json())
    AnswerKey.objects.bulk_create([row], ignore_conflicts=True)


def _announce_start(sitting: Sitting) -> None:
    ledger.record(
        act="instruments.sitting_started",
        agency_id=sitting.agency_id,
        actor_id=sitting.account_id,
        subject=f"sitting:{sitting.pk}",
        data={
            "test": sitting.test_key,
            "form": sitting.form,
            "attempt": sitting.attempt,
            "key": sitting.answer_key_id,
            "deadline_at": sitting.deadline_at.isoformat(),
        },
    )
    event = SittingStarted(
        sitting_id=sitting.pk,
        account_id=sitting.account_id,
        context=sitting.context,
        course_key=sitting.course_key,
        course_version=sitting.course_version,
        test_key=sitting.test_key,
        title=sitting.title,
        form=sitting.form,
        attempt=sitting.attempt,
        started_at=sitting.started_at,
        deadline_at=sitting.deadline_at,
    )
    jobs.publish(event, agency_id=sitting.agency_id)


def finish_sitting(
    *, sitting_id: UUID, by: Actor | None, reason: FinishReason | str = FinishReason.FINISHED
) -> ResultCard:
    """Hand the test in: fold the saved answers into a vector, score it, tell the news. Finishing again changes
    nothing.

    `by` is the person, or None for the house. `reason` is what the caller takes it for; the clock decides: from the
    deadline on the sitting counts as ended by time, at the deadline.
    """
    FinishReason(reason)
    sitting = sitting_of(sitting_id, by)
    with scope(agency=sitting.agency_id):
        if sitting.is_open:
            key = sheet(sitting.answer_key_id)
            with transaction.atomic():
                # First the lock, then the fold: a save that holds the row is waited for, a later one is refused.
                sitting = Sitting.objects.select_for_update().get(pk=sitting_id)
                if sitting.is_open:
                    _close(sitting, key, clock.now(), by)
        return result(sitting)


def _close(sitting: Sitting, key: KeySheet, now: datetime, by: Actor | None) -> None:
    rows = list(Answer.objects.filter(sitting=sitting).values_list("number", "choice", "milliseconds"))
    items = [item for item, _options in sitting.questions]
    answers = {items[number - 1]: choice for number, choice, _ms in rows if choice}
    sitting.vector = fold(key, shown=items, answers=answers)
    sitting.seconds = fold_seconds(key, {items[number - 1]: ms / 1000 for number, _choice, ms in rows})
    sitting.score = score(key, sitting.vector).points
    sitting.state = SittingState.TIMED_OUT if now >= sitting.deadline_at else SittingState.FINISHED
    sitting.finished_at = min(now, sitting.deadline_at)
    sitting.save(update_fields=["vector", "seconds", "score", "state", "finished_at"])
    Answer.objects.filter(sitting=sitting).delete()
    _announce_finish(sitting, sitting.finished_at, sitting.score, by)


def _announce_finish(sitting: Sitting, finished_at: datetime, points: int, by: Actor | None) -> None:
    reason = FinishReason.TIME if sitting.state == SittingState.TIMED_OUT else FinishReason.FINISHED
    ledger.record(
        act="instruments.sitting_finished",
        agency_id=sitting.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"sitting:{sitting.pk}",
        data={
            "reason": reason.value,
            "score": points,
            "maximum": sitting.maximum,
            "key": sitting.answer_key_id,
            "vector_sha256": hashlib.sha256(bytes(sitting.vector or b"")).hexdigest(),
            "finished_at": finished_at.isoformat(),
        },
    )
    event = SittingFinished(
        sitting_id=sitting.pk,
        account_id=sitting.account_id,
        context=sitting.context,
        course_key=sitting.course_key,
        course_version=sitting.course_version,
        test_key=sitting.test_key,
        title=sitting.title,
        form=sitting.form,
        attempt=sitting.attempt,
        score=points,
        maximum=sitting.maximum,
        percent_bp=percent_bp(points, sitting.maximum),
        pass_mark=sitting.pass_mark,
        passed=has_passed(points, sitting.maximum, sitting.pass_mark),
        reason=reason.value,
        started_at=sitting.started_at,
        finished_at=finished_at,
    )
    jobs.publish(event, agency_id=sitting.agency_id)


def close_overdue() -> int:
    """Finish every open sitting whose time and grace are over; returns how many. One that fails does not hold up
    others."""
    closed = 0
    with scopes_disabled():
        overdue = Sitting.objects.filter(state=SittingState.OPEN, deadline_at__lt=clock.now() - GRACE)
        ids = list(overdue.order_by("deadline_at").values_list("pk", flat=True)[:BATCH])
    for sitting_id in ids:
        try:
            finish_sitting(sitting_id=sitting_id, by=None, reason=FinishReason.TIME)
            closed += 1
        except Exception as error:  # told without its words, which may hold answers
            logger.error("sitting %s could not be closed: %s", sitting_id, type(error).__name__)
    return closed
