"""What every page knows: who, where, which doors, which look. No query is made here."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import SimpleLazyObject

from teladan.kernel import clock
from teladan.web.base import doors
from teladan.web.ui import formats

THEMES = ("terang", "gelap")
THEME_COOKIE = "tema"


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor. `frame` is "rel" (rail) for those signed in and "puncak" (top bar) for the public; a view
    may overrule it, for instance with "fokus" for a test."""
    actor = getattr(request, "actor", None)
    agency = getattr(request, "agency", None)
    theme = request.COOKIES.get(THEME_COOKIE, "")
    here = request.get_full_path() if request.method == "GET" else "/"
    return {
        "actor": actor,
        "agency": agency,
        "agency_name": agency.name if agency else "",
        "agency_short": (agency.short_name or agency.name) if agency else "",
        "doors": SimpleLazyObject(lambda: doors.links(actor, request.path)),
        "account_links": SimpleLazyObject(lambda: doors.links(actor, request.path, place="akun")),
        "frame": "rel" if actor else "puncak",
        "demo": settings.DEMO or bool(agency and agency.is_demo),
        "theme": theme if theme in THEMES else "",
        "language": formats.language(),
        "here": here,
        "now": clock.now(),
        "messages": get_messages(request),
        "logout_url": _logout_url(),
        "sign_in_url": f"{settings.LOGIN_URL}?{urlencode({'next': here}, safe='/')}",
    }


def _logout_url() -> str:
    try:
        return reverse("account_logout")
    except NoReverseMatch:
        return "/keluar/"
