"""A test: what it is, one question a screen, saving, looking over, handing in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import Invalid, NotFound, NotYet
from teladan.learning import api as learning
from teladan.web.base.http import wants_json
from teladan.web.base.requests import actor_of
from teladan.web.employee.modules import not_yet
from teladan.web.ui import formats


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def intro(request: HttpRequest, enrolment_id: UUID, test: str) -> HttpResponse:
    """What the test is for and how it goes; a post begins it or goes on with it."""
    actor = actor_of(request)
    if request.method == "POST":
        sitting = learning.begin_test(enrolment_id=enrolment_id, test=test, by=actor)
        if not sitting.is_open:
            return _handed_in(request, enrolment_id, in_time=False)
        return redirect("employee:sitting", sitting_id=sitting.id)
    study = learning.study(enrolment_id, by=actor)
    spec = study.course.tests.get(test)
    if spec is None:
        raise NotFound(_("Tes ini tidak ada."), next_step=_("Kembali ke halaman modul."))
    sittings = [s for s in instruments.sittings_visible_to(actor, context=enrolment_id) if s.test_key == test]
    is_pre = test == learning.PRE_TEST
    mine = {learning.Stage.PRE_TEST} if is_pre else {learning.Stage.POST_TEST}
    is_turn = study.stage in mine and study.opens_at <= clock.now()
    running = next((s for s in sittings if s.is_open and s.deadline_at > clock.now()), None)
    early = _early(study, is_pre=is_pre)
    context = {
        "study": study,
        "course": study.course,
        "spec": spec,
        "is_pre": is_pre,
        "is_turn": is_turn,
        "is_late": study.due_at < clock.now(),
        "running": running,
        "done": sorted((s for s in sittings if not s.is_open), key=lambda s: s.attempt),
        "attempt": len(study.progress.tests.get(test, ())) + 1,
        "attempts": 1 if is_pre else study.attempts,
        "early": early,
        "finished": "" if is_turn or running or early else _finished(study, is_pre=is_pre),
    }
    return render(request, "employee/test_intro.html", context)


def _early(study: learning.Study, *, is_pre: bool) -> NotYet | None:
    """Why the test is not open yet and what comes first; None when it is, or was."""
    if study.opens_at > clock.now():
        return not_yet(study, _("Kelas ini belum dibuka."))
    if not is_pre and study.stage in {learning.Stage.PRE_TEST, learning.Stage.CHAPTERS}:
        return not_yet(study, _("Tes Akhir terbuka setelah semua materi selesai."))
    return None


def _finished(study: learning.Study, *, is_pre: bool) -> str:
    """What became of a test that is not to be begun any more."""
    if is_pre:
        return _("Tes Awal sudah Anda selesaikan.")
    if study.stage is learning.Stage.NOT_PASSED:
        return _("Kesempatan Tes Akhir sudah terpakai.")
    return _("Anda sudah lulus Tes Akhir.")


@login_required
@require_safe
def resume(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Go on where something is missing: the first question without an answer, else the look over."""
    view = instruments.sitting_for(sitting_id, by=actor_of(request))
    if not view.is_open or view.is_overdue:
        return _close(request, sitting_id)
    missing = next((q.number for q in view.questions if q.answered is None), None)
    if missing is None:
        return redirect("employee:review", sitting_id=sitting_id)
    return redirect("employee:question", sitting_id=sitting_id, number=missing)


@login_required
@require_safe
def question(request: HttpRequest, sitting_id: UUID, number: int) -> HttpResponse:
    """One question with the map of all."""
    view = instruments.sitting_for(sitting_id, by=actor_of(request))
    if not view.is_open or view.is_overdue:
        return _close(request, sitting_id)
    if not 1 <= number <= len(view.questions):
        raise NotFound(_("Soal nomor ini tidak ada dalam tes Anda."), next_step=_("Buka daftar soal."))
    shown = view.questions[number - 1]
    context = _frame(view) | {
        "question": shown,
        "revision": view.saved_rev + 1,
        "prev": number - 1,
        "next": number + 1 if number < len(view.questions) else 0,
    }
    return render(request, "employee/question.html", context)


@login_required
@require_safe
def review(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """All questions with what is answered; from here the test is handed in."""
    view = instruments.sitting_for(sitting_id, by=actor_of(request))
    if not view.is_open or view.is_overdue:
        return _close(request, sitting_id)
    missing = [q.number for q in view.questions if q.answered is None]
    return render(request, "employee/review.html", _frame(view) | {"missing": missing})


def _frame(view: instruments.SittingView) -> dict[str, Any]:
    return {
        "frame": "fokus",
        "sitting": view,
        "total": len(view.questions),
        "percent": round(100 * view.answered_count / len(view.questions)),
    }


@login_required
@require_POST
def answer(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Keep one answer. Everybody does this at the same moment: one read, one write, no page.

    A script sends the same fields and asks for JSON. A form without a script goes on afterwards, to the button's `soal`
    or else to `ke`; a choice left open changes nothing. With `waktu_habis` the clock hands the test in.
    """
    actor = actor_of(request)
    given = request.POST
    if wants_json(request):
        saved = instruments.save_answer(
            sitting_id=sitting_id,
            number=_whole(given.get("nomor"), "number"),
            choice=_choice(given.get("pilihan")),
            revision=_whole(given.get("revisi"), "revision"),
            seconds=_seconds(given.get("detik")),
            by=actor,
        )
        return JsonResponse(
            {
                "number": saved.number,
                "choice": saved.choice,
                "revision": saved.revision,
                "answered_count": saved.answered_count,
                "kept": saved.kept,
                "at": formats.moment_text(clock.now(), timezone.get_current_timezone_name(), "pukul"),
            }
        )
    view = instruments.sitting_for(sitting_id, by=actor)
    if not view.is_open:
        return _close(request, sitting_id)
    if (choice := _choice(given.get("pilihan"))) is not None and not view.is_overdue:
        _keep(view, _whole(given.get("nomor"), "number"), choice, actor)
    if "waktu_habis" in given or view.is_overdue:
        return _close(request, sitting_id)
    return _go(sitting_id, given.get("soal") or given.get("ke", ""), actor)


def _keep(view: instruments.SittingView, number: int, choice: str, by: Actor) -> None:
    """Save what a form without a script sent. A page come back to carries an old revision; what is sent now is the
    newest, whatever it says."""
    if 1 <= number <= len(view.questions) and view.questions[number - 1].answered == choice:
        return
    instruments.save_answer(sitting_id=view.id, number=number, choice=choice, revision=view.saved_rev + 1, by=by)


def _whole(text: str | None, field: str) -> int:
    if not text or not (text.isascii() and text.isdigit() and len(text) <= 16):
        raise Invalid(_("Jawaban ini tidak dapat dibaca."), field=field)
    return int(text)


def _choice(text: str | None) -> str | None:
    return text[:40] if text else None


def _seconds(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _go(sitting_id: UUID, to: str, by: Actor) -> HttpResponse:
    if to.isascii() and to.isdigit() and len(to) <= 4:
        return redirect("employee:question", sitting_id=sitting_id, number=int(to))
    if to == "keluar":
        return _out(sitting_id, by)
    return redirect("employee:review" if to == "periksa" else "employee:sitting", sitting_id=sitting_id)


def _out(sitting_id: UUID, by: Actor) -> HttpResponse:
    """Back to the module that the test belongs to; to the desk when it belongs to none."""
    mine = {study.enrolment_id for study in learning.studies_visible_to(by)}
    card = next((s for s in instruments.sittings_visible_to(by) if s.id == sitting_id), None)
    if card is None or card.context not in mine:
        return redirect("employee:tasks")
    return redirect("employee:module", enrolment_id=card.context)


@login_required
@require_POST
def finish(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """Hand in; doing it twice changes nothing."""
    return _close(request, sitting_id)


def _close(request: HttpRequest, sitting_id: UUID) -> HttpResponse:
    """End the sitting (the clock may have done so before) and show what came of it."""
    result = learning.finish_test(sitting_id=sitting_id, by=actor_of(request))
    return _handed_in(request, result.context, in_time=result.state is not instruments.SittingState.TIMED_OUT)


def _handed_in(request: HttpRequest, enrolment_id: UUID, *, in_time: bool) -> HttpResponse:
    if not in_time:
        messages.warning(request, _("Waktu tes sudah habis. Jawaban yang tersimpan sudah dikumpulkan dan dihitung."))
    elif request.method == "POST":
        messages.success(request, _("Tes sudah dikumpulkan."))
    return redirect("employee:result", enrolment_id=enrolment_id)
