"""Results of a cohort in words."""

import pytest

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from teladan.web.trainer.pictures import gain_words


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ([40, 50, 60, 50, 50] * 2, [70, 80, 90, 80, 80] * 2, "Rata-rata naik dari 50,0 menjadi 80,0 dari 100"),
        ([70, 80, 90, 80, 80] * 2, [40, 50, 60, 50, 50] * 2, "Rata-rata turun dari 80,0 menjadi 50,0 dari 100."),
        ([40, 50, 60, 50, 50] * 2, [50, 50, 50, 40, 60] * 2, "Rata-rata tetap 50,0 dari 100."),
    ],
)
def test_gain_is_told_by_the_way_the_mean_moved(before: list[int], after: list[int], words: str) -> None:
    first = gain_words(results_of(before, after))[0]
    assert words in first
    assert ("menguasai" in first) == ("naik" in first)


def results_of(before: list[int], after: list[int]) -> learning.CohortResults:
    return learning.CohortResults(
        chapters=(),
        pre=tuple(before),
        post=tuple(after),
        gain=instruments.class_gain(before, after, 5, fewest_for_gain=instruments.FEWEST_FOR_GAIN),
        changes={},
        exactness=None,
        feedback_n=0,
        feedback={},
        min_n=5,
    )


def test_gain_of_a_large_enough_class_has_its_intervals() -> None:
    words = gain_words(results_of([40, 50, 60, 50, 50] * 2, [70, 75, 90, 80, 80] * 2))
    assert "Selisih rata-ratanya dengan keyakinan 95 persen antara" in words[1]
    assert "Besar pengaruh d" in words[2]


def test_gain_of_a_small_class_has_no_percentages() -> None:
    """From five to nine people: averages and their difference, and why there is no more."""
    words = gain_words(results_of([40, 50, 60, 50, 50], [70, 80, 90, 80, 80]))
    assert "Rata-rata naik dari 50,0 menjadi 80,0 dari 100." in words[0]
    assert not any("persen dari yang belum" in sentence or "d =" in sentence for sentence in words)
    assert any("baru dihitung mulai 10 orang" in sentence for sentence in words)


def test_gain_of_fewer_than_the_threshold_is_not_told() -> None:
    assert gain_words(results_of([40] * 4, [80] * 4)) == [
        "Kemajuan kelas ditampilkan bila sedikitnya 5 orang menyelesaikan kedua tes."
    ]
