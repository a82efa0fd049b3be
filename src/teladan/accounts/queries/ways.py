"""Reads of the ways into an account."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.conf import settings
from django_scopes import scopes_disabled

from teladan.access.api import Actor
from teladan.accounts.data import PasskeyCard, Ways
from teladan.accounts.models import Account, SsoLink

_KINDS = Authenticator.Type


def ways_of(account_id: UUID) -> Ways:
    """How this account can be entered. The caller knows that its reader may see it."""
    kept = list(Authenticator.objects.filter(user_id=account_id))
    spare = next((one for one in kept if one.type == _KINDS.RECOVERY_CODES), None)
    return Ways(
        password=Account.objects.get(id=account_id).has_usable_password(),
        passkeys=sum(one.type == _KINDS.WEBAUTHN for one in kept),
        sso=_has_sso(account_id),
        codes=any(one.type == _KINDS.TOTP for one in kept),
        spare_codes=len(RecoveryCodes(spare).get_unused_codes()) if spare else 0,
    )


def _has_sso(account_id: UUID) -> bool:
    """Linked with a provider that is still configured."""
    issuers = [provider.issuer for provider in settings.SSO.values()]
    if not issuers:
        return False
    with scopes_disabled():  # narrowed by the account
        return SsoLink.objects.filter(account_id=account_id, issuer__in=issuers).exists()


def passkeys_of(actor: Actor) -> list[PasskeyCard]:
    """The actor's own passkeys, the oldest first."""
    mine = Authenticator.objects.filter(user_id=actor.account_id, type=_KINDS.WEBAUTHN).order_by("created_at", "pk")
    return [
        PasskeyCard(id=one.pk, name=one.data["name"], made_at=one.created_at, used_at=one.last_used_at) for one in mine
    ]
