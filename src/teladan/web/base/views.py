"""Language, look, health, and the gallery of components."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teladan.kernel import clock
from teladan.web.base import gallery as samples
from teladan.web.base.context import THEME_COOKIE, THEMES
from teladan.web.ui import formats
from teladan.web.ui.panel import render_panel

YEAR = 365 * 24 * 3600


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the wished language in a cookie; unknown ones change nothing."""
    response = _back(request)
    wish = request.POST.get("bahasa", "")
    if wish in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, wish, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True
        )
    return response


@require_POST
def set_theme(request: HttpRequest) -> HttpResponse:
    """Keep the wished look in a cookie; anything else than light or dark follows the device again."""
    response = _back(request)
    wish = request.POST.get("tema", "")
    if wish in THEMES:
        response.set_cookie(THEME_COOKIE, wish, max_age=YEAR, samesite="Lax", secure=settings.SECURE, httponly=True)
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response


@require_GET
def health(request: HttpRequest) -> HttpResponse:
    """For the watchman: 200 when a page can be made and the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    response = JsonResponse({"status": "sehat"})
    response["Cache-Control"] = "no-store"
    return response


@require_GET
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in its states, for those who build pages."""
    return render(request, "base/gallery.html", samples.context(request))


@require_GET
def gallery_panel(request: HttpRequest) -> HttpResponse:
    """A law beside the page, as the gallery shows it."""
    return render_panel(request, "ui/citation.html", {"citation": samples.CITATION}, title=samples.CITATION.label)


@require_http_methods(["GET", "POST"])
def gallery_focus(request: HttpRequest) -> HttpResponse:
    """The frame of a test: one question, clock, autosave. Nothing is kept; a script gets the answer it would get."""
    if request.method == "POST":
        number, revision = request.POST.get("nomor", ""), request.POST.get("revisi", "")
        if number.isdigit() and revision.isdigit():
            answer = {"number": int(number), "choice": request.POST.get("pilihan", ""), "revision": int(revision)}
            at = formats.moment_text(clock.now(), timezone.get_current_timezone_name(), "pukul")
            return JsonResponse({**answer, "answered_count": int(number), "kept": True, "at": at})
        return HttpResponseRedirect(request.path)
    return render(request, "base/gallery_focus.html", samples.focus_context())


def _back(request: HttpRequest) -> HttpResponseRedirect:
    """To where the person came from, if that is a page of ours."""
    wish = request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(
        wish, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(wish if is_ours else "/")
    response.status_code = 303
    return response
