"""My classes, the home of the module, the menu of a chapter."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import NotFound, NotYet
from teladan.learning import api as learning
from teladan.web.base.requests import actor_of
from teladan.web.employee.modules import next_step, not_yet, stepper
from teladan.web.ui import formats


@login_required
@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """The classes somebody is in."""
    actor = actor_of(request)
    studies = learning.studies_visible_to(actor)
    lines = [(study, next_step(study), round(100 * study.pages_done / max(study.pages_total, 1))) for study in studies]
    return render(request, "employee/classes.html", {"lines": lines, "waiting": learning.waiting_visible_to(actor)})


@login_required
@require_safe
def module(request: HttpRequest, enrolment_id: UUID) -> HttpResponse:
    """The home of the module: the stage, the next step, the chapters."""
    actor = actor_of(request)
    study = learning.study(enrolment_id, by=actor)
    steps, current = stepper(study)
    sittings = instruments.sittings_visible_to(actor, context=enrolment_id)
    context = {
        "study": study,
        "course": study.course,
        "steps": steps,
        "current": current,
        "step": next_step(study),
        "running": next((s for s in sittings if s.is_open and s.deadline_at > clock.now()), None),
        "cards": [_card(study, card) for card in learning.chapter_cards(study.course, study.progress)],
        "percent": round(100 * study.pages_done / max(study.pages_total, 1)),
        "has_results": bool(study.progress.tests),
        "is_over": study.due_at < clock.now(),
        "opens_later": study.opens_at > clock.now(),
        "news": learning.news_in(study.cohort_id, by=actor) if study.is_open else 0,
        "in_room": study.is_open and learning.has_open_room(study.cohort_id),
    }
    return render(request, "employee/module.html", context)


def _card(study: learning.Study, card: learning.ChapterCard) -> dict[str, object]:
    """A chapter card as the template draws it."""
    chapter = card.chapter
    reads = bool(card.total) and study.is_open and study.opens_at <= clock.now()
    kwargs = {"enrolment_id": study.enrolment_id, "chapter": chapter.key}
    action = _("Baca lagi") if card.is_done else _("Lanjutkan") if card.done else _("Buka materi")
    words = _("%(total)d halaman · sekitar %(minutes)d menit") % {"total": card.total, "minutes": chapter.minutes}
    if card.done and not card.is_done:
        words = _("%(done)d dari %(total)d halaman dibaca") % {"done": card.done, "total": card.total}
    return {
        "number": card.number,
        "chapter": chapter,
        "value": chapter.value or "UM",
        "is_done": card.is_done,
        "is_planned": not card.total,
        "reads": reads,
        "percent": round(100 * card.done / card.total) if card.total else 0,
        "menu_url": reverse("employee:chapter", kwargs=kwargs) if card.total else "",
        "page_url": reverse("employee:page", kwargs={**kwargs, "page": card.resume}) if reads else "",
        "action": action,
        "words": words if card.total else "",
    }


@login_required
@require_safe
def chapter(request: HttpRequest, enrolment_id: UUID, chapter: str) -> HttpResponse:
    """The menu of a chapter: its opening words and its pages."""
    study = learning.study(enrolment_id, by=actor_of(request))
    cards = learning.chapter_cards(study.course, study.progress)
    card = next((c for c in cards if c.chapter.key == chapter), None)
    if card is None:
        raise NotFound(_("Materi ini tidak ada dalam modul."), next_step=_("Kembali ke halaman modul."))
    read = study.progress.pages.get(chapter, {})
    context = {
        "study": study,
        "course": study.course,
        "card": _card(study, card),
        "chapter": card.chapter,
        "opening": learning.opening_of(card.chapter),
        "pages": [(page, page.slug in read, page.slug == card.resume) for page in card.chapter.reading_order],
        "early": _early(study, card),
    }
    return render(request, "employee/chapter.html", context)


def _early(study: learning.Study, card: learning.ChapterCard) -> NotYet | None:
    """Why the chapter cannot be read yet and what comes first; None when it can."""
    if not card.total:
        day = card.chapter.planned
        if day is None:
            return not_yet(study, _("Materi ini belum terbit."))
        return not_yet(study, _("Materi ini akan terbit %(day)s.") % {"day": formats.date_text(day)})
    if study.opens_at > clock.now():
        return not_yet(study, _("Kelas ini belum dibuka."))
    return None if study.is_open else not_yet(study, _("Materi terbuka setelah Tes Awal."))
