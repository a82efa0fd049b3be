"""Wrapping text without a browser."""

from hypothesis import given
from hypothesis import strategies as st

from teladan.web.ui.measure import text_width, wrap

WORDS = st.text(alphabet=st.characters(codec="ascii", categories=("L", "N", "P")), min_size=1, max_size=30)


@given(st.lists(WORDS, min_size=1, max_size=20), st.integers(60, 400), st.booleans())
def test_wrap_keeps_every_sign_and_stays_within_the_width(words: list[str], width: int, bold: bool) -> None:
    lines = wrap(" ".join(words), width, 14, bold=bold)
    assert all(text_width(line, 14, bold=bold) <= width for line in lines)
    kept = "".join(lines).replace(" ", "").replace("-", "")
    assert kept == "".join(words).replace("-", "")


def test_wrap_of_nothing_gives_no_line() -> None:
    assert wrap("", 100, 14) == ()


def test_bold_text_is_wider() -> None:
    assert text_width("Akuntabel", 14, bold=True) > text_width("Akuntabel", 14) > 0
