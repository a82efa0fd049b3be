"""Who facilitates which cohort, and who could."""

from collections.abc import Collection
from uuid import UUID

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.learning.data import CohortCard, FacilitatorCard


def facilitators_of(cohorts: Collection[CohortCard], *, by: Actor) -> dict[UUID, list[FacilitatorCard]]:
    """Cohort -> who facilitates it, by name. The cards come from a read of the actor, so they may see these cohorts."""
    mine = [c.id for c in cohorts if c.agency_id == by.agency_id]
    found: dict[UUID, list[FacilitatorCard]] = {cohort_id: [] for cohort_id in mine}
    grants = accounts.grants_on(mine, role=Role.FACILITATOR, agency_id=by.agency_id) if mine else []
    cards = accounts.account_cards(list({grant.account_id for grant in grants})) if grants else {}
    for grant in grants:
        if grant.scope_id is not None and grant.account_id in cards:
            found[grant.scope_id].append(
                FacilitatorCard(
                    grant_id=grant.id,
                    account_id=grant.account_id,
                    name=cards[grant.account_id].name,
                    until=grant.until,
                )
            )
    for held in found.values():
        held.sort(key=lambda one: one.name.casefold())
    return found


def known_facilitators(by: Actor) -> list[tuple[UUID, str]]:
    """Those who facilitate something in the actor's agency now, by name: whom an organiser is likely to choose."""
    ids = accounts.accounts_with_role(agency_id=by.agency_id, role=Role.FACILITATOR)
    cards = accounts.account_cards(ids) if ids else {}
    return sorted(((card.id, card.name) for card in cards.values()), key=lambda one: one[1].casefold())
