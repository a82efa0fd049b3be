"""Accounts and roles: who may come in, and who may do what until when."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.kernel.errors import NotAllowed, NotFound, TeladanError
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.web.base.requests import actor_of
from teladan.web.base.roles import ROLES, role_name, role_reach
from teladan.web.operator import words
from teladan.web.operator.access import ACCOUNTS, MANAGE, may, offers, only
from teladan.web.operator.forms import GIVEN, GiveRole, NewAccount, told
from teladan.web.operator.paging import window
from teladan.web.operator.views.people import LONGEST_SEARCH, account_words, searchable
from teladan.web.ui.tables import Cell, Column, Table


def _role(text: str) -> Role | None:
    return Role(text) if text in [role.value for role in GIVEN] else None


@only(*ACCOUNTS)
@require_GET
def listing(request: HttpRequest) -> HttpResponseBase:
    """Accounts by name, searched by name or by a whole login, narrowed to those who hold a role."""
    actor = actor_of(request)
    typed = request.GET.get("cari", "")[:LONGEST_SEARCH]
    search = searchable(typed)
    is_lost = bool(typed) and not search
    role = _role(request.GET.get("peran", ""))
    items, page = window(
        request,
        lambda limit, offset: (
            accounts.Page(items=(), total=0)
            if is_lost
            else accounts.accounts_visible_to(actor, search=search, role=role, limit=limit, offset=offset)
        ),
    )
    columns = (
        Column(label=_("Nama")),
        Column(label=_("Unit")),
        Column(label=_("Peran")),
        Column(label=_("Keadaan")),
    )
    context = {
        "table": Table(caption=_("Akun"), columns=columns, rows=_rows(items), page=page),
        "typed": typed,
        "is_lost": is_lost,
        "role": role.value if role else "",
        "roles": [(given.value, role_name(given)) for given in GIVEN],
        "is_filtered": bool(typed or role),
        **offers(actor),
    }
    return render(request, "operator/accounts.html", context)


def _rows(cards: Sequence[accounts.AccountCard]) -> list[list[Cell | str]]:
    """Accounts with where their people work. Who is in no roster is told by their login instead; a login that is a NIP
    is masked almost whole and would tell nobody apart."""
    posts = people.cards_of([card.id for card in cards])
    rows: list[list[Cell | str]] = []
    for card in cards:
        state, tone = account_words(card)
        post = posts.get(card.id)
        rows.append([
            Cell(text=card.name, url=reverse("operator:account", args=[card.id])),
            Cell(text=post.unit_name or "–", note=post.position) if post else card.username_masked,
            ", ".join(role_name(role) for role in card.roles) or _("Pegawai"),
            Cell(text=state, tone=tone),
        ])  # fmt: skip
    return rows


@only(*MANAGE)
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponseBase:
    """Open an account for somebody outside the roster."""
    form = NewAccount(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account_id = form.save(actor_of(request))
        except TeladanError as error:
            form.add_error(error.field if error.field in form.fields else None, told(error))
        else:
            messages.success(request, _("Akun dibuka. Berikan perannya, lalu kode aktivasinya."))
            return redirect("operator:account", account_id=account_id)
    context = {"form": form, **offers(actor_of(request))}
    return render(request, "operator/new_account.html", context, status=422 if form.errors else 200)


def _card(actor: Actor, account_id: UUID) -> accounts.AccountCard:
    card = accounts.account_card(account_id)
    if card is None or card.agency_id != actor.agency_id:
        raise NotFound(_("Akun ini tidak ditemukan di instansi Anda."), next_step=_("Cari di daftar akun."))
    return card


@only(*ACCOUNTS)
@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """One account: its roles and their ends; a post gives another one. Strong roles are shown once more in plain words
    before they are given (`yakin`)."""
    actor = actor_of(request)
    card = _card(actor, account_id)
    if request.method == "POST" and not may(actor, MANAGE):
        raise NotAllowed(
            _("Peran Anda pada akun ini hanya melihat."), next_step=_("Peran diberikan oleh operator instansi.")
        )
    cohorts = learning.cohort_names(actor)
    form = GiveRole(request.POST if request.method == "POST" else None, cohorts=cohorts)
    if request.method == "POST" and form.is_valid():
        role = Role(form.cleaned_data["role"])
        if role in words.POWERS and "yakin" not in request.POST:
            return _ask(request, card, role, until=form.cleaned_data["until"])
        try:
            form.save(account_id, actor)
        except TeladanError as error:
            form.add_error(error.field if error.field in form.fields else None, told(error))
        else:
            messages.success(request, _("Peran diberikan. Yang bersangkutan melihatnya pada halaman berikutnya."))
            return redirect("operator:account", account_id=account_id)
    return render(
        request, "operator/account.html", _about(actor, card, form, cohorts), status=422 if form.errors else 200
    )


def _about(
    actor: Actor, card: accounts.AccountCard, form: GiveRole, cohorts: list[learning.CohortName]
) -> dict[str, Any]:
    titles = {cohort.id: cohort.title for cohort in cohorts}
    grants = accounts.grants_visible_to(actor, account_id=card.id)
    return {
        "card": card,
        "state": account_words(card),
        "person": people.person_of(card.id),
        "is_self": card.id == actor.account_id,
        "grants": [
            {
                "id": grant.id,
                "name": role_name(grant.role),
                "is_strong": grant.role in words.POWERS,
                "reach": role_reach(grant.role),
                "scope": titles.get(grant.scope_id, _("angkatan tertentu")) if grant.scope_id else "",
                "until": grant.until,
                "given_at": grant.given_at,
            }
            for grant in grants
        ],
        "form": form,
        "reaches": [(role.value, role_name(role), role_reach(role)) for role in ROLES if role is not Role.EMPLOYEE],
        **offers(actor),
    }


def _ask(
    request: HttpRequest,
    card: accounts.AccountCard,
    role: Role,
    *,
    until: date | None = None,
    grant: accounts.GrantCard | None = None,
) -> HttpResponseBase:
    """What a role means, for whom, until when, before it is given; with a `grant`, before it is taken back."""
    powers, closed = words.POWERS.get(role, ((role_reach(role),), ""))
    context = {
        "card": card,
        "person": people.person_of(card.id),
        "is_self": card.id == actor_of(request).account_id,
        "role": role.value,
        "role_name": role_name(role),
        "powers": powers,
        "closed": closed,
        "until": until,
        "grant": grant,
        **offers(actor_of(request)),
    }
    return render(request, "operator/role_confirm.html", context)


@only(*MANAGE)
@require_http_methods(["GET", "POST"])
def revoke(request: HttpRequest, account_id: UUID, grant_id: UUID) -> HttpResponseBase:
    """Take a role back; reading the page only says what that means."""
    actor = actor_of(request)
    card = _card(actor, account_id)
    if request.method == "GET":
        grants = accounts.grants_visible_to(actor, account_id=account_id)
        grant = next((one for one in grants if one.id == grant_id), None)
        if grant is None:
            raise NotFound(
                _("Peran ini sudah dicabut atau tidak ada pada akun ini."),
                next_step=_("Lihat peran yang masih berlaku pada halaman akunnya."),
            )
        return _ask(request, card, grant.role, grant=grant)
    accounts.revoke_grant(grant_id=grant_id, by=actor)
    messages.success(request, _("Peran dicabut."))
    return redirect("operator:account", account_id=account_id)


def _change(
    request: HttpRequest, account_id: UUID, verb: Callable[..., object], done: str, *, none: str = ""
) -> HttpResponseBase:
    """Do it to an account of the agency and say so; `none` is said when the verb answers that there was nothing to do."""
    actor = actor_of(request)
    _card(actor, account_id)
    changed = verb(account_id=account_id, by=actor)
    if none and not changed:
        messages.info(request, none)
    else:
        messages.success(request, done)
    return redirect("operator:account", account_id=account_id)


@only(*MANAGE)
@require_POST
def close(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """Nobody comes in with this account any more."""
    done = _("Akun dinonaktifkan dan keluar dari semua perangkat.")
    return _change(request, account_id, accounts.deactivate_account, done)


@only(*MANAGE)
@require_POST
def reopen(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """The account may come in again."""
    return _change(request, account_id, accounts.reactivate_account, _("Akun diaktifkan kembali."))


@only(*MANAGE)
@require_POST
def sign_out(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """End all its sessions: a telephone was lost."""
    return _change(request, account_id, accounts.sign_out_everywhere, _("Akun keluar dari semua perangkat."))


@only(*MANAGE)
@require_POST
def release(request: HttpRequest, account_id: UUID) -> HttpResponseBase:
    """Take the second factor away from somebody who was recognised in person."""
    done = _("Kode masuk dilepas; kata sandi saja cukup untuk masuk.")
    none = _("Akun ini tidak memakai kode masuk; tidak ada yang dilepas.")
    return _change(request, account_id, accounts.remove_second_factor, done, none=none)
