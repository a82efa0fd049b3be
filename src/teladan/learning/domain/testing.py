"""The two tests: begin, finish, and what follows from a result."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, NotFound
from teladan.learning import paths, statements, turns
from teladan.learning.domain.form import form_of
from teladan.learning.domain.record import course_of, note, own_enrolment, stage_of
from teladan.learning.domain.study import progress_of, refuse_ended
from teladan.learning.enums import POST_TEST, PRE_TEST, Stage
from teladan.learning.models import Enrolment
from teladan.learning.progress import Progress
from teladan.learning.queries.course import place
from teladan.lrs import api as lrs

STAGE_OF_TEST = {PRE_TEST: Stage.PRE_TEST, POST_TEST: Stage.POST_TEST}


def begin_test(*, enrolment_id: UUID, test: str, by: Actor) -> instruments.SittingCard:
    """Start a test, or go on with the one that is open. Conflict, with the reason, when it is not its turn.

    The card is not open when the clock has closed this very attempt meanwhile; its result is then in the record.
    """
    enrolment = own_enrolment(enrolment_id, by)
    refuse_ended(enrolment)
    course = course_of(enrolment)
    if test not in course.tests:
        raise NotFound(_("Tes ini tidak ada."))
    progress = progress_of(enrolment)
    if enrolment.cohort.opens_at > clock.now():
        raise turns.not_opened(enrolment_id)
    now = stage_of(enrolment, progress)
    if now is not STAGE_OF_TEST.get(test):
        raise _not_its_turn(enrolment, test, now, progress)
    attempt = len(progress.tests.get(test, ())) + 1
    if enrolment.due_at < clock.now() and not _has_begun(enrolment, test, attempt, by):
        raise Conflict(
            _("Batas waktu kelas ini sudah lewat."),
            next_step=_("Minta perpanjangan kepada pengampu; alasannya akan dicatat."),
        )
    sitting = instruments.start_sitting(
        spec=course.tests[test],
        course=course,
        account_id=enrolment.account_id,
        agency_id=enrolment.agency_id,
        context=enrolment.pk,
        attempt=attempt,
        form=form_of(enrolment, test, course),
        by=by,
    )
    if not sitting.is_open:
        record_result(instruments.result_of(sitting.id, by=by))
    return sitting


def _has_begun(enrolment: Enrolment, test: str, attempt: int, by: Actor) -> bool:
    begun = instruments.sittings_visible_to(by, context=enrolment.pk)
    return any(s.test_key == test and s.attempt == attempt for s in begun)


def _not_its_turn(enrolment: Enrolment, test: str, stage: Stage, progress: Progress) -> Conflict:
    """Why a test cannot begin at this stage, and what to do instead."""
    if test == POST_TEST and stage in {Stage.PRE_TEST, Stage.CHAPTERS}:
        message, at = _("Tes Akhir terbuka setelah semua materi selesai."), place(course_of(enrolment), progress)
        return turns.not_yet(message, enrolment_id=enrolment.pk, stage=stage, place=at)
    result = {"next_url": paths.result(enrolment.pk), "next_label": _("Lihat hasilnya")}
    if test == PRE_TEST:
        message = _("Tes Awal sudah Anda selesaikan; tes ini hanya sekali.")
        return Conflict(message, next_step=_("Lihat hasilnya, lalu lanjutkan dari sana."), **result)
    if stage is Stage.NOT_PASSED:
        message = _("Kesempatan Tes Akhir sudah terpakai.")
        return Conflict(message, next_step=_("Bicarakan dengan pengampu Anda."), **result)
    return Conflict(_("Anda sudah lulus Tes Akhir."), next_step=_("Buka hasil Anda."), **result)


def _about(enrolment: Enrolment, verb: str, test: str, attempt: int, **more: object) -> lrs.Statement:
    return statements.make(
        verb=verb,
        course=enrolment.cohort.course_key,
        version=enrolment.cohort.course_version,
        path=("tes", test, str(attempt)),
        kind="assessment",
        name=course_of(enrolment).tests[test].title,
        account_id=enrolment.account_id,
        registration=enrolment.pk,
        **more,  # type: ignore[arg-type]  # forwarded as they are: at, result
    )


def finish_test(*, sitting_id: UUID, by: Actor) -> instruments.ResultCard:
    """Hand in. Idempotent: handing in twice gives the first result. Should the record not be written at once, the
    announcement of the finished sitting brings it later."""
    result = instruments.finish_sitting(sitting_id=sitting_id, by=by)
    record_result(result)
    return result


@transaction.atomic
def record_start(*, context: UUID, test: str, attempt: int, started_at: datetime) -> None:
    """Write into the learning record that a test was begun; nothing when it belongs to no enrolment. Idempotent."""
    enrolment = _enrolment(context)
    if enrolment is not None:
        note(enrolment, [_about(enrolment, "attempted", test, attempt, at=started_at)])


@transaction.atomic
def record_result(result: instruments.ResultCard) -> Progress | None:
    """Write a finished sitting into the learning record; nothing when it belongs to no enrolment. Idempotent."""
    enrolment = _enrolment(result.context)
    if enrolment is None:
        return None
    verb = {None: "completed", True: "passed", False: "failed"}[result.passed]
    said = _about(
        enrolment,
        verb,
        result.test_key,
        result.attempt,
        at=result.finished_at,
        result={"score": lrs.score(result.score, result.maximum), "completion": True},
    )
    return note(enrolment, [said])


@transaction.atomic
def record_answers(result: instruments.ResultCard) -> None:
    """Write each answer of a finished sitting as a statement of its own. Idempotent."""
    enrolment = _enrolment(result.context)
    if enrolment is None:
        return
    said = [
        statements.make(
            verb="answered",
            course=enrolment.cohort.course_key,
            version=enrolment.cohort.course_version,
            path=("soal", item.item_key),
            kind="cmi.interaction",
            name=item.item_key,
            account_id=enrolment.account_id,
            registration=enrolment.pk,
            at=result.finished_at,
            again=f"{result.test_key}/{result.attempt}",
            result={"response": item.chosen, "success": item.is_correct},
        )
        for item in result.per_item
        if item.chosen is not None
    ]
    note(enrolment, said)


def _enrolment(context: UUID) -> Enrolment | None:
    return Enrolment.objects.select_related("cohort", "progress").filter(pk=context).first()
