"""One person's details and post, put right by hand between two imports."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from teladan.access.api import Actor
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.people import api as people
from teladan.web.base.requests import actor_of
from teladan.web.operator.access import EDIT, offers, only
from teladan.web.operator.forms import NewPerson, PersonForm, PostForm, Until, told


def _known(actor: Actor, account_id: UUID) -> people.PersonDetails:
    found = people.details_for(actor, account_id=account_id)
    if found is None:
        raise NotFound(_("Pegawai ini tidak ditemukan di instansi Anda."), next_step=_("Cari di daftar pegawai."))
    return found


@only(*EDIT)
@require_http_methods(["GET", "POST"])
def details(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """The page with both forms; a post changes name, NIP, kind, rank and how to reach the person."""
    actor = actor_of(request)
    known = _known(actor, account_id)
    form = PersonForm(request.POST if request.method == "POST" else None, known=known, agency_id=actor.agency_id)
    if request.method == "POST" and form.is_valid():
        try:
            changed = form.save(actor)
        except (Invalid, Conflict) as error:
            form.add_error(error.field if error.field in form.fields else None, told(error))
        else:
            messages.success(
                request,
                _("Data pegawai disimpan.") if changed else _("Tidak ada yang berubah; datanya sudah demikian."),
            )
            return redirect("operator:person", account_id=account_id)
    return _page(request, actor, known, form=form)


@only(*EDIT)
@require_POST
def post(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """A new post from a day on, or the present one put right."""
    actor = actor_of(request)
    known = _known(actor, account_id)
    form = PostForm(request.POST, known=known, actor=actor)
    if form.is_valid():
        try:
            form.save(request.POST.get("kunci", ""), actor)
        except (Invalid, Conflict, NotFound) as error:
            form.add_error(error.field if error.field in form.fields else None, told(error))
        else:
            messages.success(request, _("Jabatan disimpan; atasan langsungnya dihitung ulang dari unit ini."))
            return redirect("operator:person", account_id=account_id)
    return _page(request, actor, known, post_form=form)


@only(*EDIT)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Somebody who begins between two imports, with their first post."""
    actor = actor_of(request)
    form = NewPerson(request.POST if request.method == "POST" else None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            person_id = form.begin(request.POST.get("kunci", ""), actor)
        except (Invalid, Conflict, NotFound) as error:
            form.add_error(error.field if error.field in form.fields else None, told(error))
        else:
            messages.success(request, _("Pegawai ditambahkan. Berikan kode aktivasi supaya ia dapat masuk."))
            return redirect("operator:person", account_id=people.account_of(person_id, by=actor))
    status = 422 if form.errors else 200
    return render(request, "operator/person_new.html", {"form": form, **offers(actor)}, status=status)


@only(*EDIT)
@require_POST
def end(request: HttpRequest, account_id: UUID, post_id: UUID) -> HttpResponseBase:
    """The present post ends on a day and no other follows yet."""
    actor = actor_of(request)
    known = _known(actor, account_id)
    if known.post is None or known.post.id != post_id:
        messages.info(request, _("Jabatan itu sudah tidak diduduki."))
        return redirect("operator:person_edit", account_id=account_id)
    form = end_form(request.POST)
    if form.is_valid():
        try:
            people.end_appointment(appointment_id=post_id, day=form.cleaned_data["day"], by=actor)
        except (Invalid, Conflict) as error:
            form.add_error("day", told(error))
        else:
            messages.success(request, _("Akhir jabatan dicatat; orangnya tetap pegawai instansi."))
            return redirect("operator:person", account_id=account_id)
    return _page(request, actor, known, ending=form)


@only(*EDIT)
@require_POST
def leave(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """Somebody does not work here any more from a day on. Sent twice it counts once."""
    actor = actor_of(request)
    known = _known(actor, account_id)
    form = leave_form(request.POST)
    if form.is_valid():
        try:
            people.leave(person_id=known.person_id, day=form.cleaned_data["day"], by=actor)
        except (Invalid, Conflict) as error:
            form.add_error("day", told(error))
        else:
            messages.success(request, _("Dicatat: tidak lagi bekerja di instansi. Akunnya ditutup."))
            return redirect("operator:person", account_id=account_id)
    return _page(request, actor, known, leaving=form)


def end_form(data: QueryDict | None = None) -> Until:
    """The form that ends a post."""
    return Until(data, label=_("Hari pertama tanpa jabatan ini"), prefix="akhir")


def leave_form(data: QueryDict | None = None) -> Until:
    """The form with which somebody leaves."""
    return Until(data, label=_("Hari pertama tidak lagi bekerja di sini"), prefix="berhenti")


@only(*EDIT)
@require_POST
def withdraw(request: HttpRequest, account_id: UUID, post_id: UUID) -> HttpResponseBase:
    """A post that has not begun is taken back; a repeat finds it gone and says so."""
    actor = actor_of(request)
    if any(post.id == post_id for post in _known(actor, account_id).planned):
        people.withdraw_appointment(appointment_id=post_id, by=actor)
        messages.success(request, _("Jabatan terjadwal dibatalkan; jabatan sekarang berlanjut."))
    else:
        messages.info(request, _("Jabatan terjadwal itu sudah tidak ada."))
    return redirect("operator:person_edit", account_id=account_id)


def _page(
    request: HttpRequest,
    actor: Actor,
    known: people.PersonDetails,
    *,
    form: PersonForm | None = None,
    post_form: PostForm | None = None,
    ending: Until | None = None,
    leaving: Until | None = None,
) -> HttpResponseBase:
    form = form or PersonForm(known=known, agency_id=actor.agency_id)
    post_form = post_form or PostForm(known=known, actor=actor)
    card = people.person_of(known.account_id)
    above = people.person_of(card.superior_account_id) if card and card.superior_account_id else None
    context = {
        "known": known,
        "form": form,
        "post_form": post_form,
        "ending": ending or end_form(),
        "leaving": leaving or leave_form(),
        "superior": above,
        "has_errors": any(one is not None and one.errors for one in (form, post_form, ending, leaving)),
        **offers(actor),
    }
    return render(request, "operator/person_edit.html", context, status=422 if context["has_errors"] else 200)
