"""The clips of a class: watched from both seats, added and removed by who leads it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from teladan.files import api as files
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, TeladanError
from teladan.learning import api as learning
from teladan.web.base.ranges import ranged
from teladan.web.base.requests import actor_of
from teladan.web.classroom.discussion import around
from teladan.web.classroom.forms import AddClip
from teladan.web.classroom.seats import Desk, desk
from teladan.web.ui.clips import Clip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def clips(request: HttpRequest, **seat: UUID) -> HttpResponse:
    """The clips of the class; who leads it adds (`aksi` tambah) and removes (hapus)."""
    here, actor = desk(**seat), actor_of(request)
    cards = learning.clips(here.seat, by=actor)
    form, refusal = AddClip(), None
    if request.method == "POST":
        if here.is_member:
            raise NotAllowed(_("Hanya pengampu dan penyelenggara yang mengunggah klip."))
        form = AddClip(request.POST, request.FILES)
        try:
            said = _do(request, here, form)
        except (Invalid, Conflict) as error:
            refusal = error
        else:
            if said:
                messages.success(request, said)
                return redirect(here.url("clips"))
    context = around(request, here) | {
        "clips": [(card, _clip(here, card)) for card in cards],
        "form": form,
        "refusal": _placed(form, refusal),
        "leads": not here.is_member and learning.leads(here.cohort_id, by=actor),
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "classroom/clips.html", context, status=status)


def _do(request: HttpRequest, here: Desk, form: AddClip) -> str:
    """Do what was asked; the words that say so, or nothing when the form says what is wrong."""
    actor = actor_of(request)
    if request.POST.get("aksi") == "hapus":
        form.errors.clear()
        learning.remove_clip(cohort_id=here.cohort_id, clip_id=form.clip_id, by=actor)
        return _("Klip dihapus.")
    if not form.is_valid():
        return ""
    form.save(here.cohort_id, request.POST.get("kunci", ""), actor)
    return _("Klip ditambahkan; peserta melihatnya pada “Klip kelas”.")


def _placed(form: AddClip, refusal: TeladanError | None) -> TeladanError | None:
    """A refusal of one field stands at that field; another one above the form."""
    if refusal and refusal.field in form.fields:
        form.add_error(refusal.field, refusal.message)
        return None
    return refusal


def _clip(here: Desk, card: learning.ClipCard) -> Clip:
    url = here.url("clip", clip_id=card.id)
    return Clip(
        title=card.title,
        url=url,
        captions_url=here.url("captions", clip_id=card.id),
        download_url=f"{url}?unduh=1",
        media_type=card.media_type,
        size=card.size,
    )


@login_required
@require_safe
def clip(request: HttpRequest, clip_id: UUID, **seat: UUID) -> HttpResponseBase:
    """The clip's bytes, in parts where a player asks for parts."""
    return _file(request, learning.clip_file(desk(**seat).seat, clip_id, by=actor_of(request)))


@login_required
@require_safe
def captions(request: HttpRequest, clip_id: UUID, **seat: UUID) -> HttpResponseBase:
    """The clip's captions."""
    return _file(request, learning.clip_file(desk(**seat).seat, clip_id, captions=True, by=actor_of(request)))


def _file(request: HttpRequest, blob: files.BlobCard) -> HttpResponseBase:
    parts = files.response_headers(blob, inline="unduh" not in request.GET)
    return ranged(
        request,
        size=blob.size,
        etag=parts["ETag"],
        read=lambda first, n: files.chunks(blob.id, agency_id=blob.agency_id, first=first, n=n),
        headers=parts,
    )
