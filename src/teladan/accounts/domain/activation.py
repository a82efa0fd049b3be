"""Codes with which the owner of an account sets the first or a new password: no mail server is needed."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from teladan.access.api import Actor, Role
from teladan.accounts.data import ActivationSlip, Limit
from teladan.accounts.domain.account import BULK
from teladan.accounts.domain.second_factor import forget_keys
from teladan.accounts.domain.throttle import count_attempt, forgive_attempt
from teladan.accounts.enums import ResetReason
from teladan.accounts.events import ActivationIssued
from teladan.accounts.models import Account, ActivationCode
from teladan.accounts.permissions import TABLE, Of, demand, within
from teladan.accounts.queries.account import account_by_login, live_grants
from teladan.accounts.scope import agency_scope
from teladan.accounts.validators import clean_password, normal_login
from teladan.jobs import api as jobs
from teladan.kernel import clock, ids
from teladan.kernel.errors import Invalid, NotAllowed, NotFound
from teladan.ledger import api as ledger

VALID_FOR = timedelta(days=14)


def issue_activation(*, account_id: UUID, by: Actor | None) -> str:
    """A new code for one account, such as "7K4P-9WQX-H2MD"; earlier codes stop working. The old password, if there is
    one, works until the code is used, so that nobody can be locked out by a code made for them."""
    return issue_activations(account_ids=[account_id], by=by)[0].code


def issue_activations(*, account_ids: Sequence[UUID], by: Actor | None) -> list[ActivationSlip]:
    """New codes for at most 500 accounts, to print and hand over; in the order given. NotFound when one is missing."""
    if len(account_ids) > BULK:
        raise ValueError(f"at most {BULK} codes in one transaction")
    found = {account.id: account for account in Account.objects.filter(id__in=account_ids, **within(by))}
    if len(found) < len(set(account_ids)):
        raise NotFound(_("Akun ini tidak ditemukan."))
    accounts = [found[account_id] for account_id in account_ids]
    _refuse(accounts, by)
    slips = [_slip(account) for account in accounts]
    with transaction.atomic(), scopes_disabled():
        _keep(slips, found, by)
    return slips


def reset_access(*, account_id: UUID, reason: ResetReason, by: Actor | None) -> ActivationSlip:
    """A code for one person who was recognised, with its reason in the record: all sessions end and earlier codes stop
    working. A lost device also loses passkeys and second factor; on suspicion the old password ends at once (both
    need the right to manage accounts). The owner is told."""
    with transaction.atomic(), scopes_disabled():
        account = Account.objects.select_for_update().filter(id=account_id, **within(by)).first()
        if account is None:
            raise NotFound(_("Akun ini tidak ditemukan."))
        _refuse([account], by)
        if reason.removes_keys:
            demand(by, "accounts.manage", account)
        slip = _slip(account)
        _keep([slip], {account.id: account}, by, reason=reason)
        account.session_mark += 1
        if reason.kills_password:
            account.set_unusable_password()
            account.must_activate = True
        account.save(update_fields=["session_mark", "password", "must_activate"])
        if reason.removes_keys:
            forget_keys(account)
    return slip


def _slip(account: Account) -> ActivationSlip:
    return ActivationSlip(
        account_id=account.id,
        name=account.name,
        username=account.username,
        code=_printed(ids.code(12)),
        expires_at=clock.now() + VALID_FOR,
    )


def _refuse(accounts: Sequence[Account], by: Actor | None) -> None:
    """Whoever may hand out codes may still not rise by it: neither into an operator's account nor round the own
    password."""
    operators: set[UUID] = set()
    if by is not None and not TABLE.can(by, "accounts.manage", Of(by.agency_id)):
        live = live_grants().filter(account__in=accounts, role=Role.OPERATOR, scope_id=None)
        operators = set(live.values_list("account_id", flat=True))
    for account in accounts:
        demand(by, "accounts.activate_others", account)
        if not account.is_active:
            raise Invalid(
                _("Akun %(name)s dinonaktifkan, sehingga tidak dapat diberi kode.") % {"name": account.name},
                next_step=_("Aktifkan kembali akunnya lebih dahulu."),
            )
        if account.id in operators:
            raise NotAllowed(
                _("%(name)s adalah operator; kodenya hanya dapat dibuat operator lain.") % {"name": account.name},
                next_step=_("Minta operator lain, atau pengelola server bila tidak ada."),
            )
        if by is not None and by.account_id == account.id:
            raise Invalid(
                _("Anda tidak dapat membuat kode untuk akun Anda sendiri."),
                next_step=_("Ganti kata sandi di halaman akun Anda, atau minta rekan yang berwenang."),
            )


def _keep(
    slips: list[ActivationSlip],
    accounts: dict[UUID, Account],
    by: Actor | None,
    *,
    reason: ResetReason | None = None,
) -> None:
    now, by_id = clock.now(), by.account_id if by else None
    locked = Account.objects.select_for_update(no_key=True).filter(id__in=list(accounts)).order_by("id")
    list(locked.values_list("pk"))  # of two codes made at once, the later must find the earlier and withdraw it
    ActivationCode.objects.filter(account_id__in=list(accounts), used_at=None, withdrawn_at=None).update(
        withdrawn_at=now
    )
    ActivationCode.objects.bulk_create(
        ActivationCode(
            agency_id=accounts[slip.account_id].agency_id,
            account_id=slip.account_id,
            code_hash=_hash(slip.account_id, slip.code),
            expires_at=slip.expires_at,
            made_by_id=by_id,
        )
        for slip in slips
    )
    for slip in slips:
        agency_id = accounts[slip.account_id].agency_id
        ledger.record(
            act="accounts.access_reset" if reason else "accounts.activation_issued",
            agency_id=agency_id,
            actor_id=by_id,
            subject=f"account:{slip.account_id}",
            data={"expires_at": slip.expires_at.isoformat(), **({"reason": reason.value} if reason else {})},
        )
        event = ActivationIssued(
            account_id=slip.account_id,
            by_id=by_id,
            expires_at=slip.expires_at,
            reason=reason.value if reason else "",
            is_first=accounts[slip.account_id].must_activate,
        )
        jobs.publish(event, agency_id=agency_id)


def activate(*, login: str, code: str, password: str, address: str = "") -> UUID:
    """Set the password of the account named by `login` (NIP, chosen login or e-mail) with its code; the account's id.
    TooMany after ten wrong tries in fifteen minutes for the login or fifty for the `address`; Invalid says what to
    mend. A wrong login, a wrong code and an expired one get the same answer."""
    tries = _tries(login, address)
    count_attempt(tries)
    account = account_by_login(login)
    if account is None or not account.is_active:
        raise _wrong()
    try:
        _use(account, code, password)
    except Invalid as refusal:
        if refusal.field == "password":  # the code was right: choosing a weak password is no guess
            forgive_attempt(tries)
        raise
    forgive_attempt(tries)
    return account.id


def _use(account: Account, code: str, password: str) -> None:
    with agency_scope(account.agency_id), transaction.atomic():
        kept = ActivationCode.objects.select_for_update().filter(
            account=account, code_hash=_hash(account.id, code), used_at=None, withdrawn_at=None
        )
        found = kept.filter(expires_at__gt=clock.now()).first()
        if found is None:
            raise _wrong()
        account.set_password(clean_password(password, account))
        account.must_activate = False
        account.save(update_fields=["password", "must_activate"])
        found.used_at = clock.now()
        found.save(update_fields=["used_at"])
        ledger.record(
            act="accounts.activated",
            agency_id=account.agency_id,
            actor_id=account.id,
            subject=f"account:{account.id}",
            data={},
        )


def forget_old_codes(*, limit: int) -> int:
    """Delete at most `limit` codes that ended ninety days ago; returns how many. The ledger keeps the acts."""
    before = clock.now() - timedelta(days=90)
    with transaction.atomic(), scopes_disabled():
        old = list(ActivationCode.objects.filter(expires_at__lt=before).values_list("pk", flat=True)[:limit])
        return int(ActivationCode.objects.filter(pk__in=old).delete()[0])


def _tries(login: str, address: str) -> list[Limit]:
    quarter = timedelta(minutes=15)
    tries = [Limit(action="activation", key=f"login:{normal_login(login)}", limit=10, period=quarter)]
    if address:
        tries.append(Limit(action="activation", key=f"address:{address}", limit=50, period=quarter))
    return tries


def _wrong() -> Invalid:
    return Invalid(
        _("Kode aktivasi tidak cocok dengan NIP atau nama pengguna ini, sudah dipakai, atau sudah kedaluwarsa."),
        field="code",
        next_step=_("Periksa penulisannya, atau minta kode baru kepada bagian kepegawaian."),
    )


def _printed(code: str) -> str:
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _hash(account_id: UUID, code: str) -> str:
    """Of the code without the signs that only help reading; 59 random bits need no slow hash."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    return salted_hmac(f"teladan.activation.{account_id}", plain, algorithm="sha256").hexdigest()
