"""Superiors: the rule in small trees, and properties of any tree."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.people.enums import AppointmentKind
from teladan.people.lines import Holder, find_circle, superior

LONG_AGO, LATELY = date(2020, 1, 1), date(2026, 10, 1)
PARENTS: dict[str, str | None] = {"bidan": "puskesmas", "puskesmas": "dinas", "dinas": None}


def held(person: str, kind: AppointmentKind = AppointmentKind.DEFINITIF, since: date = LONG_AGO) -> Holder[str]:
    return Holder(person, kind, since)


FULL = {"bidan": [held("koordinator")], "puskesmas": [held("kapus")], "dinas": [held("kadis")]}
PLT, PLH = AppointmentKind.PLT, AppointmentKind.PLH


@pytest.mark.parametrize(
    ("person", "unit", "expected"),
    [
        ("sari", "bidan", "koordinator"),
        ("koordinator", "bidan", "kapus"),
        ("kapus", "puskesmas", "kadis"),
        ("kadis", "dinas", None),
        ("tata usaha", "puskesmas", "kapus"),
        ("sari", "unit lain", None),
    ],
)
def test_superior_in_a_full_tree_is_the_next_head(person: str, unit: str, expected: str | None) -> None:
    assert superior(person, unit, parents=PARENTS, heads=FULL) == expected


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ({"dinas": [held("kadis")]}, "kadis"),  # two vacant heads on the way
        ({}, None),
        ({"bidan": [held("pejabat", PLT)], "dinas": [held("kadis")]}, "pejabat"),
        ({"bidan": [held("koordinator"), held("pengganti", PLH)]}, "pengganti"),
        ({"bidan": [held("pejabat", PLT), held("pengganti", PLH)]}, "pengganti"),
        ({"bidan": [held("lama"), held("baru", since=LATELY)]}, "baru"),
    ],
)
def test_superior_with_acting_and_vacant_heads(heads: dict[str, list[Holder[str]]], expected: str | None) -> None:
    assert superior("sari", "bidan", parents=PARENTS, heads=heads) == expected


def test_superior_of_the_head_on_leave_is_not_the_stand_in() -> None:
    heads = {**FULL, "bidan": [held("koordinator"), held("sari", PLH)]}
    assert superior("koordinator", "bidan", parents=PARENTS, heads=heads) == "kapus"
    assert superior("sari", "bidan", parents=PARENTS, heads=heads) == "kapus"
    assert superior("budi", "bidan", parents=PARENTS, heads=heads) == "sari"


def test_superior_of_who_also_acts_above_is_the_next_one_up() -> None:
    heads = {**FULL, "puskesmas": [held("koordinator", PLT)]}
    assert superior("koordinator", "bidan", parents=PARENTS, heads=heads) == "kadis"
    assert superior("sari", "bidan", parents=PARENTS, heads=heads) == "koordinator"


def test_superior_in_a_circle_of_units_ends() -> None:
    assert superior("sari", "a", parents={"a": "b", "b": "a"}, heads={}) is None
    assert superior("sari", "a", parents={"a": "b", "b": "a"}, heads={"b": [held("budi")]}) == "budi"


def test_find_circle_names_its_units_in_order() -> None:
    assert find_circle(PARENTS) == []
    assert find_circle({"x": "a", "a": "b", "b": "c", "c": "a", "top": None}) == ["a", "b", "c"]
    assert find_circle({"a": "a"}) == ["a"]
    assert find_circle({}) == []


units = st.integers(0, 7)
people = st.integers(100, 107)
kinds = st.sampled_from(AppointmentKind)
trees = st.dictionaries(units, st.none() | units)
head_tables = st.dictionaries(
    units, st.lists(st.builds(Holder, people, kinds, st.dates(date(2020, 1, 1), date(2026, 1, 1))), max_size=3)
)


@given(people, units, trees, head_tables)
def test_superior_in_any_tree_is_never_oneself_and_heads_something(
    person: int, unit: int, parents: dict[int, int | None], heads: dict[int, list[Holder[int]]]
) -> None:
    above = superior(person, unit, parents=parents, heads=heads)
    assert above != person
    assert above is None or any(holder.person == above for holders in heads.values() for holder in holders)


@given(trees)
def test_find_circle_in_any_tree_is_empty_exactly_when_every_way_up_ends(parents: dict[int, int | None]) -> None:
    def ends(unit: int | None) -> bool:
        for _step in range(len(parents) + 2):
            if unit is None:
                return True
            unit = parents.get(unit)
        return False

    circle = find_circle(parents)
    assert bool(circle) == (not all(ends(unit) for unit in parents))
    for here, above in zip(circle, [*circle[1:], *circle[:1]], strict=True):
        assert parents[here] == above
