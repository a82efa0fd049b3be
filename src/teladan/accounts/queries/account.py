"""Reads of accounts and their roles."""

from collections.abc import Collection
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import SimpleLazyObject
from django_scopes import scopes_disabled

from teladan.access.api import Actor, Role
from teladan.access.api import Grant as ActorGrant
from teladan.accounts.data import AccountCard, AgencyCard, GrantCard, Page
from teladan.accounts.models import Account, Agency, Grant
from teladan.accounts.permissions import TABLE
from teladan.accounts.validators import mask_login, normal_login
from teladan.kernel import clock


def actor_for(account: Account) -> Actor:
    """The actor that an account is. Its grants are read (one query) when somebody first asks for a role that needs one:
    most requests, such as saving an answer, never do."""
    return Actor(
        account_id=account.id,
        agency_id=account.agency_id,
        name=account.name,
        grants=cast(tuple[ActorGrant, ...], SimpleLazyObject(lambda: _grants_of(account.id))),
    )


def _grants_of(account_id: UUID) -> tuple[ActorGrant, ...]:
    live = live_grants().filter(account_id=account_id).values_list("role", "scope_id", "until")
    return tuple(ActorGrant(role=Role(role), scope_id=scope_id, until=until) for role, scope_id, until in live)


def live_grants() -> QuerySet[Grant]:
    """Grants in force now, of every agency: filter by account or agency."""
    with scopes_disabled():
        found: QuerySet[Grant] = Grant.objects.filter(Q(until=None) | Q(until__gt=clock.now()), revoked_at=None)
        return found.order_by("given_at")


def account_by_login(login: str) -> Account | None:
    """The account (also a closed one) that a NIP, a chosen login or an e-mail address names."""
    plain = normal_login(login)
    found = Account.objects.filter(email=plain) if "@" in plain else Account.objects.filter(username=plain)
    return found.first()


def account_card(account_id: UUID) -> AccountCard | None:
    """The card of an account, or None. The caller knows that its reader may see it."""
    return account_cards([account_id]).get(account_id)


def account_cards(account_ids: list[UUID]) -> dict[UUID, AccountCard]:
    """The cards of accounts that exist, in two queries. The caller knows that its reader may see them."""
    return {card.id: card for card in _cards(list(Account.objects.filter(id__in=account_ids)))}


def accounts_visible_to(
    actor: Actor | None, *, search: str = "", role: Role | None = None, limit: int = 50, offset: int = 0
) -> Page[AccountCard]:
    """Accounts that `actor` may see, by name; `search` looks in the name and for a whole login or e-mail address."""
    found = TABLE.visible(actor, "accounts.see", Account.objects.all(), Q)
    if wanted := search.strip():
        plain = normal_login(wanted)
        found = found.filter(Q(name__icontains=wanted) | Q(username=plain) | Q(email=plain))
    if role is not None:
        found = found.filter(id__in=live_grants().filter(role=role).values("account_id"))
    part = list(found.order_by("name", "id")[offset : offset + limit])
    return Page(items=tuple(_cards(part)), total=found.count(), offset=offset)


def grants_visible_to(actor: Actor | None, *, account_id: UUID) -> list[GrantCard]:
    """The live roles of an account, if `actor` may see the account."""
    if not TABLE.visible(actor, "accounts.see", Account.objects.filter(id=account_id), Q).exists():
        return []
    return [_grant(grant) for grant in live_grants().filter(account_id=account_id)]


def grants_on(scope_ids: Collection[UUID], *, role: Role, agency_id: UUID) -> list[GrantCard]:
    """The live grants of a role for these things (cohorts, units) to active accounts of an agency. The caller knows that
    its reader may see them."""
    found = live_grants().filter(agency_id=agency_id, role=role, scope_id__in=scope_ids, account__is_active=True)
    return [_grant(grant) for grant in found]


def grant_card(grant_id: UUID, *, agency_id: UUID) -> GrantCard | None:
    """A grant of an agency, also one that has ended, or None. The caller knows that its reader may see it."""
    with scopes_disabled():
        grant = Grant.objects.filter(id=grant_id, agency_id=agency_id).first()
    return _grant(grant) if grant else None


def _grant(grant: Grant) -> GrantCard:
    return GrantCard(
        id=grant.id,
        account_id=grant.account_id,
        role=Role(grant.role),
        scope_id=grant.scope_id,
        until=grant.until,
        given_at=grant.given_at,
    )


def accounts_with_role(*, agency_id: UUID, role: Role) -> list[UUID]:
    """Ids of the active accounts of an agency that hold a role now, for the whole agency or a part of it."""
    found = live_grants().filter(agency_id=agency_id, role=role, account__is_active=True)
    return list(found.order_by("account_id").values_list("account_id", flat=True).distinct())


def agency_card(agency_id: UUID) -> AgencyCard | None:
    """The card of an agency, or None."""
    agency = Agency.objects.filter(id=agency_id).first()
    return _agency(agency) if agency else None


def agency_of(account: Account) -> AgencyCard:
    """The card of an account's agency; no query when the account was read together with it, as the sign-in backend does."""
    return _agency(account.agency)


def agency_by_slug(slug: str) -> AgencyCard | None:
    """The agency with this short name, or None."""
    agency = Agency.objects.filter(slug=slug).first()
    return _agency(agency) if agency else None


def agencies() -> list[AgencyCard]:
    """All agencies of this installation, by name."""
    return [_agency(agency) for agency in Agency.objects.order_by("name")]


def _agency(agency: Agency) -> AgencyCard:
    return AgencyCard(
        id=agency.id,
        name=agency.name,
        short_name=agency.short_name,
        slug=agency.slug,
        zone=agency.zone,
        is_demo=agency.is_demo,
    )


def _cards(accounts: list[Account]) -> list[AccountCard]:
    roles: dict[UUID, dict[Role, None]] = {}
    for account_id, role in live_grants().filter(account__in=accounts).values_list("account_id", "role"):
        roles.setdefault(account_id, {})[Role(role)] = None
    return [
        AccountCard(
            id=account.id,
            agency_id=account.agency_id,
            name=account.name,
            username_masked=mask_login(account.username),
            is_active=account.is_active,
            must_activate=account.must_activate,
            roles=tuple(roles.get(account.id, ())),
        )
        for account in accounts
    ]
