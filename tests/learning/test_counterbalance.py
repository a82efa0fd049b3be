"""Half of a cohort begins with one form, half with the other: by rule, whoever comes when, and at the same moment."""

import threading
from collections import Counter
from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connections
from hypothesis import given
from hypothesis import strategies as st

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.learning import api as learning
from teladan.learning.counterbalance import first_form, other_form
from teladan.learning.models import Enrolment
from tests.learning.story import enrolment_of, open_class, read_all, sit

Members = Callable[[int], list[Actor]]


@given(st.lists(st.uuids(), min_size=1, max_size=60))
def test_halves_never_differ_by_more_than_one(people: list[UUID]) -> None:
    begun: Counter[str] = Counter()
    for person in people:
        begun[first_form(("A", "B"), begun, person)] += 1
        assert abs(begun["A"] - begun["B"]) <= 1


@given(begun=st.dictionaries(st.sampled_from("AB"), st.integers(0, 50)), person=st.uuids())
def test_the_rarer_form_comes_next_however_uneven_the_past(begun: dict[str, int], person: UUID) -> None:
    form = first_form(("A", "B"), begun, person)
    assert begun.get(form, 0) == min(begun.get("A", 0), begun.get("B", 0))


def test_the_first_of_two_gets_either_form() -> None:
    assert {first_form(("A", "B"), {}, uuid4()) for _ in range(60)} == {"A", "B"}


def test_one_form_for_both_tests_stays_one() -> None:
    assert first_form(("A", "A"), {}, uuid4()) == other_form(("A", "A"), "A") == "A"


@pytest.fixture
def members(make_person: Callable[..., Any], agency: Any) -> Members:
    from teladan.accounts.api import actor_for

    return lambda n: [actor_for(make_person(f"Peserta {i}", agency=agency).account) for i in range(n)]


def forms_of(enrolment_id: UUID) -> list[tuple[str, str]]:
    return [(s.test_key, s.form) for s in instruments.scores_of([enrolment_id])]


def test_a_class_is_split_in_halves_and_everybody_ends_with_the_other_form(organiser: Actor, members: Members) -> None:
    people = members(4)
    open_class(organiser, people)
    for person in people:
        mine = enrolment_of(person)
        sit(person, mine, learning.PRE_TEST, right=5)
    assert Counter(Enrolment.objects.values_list("first_form", flat=True)) == {"A": 2, "B": 2}
    first = people[0]
    mine = enrolment_of(first)
    read_all(first, mine)
    sit(first, mine, learning.POST_TEST, right=3)
    sit(first, mine, learning.POST_TEST, right=3)
    (_pre, begins), (_first, ends), (_second, again) = forms_of(mine)
    assert {begins, ends} == {"A", "B"}
    assert ends == again  # another attempt stays on its form


def test_who_enrols_late_evens_out_the_halves(organiser: Actor, members: Members) -> None:
    people = members(5)
    cohort_id = open_class(organiser, people[:3])
    for person in people[:3]:
        sit(person, enrolment_of(person), learning.PRE_TEST, right=1)
    learning.enrol(cohort_id=cohort_id, account_ids=[p.account_id for p in people[3:]], by=organiser)
    for person in people[3:]:
        sit(person, enrolment_of(person), learning.PRE_TEST, right=1)
    assert sorted(Counter(Enrolment.objects.values_list("first_form", flat=True)).values()) == [2, 3]


def test_who_began_before_forms_changed_places_keeps_their_order(organiser: Actor, members: Members) -> None:
    (person,) = members(1)
    open_class(organiser, [person])
    mine = enrolment_of(person)
    sit(person, mine, learning.PRE_TEST, right=5)
    (_test, begun) = forms_of(mine)[0]
    Enrolment.objects.filter(pk=mine).update(first_form="")
    read_all(person, mine)
    sit(person, mine, learning.POST_TEST, right=20)
    assert {begun, forms_of(mine)[-1][1]} == {"A", "B"}
    assert Enrolment.objects.get(pk=mine).first_form == begun


def test_going_back_to_an_open_test_keeps_its_form(organiser: Actor, members: Members) -> None:
    (person,) = members(1)
    open_class(organiser, [person])
    mine = enrolment_of(person)
    begun = [learning.begin_test(enrolment_id=mine, test=learning.PRE_TEST, by=person).form for _ in range(3)]
    assert len(set(begun)) == 1
    assert Enrolment.objects.get(pk=mine).first_form == begun[0]


@pytest.mark.django_db(transaction=True)
def test_a_common_start_splits_the_class_in_halves(organiser: Actor, members: Members) -> None:
    """Eleven people, twice each, press the button at the same moment."""
    from teladan.accounts.api import agency_scope

    people = members(11)
    open_class(organiser, people)
    mine = {person: enrolment_of(person) for person in people}
    barrier, errors = threading.Barrier(2 * len(people)), []

    def begin(person: Actor) -> None:
        barrier.wait()
        try:
            with agency_scope(person.agency_id):
                learning.begin_test(enrolment_id=mine[person], test=learning.PRE_TEST, by=person)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=begin, args=(person,)) for person in people for _twice in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    sat = instruments.scores_of(list(mine.values()))
    assert sorted(Counter(s.form for s in sat).values()) == [5, 6]
    assert {s.context: s.form for s in sat} == dict(Enrolment.objects.values_list("pk", "first_form"))
