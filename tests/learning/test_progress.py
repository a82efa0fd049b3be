"""Progress is a fold: order and repetition do not matter, and one step at a time gives the same."""

from datetime import UTC, datetime, timedelta
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from teladan.learning.enums import Stage
from teladan.learning.progress import Fact, Progress, TestResult, fold, from_json, stage, step, to_json

START = datetime(2026, 11, 2, 1, 0, tzinfo=UTC)


@st.composite
def some_facts(draw: st.DrawFn) -> list[Fact]:
    found = []
    for number in range(draw(st.integers(0, 25))):
        kind = draw(st.sampled_from(["halaman", "jeda", "materi", "tes", "umpan-balik", "lulus"]))
        found.append(
            Fact(
                at=START + timedelta(minutes=draw(st.integers(0, 500))),
                id=f"{number:03d}",
                kind=kind,
                chapter=draw(st.sampled_from(["pendahuluan", "berorientasi-pelayanan"])),
                page=draw(st.sampled_from(["satu", "dua", "tiga"])),
                test=draw(st.sampled_from(["tes-awal", "tes-akhir"])),
                attempt=draw(st.integers(1, 2)),
                score=draw(st.integers(0, 20)),
                maximum=20,
            )
        )
    return found


@given(some_facts(), st.randoms())
def test_fold_in_any_order_with_repeats_gives_the_same(facts: list[Fact], random: object) -> None:
    shuffled = [*facts, *facts]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled) == fold(facts)


@given(some_facts())
def test_step_by_step_in_order_equals_fold(facts: list[Fact]) -> None:
    ordered = sorted(facts, key=lambda f: (f.at, f.id))
    assert reduce(step, ordered, Progress()) == fold(facts)


@given(some_facts())
def test_progress_survives_its_stored_form(facts: list[Fact]) -> None:
    progress = fold(facts)
    assert from_json(to_json(progress)) == progress


def test_from_json_of_nothing_is_the_beginning() -> None:
    assert from_json({}) == Progress()


def fact(kind: str, minute: int, **more: object) -> Fact:
    return Fact(at=START + timedelta(minutes=minute), id=f"{kind}{minute}", kind=kind, **more)  # type: ignore[arg-type]


def test_stage_walks_through_the_course() -> None:
    chapters = ["pendahuluan", "berorientasi-pelayanan"]
    story = [
        (Stage.PRE_TEST, None),
        (Stage.CHAPTERS, fact("tes", 1, test="tes-awal", score=8, maximum=20)),
        (Stage.CHAPTERS, fact("materi", 2, chapter="pendahuluan")),
        (Stage.POST_TEST, fact("materi", 3, chapter="berorientasi-pelayanan")),
        (Stage.POST_TEST, fact("tes", 4, test="tes-akhir", attempt=1, score=10, maximum=20)),
        (Stage.FEEDBACK, fact("tes", 5, test="tes-akhir", attempt=2, score=15, maximum=20)),
        (Stage.DONE, fact("umpan-balik", 6)),
    ]
    told: list[Fact] = []
    for expected, news in story:
        told += [news] if news else []
        assert stage(fold(told), chapters=chapters, pass_mark=70, attempts=2) is expected


def test_stage_after_the_last_failed_attempt_is_not_passed() -> None:
    told = [
        fact("tes", 1, test="tes-awal", score=8, maximum=20),
        fact("materi", 2, chapter="a"),
        fact("tes", 3, test="tes-akhir", attempt=1, score=10, maximum=20),
        fact("tes", 4, test="tes-akhir", attempt=2, score=13, maximum=20),
    ]
    assert stage(fold(told), chapters=["a"], pass_mark=70, attempts=2) is Stage.NOT_PASSED


def test_percent_rounds_half_up() -> None:
    result = fold([fact("tes", 1, test="tes-awal", score=1, maximum=8)]).best("tes-awal")
    assert result is not None
    assert result.percent == 13  # 12.5


def test_best_of_equal_attempts_is_the_earlier() -> None:
    told = [fact("tes", n, test="tes-akhir", attempt=n, score=15, maximum=20) for n in (1, 2)]
    best = fold(told).best("tes-akhir")
    assert best is not None
    assert best.attempt == 1


def test_pass_mark_is_decided_exactly() -> None:
    nearly, just = (
        TestResult(attempt=1, score=score, maximum=168, at=datetime(2026, 11, 23, tzinfo=UTC)) for score in (117, 118)
    )
    assert (nearly.percent, just.percent) == (70, 70)  # 69.6 and 70.2
    assert not nearly.reaches(70)
    assert just.reaches(70)
    assert nearly.reaches(None)
