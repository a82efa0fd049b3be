"""Item results of a group: from vectors, below the threshold silent, in the scope only."""

import random
import secrets
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django_scopes import ScopeError

from instruments.conftest import COURSE
from teladan.access.api import Actor
from teladan.accounts.models import Agency
from teladan.instruments import api
from teladan.instruments.drawing import draw
from teladan.instruments.keysheet import KeySheet, sheet_of
from teladan.instruments.models import AnswerKey, Sitting
from teladan.instruments.scoring import score
from teladan.instruments.vector import fold, fold_seconds

Begin = Callable[..., api.SittingCard]
Save = Callable[..., Any]
SHEET = sheet_of(COURSE)
POST = COURSE.tests["tes-akhir"]


def sat(actor: Actor, answers: Callable[[str], str | None], *, attempt: int = 1, key: KeySheet = SHEET) -> UUID:
    """A finished sitting with these answers; returns its context."""
    seed, context, now = secrets.randbits(60), uuid4(), datetime(2026, 11, 23, tzinfo=UTC)
    questions = draw(blueprint=POST.blueprint, items=COURSE.items.values(), form="B", seed=seed)
    given = {q.item: choice for q in questions if (choice := answers(q.item))}
    AnswerKey.objects.get_or_create(
        digest=key.digest, defaults={"course_key": key.course, "course_version": key.version, "lines": key.to_json()}
    )
    vector = fold(key, shown=[q.item for q in questions], answers=given)
    Sitting.objects.create(
        agency_id=actor.agency_id,
        account_id=actor.account_id,
        context=context,
        course_key=key.course,
        course_version=key.version,
        test_key=POST.key,
        title=POST.title,
        form="B",
        attempt=attempt,
        seed=seed,
        answer_key_id=key.digest,
        questions=[[q.item, list(q.options)] for q in questions],
        state=api.SittingState.FINISHED,
        started_at=now,
        deadline_at=now + timedelta(minutes=30),
        finished_at=now,
        score=score(key, vector).points,
        maximum=len(questions),
        vector=vector,
        seconds=fold_seconds(key, {q.item: 10.0 for q in questions}),
    )
    return context


def test_item_results_count_what_was_chosen(actor: Actor) -> None:
    contexts = [sat(actor, lambda item, choice=choice: choice) for choice in ("b", "b", "c", None)]
    found = {r.item_key: r for r in api.item_results(contexts, POST.key, 1)}
    anchor = found["bp-101"]  # in every form
    assert (anchor.n, anchor.correct, anchor.blank, anchor.p) == (4, 2, 1, 0.5)
    assert anchor.option_counts == {"a": 0, "b": 2, "c": 1, "d": 0}
    assert (anchor.mean_seconds, anchor.median_seconds) == (10.0, 10.0)
    assert anchor.discrimination is None  # not from four people
    assert anchor.key_version == SHEET.label


def test_item_results_below_the_threshold_tell_the_number_only(actor: Actor) -> None:
    contexts = [sat(actor, lambda item: "b") for _ in range(9)]
    found = {r.item_key: r for r in api.item_results(contexts, POST.key, 10)}
    anchor = found["bp-101"]
    assert (anchor.n, anchor.is_shown) == (9, False)
    figures = (anchor.correct, anchor.blank, anchor.option_counts, anchor.p, anchor.mean_seconds)
    assert figures == (None,) * 5


def test_item_results_take_first_attempts_unless_told(actor: Actor) -> None:
    contexts = [sat(actor, lambda item: "b"), sat(actor, lambda item: "b", attempt=2)]
    assert {r.n for r in api.item_results(contexts, POST.key, 1) if r.item_key == "bp-101"} == {1}
    assert {r.n for r in api.item_results(contexts, POST.key, 1, attempt=None) if r.item_key == "bp-101"} == {2}


def test_item_results_leave_out_open_sittings_and_other_contexts(actor: Actor, begin: Begin, answer: Save) -> None:
    context = uuid4()
    begin(actor, context=context)
    sat(actor, lambda item: "b")
    assert api.item_results([context], POST.key, 1) == []
    assert api.item_results([], POST.key, 1) == []


def test_item_results_tell_key_versions_apart(actor: Actor) -> None:
    other = KeySheet(SHEET.course, "2026.2", SHEET.lines)
    contexts = [sat(actor, lambda item: "b"), sat(actor, lambda item: "b", key=other)]
    found = [r for r in api.item_results(contexts, POST.key, 1) if r.item_key == "bp-101"]
    assert [(r.key_version, r.n) for r in found] == [(SHEET.label, 1), (other.label, 1)]


def test_item_results_stay_in_the_scope(actor: Actor, other_agency: Agency, make_actor: Callable[..., Actor]) -> None:
    context = sat(make_actor(agency=other_agency), lambda item: "b")
    assert api.item_results([context], POST.key, 1) == []


@pytest.mark.unscoped
def test_item_results_without_a_scope_raise(agency: Agency) -> None:
    with pytest.raises(ScopeError):
        api.item_results([uuid4()], POST.key, 1)


def test_item_results_of_two_thousand_sittings_are_fast(actor: Actor) -> None:
    lot = random.Random(1)
    contexts = [sat(actor, lambda item: lot.choice("abcd")) for _ in range(20)]
    rows = list(Sitting.objects.all())
    more = []
    for n in range(1980):
        row = rows[n % 20]
        more.append(uuid4())
        rows.append(Sitting(**{**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}}))
        rows[-1].pk, rows[-1].context = uuid4(), more[-1]
    Sitting.objects.bulk_create(rows[20:], batch_size=200)
    begun = time.process_time()
    found = api.item_results(contexts + more, POST.key, 10)
    assert sum(r.n for r in found) == 12_000
    assert time.process_time() - begun < 2
