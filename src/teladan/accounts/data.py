"""What crosses the door of accounts: frozen, without models."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar
from uuid import UUID

from teladan.access.api import Role
from teladan.accounts.devices import Device

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Page(Generic[T]):
    """A part of a list: `items` beginning at `offset`, out of `total`."""

    items: tuple[T, ...]
    total: int
    offset: int = 0


@dataclass(frozen=True, kw_only=True)
class AgencyCard:
    """An agency as pages show it. `zone` is an IANA name."""

    id: UUID
    name: str
    short_name: str
    slug: str
    zone: str
    is_demo: bool


@dataclass(frozen=True, kw_only=True)
class AccountCard:
    """An account as lists show it; the login is masked, because a NIP tells the day of birth and the sex."""

    id: UUID
    agency_id: UUID
    name: str
    username_masked: str
    is_active: bool = True
    must_activate: bool = False
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DemoCard:
    """An account that a demo offers for coming in with one click; `note` says what it shows."""

    id: UUID
    agency_id: UUID
    agency_name: str
    name: str
    note: str


@dataclass(frozen=True, kw_only=True)
class NewAccount:
    """One account to be opened. `username` is a NIP or a chosen login; `email` may be empty."""

    username: str
    name: str
    email: str = ""


@dataclass(frozen=True, kw_only=True)
class GrantCard:
    """A role that was given. `until` None has no end; `scope_id` None reaches the whole agency."""

    id: UUID
    account_id: UUID
    role: Role
    scope_id: UUID | None
    until: datetime | None
    given_at: datetime


@dataclass(frozen=True, kw_only=True)
class ActivationSlip:
    """A code to hand over once, on paper or face to face. Only its hash is kept, so it cannot be read again."""

    account_id: UUID
    name: str
    username: str
    code: str = field(repr=False)
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class ShareCard:
    """What one agency lets another read: which `fields` of which thing, for what, until when."""

    id: UUID
    agency_id: UUID
    with_agency_id: UUID
    object_type: str
    object_id: UUID
    fields: tuple[str, ...]
    purpose: str
    until: datetime


@dataclass(frozen=True, kw_only=True)
class Limit:
    """At most `limit` attempts of `action` by `key` within `period` (counted from the first attempt)."""

    action: str
    key: str
    limit: int
    period: timedelta


@dataclass(frozen=True, kw_only=True)
class SessionCard:
    """A place where somebody is signed in. `seen_at` is known to the hour; `since` None: from before it was kept."""

    id: UUID
    device: Device
    since: datetime | None
    seen_at: datetime
    is_this: bool


@dataclass(frozen=True, kw_only=True)
class PasskeyCard:
    """A passkey as its owner sees it. `id` is only good together with the account."""

    id: int
    name: str
    made_at: datetime
    used_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Ways:
    """The ways by which an account can be entered, and whether a code is asked for after the password."""

    password: bool
    passkeys: int
    sso: bool
    codes: bool
    spare_codes: int

    @property
    def count(self) -> int:
        return int(self.password) + self.passkeys + int(self.sso)


@dataclass(frozen=True, kw_only=True)
class SsoCard:
    """An outside provider as the sign-in page offers it; `agency` is a short name."""

    agency: str
    label: str
