"""The player: a page of a chapter, read and turned."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from teladan.kernel.errors import NotFound
from teladan.learning import api as learning
from teladan.learning.api import Study
from teladan.rulebook.data import Chapter, Page
from teladan.web.base.http import wants_partial
from teladan.web.base.requests import actor_of
from teladan.web.classroom.seats import desk
from teladan.web.employee.player import Builder

INTERACTIVE = ("cek", "adegan", "refleksi", "analisis", "komitmen")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, enrolment_id: UUID, chapter: str, page: str) -> HttpResponse:
    """Show a page; a post has read it and goes on, or with `keluar` remembers it and leaves."""
    actor = actor_of(request)
    if request.method == "POST":
        if "keluar" in request.POST:
            learning.leave(enrolment_id=enrolment_id, chapter=chapter, page=page, by=actor)
            messages.success(request, _("Tempat Anda tersimpan. Lanjutkan kapan saja."))
            return redirect("employee:module", enrolment_id=enrolment_id)
        learning.read_page(enrolment_id=enrolment_id, chapter=chapter, page=page, by=actor)
        return _onwards(request, enrolment_id, chapter, page)
    return show(request, enrolment_id, chapter, page, only=request.GET.get("ulang", ""))


def _onwards(request: HttpRequest, enrolment_id: UUID, chapter: str, page: str) -> HttpResponse:
    """To the next page; after the last one back home, or to the menu while pages are unread."""
    study, found, read = learning.reading(enrolment_id, chapter=chapter, page=page, by=actor_of(request))
    _before, after = learning.neighbours(found, read)
    if after is not None:
        return redirect("employee:page", enrolment_id=enrolment_id, chapter=chapter, page=after.slug)
    number = study.course.chapters.index(found) + 1
    unread = len(found.pages) - study.progress.pages_done(chapter)
    if chapter in study.progress.chapters_done:
        said = _("Materi %(number)d selesai: %(title)s.") % {"number": number, "title": found.title}
        messages.success(request, said)
        if chapter in learning.pace_of(study.progress, study.course).hasty:
            messages.info(
                request,
                _("Halamannya berganti cepat sekali. Bila ada yang terlewat, Anda dapat membacanya lagi kapan saja."),
            )
        return redirect("employee:module", enrolment_id=enrolment_id)
    messages.warning(
        request,
        ngettext("Masih ada %(n)d halaman yang belum dibaca.", "Masih ada %(n)d halaman yang belum dibaca.", unread)
        % {"n": unread},
    )
    return redirect("employee:chapter", enrolment_id=enrolment_id, chapter=chapter)


def show(
    request: HttpRequest,
    enrolment_id: UUID,
    chapter: str,
    page: str,
    *,
    typed: Mapping[str, tuple[str, str]] | None = None,
    only: str = "",
) -> HttpResponse:
    """The page as it stands; with `typed`, what could not be kept stays in its place beside the reason (status 422).
    A script gets the part with the key `only` alone."""
    actor = actor_of(request)
    study, found, read = learning.reading(enrolment_id, chapter=chapter, page=page, by=actor)
    builder = Builder(
        study=study, chapter=found, page=read, actor=actor, retry=request.GET.get("ulang", ""), typed=typed or {}
    )
    status = 422 if typed else 200
    pieces = builder.pieces()
    if only and wants_partial(request) and (part := next((p for x in pieces if (p := x.find(only))), None)):
        context = _frame(study, found, read) | {"piece": part, "is_part": True}
        return render(request, part.template, context, status=status)
    talk = learning.topics_of_page(study, chapter=chapter, page=page, played=builder.played, by=actor)
    seat = desk(enrolment_id=enrolment_id)
    more = {"pieces": pieces, "talk": [(card, seat.topic(card.topic)) for card in talk]}
    return render(request, "employee/page.html", _frame(study, found, read) | more, status=status)


def _frame(study: Study, chapter: Chapter, page: Page) -> dict[str, Any]:
    """Where the page stands in its chapter, and what surrounds it."""
    before, _after = learning.neighbours(chapter, page)
    here = {"enrolment_id": study.enrolment_id, "chapter": chapter.key}
    parts = learning.parts_of(page)
    return {
        "frame": "fokus",
        "study": study,
        "course": study.course,
        "chapter": chapter,
        "number": study.course.chapters.index(chapter) + 1,
        "page": page,
        "is_read": page.slug in study.progress.pages.get(chapter.key, {}),
        "is_last": page is chapter.reading_order[-1],
        "percent": round(100 * page.number / len(chapter.pages)),
        "here_url": reverse("employee:page", kwargs={**here, "page": page.slug}),
        "prev_url": reverse("employee:page", kwargs={**here, "page": before.slug}) if before else "",
        "menu_url": reverse("employee:chapter", kwargs=here),
        "home_url": reverse("employee:module", kwargs={"enrolment_id": study.enrolment_id}),
        "has_forms": any(learning.keys_in(parts, kind, "soal" if kind == "cek" else "kunci") for kind in INTERACTIVE),
    }


@login_required
@require_safe
def sheet(request: HttpRequest, enrolment_id: UUID, chapter: str, page: str) -> HttpResponse:
    """The job aids of a page alone, made for paper."""
    actor = actor_of(request)
    study, found, read = learning.reading(enrolment_id, chapter=chapter, page=page, by=actor)
    builder = Builder(study=study, chapter=found, page=read, actor=actor)
    sheets = [piece for piece in builder.pieces() if piece.kind == "lembar-kerja"]
    if not sheets:
        raise NotFound(_("Halaman ini tidak memuat lembar kerja."))
    return render(request, "employee/sheet.html", _frame(study, found, read) | {"sheets": sheets})
