"""The roster's way in: upload, check, apply, history. Nothing changes before somebody has seen what would."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teladan.jobs import api as jobs
from teladan.kernel.errors import Invalid, NotFound
from teladan.people import api as people
from teladan.web.base.requests import actor_of, is_partial
from teladan.web.operator import words
from teladan.web.operator.access import IMPORT, ROSTERS, offers, only
from teladan.web.operator.forms import Upload
from teladan.web.ui.exports import XLSX, xlsx_response

STEP = {"staged": 2, "checked": 2, "applying": 3, "applied": 4, "discarded": 2}


def _not_found() -> NotFound:
    return NotFound(_("Impor ini tidak ditemukan di instansi Anda."), next_step=_("Lihat riwayat impor."))


@only(*ROSTERS)
@require_http_methods(["GET", "POST"])
def rosters(request: HttpRequest) -> HttpResponseBase:
    """Upload a file, and what was uploaded before."""
    actor = actor_of(request)
    form = Upload(request.POST, request.FILES) if request.method == "POST" else Upload()
    if request.method == "POST" and form.is_valid():
        try:
            import_id = form.save(actor)
        except Invalid as error:
            form.add_error("file", " ".join(filter(None, (error.message, error.next_step))))
        else:
            return redirect("operator:roster", import_id=_counted_once(request, import_id))
    imports = people.rosters_visible_to(actor)
    context = {
        "form": form,
        "imports": [(one, *words.ROSTER_STATES[one.state]) for one in imports],
        "steps": steps(),
        **offers(actor),
    }
    return render(request, "operator/rosters.html", context, status=422 if form.errors else 200)


def steps() -> list[str]:
    """The way of a roster."""
    return [_("Unggah"), _("Periksa"), _("Terapkan"), _("Selesai")]


def _counted_once(request: HttpRequest, import_id: UUID) -> UUID:
    """A form sent twice leads to the first import; the second is put aside."""
    key = request.POST.get("kunci", "")
    if not key:
        return import_id
    actor = actor_of(request)
    stored, is_first = jobs.once(
        key=key[:64], account_id=actor.account_id, purpose="people.roster_upload", run=lambda: str(import_id)
    )
    if not is_first:
        people.discard_roster(import_id=import_id, by=actor)
    return UUID(stored)


@only(*ROSTERS)
@require_GET
def report(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """What the check found and would do; while it is applied, how far it has come."""
    actor = actor_of(request)
    progress = people.roster_progress(actor, import_id=import_id)
    if progress is None:
        raise _not_found()
    context = {"progress": progress, "steps": steps(), "step": STEP[progress.state], **offers(actor)}
    if is_partial(request, "jalannya"):
        return _progress_part(request, context)
    found = people.roster_report(actor, import_id=import_id) if progress.state in {"checked", "applied"} else None
    context |= {"report": found, "state": words.ROSTER_STATES[progress.state]}
    return render(request, "operator/roster.html", context)


def _progress_part(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    """The moving part alone; once it has come to its end the whole page is asked for."""
    response = render(request, "operator/roster.html#jalannya", context)
    progress = context["progress"]
    if isinstance(progress, people.RosterProgress) and progress.state not in {"staged", "applying"}:
        response["HX-Refresh"] = "true"
    return response


@only(*IMPORT)
@require_POST
def check(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Check now, or again after the data has changed."""
    people.check_roster(import_id=import_id, by=actor_of(request), again="ulang" in request.POST)
    return redirect("operator:roster", import_id=import_id)


@only(*IMPORT)
@require_POST
def apply(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Begin to apply, or go on with what stopped. Sent twice it is still applied once."""
    people.apply_roster(import_id=import_id, by=actor_of(request), close_leaving="tutup" in request.POST)
    return redirect("operator:roster", import_id=import_id)


@only(*IMPORT)
@require_POST
def discard(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Put an import aside."""
    people.discard_roster(import_id=import_id, by=actor_of(request))
    messages.success(request, _("Impor dibatalkan. Tidak ada data pegawai yang berubah."))
    return redirect("operator:rosters")


@only(*ROSTERS)
@require_GET
def faults(request: HttpRequest, import_id: UUID) -> HttpResponseBase:
    """Everything that was found wrong or odd, as a file to work through."""
    actor = actor_of(request)
    if people.roster_progress(actor, import_id=import_id) is None:
        raise _not_found()
    rows = [
        (fault.row, fault.column, fault.message, fault.remedy)
        for fault in people.roster_faults(actor, import_id=import_id)
    ]
    return xlsx_response(_("Temuan"), [_("Baris"), _("Kolom"), _("Yang keliru"), _("Cara memperbaiki")], rows)


@only(*ROSTERS)
@require_GET
def template(request: HttpRequest) -> HttpResponseBase:
    """The roster as an empty XLSX with instructions."""
    response = HttpResponse(people.roster_template(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="templat-daftar-pegawai.xlsx"'
    return response
