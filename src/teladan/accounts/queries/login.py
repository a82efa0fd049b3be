"""Which logins and addresses are in use, for many at once. The answers are for the checks, never for a page."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from teladan.accounts.models import Account


@dataclass(frozen=True)
class LoginUse:
    """An account behind a login or an address, of any agency."""

    account_id: UUID
    agency_id: UUID


def logins_in_use(logins: Collection[str]) -> dict[str, LoginUse]:
    """Login -> its account, for those (as they are kept, see `normal_login`) that are in use anywhere."""
    found = Account.objects.filter(username__in=logins).values_list("username", "id", "agency_id")
    return {login: LoginUse(account_id, agency_id) for login, account_id, agency_id in found}


def emails_in_use(emails: Collection[str]) -> dict[str, UUID]:
    """E-mail address (lower case) -> its account, for those that are in use anywhere."""
    found = Account.objects.filter(email__in=[email for email in emails if email])
    return dict(found.values_list("email", "id"))
