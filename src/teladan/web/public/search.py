"""One search for everybody: what anybody may read, and for those who are signed in what is theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from teladan.access.api import Actor
from teladan.learning import api as learning
from teladan.library import api as library
from teladan.rulebook.api import rulebook
from teladan.search import api as search
from teladan.web.operator.access import LOOK, may
from teladan.web.public.laws import Row, row_of, today

SHOWN = 20
LAST_PAGE = 50
LONGEST = 200
KINDS = {
    "law": (_("Peraturan"), "hukum"),
    "text": (_("Naskah resmi"), "berkas"),
    "lesson": (_("Materi"), "belajar"),
    "term": (_("Istilah"), "buku"),
    "person": (_("Pegawai"), "orang"),
    "notice": (_("Pemberitahuan"), "bel"),
}
EXAMPLES = (  # what is found is Indonesian, so these are no words of the interface
    "konflik kepentingan",
    "pasal 34 uu 25 2009",
    "pengaduan masyarakat",
    '"dua belas asas"',
    "jam kerja",
)


@dataclass(frozen=True, kw_only=True)
class Line:
    """A hit as the page shows it; without `url` the reader may know of it but has no page for it."""

    hit: search.Hit
    url: str
    kind: str
    icon: str


@dataclass(frozen=True, kw_only=True)
class Named:
    """The regulation that was named in the search, with the outline of the named article when there is one."""

    row: Row
    mention: library.Mention
    section: library.Section | None
    url: str


@require_safe
def find(request: HttpRequest) -> HttpResponse:
    """Search: `?cari=` the words, `?jenis=` one kind, `?hal=` the page."""
    actor: Actor | None = getattr(request, "actor", None)
    typed = "".join(sign for sign in request.GET.get("cari", "")[:LONGEST] if sign.isprintable()).strip()
    kind = request.GET.get("jenis", "")
    kind = kind if kind in KINDS else ""
    number = _page_number(request.GET.get("hal", ""))
    found = search.find(typed, actor, kinds=[kind] if kind else (), limit=SHOWN, offset=(number - 1) * SHOWN)
    if not found.hits and number > 1:  # beyond the end: the beginning
        number = 1
        found = search.find(typed, actor, kinds=[kind] if kind else (), limit=SHOWN)
    context = {
        "typed": typed,
        "kind": kind,
        "found": found,
        "lines": _lines(found.hits, actor),
        "page": Paginator(range(min(found.total, SHOWN * LAST_PAGE)), SHOWN).get_page(number),
        "tabs": _tabs(typed, found),
        "here_tab": _address(typed, kind),
        "named": _named(typed) if number == 1 and kind in {"", "law"} else None,
        "examples": [(words, _address(words, "")) for words in EXAMPLES],
    }
    response = render(request, "public/search.html", context)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"  # what is found depends on who looks
    return response


def _page_number(typed: str) -> int:
    return min(int(typed), LAST_PAGE) if typed.isascii() and typed.isdigit() and int(typed[:6]) > 0 else 1


def _address(typed: str, kind: str) -> str:
    return f"{reverse('public:search')}?{urlencode({'cari': typed, **({'jenis': kind} if kind else {})})}"


def _tabs(typed: str, found: search.Found) -> list[tuple[object, str, int]]:
    """All kinds, and each kind in which something was found."""
    everything = sum(found.by_kind.values())
    kinds = [(KINDS[kind][0], _address(typed, kind), found.by_kind[kind]) for kind in KINDS if kind in found.by_kind]
    return [(_("Semua"), _address(typed, ""), everything), *kinds]


def _named(typed: str) -> Named | None:
    book = rulebook()
    mention = library.mention_in(typed, book) if typed else None
    if mention is None:
        return None
    sections = library.sections_of(mention.law.key, book)
    section = next((one for one in sections if one.anchor == mention.anchor), None)
    url = reverse("public:law", kwargs={"key": mention.law.key})
    if section:
        url += f"?pasal={mention.article.lower()}#{section.anchor}"
    return Named(row=row_of(mention.law, today()), mention=mention, section=section, url=url)


def _lines(hits: Sequence[search.Hit], actor: Actor | None) -> list[Line]:
    own = _own_studies(actor) if any(hit.kind == "lesson" for hit in hits) else {}
    return [
        Line(hit=hit, url=_url(hit, actor, own), kind=str(KINDS[hit.kind][0]), icon=KINDS[hit.kind][1])
        for hit in hits
        if hit.kind in KINDS
    ]


def _own_studies(actor: Actor | None) -> dict[str, str]:
    """Course -> the latest enrolment in which the actor may read its pages."""
    if actor is None:
        return {}
    studies = reversed(learning.studies_visible_to(actor))
    return {study.course.key: str(study.enrolment_id) for study in studies if study.is_open}


def _url(hit: search.Hit, actor: Actor | None, own: dict[str, str]) -> str:
    """Where a hit is read: a lesson in one's own class if there is one, a person where the reader may look them up."""
    if hit.kind == "lesson":
        course, chapter, *page = hit.key.split("/")
        if course not in own:
            return hit.address
        at = {"enrolment_id": own[course], "chapter": chapter}
        return (
            reverse("employee:page", kwargs={**at, "page": page[0]}) if page else reverse("employee:chapter", kwargs=at)
        )
    if hit.kind == "person" and actor is not None and not may(actor, LOOK):
        return reverse("account:profile") if str(actor.account_id) in hit.address else ""
    return hit.address
