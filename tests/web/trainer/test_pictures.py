"""Results of a cohort in words."""

import pytest

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from teladan.web.trainer.pictures import gain_words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([40, 50, 60, 50, 50], [70, 80, 90, 80, 80], "Rata-rata naik dari 50.0 menjadi 80.0 dari 100"),
        ([70, 80, 90, 80, 80], [40, 50, 60, 50, 50], "Rata-rata turun dari 80.0 menjadi 50.0 dari 100."),
        ([40, 50, 60, 50, 50], [50, 50, 50, 40, 60], "Rata-rata tetap 50.0 dari 100."),
    ],
)
def test_gain_is_told_by_the_way_the_mean_moved(before: list[int], after: list[int], words: str) -> None:
    found = learning.CohortResults(
        chapters=(),
        pre=tuple(before),
        post=tuple(after),
        gain=instruments.class_gain(before, after, 5),
        items={},
        feedback_n=0,
        feedback={},
        min_n=5,
    )
    first = gain_words(found)[0]
    assert words in first
    assert ("menguasai" in first) == ("naik" in first)
