"""Pages of organisers about places: how many, who waits, who moves to another cohort, whom a rule enrols."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from teladan.kernel.errors import Conflict, Invalid, TeladanError
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.web.trainer.places_forms import Capacity, Move, Place, Rule, rule_words
from teladan.web.trainer.planning import arranged, organiser_of, refused
from teladan.web.trainer.planning_forms import run_once
from teladan.web.trainer.views import participant_page

SHOWN = 100  # names of a preview


@login_required
@require_POST
def capacity(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """How many people the cohort takes; whoever waits moves up."""
    actor = organiser_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    form = Capacity(request.POST)
    refusal: TeladanError | None = None
    if form.is_valid():
        try:
            moved_up = learning.set_capacity(cohort_id=cohort_id, places=form.cleaned_data["capacity"], by=actor)
        except Invalid as error:
            refused(form, error)
        except Conflict as error:
            refusal = error
        else:
            messages.success(request, _("Jumlah tempat disimpan."))
            if moved_up:
                text = ngettext(
                    "%(n)d orang yang menunggu didaftarkan.", "%(n)d orang yang menunggu didaftarkan.", moved_up
                )
                messages.success(request, text % {"n": moved_up})
            return redirect("trainer:arrange", cohort_id=cohort_id)
    return arranged(request, actor, cohort, capacity=form, refusal=refusal)


@login_required
@require_POST
def line(request: HttpRequest, cohort_id: UUID, waiting_id: UUID) -> HttpResponse:
    """Another place in line, or (`keluarkan`) out of it."""
    actor = organiser_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    form = Place(request.POST)
    if form.is_valid():
        place, reason = form.cleaned_data["place"], form.cleaned_data["reason"]
        try:
            if "keluarkan" in request.POST:
                learning.end_waiting(waiting_id=waiting_id, reason=reason, by=actor)
                messages.success(request, _("Ia dikeluarkan dari daftar tunggu dan diberi tahu."))
            else:
                learning.reorder_waiting(waiting_id=waiting_id, place=place or 0, reason=reason, by=actor)
                messages.success(request, _("Urutan daftar tunggu diubah; orangnya diberi tahu."))
        except Invalid as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            return redirect("trainer:arrange", cohort_id=cohort_id)
    return arranged(request, actor, cohort, line=form)


@login_required
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """Let a participant go on in another cohort. Asked for by GET it leads back to the participant."""
    actor = organiser_of(request)
    row, _days = learning.participant(enrolment_id, by=actor)
    if request.method == "GET":
        return redirect("trainer:participant", enrolment_id=enrolment_id)
    form = Move(request.POST, cohort=learning.cohort(row.cohort_id, by=actor), actor=actor)
    refusal: TeladanError | None = None
    if form.is_valid():
        try:
            form.save(enrolment_id, actor)
        except Invalid as error:
            refused(form, error)
        except Conflict as error:
            refusal = error
        else:
            messages.success(request, _("Peserta dipindahkan bersama semua yang sudah dikerjakannya."))
            return redirect("trainer:participant", enrolment_id=enrolment_id)
    return participant_page(request, enrolment_id, move=form, refusal=refusal)


@login_required
@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, cohort_id: UUID) -> HttpResponse:
    """Enrol by rule: a first post shows whom it means, a second one (`terapkan`) does it."""
    actor = organiser_of(request)
    cohort = learning.cohort(cohort_id, by=actor)
    form = Rule(request.POST if request.method == "POST" else None, actor=actor)
    match: learning.RuleMatch | None = None
    if request.method == "POST" and form.is_valid() and "ubah" not in request.POST:
        try:
            match = learning.preview_rule(cohort_id=cohort_id, conditions=form.conditions(), by=actor)
            if "terapkan" in request.POST:
                run_once(
                    request.POST.get("kunci", ""),
                    "learning.add_rule",
                    actor,
                    lambda: learning.add_rule(
                        cohort_id=cohort_id,
                        conditions=form.conditions(),
                        is_standing=form.cleaned_data["is_standing"],
                        by=actor,
                    ),
                )
                messages.success(request, _("Aturan disimpan. Orangnya didaftarkan sebentar lagi di latar belakang."))
                return redirect("trainer:rules", cohort_id=cohort_id)
        except (Invalid, Conflict) as error:
            match = None
            refused(form, error)
    cards = people.cards_of(match.new[:SHOWN]) if match else {}
    context = {
        "cohort": cohort,
        "may_organise": True,
        "form": form,
        "match": match,
        "words": rule_words(form.conditions(), form.units) if match else [],
        "shown": [cards[one] for one in match.new[:SHOWN] if one in cards] if match else [],
        "rest": max(0, len(match.new) - SHOWN) if match else 0,
        "rules": [(one, rule_words(one.conditions, form.units)) for one in learning.rules_in(cohort_id, by=actor)],
    }
    return render(request, "trainer/rules.html", context, status=422 if form.errors else 200)


@login_required
@require_POST
def end_rule(request: HttpRequest, cohort_id: UUID, rule_id: UUID) -> HttpResponse:
    """A rule enrols nobody any more."""
    actor = organiser_of(request)
    learning.cohort(cohort_id, by=actor)
    learning.end_rule(rule_id=rule_id, by=actor)
    messages.success(request, _("Aturan diakhiri. Peserta yang sudah didaftarkan tetap peserta."))
    return redirect("trainer:rules", cohort_id=cohort_id)
