"""Figures of tests that are kept: computed from finished first attempts, in steps, in the agency's scope."""

import random
import secrets
import time
from collections.abc import Callable, Sequence
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
from teladan.instruments.models import Analysis, AnswerKey, Sitting
from teladan.instruments.scoring import score
from teladan.instruments.vector import fold, fold_seconds
from teladan.kernel import clock

Begin = Callable[..., api.SittingCard]
SHEET = sheet_of(COURSE)
POST = COURSE.tests["tes-akhir"]
STEP = 5


def sat(
    actor: Actor, answers: Callable[[str], str | None], *, attempt: int = 1, key: KeySheet = SHEET, form: str = "B"
) -> UUID:
    """A finished sitting with these answers; returns its context."""
    seed, context, now = secrets.randbits(60), uuid4(), datetime(2026, 11, 23, tzinfo=UTC)
    questions = draw(blueprint=POST.blueprint, items=COURSE.items.values(), form=form, seed=seed)
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
        form=form,
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


def refresh(actor: Actor, *groups: Sequence[UUID], subject: str = "kelas") -> int:
    return api.refresh_analysis(subject=subject, groups=groups, tests=[POST.key], agency_id=actor.agency_id, step=STEP)


def kept(subject: str = "kelas") -> api.TestFigures:
    return api.analysis_of(subject, [POST.key])[POST.key].figures


def anchor(subject: str = "kelas") -> api.ItemFigures:
    (found,) = (i for i in kept(subject).items if i.item == "bp-101")  # in every form
    return found


def test_figures_count_what_was_chosen(actor: Actor) -> None:
    contexts = [sat(actor, lambda item, choice=choice: choice) for choice in ["b"] * 15 + ["c"] * 14 + [None]]
    assert refresh(actor, contexts) == 1
    found = anchor()
    assert (found.n, found.right, found.blank, found.median_seconds) == (30, 15, pytest.approx(1 / 30), 10.0)
    assert {o.option: round(30 * o.share) for o in found.options} == {"a": 0, "b": 15, "c": 14, "d": 0}
    assert found.keys == (SHEET.label,)
    assert kept().whole is not None
    exact = api.exactness_of("kelas", POST.key)
    assert exact is not None
    assert (exact.whole, exact.keys) == (kept().whole, (SHEET.label,))


def test_figures_of_fewer_than_the_step_are_not_made(actor: Actor) -> None:
    assert refresh(actor, [sat(actor, lambda item: "b") for _ in range(STEP - 1)]) == 0
    assert api.analysis_of("kelas", [POST.key]) == {}
    assert api.exactness_of("kelas", POST.key) is None


def test_figures_change_in_steps_only(actor: Actor) -> None:
    """Two looks, one answer apart, would tell that answer."""
    contexts = [sat(actor, lambda item: "b") for _ in range(STEP)]
    assert refresh(actor, contexts) == 1
    for more in range(1, STEP):
        contexts.append(sat(actor, lambda item: "c"))
        assert refresh(actor, contexts) == 0, more
        assert kept().n == STEP
    contexts.append(sat(actor, lambda item: "c"))
    assert refresh(actor, contexts) == 1
    assert kept().n == 2 * STEP


def test_small_groups_join_when_they_have_grown(actor: Actor) -> None:
    """All cohorts minus the shown ones would tell about a small one."""
    large = [sat(actor, lambda item: "b") for _ in range(2 * STEP)]
    small = [sat(actor, lambda item: "c") for _ in range(STEP - 1)]
    assert refresh(actor, large, small) == 1
    assert kept().n == 2 * STEP
    small.append(sat(actor, lambda item: "c"))
    assert refresh(actor, large, small) == 1
    assert kept().n == 3 * STEP


def test_figures_of_another_method_are_made_anew(actor: Actor) -> None:
    contexts = [sat(actor, lambda item: "b") for _ in range(STEP)]
    refresh(actor, contexts)
    Analysis.objects.update(method=0)
    assert refresh(actor, contexts) == 1
    assert refresh(actor, contexts) == 0


def test_figures_take_first_attempts_of_finished_sittings(actor: Actor, begin: Begin) -> None:
    contexts = [sat(actor, lambda item: "b") for _ in range(STEP)]
    contexts += [sat(actor, lambda item: "b", attempt=2) for _ in range(STEP)]
    open_one = uuid4()
    begin(actor, context=open_one)
    refresh(actor, [*contexts, open_one])
    assert kept().n == STEP


def test_figures_of_key_versions_with_the_same_item_are_one(actor: Actor) -> None:
    later = KeySheet(SHEET.course, "2026.2", SHEET.lines)
    contexts = [sat(actor, lambda item: "b") for _ in range(STEP)]
    contexts += [sat(actor, lambda item: "b", key=later) for _ in range(STEP)]
    refresh(actor, contexts)
    assert (anchor().n, anchor().keys) == (2 * STEP, tuple(sorted([SHEET.label, later.label])))


def test_figures_name_the_forms_an_item_stood_in(actor: Actor) -> None:
    contexts = [sat(actor, lambda item: "b", form="AB"[n % 2]) for n in range(60)]
    refresh(actor, contexts)
    assert anchor().forms == ("A", "B")
    assert {i.forms for i in kept().items if not i.item.startswith("bp-10")} == {("A",), ("B",)}


def test_figures_stay_in_the_scope(actor: Actor, other_agency: Agency, make_actor: Callable[..., Actor]) -> None:
    stranger = make_actor(agency=other_agency)
    contexts = [sat(stranger, lambda item: "b") for _ in range(STEP)]
    assert refresh(actor, contexts) == 0
    assert refresh(stranger, contexts) == 1
    assert api.analysis_of("kelas", [POST.key]) == {}


@pytest.mark.unscoped
def test_figures_without_a_scope_raise(agency: Agency) -> None:
    with pytest.raises(ScopeError):
        api.analysis_of("kelas", [POST.key])


def test_figures_say_when_they_were_made(actor: Actor) -> None:
    at = datetime(2026, 11, 24, 2, 10, tzinfo=UTC)
    contexts = [sat(actor, lambda item: "b") for _ in range(STEP)]
    with clock.at(at):
        refresh(actor, contexts)
    assert api.analysis_of("kelas", [POST.key])[POST.key].made_at == at


def test_figures_of_two_thousand_sittings_are_made_and_read_fast(actor: Actor) -> None:
    lot = random.Random(1)
    contexts = [sat(actor, lambda item: lot.choice("abcd")) for _ in range(20)]
    rows: list[Any] = list(Sitting.objects.all())
    for n in range(1980):
        row = rows[n % 20]
        rows.append(Sitting(**{f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}))
        rows[-1].pk, rows[-1].context = uuid4(), uuid4()
        contexts.append(rows[-1].context)
    Sitting.objects.bulk_create(rows[20:], batch_size=200)
    begun = time.process_time()
    assert refresh(actor, contexts) == 1
    assert time.process_time() - begun < 3
    begun = time.process_time()
    assert sum(i.n for i in kept().items) == 12_000
    assert time.process_time() - begun < 0.1
