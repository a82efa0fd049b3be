"""Roles are given and taken back."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from teladan.access.api import Actor, Role
from teladan.accounts.events import RoleGranted, RoleRevoked
from teladan.accounts.models import Account, Agency, Grant
from teladan.accounts.permissions import demand, within
from teladan.accounts.scope import agency_scope
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger

LONGEST_ROLE = timedelta(days=5 * 366)  # guards against a slip in the year; a role without an end has none


def grant_role(
    *, account_id: UUID, role: Role, scope_id: UUID | None = None, until: datetime | None = None, by: Actor | None
) -> UUID:
    """Give a role, perhaps for one thing only (`scope_id`: a cohort, a unit), until a moment (aware); the grant's id.
    Given again, it is the same grant with the new end."""
    if role is Role.EMPLOYEE:
        raise Invalid(_("Setiap akun sudah berperan sebagai pegawai."), field="role")
    if until is not None and until <= clock.now():
        raise Invalid(_("Akhir masa peran harus di waktu yang akan datang."), field="until")
    if until is not None and until > clock.now() + LONGEST_ROLE:
        raise Invalid(
            _("Akhir masa peran paling lama lima tahun lagi. Periksa tahunnya, atau kosongkan bila tidak dibatasi."),
            field="until",
        )
    account = Account.objects.filter(id=account_id, **within(by)).first()
    if account is None:
        raise NotFound(_("Akun ini tidak ditemukan."))
    demand(by, _permission(role, scope_id), account)
    with agency_scope(account.agency_id), transaction.atomic():
        live = Grant.objects.select_for_update().filter(account=account, role=role, scope_id=scope_id, revoked_at=None)
        grant = live.first() or Grant(agency_id=account.agency_id, account=account, role=role, scope_id=scope_id)
        if not grant._state.adding:
            if grant.until == until:
                return grant.id
            if until is not None and role is Role.OPERATOR and scope_id is None:
                keep_an_operator(agency_id=account.agency_id, without=models.Q(id=grant.id), at=until)
        grant.until, grant.given_by_id = until, by.account_id if by else None
        grant.save()
        _record("accounts.role_granted", grant, by)
        jobs.publish(RoleGranted(account_id=account_id, role=role, until=until), agency_id=account.agency_id)
    return grant.id


def revoke_grant(*, grant_id: UUID, by: Actor | None) -> None:
    """Take a role back now, once. Conflict for the last operator of an agency."""
    with scopes_disabled(), transaction.atomic():
        grant = Grant.objects.select_for_update().filter(id=grant_id, **within(by)).first()
        if grant is None:
            raise NotFound(_("Peran ini tidak ditemukan."))
        demand(by, _permission(Role(grant.role), grant.scope_id), grant)
        if grant.revoked_at is not None:
            return
        if grant.role == Role.OPERATOR and grant.scope_id is None:
            keep_an_operator(agency_id=grant.agency_id, without=models.Q(id=grant.id))
        grant.revoked_at, grant.revoked_by_id = clock.now(), by.account_id if by else None
        grant.save(update_fields=["revoked_at", "revoked_by"])
        _record("accounts.role_revoked", grant, by)
        jobs.publish(RoleRevoked(account_id=grant.account_id, role=grant.role), agency_id=grant.agency_id)


def _permission(role: Role, scope_id: UUID | None) -> str:
    """What giving (or taking back) a role asks for: facilitating one cohort may be arranged by who organises it."""
    return "accounts.grant_facilitator" if role is Role.FACILITATOR and scope_id is not None else "accounts.grant"


def keep_an_operator(*, agency_id: UUID, without: models.Q, at: datetime | None = None) -> None:
    """Conflict when the agency would be left without a live operator at a moment (default: now) if the grants that
    match `without` were gone. Locks the agency, so that two operators cannot remove each other at once."""
    Agency.objects.select_for_update(no_key=True).get(id=agency_id)
    with agency_scope(agency_id):
        operators = Grant.objects.filter(
            models.Q(until=None) | models.Q(until__gt=at or clock.now()),
            role=Role.OPERATOR,
            scope_id=None,
            revoked_at=None,
            account__is_active=True,
        )
        if operators.filter(without).exists() and not operators.exclude(without).exists():
            raise Conflict(
                _("Ini operator terakhir instansi Anda; tanpa operator tidak ada yang dapat mengelola akun."),
                next_step=_("Beri dahulu peran operator kepada akun lain."),
            )


def _record(act: str, grant: Grant, by: Actor | None) -> None:
    ledger.record(
        act=act,
        agency_id=grant.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"account:{grant.account_id}",
        data={
            "grant": str(grant.id),
            "role": grant.role,
            "scope": str(grant.scope_id) if grant.scope_id else None,
            "until": grant.until.isoformat() if grant.until else None,
        },
    )
