"""Plays: every choice kept, never overwritten; played again without losing the way before."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from instruments.courses import make_scene
from teladan.access.api import Actor
from teladan.accounts.models import Agency
from teladan.instruments import api
from teladan.instruments.events import SceneFinished
from teladan.instruments.models import SceneChoice
from teladan.jobs.models import Message
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.ledger import api as ledger
from teladan.rulebook.data import Scene

SCENE = make_scene()


def own(actor: Actor, context: UUID, scene: Scene = SCENE) -> dict[str, Any]:
    return {
        "scene": scene,
        "account_id": actor.account_id,
        "agency_id": actor.agency_id,
        "context": context,
        "by": actor,
    }


def play_through(actor: Actor, context: UUID, keys: str) -> api.PlayView:
    view = api.start_play(**own(actor, context))
    for step, choice in enumerate(keys, start=1):
        view = api.choose(play_id=view.play_id, step=step, choice=choice, by=actor, scene=SCENE)
    return view


def test_start_shows_the_first_node(actor: Actor) -> None:
    view = api.start_play(**own(actor, uuid4()))
    assert (view.node, view.step, view.attempt, view.is_over, view.score) == ("pintu", 1, 1, False, None)
    assert view.choices == (("a", "pilih a"), ("b", "pilih b"))
    assert view.debrief == ""


def test_start_again_goes_on_where_one_was(actor: Actor) -> None:
    context = uuid4()
    play_through(actor, context, "a")
    view = api.start_play(**own(actor, context))
    assert (view.node, view.step, view.echoes) == ("pagi", 2, ("Tidak ada catatan.",))
    assert view.trail[0].outcome == "akibat a"
    assert (view.trail[0].feedback, view.trail[0].score) == ("", None)  # not before the end


def test_end_scores_debriefs_and_announces(actor: Actor) -> None:
    context = uuid4()
    view = play_through(actor, context, "aa")
    assert (view.is_over, view.score, view.debrief) == (True, Decimal("45.00"), SCENE.debrief)
    assert view.choices == ()
    assert [(t.feedback, t.score) for t in view.trail] == [
        ("umpan balik a", Decimal("20.00")),
        ("umpan balik a", Decimal("70.00")),
    ]
    event = SceneFinished.from_payload(Message.objects.get(name=SceneFinished.name).payload)
    assert (event.play_id, event.context, event.score_bp, event.steps, event.ending) == (
        view.play_id,
        context,
        4500,
        2,
        "akhir",
    )
    acts = [e.act for e in ledger.entries_of(f"play:{view.play_id}", agency_id=actor.agency_id)]
    assert acts == ["instruments.play_started", "instruments.play_finished"]
    card = api.play_card(view.play_id)
    assert [(c.step, c.node, c.choice, c.score_bp) for c in card.choices] == [
        (1, "pintu", "a", 2000),
        (2, "pagi", "a", 7000),
    ]


def test_choose_the_same_again_changes_nothing(actor: Actor) -> None:
    context = uuid4()
    first = play_through(actor, context, "a")
    again = api.choose(play_id=first.play_id, step=1, choice="a", by=actor, scene=SCENE)
    assert again == first
    assert SceneChoice.objects.count() == 1


def test_choose_otherwise_afterwards_is_refused(actor: Actor) -> None:
    view = play_through(actor, uuid4(), "a")
    with pytest.raises(Conflict, match="pilihan lain"):
        api.choose(play_id=view.play_id, step=1, choice="b", by=actor, scene=SCENE)


@pytest.mark.parametrize(("step", "choice"), [(1, "z"), (2, "a"), (0, "a"), (-1, "a")])
def test_choose_what_is_not_offered_is_refused(step: int, choice: str, actor: Actor) -> None:
    view = api.start_play(**own(actor, uuid4()))
    with pytest.raises(Invalid):
        api.choose(play_id=view.play_id, step=step, choice=choice, by=actor, scene=SCENE)
    assert not SceneChoice.objects.exists()


def test_choose_after_the_end_is_refused(actor: Actor) -> None:
    view = play_through(actor, uuid4(), "bc")
    with pytest.raises(Conflict, match="sudah selesai"):
        api.choose(play_id=view.play_id, step=3, choice="a", by=actor, scene=SCENE)


def test_restart_makes_a_further_play_and_keeps_the_former(actor: Actor) -> None:
    context = uuid4()
    first = play_through(actor, context, "aa")
    second = api.restart_play(**own(actor, context))
    assert (second.attempt, second.node, second.trail) == (2, "pintu", ())
    assert api.restart_play(**own(actor, context)) == second  # nothing chosen yet: new enough
    assert api.play_view(first.play_id, actor, scene=SCENE) == first
    assert [(p.attempt, len(p.choices)) for p in api.plays_of([context])] == [(1, 2), (2, 0)]


def test_restart_in_the_middle_leaves_the_former_open_no_more(actor: Actor) -> None:
    context = uuid4()
    first = play_through(actor, context, "a")
    api.restart_play(**own(actor, context))
    with pytest.raises(Conflict, match="sudah selesai"):
        api.choose(play_id=first.play_id, step=2, choice="a", by=actor, scene=SCENE)
    assert [p.state for p in api.plays_visible_to(actor, context=context)] == [
        api.PlayState.OPEN,
        api.PlayState.LEFT,
    ]


def test_newer_scene_ends_a_running_play_but_not_a_finished_one(actor: Actor) -> None:
    running, done = uuid4(), uuid4()
    open_play, finished = play_through(actor, running, "a"), play_through(actor, done, "aa")
    newer = make_scene(version=2)
    view = api.play_view(open_play.play_id, actor, scene=newer)
    assert (view.is_outdated, view.choices) == (True, ())
    with pytest.raises(Conflict, match="diperbarui"):
        api.choose(play_id=open_play.play_id, step=2, choice="a", by=actor, scene=newer)
    assert api.restart_play(**own(actor, running, newer)).is_outdated is False
    old = api.play_view(finished.play_id, actor, scene=newer)
    assert (old.is_outdated, old.is_over, old.score) == (True, True, Decimal("45.00"))


def test_another_ones_play_does_not_exist(
    actor: Actor, agency: Agency, other_agency: Agency, make_actor: Callable[..., Actor]
) -> None:
    context = uuid4()
    view = api.start_play(**own(actor, context))
    for place in (agency, other_agency):
        intruder = make_actor(agency=place)
        with pytest.raises(NotFound):
            api.play_view(view.play_id, intruder, scene=SCENE)
        with pytest.raises(NotFound):
            api.choose(play_id=view.play_id, step=1, choice="a", by=intruder, scene=SCENE)
        with pytest.raises(NotAllowed):
            api.start_play(**{**own(actor, context), "by": intruder})
        with pytest.raises(NotAllowed):
            api.restart_play(**{**own(actor, context), "by": intruder})
        assert api.plays_visible_to(intruder) == []
