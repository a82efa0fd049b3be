"""Answers of a real test when the line goes: kept in the page, said so, delivered, and found on the server."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from tests.browser.conftest import Participant

Open = Callable[..., Page]
State = Callable[[Any], dict[str, Any]]


class Sitting:
    """An open test: its page in the browser, and what the server holds of it."""

    def __init__(self, siti: Participant, open_page: Open, signed_in: State) -> None:
        card = learning.begin_test(enrolment_id=siti.enrolment, test=learning.PRE_TEST, by=siti.actor)
        self.id, self.by = card.id, siti.actor
        self.page = open_page(f"/tes/{card.id}/", expect_errors=True, **signed_in(siti.account))
        self.page.on("dialog", lambda dialog: dialog.accept())  # leaving with an unsent answer asks first
        self.state = self.page.locator("[data-simpanan]")

    def choose(self, which: int) -> str:
        self.page.locator(".opsi").nth(which).click()
        return str(self.page.locator("[name=pilihan]").nth(which).get_attribute("value"))

    def held(self, number: int = 1) -> str | None:
        """The answer to a question as the server has it."""
        found: str | None = instruments.sitting_for(self.id, by=self.by).questions[number - 1].answered
        return found

    def expect_saved(self) -> None:
        expect(self.state).to_have_attribute("data-keadaan", "tersimpan")


@pytest.fixture
def sitting(siti: Participant, open_page: Open, signed_in: State) -> Sitting:
    return Sitting(siti, open_page, signed_in)


def refuse(page: Page, *, times: int, status: int = 503) -> list[str]:
    """Let the next `times` answers meet this status; the list grows with each of them."""
    met: list[str] = []

    def handle(route: Route) -> None:
        if len(met) >= times:
            return route.continue_()
        met.append(route.request.post_data or "")
        return route.fulfill(status=status, body="")

    page.route("**/jawab/", handle)
    return met


def test_answer_given_offline_waits_and_goes_out_when_the_line_is_back(sitting: Sitting) -> None:
    sitting.page.context.set_offline(True)
    sitting.choose(0)
    expect(sitting.state).to_have_text("1 jawaban belum terkirim")
    last = sitting.choose(2)
    expect(sitting.page.locator("[name=pilihan]").nth(2)).to_be_checked()
    expect(sitting.state).to_have_attribute("data-keadaan", "menunggu")
    assert sitting.held() is None
    sitting.page.context.set_offline(False)
    sitting.expect_saved()
    assert sitting.held() == last
    expect(sitting.page.locator("[data-terjawab]")).to_have_text("1")


def test_server_that_is_busy_once_gets_the_answer_again(sitting: Sitting) -> None:
    met = refuse(sitting.page, times=1)
    chosen = sitting.choose(1)
    expect(sitting.state).to_have_text("1 jawaban belum terkirim")
    sitting.expect_saved()  # by itself, a second later
    assert len(met) == 1
    assert sitting.held() == chosen


def test_answer_not_yet_delivered_survives_a_reload_of_the_page(sitting: Sitting) -> None:
    met = refuse(sitting.page, times=100)
    chosen = sitting.choose(3)
    expect(sitting.state).to_have_text("1 jawaban belum terkirim")
    sitting.page.reload()
    expect(sitting.page.locator("[name=pilihan]").nth(3)).to_be_checked()
    assert met and sitting.held() is None
    sitting.page.unroute("**/jawab/")
    sitting.expect_saved()
    assert sitting.held() == chosen


def test_going_on_with_an_undelivered_answer_delivers_it_with_the_form(sitting: Sitting) -> None:
    refuse(sitting.page, times=1)
    chosen = sitting.choose(1)
    expect(sitting.state).to_have_text("1 jawaban belum terkirim")
    sitting.page.locator("button.lanjut").click()
    sitting.page.wait_for_url("**/soal/2/")
    assert sitting.held() == chosen
    second = sitting.choose(2)
    sitting.expect_saved()
    assert (sitting.held(1), sitting.held(2)) == (chosen, second)


def test_test_handed_in_elsewhere_refuses_in_words(sitting: Sitting) -> None:
    learning.finish_test(sitting_id=sitting.id, by=sitting.by)
    sitting.choose(0)
    expect(sitting.state).to_have_attribute("data-keadaan", "gagal")
    expect(sitting.state).to_contain_text(".")


def test_answer_after_signing_out_elsewhere_waits_here_until_signed_in_again(sitting: Sitting) -> None:
    cookies = sitting.page.context.cookies()
    sitting.page.context.clear_cookies(name="sessionid")
    chosen = sitting.choose(1)
    expect(sitting.state).to_contain_text("Anda sudah keluar")
    door = sitting.page.get_by_role("link", name="Masuk lagi")
    expect(door).to_be_visible()
    assert door.get_attribute("href") == f"/masuk/?next=/tes/{sitting.id}/soal/1/"
    assert sitting.held() is None
    sitting.page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what came out goes in again
    sitting.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    sitting.expect_saved()
    assert sitting.held() == chosen
    expect(door).to_be_hidden()


def elsewhere(sitting: Sitting, which: int) -> str:
    """Another device answers the first question, ahead of this page by some saves."""
    question = instruments.sitting_for(sitting.id, by=sitting.by).questions[0]
    choice = question.options[which][0]
    instruments.save_answer(sitting_id=sitting.id, number=1, choice=choice, revision=20, by=sitting.by)
    return choice


def test_answer_given_here_over_another_devices_says_that_it_replaced_it(sitting: Sitting) -> None:
    elsewhere(sitting, 0)
    chosen = sitting.choose(2)
    expect(sitting.state).to_contain_text("Menggantikan jawaban dari perangkat lain.")
    assert sitting.held() == chosen
    sitting.choose(1)
    expect(sitting.state).not_to_contain_text("perangkat lain")


def test_answer_that_waited_here_gives_way_to_another_devices_and_says_so(sitting: Sitting) -> None:
    refuse(sitting.page, times=100)
    sitting.choose(3)
    expect(sitting.state).to_have_text("1 jawaban belum terkirim")
    stands = elsewhere(sitting, 0)
    sitting.page.reload()
    sitting.page.unroute("**/jawab/")
    expect(sitting.state).to_contain_text("sudah dijawab di perangkat lain")
    expect(sitting.page.locator(f"[name=pilihan][value='{stands}']")).to_be_checked()
    assert sitting.held() == stands
