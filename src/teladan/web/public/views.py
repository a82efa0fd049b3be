"""Public pages: home, the law library, proof of certificates, the list of courses to read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from teladan.kernel import clock
from teladan.kernel.errors import NotFound
from teladan.letters import api as letters
from teladan.rulebook.api import Regulation, UnknownKey, rulebook
from teladan.web.base.http import wants_partial



@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What Teladan is and where to begin; those who are signed in go on to their tasks."""
    if getattr(request, "actor", None):
        return redirect("/tugas/")
    context = {"courses": rulebook().courses(), "values": rulebook().value_names}
    return render(request, "public/home.html", context)


@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Courses that anyone may read."""
    return render(request, "public/courses.html", {"courses": rulebook().courses()})


@require_safe
def laws(request: HttpRequest) -> HttpResponse:
    """The regulations of the library, by kind and year; `cari` narrows them."""
    search = request.GET.get("cari", "").strip()[:80]
    words = search.casefold().split()
    found = [r for r in rulebook().regulations if all(w in _text_of(r) for w in words)]
    today = clock.today("Asia/Jakarta")
    rows = [(r, r.status_on(today).value) for r in sorted(found, key=lambda r: (r.kind, -r.year, r.number))]
    context = {"rows": rows, "search": search, "total": len(rulebook().regulations)}
    return render(request, "public/laws.html", context)


def _text_of(regulation: Regulation) -> str:
    return f"{regulation.short} {regulation.title} {regulation.summary} {regulation.key}".casefold()


@require_safe
def law(request: HttpRequest, key: str) -> HttpResponse:
    """One regulation: our summary, status, and the outline of its articles; a part of it for the side panel."""
    book = rulebook()
    try:
        regulation = book.regulation(key)
    except UnknownKey:
        raise NotFound(
            _("Peraturan ini tidak ada di perpustakaan."), next_step=_("Cari di daftar peraturan.")
        ) from None
    wanted = request.GET.get("pasal", "")[:30]
    context = {
        "law": regulation,
        "status": regulation.status_on(clock.today("Asia/Jakarta")).value,
        "articles": list(regulation.outline.values()),
        "wanted": wanted,
        "chosen": [a for a in regulation.outline.values() if wanted and a.article.split("/")[0] == wanted.split("/")[0]],
        "replaced_by": _maybe(regulation.replaced_by),
        "amended_by": [found for k in regulation.amended_by if (found := _maybe(k))],
    }
    template = "public/law.html#panel" if wants_partial(request) else "public/law.html"
    return render(request, template, context)


def _maybe(reference: str) -> Regulation | None:
    try:
        return rulebook().regulation(reference.partition("#")[0]) if reference else None
    except UnknownKey:
        return None


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """The terms of the law as this platform uses them."""
    return render(request, "public/glossary.html", {"terms": rulebook().glossary})


@require_safe
def verify(request: HttpRequest) -> HttpResponse:
    """Ask for the code of a certificate."""
    typed = "".join(c for c in request.GET.get("kode", "").upper() if c.isalnum())[:16]
    if typed:
        return redirect("public:verified", code=typed)
    return render(request, "public/verify.html", {"asked": "kode" in request.GET})


@require_safe
def verified(request: HttpRequest, code: str) -> HttpResponse:
    """Is this paper ours? Shows only what the certificate made public. A code has 58 random bits: guessing is hopeless."""
    document = letters.by_code(code)
    context = {"document": document, "code": code[:24]}
    return render(request, "public/verified.html", context, status=200 if document else 404)
