"""Tugas Saya: what waits, until when and why; news; this year's learning hours."""

from dataclasses import dataclass
from urllib.parse import quote
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from teladan.desk import api as desk
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.web.base import doors
from teladan.web.base.requests import actor_of
from teladan.web.employee.words import greeting, waiting
from teladan.web.ui import formats

OWN_DOORS = {"tugas", "belajar", "jp", "hukum", "jam"}  # what everybody has; the others are somebody's work
READ_SHOWN = 5  # notices already read that still stand below the new ones
DONE_SHOWN = 5


@dataclass(frozen=True)
class TaskLine:
    """A task with how far the module it belongs to has come (percent and words; None and "" for other tasks)."""

    card: desk.TaskCard
    percent: int | None = None
    words: str = ""


@login_required
@require_safe
def tasks(request: HttpRequest) -> HttpResponse:
    """The desk: everybody lands here."""
    actor = actor_of(request)
    zone = timezone.get_current_timezone_name()
    open_tasks = desk.tasks_visible_to(actor, zone=zone)
    done = desk.tasks_visible_to(actor, zone=zone, state=desk.TaskState.DONE)[:DONE_SHOWN]
    notices = desk.notices_visible_to(actor)
    studies = learning.studies_visible_to(actor)
    person = people.person_of(actor.account_id)
    now = timezone.localtime(clock.now())
    unread = [n for n in notices if not n.is_read]
    work = [door for door in doors.links(actor, request.path) if door.key not in OWN_DOORS]
    context = {
        "greeting": greeting(now, actor.name),
        "heading": waiting(len(open_tasks)),
        "place": " · ".join(filter(None, (formats.date_text(now.date()), person.unit_name if person else ""))),
        "lines": [_line(card, studies) for card in open_tasks],
        "done": done,
        "unread": unread,
        "read": [n for n in notices if n.is_read][:READ_SHOWN],
        "credits": learning.credit_year(actor, year=now.year, person=person),
        "promised": _promised(studies),
        "has_studies": bool(studies),
        "running": [s for s in instruments.sittings_visible_to(actor) if s.is_open and s.deadline_at > clock.now()],
        "work": work,
        "waiting": learning.needing_word(actor) if work else [],
    }
    return render(request, "employee/tasks.html", context)


def _line(card: desk.TaskCard, studies: list[learning.Study]) -> TaskLine:
    for study in studies:
        if card.url.startswith(f"/belajar/{study.enrolment_id}/") and study.stage is learning.Stage.CHAPTERS:
            words = _("%(done)d dari %(all)d halaman dibaca") % {"done": study.pages_done, "all": study.pages_total}
            return TaskLine(card, round(100 * study.pages_done / max(study.pages_total, 1)), words)
    return TaskLine(card)


def _promised(studies: list[learning.Study]) -> learning.Study | None:
    """The running module that will give hours once it is finished."""
    return next((s for s in studies if s.stage is not learning.Stage.DONE and s.course.jp), None)


@login_required
@require_POST
def read_notice(request: HttpRequest, notice_id: UUID) -> HttpResponse:
    """One notice was seen; with `buka` go on to what it tells of."""
    actor = actor_of(request)
    desk.mark_read(notice_id=notice_id, by=actor)
    if "buka" in request.POST:
        url = next((n.url for n in desk.notices_visible_to(actor) if n.id == notice_id), "")
        return redirect(url or "employee:tasks")
    return redirect("employee:tasks")


@login_required
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """All notices that were on the page were seen."""
    actor = actor_of(request)
    shown = set(request.POST.getlist("id"))
    for notice in desk.notices_visible_to(actor, unread_only=True):
        if str(notice.id) in shown:
            desk.mark_read(notice_id=notice.id, by=actor)
    return redirect("employee:tasks")


def whatsapp(text: str) -> str:
    """An address that opens WhatsApp with this text; the person chooses whom it goes to."""
    return f"https://wa.me/?text={quote(text)}"
