"""How the sample participants behave. Documented so that nobody takes their figures for findings.

Ability: theta ~ N(-0.1, 0.8) before the course; after it theta + gain, gain ~ N(1.7, 0.4).
An item is answered rightly with the Rasch probability 1 / (1 + exp(-(theta - difficulty))), the difficulty being the author's
guess in the pack; a wrong answer falls on one of the other options, the first of them twice as often.
In scenes a choice is drawn with weights exp(1.5 * score). Pages take 2 to 9 minutes; a day holds six to sixteen pages.
Of the self-checks 6 in 10 are answered, of the scenes 4 in 10 played, of the places to write 5 in 10 used.
"""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from teladan.rulebook.data import Choice, Item


@dataclass(frozen=True)
class Person:
    """A simulated participant: ability before and after, and how far they come (0 nothing .. 1 the certificate)."""

    before: float
    after: float
    reach: float


def person(draw: random.Random, *, reach: float) -> Person:
    before = draw.gauss(-0.1, 0.8)
    return Person(before, before + max(draw.gauss(1.7, 0.4), 0.0), reach)


def answer(draw: random.Random, item: Item, theta: float) -> str:
    """The key of the option this person chooses."""
    if draw.random() < 1 / (1 + math.exp(item.difficulty - theta)):
        return item.correct_key
    wrong = [o.key for o in item.options if not o.correct]
    return draw.choice([wrong[0], *wrong])


def choose(draw: random.Random, choices: Sequence[Choice]) -> str:
    """The key of the choice this person makes in a scene."""
    return draw.choices([c.key for c in choices], weights=[math.exp(1.5 * c.score) for c in choices])[0]
