"""The analysis of items: by rule on made-up classes, against LSAT6, silent where few answered."""

import json
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.courses import make_course, make_item
from instruments.test_classical import FIVE, VECTORS, pattern
from instruments.textbook import item_rest
from teladan.instruments import analysis
from teladan.instruments.analysis import Answers, Flag, ItemFigures, analyse, flags, sensitivity, tails
from teladan.instruments.keysheet import KeySheet, sheet_of
from teladan.instruments.vector import VectorError, fold, fold_seconds


def answers(vectors: list[bytes], *, sheet: KeySheet = FIVE, seconds: float = 20, forms: str = "A") -> Answers:
    times = fold_seconds(sheet, {line.item: seconds for line in sheet.lines})
    return Answers(
        sheet=sheet,
        vectors=vectors,
        seconds=[times] * len(vectors),
        forms=[forms[i % len(forms)] for i in range(len(vectors))],
    )


LSAT6 = analyse([answers(VECTORS)])


def test_items_of_lsat6_are_the_published_ones() -> None:
    assert [i.difficulty.value for i in LSAT6.items if i.difficulty] == [0.924, 0.709, 0.553, 0.763, 0.87]
    found = [i.discrimination.value for i in LSAT6.items if i.discrimination]
    assert found == pytest.approx([0.1128327, 0.1531781, 0.1727789, 0.1444281, 0.1215964], abs=1e-7)
    assert LSAT6.whole is not None
    assert LSAT6.whole.alpha.value == pytest.approx(0.2949972, abs=1e-7)
    assert LSAT6.forms["A"] == LSAT6.whole


def test_figures_come_back_from_what_is_kept() -> None:
    assert analysis.from_json(json.loads(json.dumps(analysis.to_json(LSAT6)))) == LSAT6
    few = analyse([answers([pattern("10101")] * 3)])
    assert analysis.from_json(json.loads(json.dumps(analysis.to_json(few)))) == few


bits = st.text(alphabet="01", min_size=5, max_size=5)


@given(st.lists(bits, min_size=1, max_size=60), st.randoms())
def test_the_order_of_the_people_changes_nothing(rows: list[str], lot: random.Random) -> None:
    mixed = rows[:]
    lot.shuffle(mixed)
    one, two = (analysis.to_json(analyse([answers([pattern(r) for r in some])])) for some in (rows, mixed))
    assert rounded(one) == rounded(two)


def rounded(value: object) -> object:
    """Floats to nine digits: a sum in another order may differ in the last."""
    if isinstance(value, float):
        return round(value, 9)
    if isinstance(value, dict):
        return {k: rounded(v) for k, v in value.items()}
    return [rounded(v) for v in value] if isinstance(value, list | tuple) else value


@given(st.lists(bits, min_size=30, max_size=80))
def test_shares_add_up_and_agree_with_the_plain_correlation(rows: list[str]) -> None:
    vectors = [pattern(r) for r in rows]
    plain = item_rest(FIVE, vectors)
    for item in analyse([answers(vectors)]).items:
        assert item.difficulty is not None and item.discrimination is not None and item.blank is not None
        assert sum(o.share for o in item.options) + item.blank == pytest.approx(1)
        assert sum(o.upper for o in item.options) == pytest.approx(1)
        assert sum(o.lower for o in item.options) == pytest.approx(1)
        assert item.discrimination.value == (
            None if plain[item.item].value is None else pytest.approx(plain[item.item].value)
        )
        if item.discrimination.low is not None and item.discrimination.high is not None:
            assert item.discrimination.low <= (item.discrimination.value or 0) <= item.discrimination.high


@given(st.lists(bits, min_size=1, max_size=29))
def test_below_thirty_only_a_key_to_look_at_is_told(rows: list[str]) -> None:
    found = analyse([answers([pattern(r) for r in rows])])
    assert (found.whole, found.forms) == (None, {})
    for item in found.items:
        kept = analysis.to_json(found)["items"][0]
        told = {k for k, v in kept.items() if v not in (None, ())}
        assert told <= {"item", "value", "behaviour", "level", "correct", "keys", "forms", "n", "preferred"}
        assert set(flags(item)) <= {Flag.WRONG_KEY}
        assert item.n >= 20 or item.preferred is None


@given(st.lists(st.none() | st.integers(0, 6).map(lambda n: n / 6), max_size=50))
def test_tails_are_the_best_and_the_weakest_27_percent(rests: list[float | None]) -> None:
    upper, lower = tails(rests)
    known = [r for r in rests if r is not None]
    assert sum(upper) == pytest.approx(0.27 * len(known))
    assert sum(lower) == pytest.approx(0.27 * len(known))
    for weights, sign in ((upper, 1), (lower, -1)):
        of = {r: w for r, w in zip(rests, weights, strict=True) if r is not None}
        assert all(w == pytest.approx(of[r]) for r, w in zip(rests, weights, strict=True) if r is not None)
        ordered = [of[r] for r in sorted(of, key=lambda r: -sign * r)]
        assert ordered == sorted(ordered, reverse=True)


def wrong_key(n: int) -> ItemFigures:
    """A class in which the better half all choose b, the key says a (of the first item)."""
    able, weak = pattern("01111"), pattern("10000")
    return analyse([answers([able if i % 2 else weak for i in range(n)])]).items[0]


def test_a_key_that_the_best_do_not_choose_is_told_from_twenty_on() -> None:
    assert wrong_key(19).preferred is None
    assert wrong_key(20).preferred == "b"
    assert flags(wrong_key(20)) == (Flag.WRONG_KEY,)
    assert flags(wrong_key(40))[:2] == (Flag.WRONG_KEY, Flag.NEGATIVE)


def item_of(right: int, n: int = 40, *, seconds: float = 20, wrong: str = "bcd") -> ItemFigures:
    """An item that the first `right` of n people answer rightly, who also know the rest."""
    keys = [f"x{i}" for i in range(5)]
    vectors = []
    for person in range(n):
        mine = {"x0": "a" if person < right else wrong[person % len(wrong)]}
        mine |= {k: "a" if person < right - i else "b" for i, k in enumerate(keys) if i}
        vectors.append(fold(FIVE, shown=keys, answers=mine))
    return analyse([answers(vectors, seconds=seconds)]).items[0]


def test_flags_name_hard_and_easy_items_where_they_belong() -> None:
    assert flags(item_of(6)) == (Flag.HARD,)
    assert flags(item_of(6), is_first=True) == ()  # before the course an item may be hard
    assert Flag.EASY in flags(item_of(38))
    assert flags(item_of(20)) == ()


def test_flags_name_haste_and_idle_options() -> None:
    assert flags(item_of(20, seconds=2)) == (Flag.HASTY,)
    assert flags(item_of(100, n=200, wrong="bc")) == (Flag.IDLE,)
    assert flags(item_of(20, wrong="bc")) == ()  # of forty people nobody may well be chance


def test_a_lure_is_one_beyond_chance() -> None:
    """The key is hit by people in the middle; b is taken by the best, now by many, now by two of them."""
    able, middle, weak = "b1111", "a1100", "c0000"

    def found(people: list[str]) -> ItemFigures:
        keys = [f"x{i}" for i in range(5)]
        vectors = [
            fold(FIVE, shown=keys, answers={k: {"1": "a", "0": "b"}.get(m, m) for k, m in zip(keys, p, strict=True)})
            for p in people
        ]
        return analyse([answers(vectors)]).items[0]

    mixed = ["a1000", "a1110"] * 15
    assert Flag.LURE in flags(found([able] * 15 + ["b1110"] * 15 + mixed + [weak] * 10))
    assert Flag.LURE not in flags(found([able] * 2 + [middle] * 30 + mixed + [weak] * 10))


def test_flags_name_an_item_that_gains_nothing() -> None:
    before, after = item_of(20), item_of(22)
    gain = sensitivity(before, after)
    assert gain is not None and gain.value == pytest.approx(0.05)
    assert gain.low is not None and gain.high is not None and gain.low < 0.05 < gain.high
    assert flags(after, gain=gain) == (Flag.INSENSITIVE,)
    assert flags(before, gain=gain, is_first=True) == ()
    assert sensitivity(None, after) is None
    assert sensitivity(item_of(5, n=12), after) is None


def test_an_item_with_the_same_options_and_key_is_one_across_versions() -> None:
    items = {f"x{n}": make_item(f"x{n}", correct="a") for n in range(6)}
    later = sheet_of(make_course("2026.2", items=items))
    other = {**items, "x0": make_item("x0", correct="b")}
    corrected = sheet_of(make_course("2026.3", items=other))
    batches = [
        answers([pattern("11111")] * 10),
        answers([fold(later, shown=["x0", "x1"], answers={"x0": "a", "x1": "a"})] * 7, sheet=later),
        answers([fold(corrected, shown=["x0", "x1"], answers={"x0": "b", "x1": "a"})] * 5, sheet=corrected),
    ]
    found = [(i.item, i.n, i.correct, len(i.keys)) for i in analyse(batches).items if i.item in {"x0", "x1"}]
    assert found == [("x0", 17, "a", 2), ("x0", 5, "b", 1), ("x1", 22, "a", 3)]


def test_forms_are_told_apart() -> None:
    rows = [pattern("11000"), pattern("11100"), pattern("10000"), pattern("11110")] * 20
    found = analyse([answers(rows, forms="AB")])
    assert sorted(found.forms) == ["A", "B"]
    assert [r.n for r in found.forms.values()] == [40, 40]
    assert {i.forms for i in found.items} == {("A", "B")}


def test_nobody_has_no_figures() -> None:
    assert analyse([]).items == ()


def test_two_thousand_sittings_are_analysed_in_seconds() -> None:
    import time

    sheet = sheet_of(make_course(items={f"x{n:03d}": make_item(f"x{n:03d}") for n in range(180)}))
    lot = random.Random(1)
    keys = [line.item for line in sheet.lines]
    vectors = []
    for _ in range(2000):
        shown = lot.sample(keys, 20)
        vectors.append(fold(sheet, shown=shown, answers={k: lot.choice("abcd") for k in shown}))
    begun = time.process_time()
    assert analyse([answers(vectors, sheet=sheet, forms="AB")]).n == 2000
    assert time.process_time() - begun < 3


def test_vectors_of_another_version_are_refused() -> None:
    with pytest.raises(VectorError):
        analyse([answers([b"\x01"])])
