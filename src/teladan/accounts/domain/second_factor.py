"""Taking the second factor away from somebody who has lost the telephone."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from teladan.access.api import Actor
from teladan.accounts.models import Account, SsoLink
from teladan.accounts.permissions import demand, within
from teladan.kernel.errors import NotFound
from teladan.ledger import api as ledger


def remove_second_factor(*, account_id: UUID, by: Actor | None) -> bool:
    """Delete passkeys, authenticator and spare codes and end all sessions of the account; False when there was nothing to delete.
    Whoever asks has to be known in person: the password is then all that is needed to come in."""
    with transaction.atomic():
        account = Account.objects.select_for_update(no_key=True).filter(id=account_id, **within(by)).first()
        if account is None:
            raise NotFound(_("Akun ini tidak ditemukan."))
        demand(by, "accounts.manage", account)
        gone = forget_keys(account)
        if gone:
            account.session_mark += 1
            account.save(update_fields=["session_mark"])
            ledger.record(
                act="accounts.second_factor_taken",
                agency_id=account.agency_id,
                actor_id=by.account_id if by else None,
                subject=f"account:{account.id}",
                data={},
            )
    return gone


def forget_keys(account: Account) -> bool:
    """Delete passkeys, authenticator, spare codes and the link with an outside provider of a locked account; the caller
    records the act."""
    with scopes_disabled():  # narrowed by the account
        unlinked, _each = SsoLink.objects.filter(account=account).delete()
    return bool(unlinked + Authenticator.objects.filter(user=account).delete()[0])
