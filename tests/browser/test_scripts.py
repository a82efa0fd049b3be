"""What the scripts add: the panel, the look, autosave over a bad line, the clock, the arrow keys."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = pytest.mark.usefixtures("base_pages")
Open = Callable[..., Page]


def test_panel_opens_beside_the_page_holds_the_focus_and_gives_it_back(open_page: Open) -> None:
    page = open_page("/galeri/", width=1280)
    link = page.locator("a[data-panel]").first
    link.click()
    panel = page.locator("#panel")
    expect(panel).to_be_visible()
    expect(panel.locator("h2")).to_have_text("UU 25/2009 Pasal 34 huruf a")
    expect(panel).to_contain_text("tidak membeda-bedakan")
    assert page.evaluate("document.activeElement.id") == "panel-judul"
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.evaluate("document.activeElement.hasAttribute('data-panel')")


def test_panel_that_cannot_be_fetched_becomes_a_page(open_page: Open) -> None:
    page = open_page("/galeri/", expect_errors=True)
    page.route(
        "**/galeri/hukum/", lambda route: route.abort() if "hx-request" in route.request.headers else route.continue_()
    )
    page.locator("a[data-panel]").first.click()
    page.wait_for_url("**/galeri/hukum/")


def test_look_changes_at_once_and_stays(open_page: Open) -> None:
    page = open_page("/galeri/")
    page.locator(".akun summary").click()
    with page.expect_response("**/tema/"):
        page.get_by_role("button", name="Gelap").click()
    assert page.locator("html").get_attribute("data-tema") == "gelap"
    page.keyboard.press("Escape")
    expect(page.locator(".lembaran")).to_be_hidden()
    page.reload()
    assert page.locator("html").get_attribute("data-tema") == "gelap"


class TestAutosave:
    """Answers are kept as they are given."""

    @pytest.fixture
    def sent(self) -> list[str]:
        return []

    @pytest.fixture
    def line(self) -> dict[str, Any]:
        """What the line does to posts: "ok", "cut", or a status to answer with."""
        return {"state": "ok", "body": "{}"}

    @pytest.fixture
    def page(self, open_page: Open, sent: list[str], line: dict[str, Any]) -> Page:
        page = open_page("/galeri/tes/", expect_errors=True)

        def handle(route: Route) -> None:
            if route.request.method != "POST" or route.request.headers.get("accept") != "application/json":
                return route.continue_()
            if line.get("once"):
                return route.fulfill(body=line.pop("once"), content_type="application/json")
            if line["state"] == "cut":
                return route.abort("internetdisconnected")
            if line["state"] != "ok":
                return route.fulfill(status=line["state"], body=line["body"], content_type="application/json")
            sent.append(route.request.post_data or "")
            return route.continue_()

        page.route("**/galeri/tes/", handle)
        return page

    @staticmethod
    def choose(page: Page, letter: str) -> None:
        page.locator(f"input[value={letter}]").check()

    def test_choice_is_sent_with_number_revision_and_key(self, page: Page, sent: list[str]) -> None:
        self.choose(page, "b")
        expect(page.locator("[data-simpanan]")).to_contain_text("Tersimpan")
        for name, value in (("nomor", "13"), ("pilihan", "b"), ("revisi", "1")):
            assert f'name="{name}"\r\n\r\n{value}\r\n' in sent[0]
        assert 'name="kunci"' in sent[0] and 'name="csrfmiddlewaretoken"' in sent[0]
        expect(page.locator("[data-terjawab]")).to_have_text("13")
        self.choose(page, "c")
        expect(page.locator("[data-simpanan]")).to_have_attribute("data-keadaan", "tersimpan")
        page.wait_for_function("() => !localStorage.length")
        assert 'name="revisi"\r\n\r\n2\r\n' in sent[-1]

    def test_without_a_line_the_newest_answer_waits_and_goes_out_later(
        self, page: Page, sent: list[str], line: dict[str, Any]
    ) -> None:
        line["state"] = "cut"
        self.choose(page, "a")
        expect(page.locator("[data-simpanan]")).to_have_text("1 jawaban belum terkirim")
        self.choose(page, "d")
        page.wait_for_timeout(200)
        line["state"] = "ok"
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("[data-simpanan]")).to_contain_text("Tersimpan")
        assert len(sent) == 1 and 'name="pilihan"\r\n\r\nd\r\n' in sent[0]

    def test_answer_survives_a_reload_without_a_line(self, page: Page, sent: list[str], line: dict[str, Any]) -> None:
        line["state"] = 503
        self.choose(page, "c")
        expect(page.locator("[data-simpanan]")).to_contain_text("belum terkirim")
        page.on("dialog", lambda dialog: dialog.accept())  # leaving with an unsent answer asks first
        page.reload()
        expect(page.locator("input[value=c]")).to_be_checked()
        line["state"] = "ok"
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("[data-simpanan]")).to_contain_text("Tersimpan")
        assert 'name="pilihan"\r\n\r\nc\r\n' in sent[-1]

    def test_refused_answer_is_explained_and_not_tried_again(
        self, page: Page, sent: list[str], line: dict[str, Any]
    ) -> None:
        line.update(state=409, body='{"message": "Waktu tes sudah habis.", "next_step": "Lihat hasilnya."}')
        self.choose(page, "a")
        expect(page.locator("[data-simpanan]")).to_have_text("Waktu tes sudah habis. Lihat hasilnya.")
        line["state"] = "ok"
        page.evaluate("dispatchEvent(new Event('online'))")
        page.wait_for_timeout(300)
        assert sent == []

    def test_ended_session_asks_to_sign_in_and_keeps_the_answer(self, page: Page, line: dict[str, Any]) -> None:
        line["state"] = 401
        self.choose(page, "b")
        expect(page.locator("[data-simpanan]")).to_contain_text("Anda sudah keluar")
        expect(page.get_by_role("link", name="Masuk lagi")).to_have_attribute("href", "/masuk/?next=/galeri/tes/")
        assert page.evaluate("localStorage.length") == 1
        line["state"] = "ok"
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # come back from the other tab
        expect(page.locator("[data-simpanan]")).to_contain_text("Tersimpan")
        expect(page.get_by_role("link", name="Masuk lagi")).to_be_hidden()

    def test_stale_form_takes_a_fresh_token_and_sends_again(self, page: Page, sent: list[str]) -> None:
        page.evaluate(
            "document.querySelectorAll('#tes [name=csrfmiddlewaretoken]').forEach(e => e.value = 'x'.repeat(64))"
        )
        self.choose(page, "b")
        expect(page.locator("[data-simpanan]")).to_contain_text("Tersimpan")
        assert len(sent) == 2

    def test_answer_of_another_tab_gives_way_to_what_is_pressed_here(
        self, page: Page, sent: list[str], line: dict[str, Any]
    ) -> None:
        line["once"] = '{"number": 13, "choice": "d", "revision": 7, "answered_count": 1, "kept": false}'
        self.choose(page, "b")
        expect(page.locator("[data-simpanan]")).to_contain_text("Tersimpan")
        assert 'name="revisi"\r\n\r\n8\r\n' in sent[0] and 'name="pilihan"\r\n\r\nb\r\n' in sent[0]

    def test_answer_that_waited_here_gives_way_to_a_newer_one_on_the_server(
        self, page: Page, line: dict[str, Any]
    ) -> None:
        line["state"] = 503
        self.choose(page, "c")
        expect(page.locator("[data-simpanan]")).to_contain_text("belum terkirim")
        page.on("dialog", lambda dialog: dialog.accept())
        page.reload()
        line.update(state="ok", once='{"number": 13, "choice": "d", "revision": 7, "answered_count": 1, "kept": false}')
        page.evaluate("dispatchEvent(new Event('online'))")
        expect(page.locator("input[value=d]")).to_be_checked()


def test_clock_counts_by_the_server_announces_and_submits_at_zero(open_page: Open) -> None:
    page = open_page("/galeri/")
    page.clock.install()
    page.goto("/galeri/tes/")
    left = page.locator("[data-sisa]")
    expect(left).to_have_text("24:00")
    page.clock.run_for(19 * 60_000)
    expect(left).to_have_text("05:00")
    page.clock.run_for(100)
    expect(page.locator("#kabar")).to_have_text("Sisa waktu lima menit.")
    page.clock.run_for(4 * 60_000 + 100)
    expect(page.locator("#kabar")).to_have_text("Sisa waktu satu menit.")
    with page.expect_request(lambda request: request.method == "POST") as posted:
        page.clock.run_for(61_000)
    assert "waktu_habis" in (posted.value.post_data or "")


def test_arrow_keys_turn_pages_but_not_while_choosing(open_page: Open) -> None:
    page = open_page("/galeri/tes/")
    page.locator("input[value=a]").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(150)
    assert page.url.endswith("/galeri/tes/")
    page.locator("h1").click()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/galeri/")


def test_second_press_sends_once(open_page: Open) -> None:
    page = open_page("/galeri/tes/")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    page.evaluate("document.querySelector('[data-lanjut]').click(); document.querySelector('[data-lanjut]').click()")
    page.wait_for_load_state("networkidle")
    assert len(posts) == 1
