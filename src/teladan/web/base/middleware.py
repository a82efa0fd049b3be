"""Around every request: strict headers, who acts for which agency, and refusals instead of stack traces."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone, translation

from teladan.accounts.api import actor_for, agency_of, agency_scope
from teladan.web.base import refusals
from teladan.web.base.http import Request

GetResponse = Callable[[HttpRequest], HttpResponseBase]
CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "media-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": ", ".join(
        f"{feature}=()"
        for feature in ("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer",
                        "microphone", "midi", "payment", "usb", "browsing-topics")
    ),
}  # fmt: skip


class SecurityHeaders:
    """Strict headers on every response; a view that sets one itself (a sandboxed download) keeps its own."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = dict(HEADERS)
        if settings.SECURE_HSTS_SECONDS:
            self.headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        if getattr(request, "actor", None) is not None:
            response.headers.setdefault("Cache-Control", "no-store")  # a shared phone must not show it after sign-out
        return response


class ChosenLanguage:
    """Indonesian unless somebody chose otherwise: many phones here are set to English by people who do not read it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class ActorAndScope:
    """Sets `request.actor` and `request.agency`. Somebody signed in works in the zone and the scope of their agency;
    without a session cookie nothing is looked up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ours = cast(Request, request)
        ours.actor, ours.agency = None, None
        account = request.user if settings.SESSION_COOKIE_NAME in request.COOKIES else None
        if account is None or not account.is_authenticated:
            return self.get_response(request)
        ours.actor, ours.agency = actor_for(account), agency_of(account)
        with timezone.override(ours.agency.zone), agency_scope(account.agency_id):
            return self.get_response(request)


class Refusals:
    """Turns refusals raised by engines, a busy store and malformed requests into pages that explain themselves, tells
    those whose session ended so instead of losing what they sent, and turns away uploads above the limit before they are
    read."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdigit() and int(length) > settings.UPLOAD_LIMIT_BYTES + 65_536:
            return refusals.respond(request, refusals.too_large(), keep_typed=False)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method == "GET":
            shown = refusals.respond(request, refusals.wrong_method(), keep_typed=False)
            shown.headers["Allow"] = response.headers.get("Allow", "POST")
            return shown
        if refusals.is_sent_to_sign_in(request, response):
            return refusals.respond(request, refusals.signed_out(request))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponseBase | None:
        refusal = refusals.of_exception(error)
        return refusals.respond(request, refusal) if refusal else None


class NextAddress:
    """A script that leaves its page only when the line holds (line.js) asks for the address that comes next instead of
    being led there: a redirect becomes an empty answer that names it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if "X-Next-Only" in request.headers and (next_url := response.headers.get("Location")):
            del response.headers["Location"]
            response.headers["X-Next"] = next_url
            response.status_code = HTTPStatus.OK
        return response
