"""Reading the course without an account: the same pages, nothing kept, scenes played by address."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teladan.instruments import api as instruments
from teladan.kernel.errors import NotFound
from teladan.learning import api as learning
from teladan.rulebook.api import Chapter, Course, Page, UnknownKey, rulebook


def _course(key: str) -> Course:
    try:
        return rulebook().course(key)
    except UnknownKey:
        raise NotFound(_("Materi ini tidak ada."), next_step=_("Buka daftar materi.")) from None


def _chapter(course: Course, key: str) -> Chapter:
    chapter = next((c for c in course.chapters if c.key == key and c.pages), None)
    if chapter is None:
        raise NotFound(_("Materi ini belum terbit."), next_step=_("Tanggal terbitnya tertulis di daftar materi."))
    return chapter


@require_safe
def course(request: HttpRequest, course_key: str) -> HttpResponse:
    """The chapters of a course; those not out yet say when they will be."""
    return render(request, "public/course.html", {"course": _course(course_key)})


@require_safe
def chapter(request: HttpRequest, course_key: str, chapter_key: str) -> HttpResponse:
    """A chapter's opening: straight to its first page."""
    found = _chapter(_course(course_key), chapter_key)
    return redirect("public:page", course_key=course_key, chapter_key=chapter_key, page_key=found.pages[0].key)


@require_safe
def page(request: HttpRequest, course_key: str, chapter_key: str, page_key: str) -> HttpResponse:
    """A page to read. Self-checks show their explanations in inserts; writing places say that they need a class."""
    course = _course(course_key)
    chapter = _chapter(course, chapter_key)
    _found, page = learning.find_page(course, chapter_key, page_key)
    before, after = learning.neighbours(chapter, page)
    context = {
        "course": course,
        "chapter": chapter,
        "number": course.chapters.index(chapter) + 1,
        "page": page,
        "parts": learning.parts_of(page),
        "before": before,
        "after": after,
        "total": len(chapter.pages),
    }
    return render(request, "public/page.html", context)


@require_safe
def scene(request: HttpRequest, course_key: str, scene_key: str) -> HttpResponse:
    """A scene played without an account: the choices so far stand in the address (`?jalan=a.c.b`), nothing is kept."""
    course = _course(course_key)
    found = course.scenes.get(scene_key)
    if found is None:
        raise NotFound(_("Adegan ini tidak ada dalam materi."))
    trail = [c for c in request.GET.get("jalan", "")[:60].split(".") if c]
    try:
        state = instruments.walk(found, [instruments.Made(step, choice) for step, choice in enumerate(trail, 1)])
    except instruments.WalkError:
        raise NotFound(_("Jalan cerita ini tidak ada."), next_step=_("Mulai adegan dari awal.")) from None
    context = {
        "course": course,
        "scene": found,
        "state": state,
        "trail": ".".join(trail),
        "back": request.GET.get("dari", "")[:80],
    }
    return render(request, "public/scene.html", context)
