"""What a participant does inside a page: self-checks, scenes, writing. Each post answers with its part of the page to a
script, and otherwise with the page at that part."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from teladan.kernel.errors import Invalid
from teladan.learning import api as learning
from teladan.web.base.http import wants_partial
from teladan.web.base.requests import actor_of
from teladan.web.employee.views.page import show


@login_required
@require_POST
def check(request: HttpRequest, enrolment_id: UUID, chapter: str, page: str, item: str) -> HttpResponse:
    """Try a self-check."""

    def act() -> None:
        learning.answer_check(
            enrolment_id=enrolment_id,
            item=item,
            choice=request.POST.get("pilihan", ""),
            attempt=_number(request.POST.get("percobaan", "")),
            by=actor_of(request),
        )

    return _done(request, enrolment_id, chapter, page, act, key=item, anchor=f"cek-{item}")


@login_required
@require_POST
def scene(request: HttpRequest, enrolment_id: UUID, chapter: str, page: str, scene: str) -> HttpResponse:
    """Make the choice of a step."""

    def act() -> None:
        if not request.POST.get("pilihan"):
            raise Invalid(_("Pilih salah satu dahulu, lalu lanjutkan adegan."))
        learning.choose_in_scene(
            enrolment_id=enrolment_id,
            scene=scene,
            step=_number(request.POST.get("langkah", "")) or 0,
            choice=request.POST.get("pilihan", ""),
            by=actor_of(request),
        )

    return _done(request, enrolment_id, chapter, page, act, key=scene, anchor=f"adegan-{scene}")


@login_required
@require_POST
def scene_again(request: HttpRequest, enrolment_id: UUID, chapter: str, page: str, scene: str) -> HttpResponse:
    """Begin a scene anew; the former path is kept."""

    def act() -> None:
        learning.start_scene(enrolment_id=enrolment_id, scene=scene, again=True, by=actor_of(request))

    return _done(request, enrolment_id, chapter, page, act, key=scene, anchor=f"adegan-{scene}")


@login_required
@require_POST
def writing(request: HttpRequest, enrolment_id: UUID, chapter: str, page: str, key: str) -> HttpResponse:
    """Keep a reflection, an analysis or a commitment."""

    def act() -> None:
        learning.write(enrolment_id=enrolment_id, key=key, text=request.POST.get("text", ""), by=actor_of(request))

    return _done(request, enrolment_id, chapter, page, act, key=key, anchor=f"tulis-{key}")


def _done(
    request: HttpRequest,
    enrolment_id: UUID,
    chapter: str,
    page: str,
    act: Callable[[], None],
    *,
    key: str,
    anchor: str,
) -> HttpResponse:
    """Do it; then the page at the anchor, or the page with what was typed beside the reason it was refused."""
    # A wrong address is refused before anything is done.
    learning.reading(enrolment_id, chapter=chapter, page=page, by=actor_of(request))
    try:
        act()
    except Invalid as error:
        typed = {key: (request.POST.get("text", ""), error.message)}
        return show(request, enrolment_id, chapter, page, typed=typed, only=key)
    if wants_partial(request):
        return show(request, enrolment_id, chapter, page, only=key)
    here = reverse("employee:page", kwargs={"enrolment_id": enrolment_id, "chapter": chapter, "page": page})
    return redirect(f"{here}#{anchor}")


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None
