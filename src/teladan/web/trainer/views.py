"""Pages of facilitators and organisers: cohorts live, results, one participant's path, reminders, export."""

import re
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from teladan.kernel.errors import Conflict, Invalid, NotAllowed, TeladanError
from teladan.learning import api as learning
from teladan.rulebook.api import rulebook
from teladan.web.base.requests import actor_of, is_partial
from teladan.web.trainer.forms import DONE, AnotherAttempt, Extension, Reminder
from teladan.web.trainer.pictures import change_counts, feedback_charts, gain_words, spread
from teladan.web.trainer.places_forms import HISTORY, Move
from teladan.web.trainer.planning_forms import WithReason
from teladan.web.ui.formats import date_text

PAGE_SIZE = 20  # participants on one page of the live list
ALWAYS_COUNTED = {"macet", "lewat", "belum-mulai", "lancar", "selesai"}  # shown even when nobody is so
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def cohorts(request: HttpRequest) -> HttpResponse:
    """All cohorts this person watches."""
    actor = actor_of(request)
    cards = learning.cohorts_visible_to(actor)
    waiting = {card.id: n for card, n in learning.needing_word(actor)}
    held = learning.facilitators_of(cards, by=actor)
    context = {
        "cohorts": [(card, waiting.get(card.id, 0), held.get(card.id, [])) for card in cards],
        "may_open": learning.may_organise(actor),
    }
    return render(request, "trainer/cohorts.html", context)


@login_required
@require_GET
def live(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Who is where, who is stuck; refreshed by itself where scripts run."""
    actor = actor_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    rows = learning.participants(cohort_id, by=actor)
    counts = {key: sum(r.counts_as(key) for r in rows) for key in learning.STANDINGS}
    standing = request.GET.get("keadaan", "")
    wanted = standing if standing in learning.STANDINGS else ""
    typed = request.GET.get("cari", "")[:60]
    search = typed.strip().casefold()
    shown = [
        r
        for r in rows
        if (not wanted or r.counts_as(wanted))
        and (not search or search in r.name.casefold() or search in r.unit.casefold())
    ]
    context = {
        "cohort": cohort,
        "page": Paginator(shown, PAGE_SIZE).get_page(_page_number(request)),
        "all": len(rows),
        "counts": [
            (key, str(label), counts[key])
            for key, label in learning.STANDINGS.items()
            if counts[key] or key in ALWAYS_COUNTED
        ],
        "is_counted_twice": any(r.counts_as("belum-mulai") and r.standing != "belum-mulai" for r in rows),
        "facilitators": learning.facilitators_of([cohort], by=actor)[cohort.id],
        "may_organise": learning.may_organise(actor),
        "wanted": wanted,
        "search": typed,
        "is_filtered": bool(wanted or search),
    }
    template = "trainer/live.html#peserta" if is_partial(request, "peserta") else "trainer/live.html"
    return render(request, template, context)


def _page_number(request: HttpRequest) -> str:
    """The page that was asked for; nonsense is the first one."""
    asked = request.GET.get("hal", "")
    return asked if asked.isdecimal() and asked != "0" else "1"


@login_required
@require_GET
def results(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """What chapters, tests and feedback say about the cohort."""
    actor = actor_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    found = learning.results(cohort_id, by=actor)
    course = rulebook().course(cohort.course_key, cohort.course_version)
    context = {
        "cohort": cohort,
        "results": found,
        "gain": gain_words(found),
        "spread": spread(found),
        "changes": change_counts(found),
        "feedback": feedback_charts(found, course),
        "quotes": learning.quotes_of(cohort_id),
        "may_organise": learning.may_organise(actor),
    }
    return render(request, "trainer/results.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Write to participants who need a word."""
    actor = actor_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    if not cohort.may_remind:
        raise _no_reminder(cohort)
    rows = learning.participants(cohort_id, by=actor)
    chosen: list[str] | None = None
    if request.method == "POST":
        form = Reminder(request.POST, rows=rows)
        if wanted := request.POST.get("pilih"):
            chosen = [] if wanted == "kosong" else [str(r.enrolment_id) for r in rows if r.standing not in DONE]
            form = Reminder(initial={"text": request.POST.get("text", "")[:500]}, rows=rows)
        elif form.is_valid():
            _tell(request, form.save(cohort_id, actor))
            return redirect("trainer:live", cohort_id=cohort_id)
        else:
            chosen = request.POST.getlist("to")
    else:
        chosen = request.GET.getlist("ke") or [
            str(r.enrolment_id) for r in rows if r.needs_word and not r.reminded_today
        ]
        form = Reminder(initial={"text": _reminder_text(cohort)}, rows=rows)
    context = {
        "cohort": cohort,
        "form": form,
        "rows": [row for row in rows if row.standing not in DONE],
        "chosen": set(chosen),
        "may_organise": learning.may_organise(actor),
    }
    return render(request, "trainer/remind.html", context, status=422 if form.errors else 200)


def _no_reminder(cohort: learning.CohortCard) -> TeladanError:
    """Why nobody is written to from here, with the way back."""
    back = {"next_url": reverse("trainer:live", args=[cohort.id]), "next_label": _("Lihat peserta")}
    if cohort.state is learning.CohortState.CANCELLED:
        return Conflict(
            _("Angkatan ini sudah dibatalkan, jadi pesertanya tidak diingatkan lagi."),
            next_step=_("Datanya tetap dapat dibaca."),
            **back,
        )
    return NotAllowed(
        _("Peran Anda pada angkatan ini hanya melihat."),
        next_step=_("Pengampu atau penyelenggara dapat mengirim pengingat."),
        **back,
    )


def _tell(request: HttpRequest, done: learning.Reminded) -> None:
    """What became of the reminder, in the true numbers."""
    sent = ngettext("%(n)d pengingat terkirim.", "%(n)d pengingat terkirim.", done.sent) % {"n": done.sent}
    if not done.already:
        messages.success(request, sent)
        return
    skipped = ngettext(
        "%(n)d peserta sudah diingatkan hari ini dan tidak dikirimi lagi.",
        "%(n)d peserta sudah diingatkan hari ini dan tidak dikirimi lagi.",
        done.already,
    )
    (messages.success if done.sent else messages.warning)(request, f"{sent} {skipped % {'n': done.already}}")


def _reminder_text(cohort: learning.CohortCard) -> str:
    """Words that are true for everybody in a cohort as it stands; the sender changes them."""
    if cohort.state is learning.CohortState.PLANNED:
        day = date_text(timezone.localdate(cohort.opens_at))
        return _("Halo, %(cohort)s dibuka pada %(day)s. Ada pertanyaan sebelum mulai? Kabari saya.") % {
            "cohort": cohort.title,
            "day": day,
        }
    if cohort.is_over:
        return _(
            "Halo, waktu %(cohort)s sudah habis. Bila Anda masih ingin menyelesaikannya, kabari saya "
            "supaya waktunya dapat diperpanjang."
        ) % {"cohort": cohort.title}
    return _(
        "Halo, bagaimana modul BerAKHLAK Anda? Lima menit hari ini cukup untuk satu langkah berikutnya. "
        "Ada kendala? Kabari saya."
    )


@login_required
@require_GET
def participant(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """One participant's path through the course."""
    return participant_page(request, enrolment_id)


def participant_page(
    request: HttpRequest,
    enrolment_id: UUID,
    *,
    extension: Extension | None = None,
    attempt: AnotherAttempt | None = None,
    move: Move | None = None,
    refusal: TeladanError | None = None,
) -> HttpResponse:
    """The page of one participant; with a form that was refused it says why."""
    actor = actor_of(request)
    row, days = learning.participant(enrolment_id, by=actor)
    added, no_extension = learning.extensions(enrolment_id, by=actor)
    cohort = learning.cohort(row.cohort_id, by=actor)
    change = learning.change(enrolment_id, by=actor)
    may_move = (
        learning.may_organise(actor) and row.standing not in DONE and cohort.state is not learning.CohortState.CANCELLED
    )
    context = {
        "row": row,
        "days": days,
        "change": change,
        "verdict": learning.VERDICTS.get(change.verdict) if change else None,
        "fastest": learning.FASTEST,
        "cohort": cohort,
        "extensions": added,
        "no_extension": no_extension,
        "may_take_out": learning.may_organise(actor) and not row.last_at and row.standing not in DONE,
        "take_out_form": WithReason(),
        "history": [(one, HISTORY[one.kind]) for one in learning.history(enrolment_id, by=actor)],
        "move_form": move or Move(cohort=cohort, actor=actor) if may_move else None,
        "form": extension or Extension(),
        "attempts": learning.attempts(enrolment_id, by=actor),
        "attempt_form": attempt or AnotherAttempt(),
        "refusal": refusal,
        "may_remind": learning.may_remind(row.cohort_id, by=actor)
        and cohort.state is not learning.CohortState.CANCELLED,
    }
    status = refusal.status if refusal else 422 if extension or attempt or move else 200
    return render(request, "trainer/participant.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def extend(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Give a participant more time. Asked for by GET (a reload after a refusal) it leads back to the participant."""
    actor = actor_of(request)
    learning.participant(enrolment_id, by=actor)
    if request.method == "GET":
        return redirect("trainer:participant", enrolment_id=enrolment_id)
    form = Extension(request.POST)
    refusal: TeladanError | None = None
    if form.is_valid():
        try:
            form.save(enrolment_id, request.POST.get("kunci", ""), actor)
        except Invalid as error:
            form.add_error({"due_at": "due_on"}.get(error.field, error.field) or None, error.message)
        except Conflict as error:
            refusal = error
        else:
            messages.success(request, _("Batas waktu diubah; peserta diberi tahu dan tugasnya ikut berubah."))
            return redirect("trainer:participant", enrolment_id=enrolment_id)
    return participant_page(request, enrolment_id, extension=form, refusal=refusal)


@login_required
@require_http_methods(["GET", "POST"])
def allow(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Give a participant one more attempt at the final test. Asked for by GET it leads back to the participant."""
    actor = actor_of(request)
    row, _days = learning.participant(enrolment_id, by=actor)
    if request.method == "GET":
        return redirect("trainer:participant", enrolment_id=enrolment_id)
    form = AnotherAttempt(request.POST)
    refusal: TeladanError | None = None
    if form.is_valid():
        try:
            form.save(enrolment_id, request.POST.get("kunci", ""), actor)
        except Invalid as error:
            form.add_error(error.field or None, error.message)
        except Conflict as error:
            refusal = error
        else:
            messages.success(request, _("Satu kesempatan Tes Akhir dibuka; peserta sudah diberi tahu."))
            if row.standing == "lewat":
                messages.warning(
                    request, _("Batas waktu peserta ini sudah lewat. Perpanjang juga, supaya tesnya dapat dimulai.")
                )
            return redirect("trainer:participant", enrolment_id=enrolment_id)
    return participant_page(request, enrolment_id, attempt=form, refusal=refusal)


@login_required
@require_GET
def export(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """The cohort as XLSX."""
    actor = actor_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    content = learning.cohort_xlsx(cohort_id, by=actor)
    response = HttpResponse(content, content_type=XLSX)
    name = re.sub(r"[^a-z0-9]+", "-", cohort.title.lower()).strip("-") or "angkatan"
    response["Content-Disposition"] = f'attachment; filename="peserta-{name}.xlsx"'
    return response
