"""Addresses for these tests: the base routes, and views that fail in every known way."""

import errno
from typing import NoReturn

import psycopg
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import IntegrityError, OperationalError, ProgrammingError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path
from django.utils import timezone
from django_scopes import get_scope
from psycopg_pool import PoolTimeout

from teladan.kernel import clock, errors
from teladan.web.base.http import Request


def caused(error: Exception, cause: Exception) -> Exception:
    """The error as Django raises it when the driver raised `cause`."""
    error.__cause__ = cause
    return error


FAULTS: dict[str, Exception] = {
    "invalid": errors.Invalid("NIP terdiri atas 18 angka.", field="nip", next_step="Salin dari kartu pegawai."),
    "not-allowed": errors.NotAllowed("Ini berkas orang lain.", basis="uu-2009-25#34/a"),
    "not-found": errors.NotFound("Angkatan ini tidak ada."),
    "conflict": errors.Conflict("Tes sudah selesai."),
    "not-yet": errors.NotYet(
        "Umpan balik terbuka setelah Tes Akhir.", next_step="Kerjakan tes.", next_url="/tes/", next_label="Buka tes"
    ),
    "too-many": errors.TooMany("Terlalu banyak percobaan.", retry_at=clock.now()),
    "busy": errors.Busy("Sedang sibuk."),
    "locked": OperationalError("database is locked"),
    "full": OperationalError("database or disk is full"),
    "disk": OSError(errno.ENOSPC, "No space left on device"),
    "suspicious": SuspiciousOperation("x"),
    "denied": PermissionDenied("x"),
    "bug": RuntimeError("kata sandi siti di dalam pesan"),
    "table": OperationalError("no such table: x"),
    "no-connection": caused(OperationalError("couldn't get a connection after 10.00 sec"), PoolTimeout()),
    "lock": caused(OperationalError("canceling statement"), psycopg.errors.LockNotAvailable()),
    "deadlock": caused(OperationalError("deadlock detected"), psycopg.errors.DeadlockDetected()),
    "same-moment": caused(IntegrityError("x"), psycopg.errors.UniqueViolation()),
    "no-parent": caused(IntegrityError("x"), psycopg.errors.ForeignKeyViolation()),
    "column": caused(ProgrammingError("x"), psycopg.errors.UndefinedColumn()),
}


def fail(request: HttpRequest, kind: str) -> NoReturn:
    raise FAULTS[kind]


def who(request: Request) -> HttpResponse:
    agency = str(get_scope().get("agency", ""))
    name = request.actor.name if request.actor else ""
    return JsonResponse({"name": name, "zone": timezone.get_current_timezone_name(), "scope": agency})


@login_required
def own(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST)}")


def take(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST)}")


urlpatterns = [
    path("", include("teladan.web.base.urls")),
    path("", include("teladan.web.public.urls")),  # the frame leads to the search
    path("gagal/<kind>/", fail),
    path("siapa/", who),
    path("terima/", take),
    path("milik/", own),
]
handler400 = "teladan.web.base.errors.bad_request"
handler403 = "teladan.web.base.errors.forbidden"
handler404 = "teladan.web.base.errors.not_found"
handler500 = "teladan.web.base.errors.server_error"
