"""The sign-in backend: allauth's, reading the account together with its agency, because every request needs both."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend

from teladan.accounts.models import Account
from teladan.accounts.row import Row

_accounts = Row(Account, join=["agency"])


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth brings no types
    """One read instead of two on every request of somebody signed in."""

    def get_user(self, user_id: Any) -> Account | None:
        account = _accounts.get(user_id)
        return account if account is not None and self.user_can_authenticate(account) else None
