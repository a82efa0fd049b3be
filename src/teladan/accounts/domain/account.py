"""Accounts are opened, closed and opened again; passwords change; sessions end."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models, transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts.data import NewAccount
from teladan.accounts.domain.grant import keep_an_operator
from teladan.accounts.models import Account
from teladan.accounts.permissions import Of, demand, within
from teladan.accounts.rows import insert_rows
from teladan.accounts.validators import clean_email, clean_login, clean_name, clean_password
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.kernel.ids import uuid7
from teladan.ledger import api as ledger

BULK = 500  # rows in one transaction: longer ones hold every other writer up


def create_account(*, agency_id: UUID, username: str, name: str, email: str = "", by: Actor | None) -> UUID:
    """A new account without a password (its owner sets it with an activation code); its id. `username` is a NIP or a
    chosen login. Conflict when the login or the e-mail address is in use anywhere."""
    demand(by, "accounts.manage", Of(agency_id))
    new = NewAccount(username=username, name=name, email=email)
    with transaction.atomic():
        return _open(agency_id=agency_id, entries=[new], by=by)[clean_login(username)]


def create_accounts(*, agency_id: UUID, entries: Sequence[NewAccount], by: Actor | None) -> dict[str, UUID]:
    """At most 500 new accounts without passwords, in the caller's transaction or one of its own; login -> id. The
    caller answers for the permission (a roster import has its own). Conflict when any login or address is in use."""
    if len(entries) > BULK:
        raise ValueError(f"at most {BULK} accounts in one transaction")
    with transaction.atomic():
        return _open(agency_id=agency_id, entries=entries, by=by)


def _open(*, agency_id: UUID, entries: Sequence[NewAccount], by: Actor | None) -> dict[str, UUID]:
    rows: list[dict[str, Any]] = [
        {
            "id": uuid7(),
            "agency_id": agency_id,
            "username": clean_login(entry.username),
            "name": clean_name(entry.name),
            "email": clean_email(entry.email),
            "password": UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(20),  # as Django does, and much faster
        }
        for entry in entries
    ]
    _refuse_taken([row["username"] for row in rows], [row["email"] for row in rows if row["email"]])
    insert_rows(Account, rows)
    made: list[ledger.JSON] = [str(row["id"]) for row in rows]
    subject = f"account:{made[0]}" if len(made) == 1 else f"agency:{agency_id}"
    ledger.record(
        act="accounts.created",
        agency_id=agency_id,
        actor_id=by.account_id if by else None,
        subject=subject,
        data={"count": len(made), "accounts": made},
    )
    return {row["username"]: row["id"] for row in rows}


def _refuse_taken(logins: list[str], emails: list[str]) -> None:
    if len(set(logins)) < len(logins) or len(set(emails)) < len(emails):
        raise Conflict(_("Dua akun tidak boleh memakai nama pengguna atau e-mail yang sama."), field="username")
    if Account.objects.filter(username__in=logins).exists():
        raise Conflict(
            _("Nama pengguna ini sudah dipakai."),
            field="username",
            next_step=_("Periksa penulisannya. Bila pegawai pindah instansi, hubungi pengelola server."),
        )
    refuse_taken_emails(emails)


def refuse_taken_emails(emails: Sequence[str], *, except_id: UUID | None = None) -> None:
    """Conflict when one of the (clean) addresses belongs to an account other than `except_id`."""
    taken = Account.objects.filter(email__in=emails) if emails else Account.objects.none()
    if (taken if except_id is None else taken.exclude(id=except_id)).exists():
        raise Conflict(_("Alamat e-mail ini sudah dipakai akun lain."), field="email")


def update_account(*, account_id: UUID, name: str, email: str, by: Actor | None) -> None:
    """Another name or e-mail address. Nothing is written when both are as they were."""
    with transaction.atomic():
        account = _locked(account_id, by)
        demand(by, "accounts.manage", account)
        changed = apply_details(account, name=name, email=email)
        if changed:
            _record("accounts.updated", account, by, {"fields": [*changed]})


def apply_details(account: Account, *, name: str, email: str) -> list[str]:
    """Set name and e-mail of a locked account; the names of the fields that changed. The caller records the act."""
    new = {"name": clean_name(name), "email": clean_email(email)}
    changed = [field for field, value in new.items() if getattr(account, field) != value]
    if "email" in changed:
        refuse_taken_emails([new["email"]] if new["email"] else [], except_id=account.id)
    for field in changed:
        setattr(account, field, new[field])
    if changed:
        account.save(update_fields=changed)
    return changed


def deactivate_account(*, account_id: UUID, by: Actor | None) -> None:
    """The account cannot come in any more and is signed out everywhere. Nobody deactivates themselves."""
    with transaction.atomic():
        account = _locked(account_id, by)
        demand(by, "accounts.manage", account)
        if by is not None and by.account_id == account.id:
            raise Invalid(
                _("Anda tidak dapat menonaktifkan akun Anda sendiri."), next_step=_("Minta operator lain melakukannya.")
            )
        if account.is_active:
            keep_an_operator(agency_id=account.agency_id, without=models.Q(account=account))
            close(account)
            _record("accounts.deactivated", account, by, {})


def close(account: Account) -> None:
    """Close a locked account; the caller records the act."""
    account.is_active = False
    account.session_mark += 1
    account.save(update_fields=["is_active", "session_mark"])


def reactivate_account(*, account_id: UUID, by: Actor | None) -> None:
    """A closed account may come in again, with the password it had."""
    with transaction.atomic():
        account = _locked(account_id, by)
        demand(by, "accounts.manage", account)
        if not account.is_active:
            account.is_active = True
            account.save(update_fields=["is_active"])
            _record("accounts.reactivated", account, by, {})


def change_password(*, account_id: UUID, password: str, by: Actor | None) -> None:
    """The owner's new password; every session but the one that says otherwise ends. Invalid when it is too weak."""
    with transaction.atomic():
        account = _locked(account_id, None)
        account.set_password(clean_password(password, account))
        account.must_activate = False
        account.save(update_fields=["password", "must_activate"])
        _record("accounts.password_changed", account, by, {})


def sign_out_everywhere(*, account_id: UUID, by: Actor | None) -> None:
    """End all sessions of the account: its own wish, or the operator's for a lost telephone."""
    with transaction.atomic():
        account = _locked(account_id, by)
        if by is None or by.account_id != account.id:
            demand(by, "accounts.manage", account)
        Account.objects.filter(id=account.id).update(session_mark=models.F("session_mark") + 1)
        _record("accounts.signed_out_everywhere", account, by, {})


def note_sign_in(*, account_id: UUID, method: str) -> None:
    """Record that somebody came in; `method` is "password", "passkey", "sso" or "demo"."""
    with transaction.atomic():
        account = _locked(account_id, None)
        ledger.record(
            act="accounts.signed_in",
            agency_id=account.agency_id,
            actor_id=account.id,
            subject=f"account:{account.id}",
            data={"method": method},
        )


def _locked(account_id: UUID, by: Actor | None) -> Account:
    account = Account.objects.select_for_update(no_key=True).filter(id=account_id, **within(by)).first()
    if account is None:
        raise NotFound(_("Akun ini tidak ditemukan."))
    return account


def _record(act: str, account: Account, by: Actor | None, data: Mapping[str, ledger.JSON]) -> None:
    ledger.record(
        act=act,
        agency_id=account.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"account:{account.id}",
        data=data,
    )
