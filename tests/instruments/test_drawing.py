"""Drawing: the blueprint is met exactly, by lot, the same for the same seed."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from instruments.courses import BLUEPRINT, make_item, make_items
from teladan.instruments.drawing import DrawingError, draw, lot, may_change_places
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Cell, TestSpec

ITEMS = make_items()
seeds = st.integers(min_value=0, max_value=2**63 - 1)


@given(seed=seeds, form=st.sampled_from("AB"))
def test_draw_any_seed_meets_blueprint(seed: int, form: str) -> None:
    questions = draw(blueprint=BLUEPRINT, items=ITEMS.values(), form=form, seed=seed)
    drawn = [ITEMS[q.item] for q in questions]
    assert Counter((i.value, i.level) for i in drawn) == {("BP", "C1"): 4, ("UM", "C2"): 2}
    assert len({i.key for i in drawn}) == 6
    assert all(i.use == "tes" and i.form in {form, "jangkar"} for i in drawn)
    assert all(sorted(q.options) == ["a", "b", "c", "d"] for q in questions)


@given(seed=seeds)
def test_draw_same_seed_same_form_whatever_the_order_of_the_bank(seed: int) -> None:
    one = draw(blueprint=BLUEPRINT, items=ITEMS.values(), form="A", seed=seed)
    two = draw(blueprint=BLUEPRINT, items=reversed(ITEMS.values()), form="A", seed=seed)
    assert one == two


def test_draw_takes_the_anchors_first() -> None:
    for seed in range(30):
        drawn = {q.item for q in draw(blueprint=BLUEPRINT, items=ITEMS.values(), form="A", seed=seed)}
        assert {"bp-101", "bp-102"} <= drawn


def test_draw_more_anchors_than_places_draws_among_them() -> None:
    items = [make_item(f"x{n}", form="jangkar") for n in range(5)]
    seen = set()
    for seed in range(60):
        drawn = draw(blueprint=[Cell(value="BP", level="C1", count=2)], items=items, form="A", seed=seed)
        seen |= {q.item for q in drawn}
    assert seen == {i.key for i in items}


def test_draw_orders_differ_between_seeds() -> None:
    orders = {draw(blueprint=BLUEPRINT, items=ITEMS.values(), form="A", seed=s) for s in range(40)}
    assert len(orders) == 40


def test_draw_two_cells_of_a_kind_never_repeat_an_item() -> None:
    cell = Cell(value="BP", level="C1", count=3)
    drawn = draw(blueprint=[cell, cell], items=ITEMS.values(), form="A", seed=1)
    assert len({q.item for q in drawn}) == 6


def test_draw_never_takes_a_self_check() -> None:
    items = [make_item("cek", use="cek", form="A"), make_item("tes", form="A")]
    drawn = draw(blueprint=[Cell(value="BP", level="C1", count=1)], items=items, form="A", seed=1)
    assert [q.item for q in drawn] == ["tes"]


def test_draw_short_bank_names_every_cell() -> None:
    cells = [
        Cell(value="BP", level="C1", count=40),
        Cell(value="KL", level="C4", count=1),
        Cell(value="UM", level="C2", count=1),
    ]
    with pytest.raises(DrawingError) as fault:
        draw(blueprint=cells, items=ITEMS.values(), form="A", seed=1)
    assert [(s.value, s.level, s.wanted, s.found) for s in fault.value.shortages] == [
        ("BP", "C1", 40, 6),
        ("KL", "C4", 1, 0),
    ]
    assert "BP/C1: wanted 40, found 6" in str(fault.value)


def test_lot_is_the_published_hash() -> None:
    """Anyone can check a lot by hand: SHA-256 of "7/draw/bp-001"."""
    assert lot(7, "draw", "bp-001").hex() == "e3f5dc4d8db9106f2689f51d095031f68d4049e2c705d4437662b8cf28cee0c6"


def test_draw_known_seed_gives_the_known_form() -> None:
    """A change of the algorithm would draw other forms from stored seeds."""
    questions = draw(blueprint=BLUEPRINT, items=ITEMS.values(), form="A", seed=20261123)
    assert [(q.item, "".join(q.options)) for q in questions] == [
        ("bp-004", "dbac"),
        ("bp-002", "cdba"),
        ("um-004", "dabc"),
        ("um-006", "bacd"),
        ("bp-102", "dbca"),
        ("bp-101", "dcba"),
    ]


def test_draw_takes_as_many_anchors_as_the_cell_asks_for() -> None:
    for anchors in (0, 1, 2):
        cell = Cell(value="BP", level="C1", count=4, anchors=anchors)
        for seed in range(20):
            drawn = [ITEMS[q.item] for q in draw(blueprint=[cell], items=ITEMS.values(), form="B", seed=seed)]
            assert Counter(i.form for i in drawn) == Counter({"jangkar": anchors, "B": 4 - anchors})


def test_draw_without_the_anchors_asked_for_is_short() -> None:
    cell = Cell(value="UM", level="C2", count=2, anchors=1)
    with pytest.raises(DrawingError) as fault:
        draw(blueprint=[cell], items=ITEMS.values(), form="A", seed=1)
    assert [(s.wanted, s.found) for s in fault.value.shortages] == [(2, 1)]


@given(seed_a=seeds, seed_b=seeds)
def test_draw_two_forms_share_nothing_but_anchors_in_every_cell(seed_a: int, seed_b: int) -> None:
    """The shipped course: whatever is drawn, a cell's items in A and in B are different ones, except its anchors."""
    course = rulebook().course("berakhlak")
    for test in course.tests.values():
        a = draw(blueprint=test.blueprint, items=course.items.values(), form="A", seed=seed_a)
        b = draw(blueprint=test.blueprint, items=course.items.values(), form="B", seed=seed_b)
        for cell in test.blueprint:
            of_a, of_b = (
                {i.key for q in form if ((i := course.items[q.item]).value, i.level) == (cell.value, cell.level)}
                for form in (a, b)
            )
            assert len(of_a) == len(of_b) == cell.count
            assert all(course.items[key].form == "jangkar" for key in of_a & of_b)
            assert all(sum(course.items[k].form == "jangkar" for k in cell_) == cell.anchors for cell_ in (of_a, of_b))


def test_anchors_of_the_shipped_tests_are_a_fifth() -> None:
    for test in rulebook().course("berakhlak").tests.values():
        assert sum(cell.anchors or 0 for cell in test.blueprint) * 5 == test.item_count


@given(
    cells=st.lists(
        st.builds(
            Cell, value=st.just("BP"), level=st.sampled_from(["C1", "C2"]), count=st.integers(1, 5),
            anchors=st.none() | st.integers(0, 5),
        ).filter(lambda c: c.anchors is None or c.anchors <= c.count),
        min_size=1, max_size=2, unique_by=lambda c: c.level,
    ),
    forms=st.lists(st.tuples(st.sampled_from(["A", "B", "jangkar"]), st.sampled_from(["C1", "C2"])), max_size=14),
)  # fmt: skip
def test_forms_may_change_places_when_every_test_can_be_drawn_in_every_form(
    cells: list[Cell], forms: list[tuple[str, str]]
) -> None:
    items = [make_item(f"x{n}", form=form, level=level) for n, (form, level) in enumerate(forms)]
    tests = [
        TestSpec(key=key, title=key, form=form, minutes=1, pass_mark=None, blueprint=tuple(cells))
        for key, form in (("awal", "A"), ("akhir", "B"))
    ]
    drawable = True
    for form in "AB":
        try:
            draw(blueprint=cells, items=items, form=form, seed=1)
        except DrawingError:
            drawable = False
    assert may_change_places(tests, items) == drawable
