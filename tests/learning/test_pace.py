"""How fast pages were turned: measured between two statements, judged generously, and never of what nobody can know."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from teladan.learning.pace import FASTEST, FEWEST, course_words, pace, words_in
from teladan.rulebook.api import rulebook
from teladan.rulebook.directives import parse

START = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
WORDS = {("a", str(n)): 200 for n in range(6)} | {("b", str(n)): 200 for n in range(6)}


def read(seconds: list[float], chapter: str = "a", start: datetime = START) -> dict[str, dict[str, datetime]]:
    """Pages one after the other, each stated so many seconds after the one before it."""
    at, pages = start, {"0": start}
    for number, took in enumerate(seconds, 1):
        at += timedelta(seconds=took)
        pages[str(number)] = at
    return {chapter: pages}


def test_pages_of_200_words_in_two_seconds_are_hasty_and_in_a_minute_are_not() -> None:
    assert pace(read([2, 2, 2]), WORDS).hasty == ("a",)
    assert pace(read([60, 60, 60]), WORDS).hasty == ()
    # 200 words at 600 a minute take 20 seconds
    assert pace(read([19, 19, 19]), WORDS).hasty == ("a",)
    assert pace(read([20, 20, 20]), WORDS).hasty == ()


def test_one_slow_page_weighs_as_much_as_it_lasted() -> None:
    assert pace(read([1, 1, 1, 600]), WORDS).hasty == ()


def test_too_few_pages_and_a_break_say_nothing() -> None:
    assert pace({}, WORDS).median_seconds is None
    assert pace(read([]), WORDS).median_seconds is None
    assert pace(read([1] * (FEWEST - 1)), WORDS).hasty == ()
    assert pace(read([1, 1, 3 * 3600]), WORDS).hasty == ()
    assert pace(read([40, 50, 3 * 3600]), WORDS).median_seconds == 45


def test_chapters_are_told_in_the_order_of_the_course() -> None:
    both = read([1, 1, 1, 1], "b") | read([1, 1, 1, 1], "a", START + timedelta(days=1))
    assert pace(both, WORDS).hasty == ("a", "b")


@given(st.lists(st.floats(min_value=0, max_value=1700), min_size=FEWEST, max_size=5), st.floats(1, 10))
def test_who_takes_longer_is_never_judged_hastier(seconds: list[float], factor: float) -> None:
    slower = pace(read([min(1800, took * factor) for took in seconds]), WORDS)
    faster = pace(read(seconds), WORDS)
    assert set(slower.hasty) <= set(faster.hasty)
    assert (slower.median_seconds or 0) >= (faster.median_seconds or 0)


def test_only_words_that_everybody_meets_are_counted() -> None:
    body = "satu dua\n\n::: ingat\ntiga\n:::\n\n::: sisip Judul\nempat lima enam\n:::\n"
    assert words_in(parse(body)) == 3


def test_every_page_of_the_shipped_course_has_words_and_its_own_minutes_are_not_hasty() -> None:
    course = rulebook().course("berakhlak")
    words = course_words(course)
    for chapter in course.chapters:
        for page in chapter.pages:
            assert words[chapter.key, page.slug] < FASTEST * page.minutes
