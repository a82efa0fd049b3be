"""Refusals as people see them: what is wrong, why, on what basis, what to do next; as page, part of a page or data."""

import errno
import logging
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from teladan.kernel import clock, ids
from teladan.kernel.errors import Busy, Conflict, Invalid, NotAllowed, NotFound, NotYet, TeladanError, TooMany
from teladan.web.base.http import wants_json, wants_partial

logger = logging.getLogger("teladan.web")
STORE_IS_BUSY = ("locked", "full", "busy", "could not connect", "timeout", "too many clients", "closed the connection")
UNIQUE_VIOLATION = "23505"  # SQLSTATE
SECRET_NAMES = ("sandi", "password", "token", "otp", "pin", "kode", "csrf")


@dataclass(frozen=True, kw_only=True)
class Refusal:
    """One refusal. Texts are whole sentences; `basis` a citation; `code` the number under which it was logged."""

    status: int
    title: str
    message: str
    reason: str = ""
    field: str = ""
    basis: str = ""
    next_step: str = ""
    next_url: str = ""
    next_label: str = ""
    code: str = ""
    retry_at: datetime | None = None
    may_resend: bool = True  # does sending the same thing again from here make sense?

    @property
    def tone(self) -> str:
        return "awas" if self.status in {401, 409, 413, 422, 429, 503} else "telat"

    def as_data(self) -> dict[str, Any]:
        """For scripts: what is not empty."""
        shown = ("status", "message", "reason", "field", "basis", "next_step", "next_url", "code")
        return {name: value for name in shown if (value := getattr(self, name))}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One field of a post that did not get through. `hidden` ones travel along unseen."""

    name: str
    label: str
    value: str
    hidden: bool


def of_exception(error: BaseException) -> Refusal | None:
    """The refusal an exception stands for; None when it is a fault of ours."""
    if isinstance(error, TeladanError):
        return Refusal(
            status=error.status,
            title=_title(error),
            message=error.message,
            field=error.field,
            basis=error.basis,
            next_step=error.next_step,
            next_url=error.next_url,
            next_label=error.next_label,
            retry_at=error.retry_at if isinstance(error, TooMany) else None,
        )
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large()
    if isinstance(error, SuspiciousOperation):
        return unreadable()
    if is_store_busy(error) or (isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}):
        logger.error("the store could not take a write: %s", error)
        return busy()
    if isinstance(error, IntegrityError) and getattr(error.__cause__, "sqlstate", "") == UNIQUE_VIOLATION:
        return same_moment()
    return None


def is_store_busy(error: BaseException) -> bool:
    """Is it the database that cannot answer now, and not our statement that is wrong? PostgreSQL keeps the two apart;
    SQLite tells them by words."""
    if type(error.__cause__).__module__.partition(".")[0] in {"psycopg", "psycopg_pool"}:
        return isinstance(error, OperationalError | InterfaceError)
    return isinstance(error, OperationalError) and any(words in str(error).lower() for words in STORE_IS_BUSY)


def _title(error: TeladanError) -> str:
    titles: list[tuple[type[TeladanError], str]] = [
        (Invalid, _("Isian belum dapat diterima")),
        (NotAllowed, _("Bukan wewenang Anda")),
        (NotFound, _("Tidak ditemukan")),
        (NotYet, _("Belum terbuka")),
        (Conflict, _("Tidak dapat dilakukan sekarang")),
        (TooMany, _("Terlalu sering")),
        (Busy, _("Sedang sibuk")),
    ]
    return next((text for kind, text in titles if isinstance(error, kind)), _("Tidak dapat diproses"))


def same_moment() -> Refusal:
    """Two people saved the same thing at the same moment; only PostgreSQL lets them get that far."""
    return Refusal(
        status=409,
        title=_("Tidak dapat dilakukan sekarang"),
        message=_("Data yang sama baru saja disimpan dari tempat lain."),
        next_step=_("Muat ulang halaman untuk melihatnya, lalu ulangi bila masih perlu."),
    )


def unreadable() -> Refusal:
    return Refusal(
        status=400,
        title=_("Permintaan tidak terbaca"),
        message=_("Permintaan ini tidak dapat dibaca."),
        next_step=_("Kembali ke halaman sebelumnya dan coba lagi."),
    )


def forbidden(*, is_signed_in: bool) -> Refusal:
    return Refusal(
        status=403,
        title=_("Bukan wewenang Anda"),
        message=_("Anda tidak berwenang membuka halaman ini."),
        next_step=_("Bila tugas Anda memerlukannya, mintalah kepada pengelola di instansi Anda.")
        if is_signed_in
        else _("Masuk dengan akun Anda, lalu buka halaman ini lagi."),
        next_url="/" if is_signed_in else settings.LOGIN_URL,
        next_label=_("Ke halaman awal") if is_signed_in else _("Masuk"),
    )


def signed_out(request: HttpRequest) -> Refusal:
    """The session ended while a page of ours stood open; signing in leads back to that page."""
    is_sent = request.method not in {"GET", "HEAD"}
    message = _("Anda sudah keluar. Masuk lagi untuk melanjutkan.")
    return Refusal(
        status=401,
        title=_("Anda sudah keluar"),
        message=_("Anda sudah keluar. Masuk lagi, lalu kirim ulang.") if is_sent else message,
        reason=_("Sesi Anda berakhir, atau Anda keluar di tab lain. Kiriman ini belum tersimpan.") if is_sent else "",
        next_url=f"{settings.LOGIN_URL}?{urlencode({'next': _page_behind(request)}, safe='/')}",
        next_label=_("Masuk"),
        may_resend=False,
    )


def is_sent_to_sign_in(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Would something sent, or a part of a page, be answered with the sign-in page?"""
    asks_for_page = request.method in {"GET", "HEAD"} and not wants_partial(request) and not wants_json(request)
    is_turned_away = response.headers.get("Location", "").startswith(f"{settings.LOGIN_URL}?next=")
    return is_turned_away and not asks_for_page and getattr(request, "actor", None) is None


def _page_behind(request: HttpRequest) -> str:
    """The page of ours on which the form stands: what the browser names, else the address it was sent to."""
    named = urlsplit(request.headers.get("HX-Current-URL") or request.headers.get("Referer", ""))
    if named.netloc != request.get_host():
        return request.path
    return f"{named.path}?{named.query}" if named.query else named.path


def missing() -> Refusal:
    return Refusal(
        status=404,
        title=_("Halaman tidak ditemukan"),
        message=_("Halaman ini tidak ada, atau bukan untuk akun Anda."),
        next_step=_("Periksa alamatnya. Bila Anda datang dari sebuah tautan, beri tahu pengirimnya."),
        next_url="/",
        next_label=_("Ke halaman awal"),
    )


def wrong_method() -> Refusal:
    return Refusal(
        status=405,
        title=_("Alamat ini hanya untuk mengirim"),
        message=_("Alamat ini menerima kiriman dari sebuah halaman dan tidak dapat dibuka langsung."),
        next_step=_("Kembali ke Tugas Saya dan lanjutkan dari sana."),
        next_url="/tugas/",
        next_label=_("Ke Tugas Saya"),
    )


def too_large() -> Refusal:
    return Refusal(
        status=413,
        title=_("Terlalu besar"),
        message=_("Berkas atau isian yang Anda kirim terlalu besar."),
        reason=_("Batas sekali kirim %(size)s MB.") % {"size": settings.UPLOAD_LIMIT_BYTES // 1_048_576},
        next_step=_("Kecilkan atau bagi berkasnya, lalu kirim lagi. Tidak ada yang tersimpan dari kiriman ini."),
    )


def busy() -> Refusal:
    return Refusal(
        status=503,
        title=_("Sedang sibuk"),
        message=_("Sistem belum dapat menyimpan saat ini. Tidak ada yang berubah."),
        next_step=_("Tunggu sebentar, lalu kirim lagi. Mengirim ulang aman: tidak akan tercatat dua kali."),
    )


def broken(code: str) -> Refusal:
    return Refusal(
        status=500,
        title=_("Ada yang rusak di pihak kami"),
        message=_("Halaman ini gagal dibuat. Kesalahannya ada pada sistem, bukan pada Anda."),
        next_step=_("Coba lagi beberapa saat. Bila terulang, sebutkan nomor kejadian kepada pengelola."),
        next_url="/",
        next_label=_("Ke halaman awal"),
        code=code,
    )


def respond(request: HttpRequest, refusal: Refusal, *, keep_typed: bool = True) -> HttpResponse:
    """The refusal in the form the caller can use. After a post it also hands back what was typed, unless the body must
    not be read."""
    if wants_json(request):
        response: HttpResponse = JsonResponse(refusal.as_data(), status=refusal.status)
    else:
        typed = typed_in(request) if keep_typed else []
        resend = request.get_full_path() if refusal.may_resend and typed and is_from_here(request) else ""
        if wants_partial(request) or not resend:  # choices alone cannot be copied; in a part the form is near
            typed = typed if any(not field.hidden for field in typed) else []
        context = {"refusal": refusal, "typed": typed, "resend_url": resend}
        template = "ui/refusal_part.html" if wants_partial(request) else "ui/refusal.html"
        response = render(request, template, context, status=refusal.status)
    if refusal.status == 503:
        response["Retry-After"] = "5"
    elif refusal.retry_at:
        response["Retry-After"] = str(max(1, round((refusal.retry_at - clock.now()).total_seconds())))
    return response


def incident() -> str:
    """Log the exception being handled under a short number that can be read out on the telephone."""
    code = ids.code(8)
    logger.error("incident %s", code, exc_info=sys.exc_info())
    return code


def typed_in(request: HttpRequest) -> list[Typed]:
    """What was posted, without secrets: to be sent again or copied. Empty when the body cannot be read any more."""
    if request.method != "POST":
        return []
    try:
        pairs = [(name, value) for name in request.POST for value in request.POST.getlist(name)]
    except (SuspiciousOperation, OSError):
        return []
    if any(secret in name.lower() for name, _value in pairs for secret in ("sandi", "password", "otp")):
        return []  # a sign-in form: nothing worth keeping, and nothing to show
    return [
        Typed(name=name, label=_label(name), value=value, hidden=not _is_writing(value))
        for name, value in pairs
        if not any(secret in name.lower() for secret in SECRET_NAMES)
    ]


def _label(name: str) -> str:
    return _("Tulisan Anda") if name == "text" else name.replace("_", " ").capitalize()


def _is_writing(value: str) -> bool:
    """Words that somebody wrote, as opposed to keys and choices."""
    return " " in value.strip() or len(value) > 60


def is_from_here(request: HttpRequest) -> bool:
    """Does the post come from a page of ours? Only then may it be offered again with one press."""
    if request.headers.get("Sec-Fetch-Site") == "same-origin":
        return True
    return urlsplit(request.headers.get("Origin", "")).netloc == request.get_host()
