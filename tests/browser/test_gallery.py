"""The gallery before the judge, on small and large screens, in both looks, magnified, without JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.usefixtures("base_pages")
PAGES = ["/galeri/", "/galeri/tes/", "/galeri/hukum/"]
Open = Callable[..., Page]
Judge = Callable[[Page], list[str]]

OPEN_ALL = "document.querySelectorAll('details').forEach(d => d.open = true)"
TOO_WIDE = "document.documentElement.scrollWidth - window.innerWidth"
SMALL_TARGETS = """
[...document.querySelectorAll('a.tombol, button, summary, .pintu a, .opsi, .halaman-daftar a, .tab a')]
  .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
  .filter(([_, r]) => r.width && (r.height < 43.5 || r.width < 43.5)).map(([html]) => html)
"""
PINNED = """
[...document.querySelectorAll('body *')].filter(e => e.checkVisibility())
  .filter(e => ['fixed', 'sticky'].includes(getComputedStyle(e).position)).map(e => e.className)
"""
SMALL_LETTERS = """
[...document.querySelectorAll('.gambar text')].filter(e => e.checkVisibility())
  .map(e => [e.textContent, parseFloat(getComputedStyle(e).fontSize) * e.getScreenCTM().a])
  .filter(([_, size]) => size < 12)
"""


TALL = 6_000  # whole pages: a bar that stays in reach covers what is scrolled beneath it, which is no fault of that


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_page_passes_the_judge(
    open_page: Open, axe: Callable[[Page], list[str]], path: str, width: int, look: str
) -> None:
    page = open_page(path, width=width, height=TALL, look=look)
    page.evaluate(OPEN_ALL)
    assert axe(page) == []
    assert page.evaluate(TOO_WIDE) <= 0


@pytest.mark.parametrize("width", [360, 1280])
def test_targets_are_large_enough_for_a_thumb(open_page: Open, width: int) -> None:
    for path in PAGES:
        page = open_page(path, width=width)
        page.evaluate(OPEN_ALL)
        assert page.evaluate(SMALL_TARGETS) == []


@pytest.mark.parametrize("width", [360, 960, 1280])
def test_letters_in_drawings_are_twelve_pixels_or_more(open_page: Open, width: int) -> None:
    assert open_page("/galeri/", width=width).evaluate(SMALL_LETTERS) == []


def test_magnified_four_times_nothing_is_cut_and_no_bar_stays_in_the_way(open_page: Open) -> None:
    for path in PAGES:
        page = open_page(path, width=320, height=256)
        assert page.evaluate(TOO_WIDE) <= 0
        assert page.evaluate(PINNED) == []


def test_without_javascript_look_language_and_law_still_work(open_page: Open) -> None:
    page = open_page("/galeri/tes/", java_script_enabled=False)
    assert "sampai" in page.locator("[data-sisa]").inner_text()
    page.goto("/galeri/")
    page.locator(".akun summary").click()
    page.get_by_role("button", name="Gelap").click()
    assert page.locator("html").get_attribute("data-tema") == "gelap"
    page.locator("a[data-panel]").first.click()
    assert page.locator("h1").inner_text() == "UU 25/2009 Pasal 34 huruf a"


def test_keyboard_reaches_the_content_first_and_shows_where_it_is(open_page: Open) -> None:
    page = open_page("/galeri/", width=1280)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "lompat"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "isi"
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineWidth") == "3px"


def test_printed_page_has_a_letterhead_and_no_navigation(open_page: Open) -> None:
    page = open_page("/galeri/")
    page.emulate_media(media="print")
    assert page.locator(".kop").is_visible()
    assert not page.locator(".pintu").is_visible() and not page.locator(".kepala").is_visible()
