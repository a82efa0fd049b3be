"""The room of a class: the page of those present, the page of who leads, and the one for the wall."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from teladan.kernel.errors import Conflict, Invalid, TeladanError
from teladan.learning import api as learning
from teladan.rulebook.api import rulebook
from teladan.web.base.requests import actor_of
from teladan.web.classroom.discussion import around
from teladan.web.classroom.forms import AskInRoom
from teladan.web.classroom.seats import Desk, desk


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def member(request: HttpRequest, **seat: UUID) -> HttpResponse:
    """A participant in the room: the question, their answer, and what came of it."""
    here = desk(**seat)
    refusal: TeladanError | None = None
    if request.method == "POST":
        try:
            learning.answer_in_room(
                enrolment_id=here.enrolment_id,
                question_id=_id(request.POST.get("soal", "")),
                choice=request.POST.get("pilihan", ""),
                by=actor_of(request),
            )
        except (Invalid, Conflict) as error:
            refusal = error
        else:
            return redirect(here.url("room"))
    return _shown(request, here, "classroom/room.html", {"chosen": request.POST.get("pilihan", "")}, refusal)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leader(request: HttpRequest, **seat: UUID) -> HttpResponse:
    """Who leads the class opens and closes the room, asks, closes and reveals (`aksi`)."""
    here, actor = desk(**seat), actor_of(request)
    course = rulebook().course(learning.cohort(here.cohort_id, by=actor).course_key)
    form, refusal = AskInRoom(course=course), None
    if request.method == "POST":
        form = AskInRoom(request.POST, course=course)
        try:
            said = _do(request, here, form)
        except (Invalid, Conflict) as error:
            refusal = error
            if error.field in form.fields:
                form.add_error(error.field, error.message)
        else:
            messages.success(request, said)
            return redirect(here.url("room"))
    more = {"form": form, "leads": learning.leads(here.cohort_id, by=actor), "wall_url": here.url("wall")}
    return _shown(request, here, "classroom/room_lead.html", more, refusal)


@login_required
@require_safe
def wall(request: HttpRequest, **seat: UUID) -> HttpResponse:
    """The room for the projector: large, without a name."""
    return _shown(request, desk(**seat), "classroom/wall.html", {"frame": "fokus"}, None)


@login_required
@require_safe
def state(request: HttpRequest, **seat: UUID) -> HttpResponse:
    """Has anything changed? Asked every few seconds: a few bytes, or 304."""
    version, answered = learning.room_mark(desk(**seat).seat, by=actor_of(request))
    etag = f'"{version}-{"" if answered is None else answered}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "no-store",
        "Content-Security-Policy": "default-src 'none'",
        "Permissions-Policy": "geolocation=()",  # data, not a page: the long list would outweigh it
    }
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=headers)
    return JsonResponse({"v": version, "n": answered}, headers=headers)


def _shown(
    request: HttpRequest, here: Desk, template: str, more: dict[str, Any], refusal: TeladanError | None
) -> HttpResponse:
    context = around(request, here) | {
        "room": learning.room(here.seat, by=actor_of(request)),
        "room_url": here.url("room"),
        "state_url": here.url("room_state"),
        "refusal": refusal,
    }
    return render(request, template, context | more, status=refusal.status if refusal else 200)


def _do(request: HttpRequest, here: Desk, form: AskInRoom) -> str:
    """Do what was asked; the words that say so."""
    at: dict[str, Any] = {"cohort_id": here.cohort_id, "by": actor_of(request)}
    number = (
        int(asked) if (asked := request.POST.get("nomor", "")).isascii() and asked.isdigit() and len(asked) < 4 else 0
    )
    acts: dict[str, tuple[Callable[..., object], str]] = {
        "buka": (learning.open_room, _("Ruang dibuka. Peserta masuk lewat “Ruang kelas” pada halaman modulnya.")),
        "tutup-ruang": (learning.close_room, _("Ruang ditutup.")),
        "tutup": (partial(learning.close_question, number=number), _("Pertanyaan ditutup.")),
        "bahas": (
            partial(learning.reveal_question, number=number),
            _("Hasilnya tampil di layar dan di ponsel peserta."),
        ),
        "tanya": (partial(form.ask, key=request.POST.get("kunci", "")), _("Pertanyaan tampil di ponsel peserta.")),
    }
    act = acts.get(request.POST.get("aksi", ""))
    if act is None:
        raise Invalid(_("Pilih dahulu apa yang ingin Anda lakukan."))
    act[0](**at)
    return act[1]


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Invalid(_("Muat ulang ruang kelas, lalu jawab pertanyaannya sekali lagi.")) from None
