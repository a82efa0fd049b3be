"""Writing down what happened: statements first, then the projection and the desk that follow from them."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.kernel.errors import NotFound
from teladan.learning import paths
from teladan.learning.enums import POST_TEST, EnrolmentState, Stage
from teladan.learning.models import Enrolment
from teladan.learning.models import Progress as Row
from teladan.learning.permissions import TABLE
from teladan.learning.progress import Progress, fold, from_json, stage, step, to_json
from teladan.learning.statements import facts
from teladan.lrs import api as lrs
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course

_enrolments = accounts.Row(Enrolment, join=["cohort", "progress", "agency"], scoped=True)


def own_enrolment(enrolment_id: UUID, by: Actor) -> Enrolment:
    """The actor's own enrolment; NotFound for everybody else's, so that nobody learns what exists."""
    enrolment = _enrolments.get(enrolment_id)
    if enrolment is None or not TABLE.can(by, "learning.study", enrolment):
        raise NotFound(
            _("Kelas ini tidak ada pada daftar Anda."), next_step=_("Buka “Belajar” untuk melihat kelas Anda.")
        )
    return enrolment


def course_of(enrolment: Enrolment) -> Course:
    return rulebook().course(enrolment.cohort.course_key, enrolment.cohort.course_version)


def course_read_by(enrolment: Enrolment) -> Course:
    """The course with what the participant's agency adds to it. For reading; everything counted is in `course_of`."""
    cohort = enrolment.cohort
    return rulebook().course_at(enrolment.agency.slug, cohort.course_key, cohort.course_version)


def attempts_of(enrolment: Enrolment) -> int:
    """How often this person may sit the final test: the cohort's rule and what was allowed on top."""
    return enrolment.cohort.attempts + enrolment.extra_attempts


def stage_of(enrolment: Enrolment, progress: Progress) -> Stage:
    course = course_of(enrolment)
    return stage(
        progress,
        chapters=[c.key for c in course.chapters if c.pages],
        pass_mark=course.tests[POST_TEST].pass_mark,
        attempts=attempts_of(enrolment),
    )


def note(enrolment: Enrolment, statements: Sequence[lrs.Statement]) -> Progress:
    """Store statements and bring projection and desk up to date. Call inside atomic(); a repeat changes nothing."""
    # The row is the lock of this enrolment's record: what is new is asked after it, so two writers see each other.
    row, _made = Row.objects.select_for_update().get_or_create(
        enrolment=enrolment, defaults={"agency_id": enrolment.agency_id}
    )
    fresh = lrs.record(statements, agency_id=enrolment.agency_id)
    before = from_json(row.state)
    after = _after(before, enrolment, fresh)
    if after != before:
        row.state, row.last_at = to_json(after), after.last_at
        row.save(update_fields=["state", "last_at"])
        if _waiting(enrolment, after) != _waiting(enrolment, before):
            put_on_desk(enrolment, after)
    return after


def _waiting(enrolment: Enrolment, progress: Progress) -> tuple[Stage, int]:
    """What the task on the desk depends on: the stage, and how many final tests were handed in."""
    return stage_of(enrolment, progress), len(progress.tests.get(POST_TEST, ()))


def _after(before: Progress, enrolment: Enrolment, fresh: Sequence[lrs.Statement]) -> Progress:
    """The progress with these statements in it: one step each, or told anew when one of them arrived late."""
    news = sorted(facts(fresh), key=lambda f: (f.at, f.id))
    if news and before.last_at and news[0].at <= before.last_at:
        return _told_anew(enrolment)
    after = before
    for fact in news:
        after = step(after, fact)
    return after


def _told_anew(enrolment: Enrolment) -> Progress:
    return fold(facts(lrs.statements_of(enrolment.pk, agency_id=enrolment.agency_id)))


def rebuild(enrolment_id: UUID) -> Progress:
    """The projection made anew from all statements and stored; equals what was there. Call inside atomic()."""
    enrolment = Enrolment.objects.get(pk=enrolment_id)
    progress = _told_anew(enrolment)
    Row.objects.update_or_create(
        enrolment=enrolment,
        defaults={"agency_id": enrolment.agency_id, "state": to_json(progress), "last_at": progress.last_at},
    )
    return progress


def put_on_desk(enrolment: Enrolment, progress: Progress) -> None:
    """One task per enrolment that always names the next thing to do."""
    source = f"learning:{enrolment.pk}"
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return
    now = stage_of(enrolment, progress)
    if enrolment.state == EnrolmentState.FINISHED or now is Stage.DONE:
        desk.settle(source=source, assignee_id=enrolment.account_id)
        return
    used = len(progress.tests.get(POST_TEST, ()))
    title, reason, url = _again(enrolment, used) if used and now is Stage.POST_TEST else _task(enrolment, now)
    desk.ask(
        agency_id=enrolment.agency_id,
        assignee_id=enrolment.account_id,
        source=source,
        kind="learning",
        title=title,
        reason=reason,
        url=url,
        due_at=enrolment.due_at,
        due_reason=enrolment.due_reason,
    )


def _again(enrolment: Enrolment, used: int) -> tuple[str, str, str]:
    """The final test was not passed, and attempts are left."""
    words = _("Tes Akhir belum lulus. Sisa kesempatan: %(left)d. Baca ulang dahulu bagian yang belum tepat.")
    left = attempts_of(enrolment) - used
    return _("Kerjakan Tes Akhir"), words % {"left": left}, paths.test(enrolment.pk, "tes-akhir")


def _task(enrolment: Enrolment, now: Stage) -> tuple[str, str, str]:
    """Title, reason and address of the next thing to do."""
    course = course_of(enrolment)
    found = {
        Stage.PRE_TEST: (
            _("Kerjakan Tes Awal"),
            _("Materi terbuka setelah Tes Awal. Hasilnya untuk mengukur kemajuan Anda, bukan untuk menilai Anda."),
            paths.test(enrolment.pk, "tes-awal"),
        ),
        Stage.CHAPTERS: (
            _("Lanjutkan %(course)s") % {"course": course.title},
            _("Halaman terakhir Anda tersimpan. Cukup beberapa menit setiap kali."),
            paths.module(enrolment.pk),
        ),
        Stage.POST_TEST: (
            _("Kerjakan Tes Akhir"),
            _("Semua materi selesai. Tes Akhir menentukan kelulusan dan sertifikat."),
            paths.test(enrolment.pk, "tes-akhir"),
        ),
        Stage.FEEDBACK: (
            _("Isi umpan balik"),
            _("Anda lulus Tes Akhir. Sertifikat terbit setelah umpan balik diisi; sekitar dua menit."),
            paths.feedback(enrolment.pk),
        ),
        Stage.NOT_PASSED: (
            _("Bicarakan Tes Akhir dengan pengampu"),
            _("Kesempatan Tes Akhir sudah terpakai. Pengampu dapat membuka kesempatan baru."),
            paths.result(enrolment.pk),
        ),
    }
    return found[now]
