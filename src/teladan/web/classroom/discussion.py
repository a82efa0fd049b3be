"""The discussions of a class: the list, one topic, one entry. From both seats the same pages."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from teladan.kernel.errors import Conflict, Invalid, TeladanError, TooMany
from teladan.learning import api as learning
from teladan.learning.api import Topic
from teladan.web.base.requests import actor_of
from teladan.web.classroom.forms import Reason, Words
from teladan.web.classroom.seats import Desk, desk


@login_required
@require_safe
def topics(request: HttpRequest, **seat: UUID) -> HttpResponse:
    """What the class talks about, the latest first, with what is new."""
    here, actor = desk(**seat), actor_of(request)
    cards = learning.discussions(here.seat, by=actor)
    context = around(request, here) | {"topics": [(card, here.topic(card.topic)) for card in cards]}
    return render(request, "classroom/discussions.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, chapter: str, page: str, **seat: UUID) -> HttpResponse:
    """What the class says about a page of the course."""
    return _topic(request, desk(**seat), learning.page_topic(chapter, page))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def scene(request: HttpRequest, scene: str, **seat: UUID) -> HttpResponse:
    """What the class says about a scene."""
    return _topic(request, desk(**seat), learning.scene_topic(scene))


def _topic(request: HttpRequest, here: Desk, topic: Topic) -> HttpResponse:
    """A discussion; a post (`aksi`) writes into it, keeps a draft, closes or reopens it."""
    if request.method != "POST":
        return _shown(request, here, topic)
    try:
        return _do(request, here, topic)
    except (Invalid, Conflict, TooMany) as error:
        return _shown(request, here, topic, refusal=error)


def _do(request: HttpRequest, here: Desk, topic: Topic) -> HttpResponse:
    actor = actor_of(request)
    asked: dict[str, Any] = {"seat": here.seat, "topic": topic}
    match request.POST.get("aksi", "kirim"):
        case "draf":
            learning.keep_draft(**asked, text=request.POST.get("text", ""), by=actor)
            messages.success(request, _("Draf tersimpan; hanya Anda yang melihatnya."))
        case "tutup":
            learning.close_thread(**asked, reason=request.POST.get("reason", ""), by=actor)
            messages.success(request, _("Diskusi ditutup. Peserta membaca alasannya di atas diskusi."))
        case "buka":
            learning.reopen_thread(**asked, by=actor)
            messages.success(request, _("Diskusi dibuka lagi."))
        case _:
            form = Words({**request.POST.dict(), "text": request.POST.get("text", "").replace("\x00", "")})
            if not form.is_valid():
                raise Invalid(_("Tulisan yang Anda jawab tidak ada dalam diskusi ini."))
            made = form.save(here.seat, topic, request.POST.get("kunci", ""), actor)
            return redirect(f"{here.topic(topic)}#t-{made}")
    return redirect(here.topic(topic))


def _shown(request: HttpRequest, here: Desk, topic: Topic, *, refusal: TeladanError | None = None) -> HttpResponse:
    """The discussion as it stands; after a refusal with what was typed in its place."""
    actor, asked = actor_of(request), request.GET.get("hal", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 6 else 1
    found = learning.discussion(here.seat, topic, page=number, by=actor)
    typed = request.POST if refusal else None
    context = around(request, here) | {
        "found": found,
        "entries": [
            (card, here.entry(card), [(answer, here.entry(answer)) for answer in card.answers])
            for card in found.entries
        ],
        "page": Paginator(range(found.total), learning.ENTRIES_A_PAGE).get_page(found.page),
        "here_url": here.topic(topic),
        "source_url": _source(here, topic),
        "text": typed.get("text", "") if typed else found.draft,
        "answered": typed.get("answers_to", "") if typed else "",
        "aksi": typed.get("aksi", "kirim") if typed else "",
        "names": bool(typed.get("names_author")) if typed else False,
        "reason_form": Reason(typed) if typed and typed.get("aksi") == "tutup" else Reason(),
        "refusal": refusal,
        "longest": learning.LONGEST_ENTRY,
    }
    return render(request, "classroom/discussion.html", context, status=refusal.status if refusal else 200)


def _source(here: Desk, topic: Topic) -> str:
    """Where a participant reads what is talked about."""
    if not here.is_member or not topic.chapter:
        return ""
    where = {"enrolment_id": here.seat.enrolment_id, "chapter": topic.chapter, "page": topic.name}
    return reverse("employee:page", kwargs=where)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, entry_id: UUID, **seat: UUID) -> HttpResponse:
    """One entry with what one may do about it: change or withdraw one's own; pin, quote or hide it as who leads."""
    here, actor = desk(**seat), actor_of(request)
    card, topic = learning.entry(here.seat, entry_id, by=actor)
    refusal: TeladanError | None = None
    if request.method == "POST":
        try:
            said = _act(request, here, entry_id)
        except (Invalid, Conflict) as error:
            refusal = error
        else:
            messages.success(request, said)
            return redirect(f"{here.topic(topic)}#t-{entry_id}")
    found = learning.discussion(here.seat, topic, by=actor)
    context = around(request, here) | {
        "entry": card,
        "found": found,
        "here_url": here.url("entry", entry_id=entry_id),
        "topic_url": here.topic(topic),
        "text": request.POST.get("text", card.text) if refusal else card.text,
        "reason_form": Reason(request.POST) if refusal else Reason(),
        "aksi": request.POST.get("aksi", "") if refusal else "",
        "refusal": refusal,
        "longest": learning.LONGEST_ENTRY,
    }
    return render(request, "classroom/entry.html", context, status=refusal.status if refusal else 200)


def _act(request: HttpRequest, here: Desk, entry_id: UUID) -> str:
    """Do what was asked about an entry; the words that say so."""
    typed = request.POST
    acts: dict[str, tuple[Callable[..., None], str]] = {
        "simpan": (partial(learning.change_entry, text=typed.get("text", "")), _("Perubahan tersimpan.")),
        "tarik": (learning.withdraw_entry, _("Tulisan Anda ditarik; isinya sudah dihapus.")),
        "sematkan": (partial(learning.pin_entry, pinned=True), _("Tulisan disematkan di atas.")),
        "lepas": (partial(learning.pin_entry, pinned=False), _("Sematan dilepas.")),
        "kutip": (
            partial(learning.quote_entry, quoted=True),
            _("Tulisan dikutip dalam laporan angkatan; penulisnya melihat tandanya."),
        ),
        "batal-kutip": (partial(learning.quote_entry, quoted=False), _("Kutipan dikeluarkan dari laporan.")),
        "sembunyikan": (
            partial(learning.hide_entry, reason=typed.get("reason", "")),
            _("Tulisan disembunyikan; penulisnya membaca alasannya."),
        ),
        "tampilkan": (learning.show_entry, _("Tulisan ditampilkan lagi.")),
    }
    if (asked := typed.get("aksi", "")) not in acts:
        raise Invalid(_("Pilih dahulu apa yang ingin Anda lakukan."))
    act, said = acts[asked]
    act(seat=here.seat, entry_id=entry_id, by=actor_of(request))
    return said


def around(request: HttpRequest, here: Desk) -> dict[str, Any]:
    """What surrounds a page of the class: the participant's module, or the cohort with its tabs."""
    actor = actor_of(request)
    base: dict[str, Any] = {
        "desk": here,
        "is_member": here.is_member,
        "list_url": here.url("discussions"),
        "clips_url": here.url("clips"),
    }
    if here.seat.enrolment_id is not None:
        study = learning.study(here.seat.enrolment_id, by=actor)
        return base | {"study": study, "course": study.course, "cohort_title": study.cohort_title}
    cohort = learning.cohort(here.cohort_id, by=actor)
    return base | {"cohort": cohort, "cohort_title": cohort.title, "may_organise": learning.may_organise(actor)}
