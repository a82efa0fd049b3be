"""Public pages: home, the list of courses to read, proof of certificates."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teladan.letters import api as letters
from teladan.rulebook.api import CoreValue, Course, rulebook

FLAGSHIP = "berakhlak"  # the course whose chapters the seven values on the home page lead to
SYLLABLES = {"BP": "Ber", "AK": "A", "KO": "K", "HA": "H", "LO": "L", "AD": "A", "KL": "K"}
CODE_LENGTH = 12  # letters and digits of a certificate's code
SHOWN = 24  # of a code that is none, so much is shown again


@dataclass(frozen=True, kw_only=True)
class ValueLeaf:
    """One of the seven values as the home page draws it: its syllable of BerAKHLAK and where its chapter stands."""

    value: CoreValue
    syllable: str
    url: str
    planned: date | None


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Teladan is and where to begin; those who are signed in go on to their tasks."""
    if getattr(request, "actor", None):
        return redirect(settings.LOGIN_REDIRECT_URL)
    book = rulebook()
    flagship = next((c for c in book.courses() if c.key == FLAGSHIP), None)
    values = [_leaf(value, flagship) for value in book.value_names.values()]
    context = {
        "values": values,
        "basis": next((leaf.value.basis.partition("#")[0] for leaf in values), ""),
        "course": flagship,
        "open_chapters": [c for c in flagship.chapters if c.is_open] if flagship else [],
        "laws": len(book.regulations),
    }
    return render(request, "public/home.html", context)


def _leaf(value: CoreValue, course: Course | None) -> ValueLeaf:
    chapter = next((c for c in course.chapters if c.value == value.code), None) if course else None
    url = ""
    if course and chapter and chapter.is_open:
        url = reverse("public:chapter", kwargs={"course_key": course.key, "chapter_key": chapter.key})
    return ValueLeaf(
        value=value,
        syllable=SYLLABLES.get(value.code, value.name[:1]),
        url=url,
        planned=chapter.planned if chapter and not url else None,
    )


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Courses that anyone may read."""
    lines = []
    for course in rulebook().courses():
        opened = sum(chapter.is_open for chapter in course.chapters)
        lines.append((course, opened, len(course.chapters) - opened))
    return render(request, "public/courses.html", {"courses": lines})


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a certificate; a typed code goes on to its own page, which can be shared."""
    typed = request.GET.get("kode")
    if typed is None:
        return render(request, "public/verify.html", {"error": "", "typed": ""})
    code = plain_code(typed)
    if len(code) == CODE_LENGTH and not is_number(typed):
        return redirect("public:verified", code=code)
    error = wrong_length(code) if code else _("Tuliskan kode yang tercetak pada sertifikat.")
    if is_number(typed):
        error = _("Ini nomor sertifikat, bukan kodenya. Kode tertulis di bawah gambar QR, berbentuk ABCD-2345-EFGH.")
    context = {"error": error, "typed": typed[:200]}
    return render(request, "public/verify.html", context, status=422)


@require_safe
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """Is this paper ours? Shows only what the certificate made public. A code has 58 random bits: nobody guesses it."""
    plain = plain_code(code)
    is_code = len(plain) == CODE_LENGTH
    document = letters.by_code(plain) if is_code else None
    zone = ZoneInfo(document.agency_zone if document else "Asia/Jakarta")
    context = {
        "document": document,
        "facts": document.public if document else {},
        "issued_on": document.issued_at.astimezone(zone).date() if document else None,
        "revoked_on": document.revoked_at.astimezone(zone).date() if document and document.revoked_at else None,
        "code": "-".join(plain[i : i + 4] for i in range(0, len(plain), 4)) if is_code else _shortened(plain),
        "no_code": "" if is_code else wrong_length(plain),
    }
    response = render(request, "public/verified.html", context, status=200 if document else 404)
    response["X-Robots-Tag"] = "noindex"  # a certificate names a person: found by its code, not by a search engine
    return response


def plain_code(typed: str) -> str:
    """A code as it is kept: capitals and digits only; blanks, dashes and small letters are forgiven, and so is the whole
    address of a certificate's page."""
    last = typed.strip().rstrip("/").rpartition("/")[2].rpartition(":")[2]  # "Kode: ...", as it is printed
    return "".join(c for c in last.upper() if c.isascii() and c.isalnum())


def is_number(typed: str) -> bool:
    """Does this look like the number of a certificate (0033/SERT-BERAKHLAK/2026) rather than its code or address?"""
    return typed.count("/") > 1 and "://" not in typed and "verifikasi" not in typed


def wrong_length(code: str) -> str:
    """Why this cannot be a code."""
    words = _("Ini bukan kode yang sah: kode sertifikat terdiri atas %(right)d huruf dan angka, yang ini %(n)d.")
    return words % {"right": CODE_LENGTH, "n": len(code)}


def _shortened(code: str) -> str:
    return code if len(code) <= SHOWN else f"{code[:SHOWN]}…"
