"""Saving answers: order of revisions, deadline and grace, what is refused, what it costs."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from instruments.conftest import COURSE
from teladan.access.api import Actor
from teladan.instruments import api
from teladan.instruments.models import Answer, Sitting
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound

Begin = Callable[..., api.SittingCard]
Save = Callable[..., Any]


def standing(number: int = 1) -> tuple[str, int]:
    return Answer.objects.values_list("choice", "revision").get(number=number)


def test_save_keeps_and_counts(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    assert answer(actor, sitting, 1, "a", 1) == api.Saved(number=1, choice="a", revision=1, answered_count=1, kept=True)
    assert answer(actor, sitting, 2, "b", 2).answered_count == 2
    assert answer(actor, sitting, 1, "c", 3).answered_count == 2
    assert standing() == ("c", 3)


@pytest.mark.parametrize("revision", [4, 5])
def test_save_older_or_equal_revision_is_acknowledged_without_effect(
    revision: int, actor: Actor, begin: Begin, answer: Save
) -> None:
    sitting = begin(actor)
    answer(actor, sitting, 1, "a", 5)
    again = answer(actor, sitting, 1, "b", revision)
    assert again == api.Saved(number=1, choice="a", revision=5, answered_count=1, kept=False)
    assert standing() == ("a", 5)


def test_save_none_takes_the_answer_back(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    answer(actor, sitting, 1, "a", 1)
    assert answer(actor, sitting, 1, None, 2).answered_count == 0
    assert answer(actor, sitting, 1, "b", 1) == api.Saved(
        number=1, choice=None, revision=2, answered_count=0, kept=False
    )
    assert api.finish_sitting(sitting_id=sitting.id, by=actor).per_item[0].chosen is None


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(saves=st.permutations(range(1, 6)))
def test_save_newest_revision_stands_whatever_the_order(
    saves: list[int], actor: Actor, begin: Begin, answer: Save
) -> None:
    sitting = begin(actor)
    for revision in saves:
        answer(actor, sitting, 1, "abcda"[revision - 1], revision)
    row = Answer.objects.get(sitting_id=sitting.id)
    assert (row.choice, row.revision) == ("a", 5)


@pytest.mark.parametrize("number", [0, 7, -1, 10**9])
def test_save_unknown_question_is_refused(number: int, actor: Actor, begin: Begin, answer: Save) -> None:
    with pytest.raises(Invalid) as error:
        answer(actor, begin(actor), number, "a")
    assert error.value.field == "number"


@pytest.mark.parametrize("choice", ["", "e", "A", "a" * 100, "'; DROP TABLE x; --"])
def test_save_unknown_choice_is_refused(choice: str, actor: Actor, begin: Begin, answer: Save) -> None:
    with pytest.raises(Invalid) as error:
        answer(actor, begin(actor), 1, choice)
    assert error.value.field == "choice"
    assert not Answer.objects.exists()


@pytest.mark.parametrize("revision", [-1, 2**53 + 1])
def test_save_unreadable_revision_is_refused(revision: int, actor: Actor, begin: Begin, answer: Save) -> None:
    with pytest.raises(Invalid):
        answer(actor, begin(actor), 1, "a", revision)


def test_save_within_the_grace_counts_after_it_not(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    with clock.at(sitting.deadline_at + timedelta(seconds=10)):
        assert answer(actor, sitting, 1, "a", 1).kept
    with clock.at(sitting.deadline_at + timedelta(seconds=11)), pytest.raises(Conflict, match="Waktu tes sudah habis"):
        answer(actor, sitting, 1, "b", 2)
    assert standing() == ("a", 1)


def test_save_after_finish_is_told_and_changes_nothing(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    answer(actor, sitting, 1, "a", 1)
    before = api.finish_sitting(sitting_id=sitting.id, by=actor)
    with pytest.raises(Conflict, match="sudah selesai"):
        answer(actor, sitting, 1, "b", 2)
    with pytest.raises(Conflict, match="sudah selesai"):
        answer(actor, sitting, 2, "b", 2)
    assert not Answer.objects.exists()
    assert api.result_of(sitting.id, actor) == before


def test_save_repeated_after_finish_is_acknowledged(actor: Actor, begin: Begin, answer: Save) -> None:
    """The answer was counted, only its acknowledgement was lost on the way."""
    sitting = begin(actor)
    answer(actor, sitting, 1, "a", 1)
    api.finish_sitting(sitting_id=sitting.id, by=actor)
    assert answer(actor, sitting, 1, "a", 1) == api.Saved(
        number=1, choice="a", revision=1, answered_count=1, kept=False
    )


def test_save_finished_between_read_and_write_is_told(
    actor: Actor, begin: Begin, answer: Save, monkeypatch: pytest.MonkeyPatch
) -> None:
    from teladan.instruments.domain import answer as module

    sitting = begin(actor)
    real = module._write

    def finish_first(*args: Any) -> bool:
        api.finish_sitting(sitting_id=sitting.id, by=actor)
        return real(*args)

    monkeypatch.setattr(module, "_write", finish_first)
    with pytest.raises(Conflict, match="sudah selesai"):
        answer(actor, sitting, 1, "a", 1)
    assert not Answer.objects.exists()


def test_save_unknown_sitting_does_not_exist(actor: Actor) -> None:
    with pytest.raises(NotFound):
        api.save_answer(sitting_id=uuid4(), number=1, choice="a", revision=1, by=actor)


def test_save_costs_one_read_and_one_write(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        answer(actor, sitting, 1, "a", 1)
    statements = [q["sql"].split()[0] for q in queries if "SAVEPOINT" not in q["sql"]]
    assert statements == ["SELECT", "INSERT"]


def test_time_spent_is_summed_per_question(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    for second, number, choice, revision in [(20, 1, "a", 1), (30, 2, "b", 2), (70, 1, "c", 3)]:
        with clock.at(sitting.started_at + timedelta(seconds=second)):
            answer(actor, sitting, number, choice, revision)
    result = api.finish_sitting(sitting_id=sitting.id, by=actor)
    assert [o.seconds for o in result.per_item[:3]] == [60.0, 10.0, None]


@pytest.mark.parametrize(
    ("told", "kept"), [(12.5, 12.5), (5000.0, 100.0), (-3.0, 100.0), (float("nan"), 100.0), (float("inf"), 100.0)]
)
def test_time_told_by_the_page_is_believed_within_reason(
    told: float, kept: float, actor: Actor, begin: Begin, answer: Save
) -> None:
    sitting = begin(actor)
    with clock.at(sitting.started_at + timedelta(seconds=100)):
        answer(actor, sitting, 1, "a", 1, seconds=told)
    assert api.finish_sitting(sitting_id=sitting.id, by=actor).per_item[0].seconds == kept


def test_answers_of_two_sittings_do_not_mix(actor: Actor, begin: Begin, answer: Save) -> None:
    one, two = begin(actor), begin(actor)
    answer(actor, one, 1, "a", 1)
    assert answer(actor, two, 1, "b", 1).answered_count == 1
    api.finish_sitting(sitting_id=one.id, by=actor)
    assert api.sitting_for(two.id, actor, course=COURSE).questions[0].answered == "b"
    assert Sitting.objects.get(pk=two.id).is_open
