"""How often somebody may try to come in."""

import ipaddress
from datetime import timedelta
from uuid import UUID

from allauth.mfa import app_settings

from teladan.accounts.data import Limit
from teladan.accounts.validators import normal_login

QUARTER, HOUR = timedelta(minutes=15), timedelta(hours=1)


def sign_in_limits(login: str, address: str) -> list[Limit]:
    """Three nets: one person at one place mistyping; one account tried from many places; one place trying many
    accounts. The last is wide, because a whole office may stand behind one address."""
    name, place = normal_login(login), network(address)
    return [
        Limit(action="sign-in", key=f"{name} at {place}", limit=8, period=QUARTER),
        Limit(action="sign-in", key=f"login {name}", limit=40, period=HOUR),
        Limit(action="sign-in", key=f"place {place}", limit=300, period=QUARTER),
    ]


def passkey_limits(address: str) -> list[Limit]:
    """A passkey cannot be guessed; what is counted is how often one place asks for a challenge."""
    return [Limit(action="passkey", key=f"place {network(address)}", limit=300, period=QUARTER)]


def sso_limits(address: str) -> list[Limit]:
    """Each way to an outside provider costs that provider and us a few answers."""
    return [Limit(action="sso", key=f"place {network(address)}", limit=300, period=QUARTER)]


def second_factor_limits(account_id: UUID) -> list[Limit]:
    """Six digits allow few guesses: ten in fifteen minutes, thirty in a day."""
    return [
        Limit(action="second-factor", key=str(account_id), limit=10, period=QUARTER),
        Limit(action="second-factor-day", key=str(account_id), limit=30, period=timedelta(days=1)),
    ]


def used_code_limit(account_id: UUID, code: str) -> Limit:
    """A code works once (RFC 6238, 5.2), as long as it would be valid: its own half minute and the tolerated ones."""
    valid = timedelta(seconds=app_settings.TOTP_PERIOD) * (2 * app_settings.TOTP_TOLERANCE + 1)
    return Limit(action="second-factor-code", key=f"{account_id} {code}", limit=1, period=valid)


def password_limits(account_id: UUID) -> list[Limit]:
    """Guesses of the present password inside a session that somebody left open."""
    return [Limit(action="password", key=str(account_id), limit=10, period=QUARTER)]


def network(address: str) -> str:
    """The address as it is counted: an IPv6 household shares its first 64 bits."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address or "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((parsed, 64), strict=False).network_address)
    return str(parsed)
