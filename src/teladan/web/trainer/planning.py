"""Pages of organisers: open a cohort, arrange it, put people in and take them out."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from teladan.access.api import Actor
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, TeladanError
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.web.base.requests import actor_of
from teladan.web.trainer.adding_forms import AddPeople
from teladan.web.trainer.places_forms import Capacity, Place
from teladan.web.trainer.planning_forms import FIELDS, ChangeCohort, Facilitator, NewCohort, WithReason

FOUND = 10  # people of a search for facilitators


def organiser_of(request: HttpRequest) -> Actor:
    """The actor, who may organise; NotAllowed otherwise."""
    actor = actor_of(request)
    if not learning.may_organise(actor):
        raise NotAllowed(_("Hanya penyelenggara yang dapat mengatur angkatan."))
    return actor


def refused(form: Form, error: TeladanError) -> None:
    """A refusal beside the field it belongs to."""
    field = FIELDS.get(error.field, error.field)
    form.add_error(field if field in form.fields else None, " ".join(filter(None, (error.message, error.next_step))))


@login_required
@require_http_methods(["GET", "POST"])
def new_cohort(request: HttpRequest) -> HttpResponse:
    """Open an angkatan."""
    actor = actor_of(request)
    if not learning.may_organise(actor):
        raise NotAllowed(_("Hanya penyelenggara yang dapat membuka angkatan."))
    form = NewCohort(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            cohort_id = form.save(request.POST.get("kunci", ""))
        except TeladanError as error:
            refused(form, error)
        else:
            messages.success(request, _("Angkatan dibuka."))
            if not form.cleaned_data["units"]:
                return redirect("trainer:add", cohort_id=cohort_id)
            return redirect("trainer:live" if form.cleaned_data["facilitators"] else "trainer:arrange", cohort_id)
    status = 422 if form.errors else 200
    return render(request, "trainer/new_cohort.html", {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def arrange(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Facilitators, name and dates, cancelling; a post changes name and dates."""
    actor = organiser_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    form = ChangeCohort(request.POST if request.method == "POST" else None, cohort=cohort, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            form.save()
        except TeladanError as error:
            refused(form, error)
        else:
            messages.success(request, _("Angkatan diubah; tugas dan batas waktu peserta ikut berubah."))
            return redirect("trainer:arrange", cohort_id=cohort_id)
    return arranged(request, actor, cohort, change=form)


def arranged(
    request: HttpRequest,
    actor: Actor,
    cohort: learning.CohortCard,
    *,
    change: ChangeCohort | None = None,
    cancel: WithReason | None = None,
    capacity: Capacity | None = None,
    line: Place | None = None,
    refusal: TeladanError | None = None,
) -> HttpResponse:
    """The page of a cohort's arrangements; with a form that was refused it says why."""
    facilitators = learning.facilitators_of([cohort], by=actor)[cohort.id]
    held = {one.account_id for one in facilitators}
    search = request.GET.get("cari", "")[:60]
    found = people.people_visible_to(actor, search=search, limit=FOUND).items if search.strip() else ()
    form = change or ChangeCohort(None, cohort=cohort, actor=actor)
    context = {
        "cohort": cohort,
        "may_organise": True,
        "form": form,
        "cancel_form": cancel or WithReason(),
        "facilitators": facilitators,
        "known": [one for one in learning.known_facilitators(actor) if one[0] not in held],
        "search": search,
        "found": [card for card in found if card.account_id not in held],
        "taken_out": learning.taken_out(cohort.id, by=actor),
        "capacity_form": capacity or Capacity(initial={"capacity": cohort.capacity}),
        "waiting": learning.waiting_in(cohort.id, by=actor),
        "line_form": line or Place(),
        "rules": learning.rules_in(cohort.id, by=actor),
        "refusal": refusal,
    }
    failed = any(one is not None and one.errors for one in (form, cancel, capacity, line))
    status = refusal.status if refusal else 422 if failed else 200
    return render(request, "trainer/arrange.html", context, status=status)


@login_required
@require_http_methods(["GET", "POST"])
def cancel(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Cancel a cohort, with the reason."""
    actor = organiser_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    if request.method == "GET":
        return redirect("trainer:arrange", cohort_id=cohort_id)
    form = WithReason(request.POST)
    refusal: TeladanError | None = None
    if form.is_valid():
        try:
            learning.cancel_cohort(cohort_id=cohort_id, reason=form.cleaned_data["reason"], by=actor)
        except Invalid as error:
            refused(form, error)
        except Conflict as error:
            refusal = error
        else:
            messages.success(request, _("Angkatan dibatalkan; pesertanya diberi tahu. Datanya tetap dapat dibaca."))
            return redirect("trainer:live", cohort_id=cohort_id)
    return arranged(request, actor, cohort, cancel=form, refusal=refusal)


@login_required
@require_http_methods(["GET", "POST"])
def facilitator(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Let somebody facilitate."""
    actor = organiser_of(request)
    learning.cohort(cohort_id, by=actor)
    form = Facilitator(request.POST or None)
    if request.method == "POST":
        if not form.is_valid():
            raise Invalid(_("Pilih orangnya dahulu."), next_step=_("Kembali ke halaman angkatan."))
        form.save(cohort_id, actor)
        messages.success(request, _("Pengampu ditunjuk dan diberi tahu."))
    return redirect("trainer:arrange", cohort_id=cohort_id)


@login_required
@require_http_methods(["GET", "POST"])
def dismiss(request: HttpRequest, cohort_id: UUID, grant_id: UUID) -> HttpResponse:
    """End somebody's facilitating."""
    actor = organiser_of(request)
    learning.cohort(cohort_id, by=actor)
    if request.method == "POST":
        learning.dismiss_facilitator(cohort_id=cohort_id, grant_id=grant_id, by=actor)
        messages.success(request, _("Ia tidak lagi mengampu angkatan ini."))
    return redirect("trainer:arrange", cohort_id=cohort_id)


@login_required
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """More participants: a first post shows what it would do, a second one (`daftarkan`) does it."""
    actor = organiser_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = AddPeople(*sent, actor=actor, cohort=cohort)
    is_checked = False
    if request.method == "POST" and form.is_valid() and "ubah" not in request.POST:
        if "daftarkan" in request.POST:
            try:
                joined = form.save()
            except TeladanError as error:
                refused(form, error)
            else:
                text = ngettext("%(n)d peserta didaftarkan.", "%(n)d peserta didaftarkan.", joined.added)
                messages.success(request, text % {"n": joined.added})
                if joined.waiting:
                    text = ngettext(
                        "Angkatan penuh: %(n)d orang masuk daftar tunggu.",
                        "Angkatan penuh: %(n)d orang masuk daftar tunggu.",
                        joined.waiting,
                    )
                    messages.warning(request, text % {"n": joined.waiting})
                return redirect("trainer:live", cohort_id=cohort_id)
        else:
            is_checked = True
    context = {"cohort": cohort, "may_organise": True, "form": form, "is_checked": is_checked}
    return render(request, "trainer/add.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "POST"])
def take_out(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Take somebody who has not begun out of their cohort."""
    actor = organiser_of(request)
    row, _days = learning.participant(enrolment_id, by=actor)
    if request.method == "POST":
        learning.take_out(enrolment_id=enrolment_id, reason=request.POST.get("batal-reason", ""), by=actor)
        messages.success(request, _("Peserta dikeluarkan dan diberi tahu."))
        return redirect("trainer:live", cohort_id=row.cohort_id)
    return redirect("trainer:participant", enrolment_id=enrolment_id)
