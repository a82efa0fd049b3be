"""Units and people of the agency: the tree, the list, one person."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel.errors import NotFound
from teladan.people import api as people
from teladan.web.base.requests import actor_of
from teladan.web.operator import words
from teladan.web.operator.access import LOOK, offers, only
from teladan.web.operator.paging import window
from teladan.web.ui.exports import csv_response, xlsx_response
from teladan.web.ui.tables import Cell, Column, Table

EXPORT_STEP = 500  # accounts in one query
LONGEST_SEARCH = 80  # signs


@dataclass
class Branch:
    """A unit in the tree with the people in it and below it."""

    unit: people.UnitCard
    own: int
    below: list["Branch"] = field(default_factory=list)

    @property
    def all(self) -> int:
        return self.own + sum(branch.all for branch in self.below)


@only(*LOOK)
@require_GET
def overview(request: HttpRequest) -> HttpResponseBase:
    """The tree of units with their people, and what to do next."""
    actor = actor_of(request)
    counts = people.headcounts_visible_to(actor)
    tree = _tree(people.units_visible_to(actor), counts)
    total = people.people_visible_to(actor, limit=1).total
    may = offers(actor)
    imports = people.rosters_visible_to(actor, limit=3) if may["may_see_rosters"] else []
    context = {
        "tree": tree,
        "units": sum(1 for _branch in _walk(tree)),
        "people": total,
        "placed": sum(counts.values()),
        "imports": [(one, *words.ROSTER_STATES[one.state]) for one in imports],
        **may,
    }
    return render(request, "operator/overview.html", context)


def _tree(units: list[people.UnitCard], counts: dict[UUID, int]) -> list[Branch]:
    """The units in their order as branches; a unit whose parent is not seen stands at the top."""
    branches = {unit.id: Branch(unit, counts.get(unit.id, 0)) for unit in units}
    top: list[Branch] = []
    for unit in units:
        above = branches.get(unit.parent_id) if unit.parent_id else None
        (above.below if above else top).append(branches[unit.id])
    return top


def _walk(tree: list[Branch]) -> Iterator[Branch]:
    for branch in tree:
        yield branch
        yield from _walk(branch.below)


@dataclass(frozen=True)
class Wish:
    """What the list is narrowed to. `typed` is what stands in the box, `search` what of it is looked for."""

    typed: str
    search: str
    unit_id: UUID | None
    unit_is_unknown: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Wish":
        """From the address; an unknown unit narrows nothing, and the page says so."""
        typed = request.GET.get("cari", "")[:LONGEST_SEARCH]
        unit = request.GET.get("unit", "")
        try:
            unit_id = UUID(unit) if unit else None
        except ValueError:
            return cls(typed, searchable(typed), None, unit_is_unknown=True)
        return cls(typed, searchable(typed), unit_id)

    @property
    def is_lost(self) -> bool:
        """Something was typed, but there is nothing in it that could be looked for."""
        return bool(self.typed) and not self.search

    @property
    def is_changed(self) -> bool:
        """What is looked for is not just what was typed."""
        return bool(self.search) and self.search != " ".join(self.typed.split())


def searchable(typed: str) -> str:
    """What can be looked for in a text from a search box: without signs that nobody sees, and empty when there is
    neither a letter nor a digit in it."""
    seen = "".join(sign if sign.isprintable() else " " for sign in typed)
    return " ".join(seen.split()) if any(sign.isalnum() for sign in seen) else ""


@only(*LOOK)
@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    """The people of the agency, searched by name (or a whole NIP), narrowed to a unit and those below it."""
    actor, wish = actor_of(request), Wish.of(request)
    items, page = window(request, lambda limit, offset: _fetch(actor, wish, limit, offset))
    cards = accounts.account_cards([card.account_id for card in items])
    query = request.GET.urlencode()
    exports = [
        (label, f"{reverse('operator:people_export', args=[kind])}{f'?{query}' if query else ''}")
        for label, kind in (("XLSX", "xlsx"), ("CSV", "csv"))
    ]
    context = {
        "table": Table(
            caption=_("Pegawai"),
            columns=[Column(label=name) for name in _headings()],
            rows=[_row(card, cards.get(card.account_id)) for card in items],
            page=page,
            exports=exports,
        ),
        "wish": wish,
        "unit_id": str(wish.unit_id or ""),
        "units": people.units_visible_to(actor),
        "is_filtered": bool(wish.typed or wish.unit_id),
        **offers(actor),
    }
    return render(request, "operator/people.html", context)


def _headings() -> list[str]:
    return [_("Nama"), _("NIP"), _("Jenis"), _("Jabatan"), _("Unit"), _("Akun")]


def _fetch(actor: Actor, wish: Wish, limit: int, offset: int) -> accounts.Page[people.PersonCard]:
    if wish.is_lost:
        return accounts.Page(items=(), total=0)
    return people.people_visible_to(actor, search=wish.search, unit_id=wish.unit_id, limit=limit, offset=offset)


def _row(card: people.PersonCard, account: accounts.AccountCard | None) -> list[Cell | str]:
    return [
        Cell(text=card.name, url=reverse("operator:person", args=[card.account_id])),
        card.nip_masked,
        words.kind(card.kind),
        Cell(text=card.position or "–", note=_("Kepala unit") if card.is_head else ""),
        card.unit_name or "–",
        Cell(text=account_words(account)[0], tone=account_words(account)[1]),
    ]


def account_words(account: accounts.AccountCard | None) -> tuple[str, str]:
    """Where an account stands, in words and tone."""
    if account is None or not account.is_active:
        return _("nonaktif"), "abu"
    return (_("belum aktivasi"), "awas") if account.must_activate else (_("aktif"), "beres")


@only(*LOOK)
@require_GET
def export(request: HttpRequest, kind: str) -> HttpResponseBase:
    """The same list, whole, as a file. NIPs stay masked: a file wanders further than a page."""
    make = {"csv": csv_response, "xlsx": xlsx_response}.get(kind)
    if make is None:
        raise Http404
    actor, wish = actor_of(request), Wish.of(request)
    columns = [_("Nama"), _("NIP (disamarkan)"), _("Jenis"), _("Golongan"), _("Jabatan"), _("Kepala unit"),
               _("Kode unit"), _("Unit"), _("Akun")]  # fmt: skip
    found: list[people.PersonCard] = []
    if not wish.is_lost:
        found = people.export_people(kind=kind, search=wish.search, unit_id=wish.unit_id, by=actor)
    return make(_("Pegawai"), columns, list(_export_rows(found)))


def _export_rows(found: list[people.PersonCard]) -> Iterator[list[Any]]:
    for start in range(0, len(found), EXPORT_STEP):
        part = found[start : start + EXPORT_STEP]
        cards = accounts.account_cards([card.account_id for card in part])
        for card in part:
            head = _("ya") if card.is_head else ""
            state = account_words(cards.get(card.account_id))[0]
            kind = words.kind(card.kind)
            post = (card.position, head, card.unit_code, card.unit_name)
            yield [card.name, card.nip_masked, kind, card.rank, *post, state]


@only(*LOOK)
@require_GET
def person(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """One person: where they work today and worked before, who leads them, how they come in."""
    actor = actor_of(request)
    card = people.person_of(account_id)
    if card is None or card.agency_id != actor.agency_id:
        raise NotFound(_("Pegawai ini tidak ditemukan di instansi Anda."), next_step=_("Cari di daftar pegawai."))
    above = people.person_of(card.superior_account_id) if card.superior_account_id else None
    account = accounts.account_card(account_id)
    may = offers(actor)
    posts = people.posts_visible_to(actor, account_id=account_id)
    context = {
        "card": card,
        "kind": words.kind(card.kind),
        "superior": above,
        "account": account,
        "account_state": account_words(account),
        "posts": [(post, words.APPOINTMENTS[post.kind]) for post in posts],
        "nip": people.nip_visible_to(actor, account_id=account_id) if may["may_see_nip"] else None,
        **may,
    }
    return render(request, "operator/person.html", context)
