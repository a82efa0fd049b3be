"""Diagrams: every word is drawn, inside the box, at a size a phone can show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.web.ui import diagrams
from tests.web.ui.drawings import assert_inside, parse, said, texts

WORD = st.text(alphabet="abcdefghijklmnopqrstuvwxyzADPS", min_size=1, max_size=14)
PHRASE = st.lists(WORD, min_size=1, max_size=9).map(" ".join)
STEPS = st.lists(st.tuples(PHRASE, st.one_of(st.just(""), PHRASE)), min_size=1, max_size=8)
PHONE = 360 - 2 * 16 - 2 * 16  # a sheet on a phone of 360 px


@pytest.mark.parametrize("kind", sorted(diagrams.KINDS))
@given(steps=STEPS)
def test_diagram_draws_every_step_inside_its_box(kind: str, steps: list[tuple[str, str]]) -> None:
    drawing = diagrams.draw(kind, steps, title="Judul", value="KO")
    for svg in (drawing.narrow, drawing.wide):
        assert_inside(svg)
        drawn = "".join(texts(svg)).replace(" ", "").replace("-", "")
        for label, note in steps:
            for word in (label + " " + note).split():
                assert word in drawn or len(word) > 8  # a long word may stand broken on two lines


def test_diagram_says_its_steps_in_order() -> None:
    drawing = diagrams.draw("alur", [("Terima", "dicatat"), ("Telaah", "")], title="Keluhan")
    for svg in (drawing.narrow, drawing.wide):
        assert said(svg) == ("Keluhan", "1. Terima: dicatat; 2. Telaah.")
    assert drawing.steps == (("Terima", "dicatat"), ("Telaah", ""))


@pytest.mark.parametrize("kind", sorted(diagrams.KINDS))
def test_diagram_on_a_phone_keeps_letters_of_twelve_pixels(kind: str) -> None:
    drawing = diagrams.draw(kind, [("Satu", "dua tiga"), ("Empat", "lima")], title="x")
    width = float((parse(drawing.narrow).get("viewBox") or "").split()[2])
    assert diagrams.NOTE * PHONE / width >= 12


def test_diagram_takes_the_colour_of_its_value_from_a_class() -> None:
    drawing = diagrams.draw("lapis", [("a", ""), ("b", "")], title="x", value="LO")
    assert parse(drawing.narrow).get("class") == "sempit nilai-lo"
    assert parse(drawing.wide).get("class") == "lebar nilai-lo"
    assert "#" not in drawing.narrow.replace("&#", "")


def test_diagram_of_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        diagrams.draw("spiral", [("a", "")], title="x")
