"""Permission tables and their two readings: one thing (`can`) and a whole queryset (`visible`)."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import reduce
from operator import attrgetter, or_
from typing import Any, Protocol, TypeVar
from uuid import UUID

from teladan.kernel import clock


class Role(StrEnum):
    """Roles that a grant can give. EMPLOYEE needs no grant: every account of an agency has it."""

    EMPLOYEE = "pegawai"
    FACILITATOR = "fasilitator"
    ORGANISER = "penyelenggara"
    PERSONNEL = "kepegawaian"
    LEADER = "pimpinan"
    AUDITOR = "pemeriksa"
    OPERATOR = "operator"


class Reach(StrEnum):
    """How far a line of the table goes, always within the actor's agency."""

    OWN = "own"  # things whose path equals the actor's account
    SCOPE = "scope"  # things whose path equals the grant's scope id (a cohort, a unit)
    AGENCY = "agency"  # everything of the agency


@dataclass(frozen=True, kw_only=True)
class Grant:
    """A role given to somebody. `scope_id` narrows it to one thing; `until` (UTC) ends it; None is no limit."""

    role: Role
    scope_id: UUID | None = None
    until: datetime | None = None

    def is_live(self) -> bool:
        """In force now?"""
        return self.until is None or self.until > clock.now()


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Who acts: an account of one agency with its grants. Made by `accounts.api.actor_for`."""

    account_id: UUID
    agency_id: UUID
    name: str = ""
    grants: tuple[Grant, ...] = field(default=())

    def has_role(self, role: Role) -> bool:
        """Does the actor hold the role at all, be it for one thing only?"""
        return role is Role.EMPLOYEE or any(g.role is role and g.is_live() for g in self.grants)

    def has_whole(self, role: Role) -> bool:
        """Does the actor hold the role for the whole agency, not only for one thing of it?"""
        return role is Role.EMPLOYEE or any(g.role is role and g.scope_id is None and g.is_live() for g in self.grants)

    def scopes(self, role: Role) -> frozenset[UUID]:
        """The things for which the actor holds the role."""
        return frozenset(g.scope_id for g in self.grants if g.role is role and g.scope_id and g.is_live())


@dataclass(frozen=True)
class Line:
    """One line of a permission table: who (`role`) may do `permission` to which things (`reach` along `path`)."""

    permission: str
    role: Role
    reach: Reach
    path: str = "account_id"
    agency_path: str = "agency_id"

    def applies(self, actor: Actor) -> bool:
        """Does this line give the actor anything? A role for one thing only never opens the whole agency."""
        if self.reach is Reach.AGENCY:
            return actor.has_whole(self.role)
        return bool(actor.scopes(self.role)) if self.reach is Reach.SCOPE else actor.has_role(self.role)

    def allows(self, actor: Actor, thing: object | None) -> bool:
        """May the actor do it to `thing`; without a thing: to anything?"""
        if not self.applies(actor):
            return False
        if thing is None:
            return True
        if attrgetter(self.agency_path)(thing) != actor.agency_id:
            return False
        if self.reach is Reach.AGENCY:
            return True
        value = attrgetter(self.path)(thing)
        return value == actor.account_id if self.reach is Reach.OWN else value in actor.scopes(self.role)

    def lookup(self, actor: Actor) -> dict[str, Any] | None:
        """The same as filter arguments, or None when the line gives this actor nothing."""
        if not self.applies(actor):
            return None
        found: dict[str, Any] = {self.agency_path.replace(".", "__"): actor.agency_id}
        path = self.path.replace(".", "__")
        if self.reach is Reach.OWN:
            found[path] = actor.account_id
        elif self.reach is Reach.SCOPE:
            found[f"{path}__in"] = sorted(actor.scopes(self.role))
        return found


class _Queryset(Protocol):
    def filter(self, *args: Any, **kwargs: Any) -> Any: ...
    def none(self) -> Any: ...


Q = TypeVar("Q", bound=_Queryset)


class Table:
    """A permission table. `q` (Django's `Q`, handed in so that this floor stays pure) is needed by `visible` only."""

    def __init__(self, *lines: Line) -> None:
        self.lines = lines

    @property
    def permissions(self) -> list[str]:
        """The names of all permissions of the table, sorted."""
        return sorted({line.permission for line in self.lines})

    def can(self, actor: Actor | None, permission: str, thing: object | None = None) -> bool:
        """May `actor` do `permission` to `thing`; without a thing: to anything? KeyError for an unknown permission."""
        return actor is not None and any(line.allows(actor, thing) for line in self._of(permission))

    def visible(self, actor: Actor | None, permission: str, queryset: Q, q: Callable[..., Any]) -> Q:
        """The part of `queryset` for which `can` is true."""
        found = [] if actor is None else [f for line in self._of(permission) if (f := line.lookup(actor)) is not None]
        result: Q = queryset.filter(reduce(or_, (q(**f) for f in found))) if found else queryset.none()
        return result

    def _of(self, permission: str) -> list[Line]:
        lines = [line for line in self.lines if line.permission == permission]
        if not lines:
            raise KeyError(f"no line for permission {permission!r}")
        return lines
