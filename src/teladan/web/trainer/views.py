"""Pages of facilitators and organisers: cohorts live, results, one participant's path, reminders, export."""

from collections import Counter
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teladan.kernel.errors import Conflict, Invalid, NotAllowed, TeladanError
from teladan.learning import api as learning
from teladan.rulebook.api import rulebook
from teladan.web.base.requests import actor_of, is_partial
from teladan.web.trainer.forms import AnotherAttempt, Extension, NewCohort, Reminder
from teladan.web.trainer.pictures import feedback_charts, gain_words, item_groups, spread

COURSE = "berakhlak"
PAGE_SIZE = 20  # participants on one page of the live list
STANDINGS = {
    "macet": lazy("Perlu disapa"),
    "lewat": lazy("Lewat tenggat"),
    "belum-mulai": lazy("Belum mulai"),
    "lancar": lazy("Berjalan"),
    "selesai": lazy("Selesai"),
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
@require_GET
def cohorts(request: HttpRequest) -> HttpResponse:
    """All cohorts this person watches."""
    actor = actor_of(request)
    context = {"cohorts": learning.cohorts_visible_to(actor), "may_open": learning.may_organise(actor)}
    return render(request, "trainer/cohorts.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def new_cohort(request: HttpRequest) -> HttpResponse:
    """Open an angkatan."""
    actor = actor_of(request)
    if not learning.may_organise(actor):
        raise NotAllowed(_("Hanya penyelenggara yang dapat membuka angkatan."))
    form = NewCohort(request.POST or None, actor=actor, course=COURSE)
    if request.method == "POST" and form.is_valid():
        try:
            cohort_id = form.save()
        except TeladanError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            messages.success(request, _("Angkatan dibuka dan pesertanya sudah didaftarkan."))
            return redirect("trainer:live", cohort_id=cohort_id)
    status = 422 if form.errors else 200
    context = {"form": form, "course": rulebook().course(COURSE)}
    return render(request, "trainer/new_cohort.html", context, status=status)


@login_required
@require_GET
def live(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Who is where, who is stuck; refreshed by itself where scripts run."""
    actor = actor_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    rows = learning.participants(cohort_id, by=actor)
    counts = Counter(r.standing for r in rows)
    standing = request.GET.get("keadaan", "")
    wanted = standing if standing in STANDINGS else ""
    typed = request.GET.get("cari", "")[:60]
    search = typed.strip().casefold()
    shown = [
        r
        for r in rows
        if (not wanted or r.standing == wanted)
        and (not search or search in r.name.casefold() or search in r.unit.casefold())
    ]
    context = {
        "cohort": cohort,
        "page": Paginator(shown, PAGE_SIZE).get_page(request.GET.get("hal")),
        "all": len(rows),
        "counts": [(key, str(label), counts[key]) for key, label in STANDINGS.items()],
        "wanted": wanted,
        "search": typed,
        "is_filtered": bool(wanted or search),
    }
    template = "trainer/live.html#peserta" if is_partial(request, "peserta") else "trainer/live.html"
    return render(request, template, context)


@login_required
@require_GET
def results(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """What chapters, tests and feedback say about the cohort."""
    actor = actor_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    found = learning.results(cohort_id, by=actor)
    course = rulebook().course(cohort.course_key)
    context = {
        "cohort": cohort,
        "results": found,
        "gain": gain_words(found),
        "spread": spread(found),
        "items": item_groups(found, course),
        "feedback": feedback_charts(found, course),
    }
    return render(request, "trainer/results.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def remind(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Write to participants who need a word."""
    actor = actor_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    rows = learning.participants(cohort_id, by=actor)
    if request.method == "POST":
        form = Reminder(request.POST, rows=rows)
        if form.is_valid():
            reached = form.save(cohort_id, actor)
            messages.success(
                request,
                ngettext(
                    "Pengingat terkirim kepada %(n)d peserta.", "Pengingat terkirim kepada %(n)d peserta.", reached
                )
                % {"n": reached},
            )
            return redirect("trainer:live", cohort_id=cohort_id)
    else:
        stuck = [str(r.enrolment_id) for r in rows if r.standing in {"macet", "lewat", "belum-mulai"}]
        chosen = request.GET.getlist("ke") or stuck
        text = _(
            "Halo, halaman terakhir Anda di modul BerAKHLAK masih tersimpan. "
            "Lima menit hari ini cukup untuk satu halaman. Ada kendala? Kabari saya."
        )
        form = Reminder(initial={"text": text, "to": chosen}, rows=rows)
    status = 422 if form.errors else 200
    chosen_now = set(form["to"].value() or [])
    context = {"cohort": cohort, "form": form, "rows": rows, "chosen": {str(c) for c in chosen_now}}
    return render(request, "trainer/remind.html", context, status=status)


@login_required
@require_GET
def participant(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """One participant's path through the course."""
    return _participant(request, enrolment_id)


def _participant(
    request: HttpRequest,
    enrolment_id: UUID,
    *,
    extension: Extension | None = None,
    attempt: AnotherAttempt | None = None,
    refusal: TeladanError | None = None,
) -> HttpResponse:
    """The page of one participant; with a form that was refused it says why."""
    actor = actor_of(request)
    row, days = learning.participant(enrolment_id, by=actor)
    context = {
        "row": row,
        "days": days,
        "cohort": learning.cohort(row.cohort_id, by=actor),
        "form": extension or Extension(),
        "attempts": learning.attempts(enrolment_id, by=actor),
        "attempt_form": attempt or AnotherAttempt(),
        "refusal": refusal,
        "may_remind": learning.may_remind(row.cohort_id, by=actor),
    }
    status = refusal.status if refusal else 422 if extension or attempt else 200
    return render(request, "trainer/participant.html", context, status=status)


@login_required
@require_POST
def extend(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Give a participant more time."""
    actor = actor_of(request)
    learning.participant(enrolment_id, by=actor)
    form = Extension(request.POST)
    if form.is_valid():
        try:
            form.save(enrolment_id, actor)
        except Invalid as error:
            form.add_error({"due_at": "due_on"}.get(error.field, error.field) or None, error.message)
        else:
            messages.success(request, _("Batas waktu diperpanjang; tugas peserta ikut berubah."))
            return redirect("trainer:participant", enrolment_id=enrolment_id)
    return _participant(request, enrolment_id, extension=form)


@login_required
@require_POST
def allow(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Give a participant one more attempt at the final test."""
    actor = actor_of(request)
    row, _days = learning.participant(enrolment_id, by=actor)
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
    return _participant(request, enrolment_id, attempt=form, refusal=refusal)


@login_required
@require_GET
def export(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """The cohort as XLSX."""
    actor = actor_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    content = learning.cohort_xlsx(cohort_id, by=actor)
    response = HttpResponse(content, content_type=XLSX)
    name = "".join(c if c.isalnum() else "-" for c in cohort.title.lower()).strip("-")
    response["Content-Disposition"] = f'attachment; filename="peserta-{name}.xlsx"'
    return response
