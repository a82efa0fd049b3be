"""Scenes: the way, its echoes, its score, and what is refused."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.courses import make_scene
from teladan.instruments.scenes import Made, WalkError, WalkFault, mean_bp, walk

SCENE = make_scene()


def way(keys: str) -> list[Made]:
    return [Made(step, key) for step, key in enumerate(keys, start=1)]


def test_walk_begins_at_the_start() -> None:
    here = walk(SCENE, [])
    assert (here.node.key, here.is_over, here.score, here.trail) == ("pintu", False, None, ())


def test_walk_remembers_and_speaks_later() -> None:
    here = walk(SCENE, way("aa"))
    assert here.is_over
    assert here.echoes == ("Pemeriksa bertanya.",)
    assert [(t.node.key, t.choice.key, t.echoes) for t in here.trail] == [
        ("pintu", "a", ()),
        ("pagi", "a", ("Tidak ada catatan.",)),
    ]
    assert here.marks == {"tanpa-catatan"}


def test_walk_without_the_mark_is_silent() -> None:
    assert walk(SCENE, way("bc")).echoes == ()


def test_walk_scores_the_way_not_the_end() -> None:
    assert walk(SCENE, way("aa")).score == Decimal("45.00")  # (0.2 + 0.7) / 2
    assert walk(SCENE, way("bc")).score == Decimal("100.00")
    assert walk(SCENE, way("bbbc")).score == Decimal("75.00")  # a node may be met again


def test_walk_echo_at_a_node_met_again_uses_what_was_known_then() -> None:
    trail = walk(SCENE, way("bbaa")).trail
    assert [t.echoes for t in trail] == [(), (), (), ("Tidak ada catatan.",)]


@pytest.mark.parametrize(
    ("choices", "fault", "step"),
    [
        ([Made(2, "a")], WalkFault.OUT_OF_ORDER, 1),
        ([Made(1, "a"), Made(1, "a")], WalkFault.OUT_OF_ORDER, 2),
        ([Made(1, "z")], WalkFault.UNKNOWN_CHOICE, 1),
        ([Made(1, "c")], WalkFault.UNKNOWN_CHOICE, 1),
        ([*way("aa"), Made(3, "a")], WalkFault.ALREADY_OVER, 3),
    ],
)
def test_walk_what_does_not_go_is_refused(choices: list[Made], fault: WalkFault, step: int) -> None:
    with pytest.raises(WalkError) as error:
        walk(SCENE, choices)
    assert (error.value.fault, error.value.step) == (fault, step)


def test_walk_to_a_missing_node_is_a_broken_scene() -> None:
    broken = replace(SCENE, nodes={k: v for k, v in SCENE.nodes.items() if k != "pagi"})
    with pytest.raises(WalkError) as error:
        walk(broken, way("a"))
    assert error.value.fault is WalkFault.BROKEN_SCENE


@given(st.lists(st.integers(0, 100), min_size=1))
def test_mean_is_exact_and_half_up(hundredths: list[int]) -> None:
    scores = [n / 100 for n in hundredths]
    assert mean_bp(scores) == (200 * sum(hundredths) + len(hundredths)) // (2 * len(hundredths))


def test_mean_of_nothing_is_none() -> None:
    assert mean_bp([]) is None
