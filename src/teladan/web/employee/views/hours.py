"""The personal ledger of learning hours (JP)."""

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teladan.access.api import Actor
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.web.base.requests import actor_of
from teladan.web.ui.exports import Value, csv_response, xlsx_response

FIRST_YEAR, LAST_YEAR = 2000, 2100


@login_required
@require_safe
def ledger(request: HttpRequest) -> HttpResponse:
    """A year's hours against the rule, with every line's source."""
    actor = actor_of(request)
    years = learning.credit_years(actor)
    wish = request.GET.get("tahun", "")
    year = int(wish) if wish.isascii() and wish.isdigit() and int(wish[:4]) in years else years[0]
    here = reverse("employee:credits")
    person = people.person_of(actor.account_id)
    context = {
        "credits": learning.credit_year(actor, year=year, person=person),
        "tabs": [(str(y), f"{here}?tahun={y}") for y in years],
        "current": f"{here}?tahun={year}",
        "person": person,
    }
    return render(request, "employee/credits.html", context)


@login_required
@require_safe
def export(request: HttpRequest, year: int, kind: str) -> HttpResponseBase:
    """The same as a file, made to be copied into the personnel system."""
    maker = {"csv": csv_response, "xlsx": xlsx_response}.get(kind)
    if maker is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    columns = (_("Tanggal"), _("Kegiatan"), _("Bentuk"), _("JP"), _("Dasar"), _("Kode sertifikat"))
    return maker(f"JP {year}", columns, _rows(actor_of(request), year))


def _rows(actor: Actor, year: int) -> list[Sequence[Value]]:
    lines = learning.credit_year(actor, year=year).lines
    return [(line.earned_on, line.title, line.form, line.jp, line.basis, line.document_code) for line in lines]
