"""Sharing between agencies: named fields, a purpose, an end; nothing else crosses the border."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django_scopes.exceptions import ScopeError

from teladan.access.api import Actor, Role
from teladan.accounts import api
from teladan.accounts.models import Agency, Grant, Share
from teladan.kernel import clock
from teladan.kernel.errors import Invalid, NotAllowed, NotFound

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
COHORT = uuid4()


def give(agency: Agency, other: Agency, by: Actor | None = None, **change: Any) -> UUID:
    given: dict[str, Any] = {
        "object_type": "learning.cohort",
        "object_id": COHORT,
        "agency_id": agency.id,
        "with_agency_id": other.id,
        "fields": ["title", "progress"],
        "purpose": "Pelatihan bersama",
        "until": NOW + timedelta(days=7),
    }
    with clock.at(NOW):
        return api.give_share(**{**given, **change}, by=by)


def readable(other: Agency, after: timedelta = timedelta()) -> frozenset[str]:
    with clock.at(NOW + after):
        return api.shared_fields(object_type="learning.cohort", object_id=COHORT, with_agency_id=other.id)


def test_give_share_lets_exactly_the_fields_through_until_the_end(agency: Agency, other_agency: Agency) -> None:
    assert readable(other_agency) == frozenset()
    give(agency, other_agency)
    assert readable(other_agency) == {"title", "progress"}
    assert readable(other_agency, timedelta(days=7) - timedelta(seconds=1)) == {"title", "progress"}
    assert readable(other_agency, timedelta(days=7)) == frozenset()


def test_end_share_ends_it_at_once(agency: Agency, other_agency: Agency, make_actor: Callable[..., Actor]) -> None:
    operator = make_actor(Role.OPERATOR, agency=agency)
    share_id = give(agency, other_agency, by=operator)
    with clock.at(NOW):
        api.end_share(share_id=share_id, by=operator)
        api.end_share(share_id=share_id, by=operator)
    assert readable(other_agency) == frozenset()


def test_share_is_listed_for_both_sides_only(
    agency: Agency, other_agency: Agency, make_actor: Callable[..., Actor]
) -> None:
    share_id = give(agency, other_agency)
    giver, receiver = make_actor(agency=agency), make_actor(agency=other_agency)
    with clock.at(NOW):
        assert [card.id for card in api.shares_given_visible_to(giver)] == [share_id]
        assert [card.id for card in api.shares_received_by(receiver, object_type="learning.cohort")] == [share_id]
        assert api.shares_received_by(receiver, object_type="learning.other") == []
        assert api.shares_received_by(giver) == []
        assert api.shares_given_visible_to(receiver) == []
        assert api.shares_received_by(None) == []


@pytest.mark.parametrize("change", [{"fields": []}, {"purpose": " "}, {"until": NOW}, {"with_agency_id": uuid4()}])
def test_give_share_without_what_it_needs_is_refused(
    change: dict[str, Any], agency: Agency, other_agency: Agency
) -> None:
    with pytest.raises(Invalid):
        give(agency, other_agency, **change)


def test_give_share_with_oneself_is_refused(agency: Agency) -> None:
    with pytest.raises(Invalid):
        give(agency, agency)


def test_share_verbs_by_others_are_refused(
    agency: Agency, other_agency: Agency, make_actor: Callable[..., Actor], actor: Actor
) -> None:
    with pytest.raises(NotAllowed):
        give(agency, other_agency, by=actor)
    with pytest.raises(NotAllowed):
        give(agency, other_agency, by=make_actor(Role.OPERATOR, agency=other_agency))
    share_id = give(agency, other_agency)
    with pytest.raises(NotFound):
        api.end_share(share_id=share_id, by=make_actor(Role.OPERATOR, agency=other_agency))


@pytest.mark.unscoped
def test_query_outside_a_scope_raises(agency: Agency) -> None:
    for model in (Grant, Share):
        with pytest.raises(ScopeError):
            model.objects.count()
    with api.agency_scope(None), pytest.raises(ScopeError):
        Grant.objects.count()


def test_scope_of_one_agency_hides_the_other(
    agency: Agency, other_agency: Agency, make_actor: Callable[..., Actor]
) -> None:
    make_actor(Role.LEADER, agency=other_agency)
    assert Grant.objects.count() == 0
    with api.agency_scope(other_agency.id):
        assert Grant.objects.count() == 1
