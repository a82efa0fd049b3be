"""Roles: given, ended, taken back; an agency always keeps an operator."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from teladan.access.api import Actor, Role
from teladan.accounts import api
from teladan.accounts.models import Account, Agency, Grant
from teladan.jobs.models import Message
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

Make = Callable[..., Account]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def test_grant_role_with_an_end_lasts_until_then(agency: Agency, make_account: Make) -> None:
    with clock.at(NOW):
        account = make_account(agency=agency)
        api.grant_role(account_id=account.id, role=Role.AUDITOR, until=NOW + timedelta(days=1), by=None)
    for after, held in [(timedelta(), True), (timedelta(hours=23, minutes=59), True), (timedelta(days=1), False)]:
        with clock.at(NOW + after):
            assert api.actor_for(account).has_role(Role.AUDITOR) is held
            assert bool(api.accounts_with_role(agency_id=agency.id, role=Role.AUDITOR)) is held


def test_grant_role_twice_is_one_grant(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency)
    first = api.grant_role(account_id=account.id, role=Role.LEADER, by=None)
    assert api.grant_role(account_id=account.id, role=Role.LEADER, by=None) == first
    later = clock.now() + timedelta(days=30)
    assert api.grant_role(account_id=account.id, role=Role.LEADER, until=later, by=None) == first
    assert Grant.objects.get().until == later
    assert Message.objects.filter(name="accounts.role_granted").count() == 2


def test_grant_role_for_two_cohorts_is_two_grants(agency: Agency, make_account: Make) -> None:
    account, cohorts = make_account(agency=agency), {uuid4(), uuid4()}
    for cohort in cohorts:
        api.grant_role(account_id=account.id, role=Role.FACILITATOR, scope_id=cohort, by=None)
    assert api.actor_for(account).scopes(Role.FACILITATOR) == cohorts


@pytest.mark.parametrize(
    ("role", "until"),
    [
        (Role.EMPLOYEE, None),
        (Role.LEADER, NOW),
        (Role.LEADER, NOW - timedelta(1)),
        (Role.LEADER, NOW + timedelta(10_000)),
    ],
)
def test_grant_role_that_makes_no_sense_is_refused(
    role: Role, until: datetime | None, agency: Agency, make_account: Make
) -> None:
    with clock.at(NOW), pytest.raises(Invalid):
        api.grant_role(account_id=make_account(agency=agency).id, role=role, until=until, by=None)


def test_revoke_grant_ends_it_once(agency: Agency, make_account: Make, make_actor: Callable[..., Actor]) -> None:
    operator = make_actor(Role.OPERATOR, agency=agency)
    account = make_account(agency=agency)
    grant_id = api.grant_role(account_id=account.id, role=Role.LEADER, by=operator)
    for _twice in range(2):
        api.revoke_grant(grant_id=grant_id, by=operator)
    assert api.grants_visible_to(operator, account_id=account.id) == []
    assert Message.objects.filter(name="accounts.role_revoked").count() == 1
    assert api.grant_role(account_id=account.id, role=Role.LEADER, by=operator) != grant_id  # history stays


def test_revoke_grant_by_others_is_refused(
    agency: Agency, other_agency: Agency, make_account: Make, make_actor: Callable[..., Actor], actor: Actor
) -> None:
    grant_id = api.grant_role(account_id=make_account(agency=agency).id, role=Role.LEADER, by=None)
    with pytest.raises(NotAllowed):
        api.revoke_grant(grant_id=grant_id, by=actor)
    with pytest.raises(NotFound):
        api.revoke_grant(grant_id=grant_id, by=make_actor(Role.OPERATOR, agency=other_agency))


def test_last_operator_cannot_be_taken_away_in_any_way(agency: Agency, make_account: Make) -> None:
    last = make_account(agency=agency, roles=[Role.OPERATOR])
    grant = Grant.objects.get()
    with pytest.raises(Conflict):
        api.revoke_grant(grant_id=grant.id, by=None)
    with pytest.raises(Conflict):
        api.deactivate_account(account_id=last.id, by=None)
    with pytest.raises(Conflict):
        api.grant_role(account_id=last.id, role=Role.OPERATOR, until=clock.now() + timedelta(days=1), by=None)
    second = make_account(agency=agency, roles=[Role.OPERATOR])
    api.revoke_grant(grant_id=grant.id, by=None)
    with pytest.raises(Conflict):
        api.deactivate_account(account_id=second.id, by=None)


def test_last_operator_of_one_thing_does_not_count(agency: Agency, make_account: Make) -> None:
    make_account(agency=agency, roles=[Role.OPERATOR])
    grant = Grant.objects.get()
    api.grant_role(account_id=make_account(agency=agency).id, role=Role.OPERATOR, scope_id=uuid4(), by=None)
    with pytest.raises(Conflict):
        api.revoke_grant(grant_id=grant.id, by=None)


def test_grants_visible_to_a_colleague_are_none(agency: Agency, make_account: Make, actor: Actor) -> None:
    account = make_account(agency=agency, roles=[Role.LEADER])
    assert api.grants_visible_to(actor, account_id=account.id) == []
    assert [card.role for card in api.grants_visible_to(api.actor_for(account), account_id=account.id)] == [Role.LEADER]


def test_organiser_gives_and_takes_facilitating_of_one_cohort_only(
    agency: Agency, other_agency: Agency, make_actor: Callable[..., Actor], make_account: Make
) -> None:
    by = make_actor(Role.ORGANISER, agency=agency)
    account, cohort = make_account("Pengampu", agency=agency), uuid4()
    grant = api.grant_role(account_id=account.id, role=Role.FACILITATOR, scope_id=cohort, by=by)
    assert [g.id for g in api.grants_on([cohort], role=Role.FACILITATOR, agency_id=agency.id)] == [grant]
    assert api.grants_on([cohort], role=Role.FACILITATOR, agency_id=other_agency.id) == []
    api.revoke_grant(grant_id=grant, by=by)
    assert api.grants_on([cohort], role=Role.FACILITATOR, agency_id=agency.id) == []
    for role, scope in ((Role.FACILITATOR, None), (Role.OPERATOR, None), (Role.PERSONNEL, cohort)):
        with pytest.raises(NotAllowed):
            api.grant_role(account_id=account.id, role=role, scope_id=scope, by=by)
    stranger = make_actor(Role.ORGANISER, agency=other_agency)
    with pytest.raises(NotFound):
        api.grant_role(account_id=account.id, role=Role.FACILITATOR, scope_id=cohort, by=stranger)
