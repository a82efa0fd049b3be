"""Sittings: begun once, resumed anywhere, finished once, closed by the clock."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from instruments.conftest import COURSE
from instruments.courses import POST, make_course, make_item
from teladan.access.api import Actor
from teladan.accounts.models import Agency
from teladan.instruments import api
from teladan.instruments.events import SittingFinished, SittingStarted
from teladan.instruments.models import Answer, AnswerKey, Sitting
from teladan.jobs.models import Message
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.ledger import api as ledger

Begin = Callable[..., api.SittingCard]
Save = Callable[..., Any]


def acts(sitting: api.SittingCard, actor: Actor) -> list[str]:
    return [e.act for e in ledger.entries_of(f"sitting:{sitting.id}", agency_id=actor.agency_id)]


def right_answers(actor: Actor, sitting: api.SittingCard, answer: Save, count: int) -> None:
    """Answer the first `count` questions with the key."""
    view = api.sitting_for(sitting.id, actor, course=COURSE)
    for question in view.questions[:count]:
        answer(actor, sitting, question.number, COURSE.items[question.item_key].correct_key)


def test_start_draws_the_form_and_sets_the_deadline(actor: Actor, begin: Begin) -> None:
    sitting = begin(actor)
    assert sitting.is_open
    assert sitting.deadline_at - sitting.started_at == timedelta(minutes=30)
    assert (sitting.test_key, sitting.form, sitting.attempt, sitting.maximum) == ("tes-akhir", "B", 1, 6)
    view = api.sitting_for(sitting.id, actor, course=COURSE)
    assert [q.number for q in view.questions] == [1, 2, 3, 4, 5, 6]
    assert {COURSE.items[q.item_key].form for q in view.questions} <= {"B", "jangkar"}
    assert (view.answered_count, view.saved_rev) == (0, 0)
    assert 1790 <= view.remaining_seconds <= 1800


def test_start_again_is_the_same_sitting(actor: Actor, begin: Begin) -> None:
    context = uuid4()
    first, again = begin(actor, context=context), begin(actor, context=context)
    assert first == again
    assert Message.objects.filter(name=SittingStarted.name).count() == 1
    assert acts(first, actor) == ["instruments.sitting_started"]


def test_start_another_attempt_context_or_test_is_another_sitting(actor: Actor, begin: Begin) -> None:
    context = uuid4()
    sittings = [
        begin(actor, context=context),
        begin(actor, context=context, attempt=2),
        begin(actor, context=context, post=False),
        begin(actor),
    ]
    assert len({s.id for s in sittings}) == 4
    assert AnswerKey.objects.count() == 1  # one key sheet for all


def test_start_for_somebody_else_is_refused(
    actor: Actor, agency: Agency, make_actor: Callable[..., Actor], begin: Begin
) -> None:
    colleague = make_actor(agency=agency)
    with pytest.raises(NotAllowed):
        begin(actor, account_id=colleague.account_id)


def test_start_in_another_agency_is_refused(actor: Actor, other_agency: Agency, begin: Begin) -> None:
    with pytest.raises(NotAllowed):
        begin(actor, agency_id=other_agency.id)


def test_start_with_a_short_bank_says_which_cell(actor: Actor, begin: Begin) -> None:
    course = make_course(items={"x": make_item("x")})
    with pytest.raises(Invalid, match="BP C1 perlu 4 soal, baru ada 0"):
        begin(actor, course=course)
    assert not Sitting.objects.exists()


def test_start_form_and_minutes_may_be_given(actor: Actor, begin: Begin) -> None:
    sitting = begin(actor, form="A", extra_minutes=15)
    assert sitting.form == "A"
    assert sitting.deadline_at - sitting.started_at == timedelta(minutes=45)


@pytest.mark.unscoped
def test_verbs_open_their_own_scope(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    right_answers(actor, sitting, answer, 2)
    assert api.finish_sitting(sitting_id=sitting.id, by=actor).score == 2
    assert api.result_of(sitting.id, actor).score == 2
    assert [s.id for s in api.sittings_visible_to(actor)] == [sitting.id]


def test_resume_on_another_device_shows_what_is_saved(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    before = api.sitting_for(sitting.id, actor, course=COURSE)
    answer(actor, sitting, 3, "c", 7)
    answer(actor, sitting, 1, "a", 8)
    answer(actor, sitting, 1, None, 9)
    after = api.sitting_for(sitting.id, actor, course=COURSE)
    assert [q.answered for q in after.questions] == [None, None, "c", None, None, None]
    assert (after.answered_count, after.saved_rev) == (1, 9)
    assert [(q.item_key, q.options) for q in after.questions] == [(q.item_key, q.options) for q in before.questions]


def test_view_of_a_lost_question_says_so(actor: Actor, begin: Begin) -> None:
    sitting = begin(actor)
    with pytest.raises(Conflict, match="sudah berubah"):
        api.sitting_for(sitting.id, actor, course=make_course(items={}))


def test_finish_folds_scores_and_announces(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    right_answers(actor, sitting, answer, 5)
    result = api.finish_sitting(sitting_id=sitting.id, by=actor)
    assert (result.score, result.maximum, result.percent, result.passed) == (5, 6, Decimal("83.33"), True)
    assert [o.is_correct for o in result.per_item] == [True] * 5 + [False]
    assert result.per_item[5].chosen is None
    assert sum(p.points for p in result.per_value) == 5
    assert not Answer.objects.exists()
    stored = Sitting.objects.get()
    assert (stored.score, len(bytes(stored.vector))) == (5, 16)
    assert acts(sitting, actor) == ["instruments.sitting_started", "instruments.sitting_finished"]
    event = SittingFinished.from_payload(Message.objects.get(name=SittingFinished.name).payload)
    assert (event.sitting_id, event.account_id, event.score, event.maximum) == (sitting.id, actor.account_id, 5, 6)
    assert (event.percent_bp, event.passed, event.reason, event.test_key) == (8333, True, "finished", "tes-akhir")


def test_finish_again_changes_nothing(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    right_answers(actor, sitting, answer, 1)
    first = api.finish_sitting(sitting_id=sitting.id, by=actor)
    with clock.at(clock.now() + timedelta(hours=2)):
        assert api.finish_sitting(sitting_id=sitting.id, by=actor) == first
        assert api.close_overdue() == 0
    assert Message.objects.filter(name=SittingFinished.name).count() == 1


def test_finish_after_the_deadline_counts_as_ended_by_time(actor: Actor, begin: Begin) -> None:
    sitting = begin(actor)
    with clock.at(sitting.deadline_at + timedelta(seconds=3)):
        result = api.finish_sitting(sitting_id=sitting.id, by=actor)
    assert result.state is api.SittingState.TIMED_OUT
    assert result.finished_at == sitting.deadline_at


def test_test_without_mark_is_neither_passed_nor_failed(actor: Actor, begin: Begin) -> None:
    result = api.finish_sitting(sitting_id=begin(actor, post=False).id, by=actor)
    assert result.pass_mark is result.passed is None


def test_result_while_open_is_refused(actor: Actor, begin: Begin) -> None:
    with pytest.raises(Conflict, match="belum selesai"):
        api.result_of(begin(actor).id, actor)


def test_result_stands_on_the_key_of_its_start(actor: Actor, begin: Begin, answer: Save) -> None:
    """The pack gets another key while the sitting runs; the score stays, and newcomers get the new key."""
    sitting = begin(actor)
    right_answers(actor, sitting, answer, 6)
    changed = {k: make_item(k, value=i.value, level=i.level, form=i.form, correct="a") for k, i in COURSE.items.items()}
    newcomer = begin(actor, course=make_course(items=changed))
    results = [api.finish_sitting(sitting_id=s.id, by=actor) for s in (sitting, newcomer)]
    assert results[0].score == 6
    assert results[0].explanation.key_version != results[1].explanation.key_version
    assert {o.correct_key for o in results[1].per_item} == {"a"}


def test_explain_is_a_sentence_with_the_figures(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)
    right_answers(actor, sitting, answer, 1)
    words = api.explain(api.finish_sitting(sitting_id=sitting.id, by=actor))
    assert "100 × 1 ÷ 6 = 16,67" in words
    assert "berakhlak 2026.1" in words


def test_close_overdue_closes_what_is_over_and_scores_what_was_saved(
    actor: Actor, agency: Agency, make_actor: Callable[..., Actor], begin: Begin, answer: Save
) -> None:
    late, other = begin(actor), begin(make_actor(agency=agency))
    right_answers(actor, late, answer, 3)
    with clock.at(late.deadline_at + timedelta(seconds=9)):
        assert api.close_overdue() == 0  # an answer may still be under way
    with clock.at(late.deadline_at + timedelta(seconds=30)):
        punctual = begin(actor)
        assert api.close_overdue() == 2
        assert api.close_overdue() == 0
    assert api.result_for_record(late.id).score == 3
    assert api.result_for_record(other.id).state is api.SittingState.TIMED_OUT
    assert Sitting.objects.get(pk=punctual.id).is_open


def test_close_overdue_one_failure_does_not_hold_up_others(
    actor: Actor, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    from teladan.instruments.domain import sitting as module

    bad, good = begin(actor), begin(actor)
    real = module._close

    def close(sitting: Sitting, *rest: Any) -> None:
        if sitting.pk == bad.id:
            raise RuntimeError
        real(sitting, *rest)

    monkeypatch.setattr(module, "_close", close)
    with clock.at(good.deadline_at + timedelta(minutes=1)):
        assert api.close_overdue() == 1
    assert not Sitting.objects.get(pk=good.id).is_open


@pytest.mark.parametrize("verb", ["sitting_for", "result_of", "finish", "save"])
@pytest.mark.parametrize("who", ["colleague", "stranger"])
def test_another_ones_sitting_does_not_exist(
    verb: str,
    who: str,
    actor: Actor,
    agency: Agency,
    other_agency: Agency,
    make_actor: Callable[..., Actor],
    begin: Begin,
    answer: Save,
) -> None:
    sitting = begin(actor)
    intruder = make_actor(agency=agency if who == "colleague" else other_agency)
    calls: dict[str, Callable[[], object]] = {
        "sitting_for": lambda: api.sitting_for(sitting.id, intruder, course=COURSE),
        "result_of": lambda: api.result_of(sitting.id, intruder),
        "finish": lambda: api.finish_sitting(sitting_id=sitting.id, by=intruder),
        "save": lambda: answer(intruder, sitting, 1, "a"),
    }
    with pytest.raises(NotFound):
        calls[verb]()
    assert not Answer.objects.exists()


def test_sittings_visible_to_shows_ones_own(
    actor: Actor, agency: Agency, other_agency: Agency, make_actor: Callable[..., Actor], begin: Begin
) -> None:
    context = uuid4()
    mine = begin(actor, context=context)
    begin(actor)
    begin(make_actor(agency=agency), context=context)
    begin(make_actor(agency=other_agency), context=context)
    assert [s.id for s in api.sittings_visible_to(actor, context=context)] == [mine.id]
    assert len(api.sittings_visible_to(actor)) == 2


def test_scores_of_are_those_of_the_contexts_in_scope(
    actor: Actor, other_agency: Agency, make_actor: Callable[..., Actor], begin: Begin
) -> None:
    context = uuid4()
    mine = begin(actor, context=context)
    begin(actor)
    begin(make_actor(agency=other_agency), context=context)
    assert [s.id for s in api.scores_of([context], test_key=POST.key)] == [mine.id]
    assert api.scores_of([context], test_key="lain") == []
    assert api.scores_of([]) == []
