"""Django's error handlers and the page after a failed CSRF check. Wired in config/urls.py and settings."""

import sys

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from teladan.web.base import refusals

PLAIN = (
    "<!doctype html><html lang=id><meta charset=utf-8><title>Teladan</title>"
    "<h1>Ada yang rusak di pihak kami</h1><p>Nomor kejadian: {code}</p><p><a href=/>Ke halaman awal</a></p></html>"
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400, or 413 when the body was too large."""
    return refusals.respond(request, refusals.of_exception(exception) or refusals.unreadable())


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    signed_in = getattr(request, "actor", None) is not None
    return refusals.respond(request, refusals.forbidden(is_signed_in=signed_in))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404."""
    return refusals.respond(request, refusals.missing())


def server_error(request: HttpRequest) -> HttpResponse:
    """500 with an incident number; 503 when the store was locked or full outside a view."""
    error = sys.exc_info()[1]
    known = refusals.of_exception(error) if error else None
    if known:
        return refusals.respond(request, known)
    code = refusals.incident()
    try:
        return refusals.respond(request, refusals.broken(code))
    except Exception:  # the page that tells of the fault has a fault itself: say so plainly, keep the number
        refusals.logger.exception("incident %s: the error page failed too", code)
        return HttpResponse(PLAIN.format(code=code), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came too late, from elsewhere or after signing out. What was typed is handed back."""
    refusals.logger.warning("csrf: %s (%s)", reason, request.path)
    if getattr(request, "actor", None) is None and _needs_account(request):
        return refusals.respond(request, refusals.signed_out(request))
    refusal = refusals.Refusal(
        status=403,
        title=_("Formulir ini perlu dikirim ulang"),
        message=_("Formulir ini sudah terlalu lama terbuka, atau tidak dikirim dari halaman Teladan."),
        reason=_("Tanda pengaman formulir tidak cocok. Tanda itu mencegah situs lain mengirim atas nama Anda."),
        next_step=_("Buka lagi halaman asalnya dan kirim ulang."),
        next_url=request.path,
        next_label=_("Buka halaman asalnya"),
    )
    return refusals.respond(request, refusal)


def _needs_account(request: HttpRequest) -> bool:
    """Is the view behind `login_required`?"""
    return request.resolver_match is not None and hasattr(request.resolver_match.func, "login_url")
