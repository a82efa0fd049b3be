"""Truth tables of the permission table: who reaches what, one by one and as a whole queryset."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.access.api import Actor, Grant, Line, Reach, Role, Table
from teladan.kernel import clock

HERE, THERE = UUID(int=1), UUID(int=2)
ME, SOMEBODY = UUID(int=11), UUID(int=12)
COHORT, ANOTHER_COHORT = UUID(int=21), UUID(int=22)
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

TABLE = Table(
    Line("learning.see", role=Role.EMPLOYEE, reach=Reach.OWN, path="account_id"),
    Line("learning.see", role=Role.FACILITATOR, reach=Reach.SCOPE, path="cohort.id"),
    Line("learning.see", role=Role.ORGANISER, reach=Reach.AGENCY),
    Line("learning.close", role=Role.ORGANISER, reach=Reach.AGENCY),
)


@dataclass(frozen=True)
class Cohort:
    id: UUID


@dataclass(frozen=True)
class Work:
    account_id: UUID
    cohort: Cohort
    agency_id: UUID = HERE


MINE = Work(ME, Cohort(COHORT))
THEIRS = Work(SOMEBODY, Cohort(COHORT))
THEIRS_ELSEWHERE = Work(SOMEBODY, Cohort(ANOTHER_COHORT))
FOREIGN = Work(SOMEBODY, Cohort(COHORT), agency_id=THERE)
FOREIGN_BUT_MINE = Work(ME, Cohort(COHORT), agency_id=THERE)
THINGS = [MINE, THEIRS, THEIRS_ELSEWHERE, FOREIGN, FOREIGN_BUT_MINE]


def actor(*grants: Grant) -> Actor:
    return Actor(account_id=ME, agency_id=HERE, grants=grants)


def ends(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


EMPLOYEE = actor()
FACILITATOR = actor(Grant(role=Role.FACILITATOR, scope_id=COHORT))
ORGANISER = actor(Grant(role=Role.ORGANISER))
ORGANISER_OF_ONE = actor(Grant(role=Role.ORGANISER, scope_id=COHORT))
FACILITATOR_OF_NOTHING = actor(Grant(role=Role.FACILITATOR))
FORMER = actor(Grant(role=Role.ORGANISER, until=ends(0)), Grant(role=Role.FACILITATOR, scope_id=COHORT, until=ends(-1)))
LAST_SECOND = actor(Grant(role=Role.ORGANISER, until=ends(1)))

#                                   mine   theirs elsewhere foreign foreign-mine
SEE = {
    "employee": (EMPLOYEE, [True, False, False, False, False]),
    "facilitator": (FACILITATOR, [True, True, False, False, False]),
    "organiser": (ORGANISER, [True, True, True, False, False]),
    "organiser of one thing": (ORGANISER_OF_ONE, [True, False, False, False, False]),
    "facilitator of nothing": (FACILITATOR_OF_NOTHING, [True, False, False, False, False]),
    "former": (FORMER, [True, False, False, False, False]),
    "last second": (LAST_SECOND, [True, True, True, False, False]),
}


@pytest.mark.parametrize("who", SEE)
def test_see_for_each_role_reaches_exactly_its_things(who: str) -> None:
    person, expected = SEE[who]
    with clock.at(NOW):
        assert [TABLE.can(person, "learning.see", thing) for thing in THINGS] == expected


@pytest.mark.parametrize(
    ("person", "expected"),
    [(EMPLOYEE, False), (FACILITATOR, False), (ORGANISER, True), (ORGANISER_OF_ONE, False), (FORMER, False)],
)
def test_close_without_a_thing_asks_for_the_whole_agency(person: Actor, expected: bool) -> None:
    with clock.at(NOW):
        assert TABLE.can(person, "learning.close") is expected


@pytest.mark.parametrize(("person", "expected"), [(EMPLOYEE, True), (FACILITATOR, True), (ORGANISER, True)])
def test_see_without_a_thing_is_true_when_there_could_be_one(person: Actor, expected: bool) -> None:
    assert TABLE.can(person, "learning.see") is expected


def test_nobody_may_do_nothing() -> None:
    assert not TABLE.can(None, "learning.see", MINE)
    assert TABLE.visible(None, "learning.see", Rows(THINGS), Q).rows == []


def test_unknown_permission_is_a_programming_error() -> None:
    with pytest.raises(KeyError, match=r"learning\.fly"):
        TABLE.can(ORGANISER, "learning.fly", MINE)


def test_permissions_are_listed_once() -> None:
    assert TABLE.permissions == ["learning.close", "learning.see"]


class Q(dict[str, Any]):
    """As little of Django's Q as the table needs: keyword filters, joined by or."""

    def __init__(self, **lookups: Any) -> None:
        super().__init__(lookups)
        self.either = [lookups]

    def __or__(self, other: Any) -> Any:
        joined = Q()
        joined.either = [*self.either, *other.either]
        return joined

    def matches(self, thing: object) -> bool:
        return any(all(_holds(thing, key, value) for key, value in lookups.items()) for lookups in self.either)


def _holds(thing: object, key: str, value: Any) -> bool:
    path, one_of = (key[:-4], True) if key.endswith("__in") else (key, False)
    found: Any = thing
    for name in path.split("__"):
        found = getattr(found, name)
    return found in value if one_of else found == value


class Rows:
    """A queryset of things in memory."""

    def __init__(self, rows: list[Work]) -> None:
        self.rows = rows

    def filter(self, wanted: Q) -> "Rows":
        return Rows([row for row in self.rows if wanted.matches(row)])

    def none(self) -> "Rows":
        return Rows([])


ids = st.sampled_from([HERE, THERE, ME, SOMEBODY, COHORT, ANOTHER_COHORT])
grants = st.builds(
    Grant,
    role=st.sampled_from([Role.FACILITATOR, Role.ORGANISER]),
    scope_id=st.none() | st.sampled_from([COHORT, ANOTHER_COHORT]),
    until=st.none() | st.integers(-2, 2).map(ends),
)
works = st.builds(
    Work,
    account_id=st.sampled_from([ME, SOMEBODY]),
    cohort=st.sampled_from([COHORT, ANOTHER_COHORT]).map(Cohort),
    agency_id=st.sampled_from([HERE, THERE]),
)


@given(st.lists(grants, max_size=4), st.lists(works, max_size=6), st.sampled_from(["learning.see", "learning.close"]))
def test_visible_for_any_actor_equals_can_for_each_thing(
    held: list[Grant], things: list[Work], permission: str
) -> None:
    person = actor(*held)
    with clock.at(NOW):
        seen = TABLE.visible(person, permission, Rows(things), Q)
        assert seen.rows == [thing for thing in things if TABLE.can(person, permission, thing)]


@given(st.lists(grants, max_size=4), works)
def test_can_for_any_actor_never_crosses_the_agency(held: list[Grant], thing: Work) -> None:
    if thing.agency_id == THERE:
        assert not TABLE.can(actor(*held), "learning.see", thing)
