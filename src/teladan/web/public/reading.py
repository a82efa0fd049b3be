"""Reading the course without an account: the same pages, nothing kept, scenes played by address."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teladan.instruments import api as instruments
from teladan.kernel.errors import NotFound
from teladan.learning import api as learning
from teladan.rulebook.api import Chapter, Course, Page, UnknownKey, rulebook
from teladan.web.public.pieces import CourseKey, Piece, pieces_of

YEAR = 31_536_000  # seconds
LONGEST_TRAIL = 40  # steps of a scene that an address may carry


@dataclass(frozen=True, kw_only=True)
class Card:
    """A chapter in the list of a course."""

    chapter: Chapter
    number: int
    url: str
    meta: str
    planned: date | None


def _course(key: str) -> Course:
    try:
        return rulebook().course(key)
    except UnknownKey:
        raise NotFound(_("Modul ini tidak ada."), next_step=_("Buka daftar modul.")) from None


def _chapter(course: Course, key: str) -> Chapter:
    chapter = next((c for c in course.chapters if c.key == key and c.is_open), None)
    if chapter is None:
        raise NotFound(_("Materi ini belum terbit."), next_step=_("Tanggal terbitnya tertulis di daftar materi."))
    return chapter


def page_url(course: Course, chapter: Chapter, page: Page) -> str:
    """Where a page is read."""
    kwargs = {"course_key": course.key, "chapter_key": chapter.key, "page_key": page.slug}
    return reverse("public:page", kwargs=kwargs)


@require_safe
def course(request: HttpRequest, course_key: str) -> HttpResponse:
    """The chapters of a course; those not out yet say when they will be."""
    found = _course(course_key)
    opened = [c for c in found.chapters if c.is_open]
    context = {
        "course": found,
        "cards": [_card(found, chapter, number) for number, chapter in enumerate(found.chapters, 1)],
        "pages": sum(len(c.pages) for c in opened),
        "minutes": sum(c.minutes for c in opened),
        "first_url": page_url(found, opened[0], opened[0].pages[0]) if opened else "",
    }
    return render(request, "public/course.html", context)


def _card(course: Course, chapter: Chapter, number: int) -> Card:
    meta = _("%(pages)d halaman · sekitar %(minutes)d menit") % {
        "pages": len(chapter.pages),
        "minutes": chapter.minutes,
    }
    return Card(
        chapter=chapter,
        number=number,
        url=reverse("public:chapter", kwargs={"course_key": course.key, "chapter_key": chapter.key})
        if chapter.is_open
        else "",
        meta=meta if chapter.is_open else "",
        planned=None if chapter.is_open else chapter.planned,
    )


@require_safe
def chapter(request: HttpRequest, course_key: str, chapter_key: str) -> HttpResponse:
    """A chapter's opening words and its pages."""
    found = _course(course_key)
    opened = _chapter(found, chapter_key)
    context = {
        "course": found,
        "chapter": opened,
        "number": found.chapters.index(opened) + 1,
        "opening": learning.opening_of(opened),
        "pages": [(page, page_url(found, opened, page)) for page in opened.pages],
    }
    return render(request, "public/chapter.html", context)


@require_safe
def page(request: HttpRequest, course_key: str, chapter_key: str, page_key: str) -> HttpResponse:
    """A page to read. Self-checks show their explanations in inserts; writing places say that they need a class."""
    found = _course(course_key)
    opened = _chapter(found, chapter_key)
    _same, read = learning.find_page(found, chapter_key, page_key)
    return render(request, "public/page.html", _frame(found, opened, read))


def _frame(course: Course, chapter: Chapter, page: Page) -> dict[str, Any]:
    """Where the page stands in its chapter, what surrounds it, and its pieces."""
    before, after = learning.neighbours(chapter, page)
    following = _following(course, chapter) if after is None else None
    pieces = pieces_of(CourseKey(course), page, chapter.value or "UM")
    return {
        "course": course,
        "chapter": chapter,
        "number": course.chapters.index(chapter) + 1,
        "page": page,
        "pieces": pieces,
        "frame": "fokus",
        "here_url": page_url(course, chapter, page),
        "prev_url": page_url(course, chapter, before) if before else "",
        "next_url": page_url(course, chapter, after) if after else "",
        "menu_url": reverse("public:chapter", kwargs={"course_key": course.key, "chapter_key": chapter.key}),
        "following": following,
    }


def _following(course: Course, chapter: Chapter) -> Card | None:
    """The chapter after this one, out or not."""
    number = course.chapters.index(chapter) + 1
    return _card(course, course.chapters[number], number + 1) if number < len(course.chapters) else None


@require_safe
def picture(_request: HttpRequest, course_key: str, version: str, name: str) -> HttpResponse:
    """A picture of a version of a course. It may draw, and nothing else."""
    try:
        found = rulebook().course(course_key, version).picture(name)
    except KeyError:
        raise NotFound(_("Gambar ini tidak ada dalam modul.")) from None
    response = HttpResponse(found.content, content_type=found.content_type)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable" if found.is_final else "no-cache"
    return response


@require_safe
def sheet(request: HttpRequest, course_key: str, chapter_key: str, page_key: str) -> HttpResponse:
    """The job aids of a page alone, made for paper."""
    found = _course(course_key)
    opened = _chapter(found, chapter_key)
    _same, read = learning.find_page(found, chapter_key, page_key)
    frame = _frame(found, opened, read)
    sheets: list[Piece] = [piece for piece in frame["pieces"] if piece.kind == "lembar-kerja"]
    if not sheets:
        raise NotFound(_("Halaman ini tidak memuat lembar kerja."), next_step=_("Kembali ke menu materi."))
    return render(request, "public/sheet.html", frame | {"sheets": sheets})


@require_safe
def scene(request: HttpRequest, course_key: str, scene_key: str) -> HttpResponse:
    """A scene played without an account: the choices so far stand in the address (`?jalan=a.c.b`), nothing is kept."""
    found = _course(course_key)
    played = found.scenes.get(scene_key)
    if played is None:
        raise NotFound(_("Adegan ini tidak ada dalam materi."), next_step=_("Buka daftar materi."))
    trail = [choice for choice in request.GET.get("jalan", "")[:400].split(".") if choice][: LONGEST_TRAIL + 1]
    try:
        state = instruments.walk(played, [instruments.Made(step, choice) for step, choice in enumerate(trail, 1)])
    except instruments.WalkError:
        raise NotFound(_("Jalan cerita ini tidak ada."), next_step=_("Mulai adegan dari awal.")) from None
    here = reverse("public:scene", kwargs={"course_key": found.key, "scene_key": played.key})
    context = {
        "course": found,
        "scene": played,
        "state": state,
        "setting": learning.paragraphs(played.page),
        "text": learning.paragraphs(state.node.text),
        "debrief": learning.paragraphs(played.debrief) if state.is_over else "",
        "step": len(trail) + 1,
        "choices": [
            (choice.text, f"{here}?jalan={'.'.join([*trail, choice.key])}#langkah")
            for choice in (state.node.choices if len(trail) < LONGEST_TRAIL else ())
        ],
        "last": state.trail[-1].choice if state.trail else None,
        "trail": [_told(made) for made in state.trail],
        "frame": "fokus",
        "undo_url": f"{here}?jalan={'.'.join(trail[:-1])}#langkah" if len(trail) > 1 else here,
        "again_url": here,
        "back_url": _page_of_scene(found, scene_key),
    }
    return render(request, "public/scene.html", context)


def _told(made: instruments.TrailStep) -> instruments.TrailView:
    """A step of the way in the form in which the player tells it."""
    return instruments.TrailView(
        step=made.step,
        node=made.node.key,
        text=made.node.text,
        echoes=made.echoes,
        choice=made.choice.key,
        choice_text=made.choice.text,
        outcome=made.choice.outcome,
        score=made.score,
        feedback=made.choice.feedback,
        cites=made.choice.cites,
    )


def _page_of_scene(course: Course, key: str) -> str:
    """The page that tells the scene, else the course."""
    for chapter in course.chapters:
        for page in chapter.pages:
            if key in learning.keys_in(learning.parts_of(page), "adegan", "kunci"):
                return page_url(course, chapter, page)
    return reverse("public:course", kwargs={"course_key": course.key})
