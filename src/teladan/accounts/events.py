"""Facts that accounts announces."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from teladan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class RoleGranted(Event):
    """An account was given a role."""

    name = "accounts.role_granted"
    account_id: UUID
    role: str
    until: datetime | None


@dataclass(frozen=True, kw_only=True)
class RoleRevoked(Event):
    """A role was taken back before its end."""

    name = "accounts.role_revoked"
    account_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class ActivationIssued(Event):
    """Somebody made a code with which the password of this account can be set anew: its owner should hear of it."""

    name = "accounts.activation_issued"
    account_id: UUID
    by_id: UUID | None
    expires_at: datetime
    reason: str = ""  # a ResetReason, or nothing when many were printed together
    is_first: bool = False  # the owner has never had a password


@dataclass(frozen=True, kw_only=True)
class SsoLinked(Event):
    """An account can now be entered through an outside provider: its owner should hear of it."""

    name = "accounts.sso_linked"
    account_id: UUID
    label: str
