"""Letters up to twice their size and pages magnified to a width of 180: nothing scrolls sideways, no bar covers another."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from teladan.learning import api as learning
from tests.browser.conftest import Participant
from tests.browser.test_gallery import TOO_WIDE
from tests.browser.test_participant_path import chapter
from tests.learning import story

Open = Callable[..., Page]
State = Callable[[Any], dict[str, Any]]
COLLISIONS = """
['.nav-halaman > *', '.kepala > :not(.pintu)', '.kepala .modul > *', '.pintu a span'].flatMap(chosen => {
  const boxes = [...document.querySelectorAll(chosen)].filter(e => e.checkVisibility()).map(e => [e, e.getBoundingClientRect()])
    .filter(([_, r]) => r.width > 1);
  return boxes.flatMap(([a, r], at) => boxes.slice(at + 1)
    .filter(([_, s]) => Math.min(r.right, s.right) - Math.max(r.left, s.left) > 1)
    .filter(([_, s]) => Math.min(r.bottom, s.bottom) - Math.max(r.top, s.top) > 1)
    .map(([b]) => `${a.textContent.trim()} / ${b.textContent.trim()}`));
})
"""


@pytest.mark.parametrize(
    ("width", "height", "size"), [(360, 740, 130), (360, 740, 150), (360, 740, 200), (180, 370, 100)]
)
def test_bars_wrap_and_nothing_is_wider_than_the_screen(
    open_page: Open, signed_in: State, siti: Participant, width: int, height: int, size: int
) -> None:
    story.sit(siti.actor, siti.enrolment, learning.PRE_TEST, right=5)
    found = chapter(1)
    lesson = f"{siti.home}materi/{found.key}/{found.pages[1].slug}/"
    page = open_page("/tugas/", width=width, height=height, **signed_in(siti.account))
    for path in ("/tugas/", siti.home, lesson, f"{siti.home}hasil/", "/akun/"):
        page.goto(path)
        page.evaluate(f"document.documentElement.style.fontSize = '{size}%'")
        assert page.evaluate(TOO_WIDE) <= 0, path
        assert page.evaluate(COLLISIONS) == [], path
