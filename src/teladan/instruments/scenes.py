"""Walking through a dilemma scene. Pure: a scene and the choices made so far give the state.

The score is the mean of the visited choices' scores, never the ending alone: a lucky end does not excuse the way
there. Echoes are delayed consequences: a choice sets a mark, and a later node speaks of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from teladan.instruments.scoring import to_percent
from teladan.rulebook.data import Choice, Node, Scene


class WalkFault(StrEnum):
    """Why choices do not go through a scene."""

    OUT_OF_ORDER = "out-of-order"  # the steps are not 1, 2, 3 ...
    UNKNOWN_CHOICE = "unknown-choice"  # the node has no such choice
    ALREADY_OVER = "already-over"  # a choice after the end
    BROKEN_SCENE = "broken-scene"  # a choice leads to a node that does not exist


class WalkError(ValueError):
    """The choices do not go through the scene; `fault` says why and `step` where."""

    def __init__(self, fault: WalkFault, step: int, detail: str = "") -> None:
        super().__init__(f"{fault} at step {step}{f': {detail}' if detail else ''}")
        self.fault, self.step = fault, step


@dataclass(frozen=True)
class Made:
    """A choice that was made: its step (from 1) and the choice's key."""

    step: int
    choice: str


@dataclass(frozen=True, kw_only=True)
class TrailStep:
    """A step of the way: the node as it was met, and what was chosen there."""

    step: int
    node: Node
    echoes: tuple[str, ...]
    choice: Choice

    @property
    def score_bp(self) -> int:
        """The choice's score in hundredths of a percent, half up."""
        return mean_bp([self.choice.score]) or 0

    @property
    def score(self) -> Decimal:
        return to_percent(self.score_bp)


@dataclass(frozen=True, kw_only=True)
class Walk:
    """Where the choices lead. `score_bp` (hundredths of a percent, half up) is None before the first choice."""

    node: Node
    echoes: tuple[str, ...]
    trail: tuple[TrailStep, ...]
    marks: frozenset[str]
    score_bp: int | None

    @property
    def is_over(self) -> bool:
        return not self.node.choices

    @property
    def score(self) -> Decimal | None:
        return None if self.score_bp is None else to_percent(self.score_bp)


def walk(scene: Scene, choices: Sequence[Made]) -> Walk:
    """Follow the choices from the scene's start. WalkError for a choice that is unknown, out of order or after the
    end."""
    node = _node(scene, scene.start, 0)
    marks: frozenset[str] = frozenset()
    trail: list[TrailStep] = []
    for step, made in enumerate(choices, start=1):
        if made.step != step:
            raise WalkError(WalkFault.OUT_OF_ORDER, step, f"got step {made.step}")
        if not node.choices:
            raise WalkError(WalkFault.ALREADY_OVER, step)
        choice = next((c for c in node.choices if c.key == made.choice), None)
        if choice is None:
            raise WalkError(WalkFault.UNKNOWN_CHOICE, step, repr(made.choice))
        trail.append(TrailStep(step=step, node=node, echoes=_echoes(node, marks), choice=choice))
        marks |= frozenset(choice.sets)
        node = _node(scene, choice.goto, step)
    return Walk(
        node=node,
        echoes=_echoes(node, marks),
        trail=tuple(trail),
        marks=marks,
        score_bp=mean_bp([t.choice.score for t in trail]),
    )


def mean_bp(scores: Sequence[float]) -> int | None:
    """The mean of scores of 0..1 in hundredths of a percent, half up; None of none. Exact: scores are read as
    decimals."""
    if not scores:
        return None
    total = sum((Decimal(str(s)) for s in scores), Decimal(0))
    return int(total * 10_000 / len(scores) + Decimal("0.5"))


def _node(scene: Scene, key: str, step: int) -> Node:
    if key not in scene.nodes:
        raise WalkError(WalkFault.BROKEN_SCENE, step, f"{scene.key} has no node {key!r}")
    return scene.nodes[key]


def _echoes(node: Node, marks: frozenset[str]) -> tuple[str, ...]:
    return tuple(echo.text for echo in node.echoes if echo.when in marks)
