"""The end of a course: completion, certificate, learning hours."""

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.learning import paths, statements
from teladan.learning.domain.record import course_of, note, stage_of
from teladan.learning.enums import EnrolmentState, Stage
from teladan.learning.events import CourseCompleted
from teladan.learning.models import Credit, Enrolment
from teladan.learning.progress import Progress
from teladan.ledger import api as ledger
from teladan.letters import api as letters
from teladan.people import api as people

TEMPLATE = "sertifikat"


def complete_if_done(enrolment: Enrolment, progress: Progress, *, by: Actor) -> Progress:
    """When all is done: complete the enrolment, issue the certificate, book the hours. Once; call in atomic()."""
    if stage_of(enrolment, progress) is not Stage.DONE:
        return progress
    locked = Enrolment.objects.select_for_update(no_key=True).values_list("state", flat=True).get(pk=enrolment.pk)
    if locked != EnrolmentState.ACTIVE:  # finished already, or the class was cancelled a moment ago
        return progress
    course, cohort, now = course_of(enrolment), enrolment.cohort, clock.now()
    enrolment.state, enrolment.finished_at = EnrolmentState.FINISHED, now
    enrolment.save(update_fields=["state", "finished_at"])
    said = statements.make(
        verb="completed",
        course=cohort.course_key,
        version=cohort.course_version,
        path=("modul",),
        kind="course",
        name=course.title,
        account_id=enrolment.account_id,
        registration=enrolment.pk,
        at=now,
    )
    progress = note(enrolment, [said])
    document = issue_certificate(enrolment)
    ledger.record(
        act="learning.course_completed",
        agency_id=enrolment.agency_id,
        actor_id=by.account_id,
        subject=f"enrolment:{enrolment.pk}",
        data={"course": cohort.course_key, "version": cohort.course_version, "certificate": document.number},
    )
    jobs.publish(
        CourseCompleted(enrolment_id=enrolment.pk, account_id=enrolment.account_id, completed_at=now),
        agency_id=enrolment.agency_id,
    )
    desk.notify(
        agency_id=enrolment.agency_id,
        account_id=enrolment.account_id,
        source=f"learning:{enrolment.pk}:certificate",
        title=_("Sertifikat Anda terbit"),
        text=_("Sertifikat %(course)s bernomor %(number)s dapat diunduh, dan jam pelajaran Anda sudah dicatat.")
        % {"course": course.title, "number": document.number},
        url=paths.result(enrolment.pk),
        share_text=_("Saya menyelesaikan %(course)s. Keasliannya dapat diperiksa di %(url)s")
        % {"course": course.title, "url": letters.verification_url(document.code)},
    )
    return progress


def issue_certificate(enrolment: Enrolment) -> letters.DocumentCard:
    """The certificate of a completed enrolment and its line in the JP ledger; both once. Who takes the same course
    again within the year gets another certificate, and a line without hours that says why."""
    course, cohort = course_of(enrolment), enrolment.cohort
    agency, account = accounts.agency_card(enrolment.agency_id), accounts.account_card(enrolment.account_id)
    assert agency and account, "an enrolment points at both"  # noqa: S101  (foreign keys promise it)
    person = people.person_of(enrolment.account_id)
    chapters = [c for c in course.chapters if c.pages]
    hours = sum(c.jp for c in chapters)
    day = (enrolment.finished_at or clock.now()).astimezone(ZoneInfo(agency.zone)).date()
    content = {
        "agency": agency.name,
        "name": account.name,
        "position": person.position if person else "",
        "unit": person.unit_name if person else "",
        "course": course.title,
        "version": cohort.course_version,
        "cohort": cohort.title,
        "chapters": [c.title for c in chapters],
        "jp": hours,
        "is_sample": cohort.is_sample,
    }
    document = letters.issue(
        agency_id=enrolment.agency_id,
        template=TEMPLATE,
        series=f"SERT-{course.key.upper()}",
        title=_("Sertifikat %(course)s") % {"course": course.title},
        data=content,
        public={k: content[k] for k in ("agency", "name", "course", "cohort", "chapters", "jp", "is_sample")},
        subject=f"enrolment:{enrolment.pk}",
        by_id=None,
    )
    counted = _counted_before(enrolment, day)
    Credit.objects.get_or_create(
        account_id=enrolment.account_id,
        source=f"enrolment:{enrolment.pk}",
        defaults={
            "agency_id": enrolment.agency_id,
            "title": course.title,
            "form": "e-learning",
            "jp": 0 if counted else hours,
            "earned_on": day,
            "basis": _("Jam modul ini sudah dicatat tahun ini; dihitung sekali setahun.")
            if counted
            else _("Ditetapkan penyelenggara untuk %(cohort)s") % {"cohort": cohort.title},
            "document_code": document.code,
        },
    )
    return document


def _counted_before(enrolment: Enrolment, day: date) -> Credit | None:
    """The line that already holds the hours of this course in the year of `day`. To count them once is our own choice,
    no rule of law: a certificate can be earned again within an hour, what was learnt cannot."""
    same = Enrolment.objects.filter(
        account_id=enrolment.account_id, cohort__course_key=enrolment.cohort.course_key, state=EnrolmentState.FINISHED
    ).exclude(pk=enrolment.pk)
    sources = [f"enrolment:{pk}" for pk in same.values_list("pk", flat=True)]
    lines = Credit.objects.filter(account_id=enrolment.account_id, source__in=sources, earned_on__year=day.year)
    return lines.filter(jp__gt=0).order_by("earned_on").first()
