"""Many accounts at once, for rosters: at most 500 in the caller's transaction, and the caller answers for the
permission."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor, Role
from teladan.accounts.data import NewAccount
from teladan.accounts.domain.account import BULK, refuse_taken_emails
from teladan.accounts.models import Account
from teladan.accounts.queries.account import live_grants
from teladan.accounts.validators import clean_email, clean_login, clean_name
from teladan.kernel.errors import Conflict, NotFound
from teladan.ledger import api as ledger


def rewrite_accounts(*, agency_id: UUID, details: Mapping[UUID, NewAccount], by: Actor | None) -> None:
    """Set name and e-mail address (not the login) of accounts of an agency. Conflict when an address is in use."""
    with transaction.atomic():
        accounts = {account.id: account for account in _locked(agency_id, details)}
        for account_id, new in details.items():
            accounts[account_id].name = clean_name(new.name)
            accounts[account_id].email = clean_email(new.email)
        emails = [account.email for account in accounts.values() if account.email]
        others = Account.objects.filter(email__in=emails).exclude(id__in=list(accounts))
        if len(set(emails)) < len(emails) or others.exists():
            refuse_taken_emails(emails)
        Account.objects.bulk_update(accounts.values(), ["name", "email"])
        _record("accounts.updated", agency_id, by, list(accounts))


def close_accounts(*, agency_id: UUID, account_ids: Collection[UUID], by: Actor | None) -> list[UUID]:
    """Close accounts and sign them out; the ids that are closed now. Operators stay open: a list that somebody is
    missing from must not lock the agency out."""
    with transaction.atomic():
        operators = set(
            live_grants()
            .filter(account_id__in=account_ids, role=Role.OPERATOR, scope_id=None)
            .values_list("account_id", flat=True)
        )
        closing = [account.id for account in _locked(agency_id, account_ids) if account.id not in operators]
        open_now = Account.objects.filter(id__in=closing, is_active=True)
        if open_now.update(is_active=False, session_mark=models.F("session_mark") + 1):
            _record("accounts.deactivated", agency_id, by, closing)
    return closing


def reopen_accounts(*, agency_id: UUID, account_ids: Collection[UUID], by: Actor | None) -> None:
    """Let closed accounts in again, with the passwords they had."""
    with transaction.atomic():
        closed = [account.id for account in _locked(agency_id, account_ids) if not account.is_active]
        if closed:
            Account.objects.filter(id__in=closed).update(is_active=True)
            _record("accounts.reactivated", agency_id, by, closed)


def rename_login(*, account_id: UUID, login: str, by: Actor | None) -> None:
    """Another login for an account (its NIP was mistyped). Conflict when it is in use."""
    login = clean_login(login)
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).filter(id=account_id).first()
        if account is None:
            raise NotFound(_("Akun ini tidak ditemukan."))
        if Account.objects.filter(username=login).exclude(id=account_id).exists():
            raise Conflict(_("Nama pengguna ini sudah dipakai."), field="username")
        account.username = login
        account.save(update_fields=["username"])
        _record("accounts.login_changed", account.agency_id, by, [account_id])


def _locked(agency_id: UUID, account_ids: Collection[UUID]) -> list[Account]:
    if len(account_ids) > BULK:
        raise ValueError(f"at most {BULK} accounts in one transaction")
    # The agency is compared here and not in the query, where it would lead SQLite to a worse index.
    found = Account.objects.select_for_update(no_key=True).filter(id__in=account_ids).order_by("id")
    return [account for account in found if account.agency_id == agency_id]


def _record(act: str, agency_id: UUID, by: Actor | None, account_ids: list[UUID]) -> None:
    ids: list[ledger.JSON] = [str(account_id) for account_id in account_ids]
    ledger.record(
        act=act,
        agency_id=agency_id,
        actor_id=by.account_id if by else None,
        subject=f"account:{account_ids[0]}" if len(account_ids) == 1 else f"agency:{agency_id}",
        data={"count": len(ids), "accounts": ids},
    )
