"""The figures of a class follow its tests: soon, by the clock, and only as far as they may be told."""

from collections.abc import Callable
from typing import Any

import pytest

from teladan.access.api import Actor, Role
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import NotFound
from teladan.learning import api as learning
from teladan.learning.progress import Fact, fold
from tests.learning.story import course, enrolment_of, later, open_class, sit

Members = Callable[[int], list[Actor]]


@pytest.fixture
def members(make_person: Callable[..., Any], agency: Any) -> Members:
    from teladan.accounts.api import actor_for

    return lambda n: [actor_for(make_person(f"Peserta {i}", agency=agency).account) for i in range(n)]


def test_figures_of_a_class_follow_ten_minutes_after_its_tests(organiser: Actor, members: Members) -> None:
    from teladan.instruments.models import Analysis

    people = members(5)
    cohort_id = open_class(organiser, people)
    for person in people:
        sit(person, enrolment_of(person), learning.PRE_TEST, right=9)
    jobs.run_pending()
    assert not Analysis.objects.exists()
    with clock.at(later(minutes=11)):
        jobs.run_pending()
    assert [a.n for a in Analysis.objects.all()] == [5]
    found = learning.cohort_analysis(cohort_id, by=organiser)
    assert list(found.tests) == [learning.PRE_TEST]
    assert (found.tests[learning.PRE_TEST].figures.n, found.step) == (5, 5)


def test_figures_over_all_cohorts_join_classes_large_enough(organiser: Actor, members: Members) -> None:
    people = members(9)
    open_class(organiser, people[:6])
    open_class(organiser, people[6:], title="Kelas kecil")
    for person in people:
        sit(person, enrolment_of(person), learning.PRE_TEST, right=9)
    learning.refresh_all()
    version, found = learning.version_analysis("berakhlak", course().version, by=organiser)
    assert (version.cohorts, found.tests[learning.PRE_TEST].figures.n) == (2, 6)


def test_figures_are_not_for_participants_nor_for_others(
    organiser: Actor, members: Members, other_agency: Any, make_actor: Callable[..., Actor]
) -> None:
    people = members(2)
    cohort_id = open_class(organiser, people)
    for somebody in (people[0], make_actor(Role.ORGANISER, agency=other_agency)):
        with pytest.raises(NotFound):
            learning.cohort_analysis(cohort_id, by=somebody)
        with pytest.raises(NotFound):
            learning.version_analysis("berakhlak", course().version, by=somebody)


def test_change_of_another_is_for_who_watches(organiser: Actor, members: Members) -> None:
    one, other = members(2)
    open_class(organiser, [one, other])
    mine = enrolment_of(one)
    assert learning.own_change(learning.study(mine, by=one)) is None  # no final test yet
    assert learning.change(mine, by=organiser) is None
    with pytest.raises(NotFound):
        learning.change(mine, by=other)


def test_own_gain_tells_a_share_only_of_a_real_change() -> None:
    at = clock.now()
    progress = fold(
        Fact(at=at, id=test, kind="tes", test=test, score=score, maximum=20)
        for test, score in ((learning.PRE_TEST, 10), (learning.POST_TEST, 15))
    )
    assert "sekitar 50 persen" in learning.gain(progress).words
    assert "persen" not in learning.gain(progress, is_real=False).words
