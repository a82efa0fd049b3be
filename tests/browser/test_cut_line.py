"""Pages of the module when the line is cut: nobody is thrown out, nothing typed is lost, and the page says so."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from tests.browser.conftest import Participant
from tests.browser.test_participant_path import chapter, page_url
from tests.learning import story

Open = Callable[..., Page]
State = Callable[[Any], dict[str, Any]]
SAID = "Belum ada sinyal."


@pytest.fixture
def reader(siti: Participant) -> Participant:
    """Siti after her first test: the chapters are open."""
    story.sit(siti.actor, siti.enrolment, learning.PRE_TEST, right=5)
    return siti


@pytest.fixture
def turn(open_page: Open, signed_in: State, reader: Participant) -> Callable[[int, str], Page]:
    def open_(number: int, slug: str) -> Page:
        page = open_page(page_url(reader, number, slug), expect_errors=True, **signed_in(reader.account))
        page.wait_for_load_state("networkidle")
        return page

    return open_


def cut(page: Page) -> None:
    page.context.set_offline(True)


def mend(page: Page) -> None:
    page.context.set_offline(False)


def test_next_question_without_a_line_stays_and_goes_on_when_it_is_back(
    open_page: Open, signed_in: State, siti: Participant
) -> None:
    card = learning.begin_test(enrolment_id=siti.enrolment, test=learning.PRE_TEST, by=siti.actor)
    page = open_page(f"/tes/{card.id}/soal/1/", expect_errors=True, **signed_in(siti.account))
    page.wait_for_load_state("networkidle")
    cut(page)
    page.locator(".opsi").nth(1).click()
    page.locator("button.lanjut").click()
    said = page.locator("[data-kabar-putus]")
    expect(said).to_contain_text(f"{SAID} Jawaban Anda aman di perangkat ini. Coba lagi saat sinyal kembali.")
    assert page.url.endswith("/soal/1/")
    expect(page.locator("[name=pilihan]").nth(1)).to_be_checked()
    mend(page)
    expect(said).to_have_text("")
    page.locator("button.lanjut").click()
    page.wait_for_url("**/soal/2/")
    assert instruments.sitting_for(card.id, by=siti.actor).questions[0].answered


def test_going_on_after_the_session_ended_keeps_the_answer_and_leads_back(
    open_page: Open, signed_in: State, siti: Participant
) -> None:
    card = learning.begin_test(enrolment_id=siti.enrolment, test=learning.PRE_TEST, by=siti.actor)
    page = open_page(f"/tes/{card.id}/soal/1/", expect_errors=True, **signed_in(siti.account))
    page.wait_for_load_state("networkidle")
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")
    page.locator(".opsi").nth(1).click()
    page.locator("button.lanjut").click()
    expect(page.locator("[data-kabar-putus]")).to_contain_text("terkirim sendiri setelah Anda masuk lagi")
    expect(page.locator("[data-masuk-putus]")).to_have_attribute("href", f"/masuk/?next=/tes/{card.id}/soal/1/")
    page.context.add_cookies(cookies)  # type: ignore[arg-type]  # what came out goes in again
    again = page.context.new_page()
    again.goto(f"/tes/{card.id}/soal/1/")
    expect(again.locator("[data-simpanan]")).to_have_attribute("data-keadaan", "tersimpan")
    expect(again.locator("[name=pilihan]").nth(1)).to_be_checked()


def test_page_turned_without_a_line_stays_by_button_and_by_link(turn: Callable[[int, str], Page]) -> None:
    first, second = (found.slug for found in chapter(1).pages[:2])
    page = turn(1, second)
    cut(page)
    for press in ("button.lanjut", "a.mundur", ".modul a:first-child", "button.keluar"):
        page.locator(press).click()
        expect(page.locator("[data-kabar-putus]")).to_contain_text(SAID)
        assert page.url.endswith(f"/{second}/")
    mend(page)
    page.locator("a.mundur").click()
    page.wait_for_url(f"**/{first}/")


def test_message_after_leaving_is_still_told(turn: Callable[[int, str], Page], reader: Participant) -> None:
    page = turn(1, chapter(1).pages[0].slug)
    page.locator("button.keluar").click()
    page.wait_for_url(f"**{reader.home}")
    expect(page.locator("body")).to_contain_text("Tempat Anda tersimpan.")


def test_saving_without_a_line_says_so_alone_and_goes_out_by_itself_when_it_is_back(
    turn: Callable[[int, str], Page],
) -> None:
    page = turn(1, "bercermin")
    field = page.locator("#isi-um-refleksi-1")
    part = page.locator("#tulis-um-refleksi-1")
    field.fill("Pertama.")
    part.get_by_role("button", name="Simpan").click()
    expect(part).to_contain_text("Tersimpan. Hanya Anda yang dapat membacanya.")
    field.fill("Ibu yang datang empat kali itu tetangga saya.")
    cut(page)
    part.get_by_role("button", name="Simpan").click()
    expect(part.locator("[data-tak-terkirim]")).to_contain_text("Belum terkirim; tersimpan di perangkat ini")
    expect(part.locator("[data-terkirim]")).to_be_hidden()  # not saved and unsent at once
    expect(page.locator("#kabar")).to_contain_text("Belum terkirim")
    mend(page)
    expect(part.locator("[data-terkirim]")).to_contain_text("Tersimpan. Hanya Anda yang dapat membacanya.")
    expect(part.locator("[data-tak-terkirim]")).to_have_count(0)
    page.reload()
    expect(field).to_have_value("Ibu yang datang empat kali itu tetangga saya.")


def test_unsent_text_under_somebodys_hands_goes_out_when_they_leave_it(turn: Callable[[int, str], Page]) -> None:
    page = turn(1, "bercermin")
    field, part = page.locator("#isi-um-refleksi-1"), page.locator("#tulis-um-refleksi-1")
    field.fill("Satu.")
    cut(page)
    part.get_by_role("button", name="Simpan").click()
    expect(part.locator("[data-tak-terkirim]")).to_be_visible()
    field.press("End")
    field.press_sequentially(" Dua.")
    mend(page)
    field.press_sequentially(" Tiga.")
    expect(part.locator("[data-tak-terkirim]")).to_be_visible()
    field.blur()
    expect(part.locator("[data-terkirim]")).to_contain_text("Tersimpan.")
    expect(field).to_have_value("Satu. Dua. Tiga.")


def test_draft_comes_back_when_the_page_is_opened_again(turn: Callable[[int, str], Page]) -> None:
    page = turn(1, "bercermin")
    field = page.locator("#isi-um-refleksi-1")
    field.fill("Belum selesai")
    page.wait_for_timeout(800)  # the pause after which a draft is kept
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(field).to_have_value("Belum selesai")


def test_checking_oneself_without_a_line_says_so(turn: Callable[[int, str], Page]) -> None:
    page = turn(1, chapter(1).pages[2].slug)
    part = page.locator("#cek-um-cek-01")
    part.locator(".opsi").first.click()
    cut(page)
    part.get_by_role("button", name="Periksa jawaban").click()
    expect(part.locator("[data-tak-terkirim]")).to_contain_text("Belum terkirim; pilihan Anda masih di sini.")
    mend(page)
    part.get_by_role("button", name="Periksa jawaban").click()
    expect(part.locator(".kabar-cek")).to_be_focused()


def test_empty_self_check_leads_to_the_message(turn: Callable[[int, str], Page]) -> None:
    page = turn(1, chapter(1).pages[2].slug)
    part = page.locator("#cek-um-cek-01")
    part.get_by_role("button", name="Periksa jawaban").click()
    expect(part.locator(".galat")).to_be_focused()
    expect(part.locator(".galat")).to_be_in_viewport()


def test_empty_self_check_without_javascript_lands_at_its_part(
    open_page: Open, signed_in: State, reader: Participant
) -> None:
    url = page_url(reader, 1, chapter(1).pages[2].slug)
    page = open_page(url, java_script_enabled=False, expect_errors=True, **signed_in(reader.account))
    part = page.locator("#cek-um-cek-01")
    part.get_by_role("button", name="Periksa jawaban").click()
    page.wait_for_url(re.compile("#cek-um-cek-01$"))
    expect(part.locator(".galat")).to_be_in_viewport()


def test_long_reflection_is_counted_not_cut_and_refused_with_the_text_kept(turn: Callable[[int, str], Page]) -> None:
    page = turn(1, "bercermin")
    field, part = page.locator("#isi-um-refleksi-1"), page.locator("#tulis-um-refleksi-1")
    field.fill("a" * 4000)
    expect(part.locator("[data-hitungan]")).to_have_count(0)
    field.fill("a" * 4980)
    expect(part.locator("[data-hitungan]")).to_have_text("4.980 dari 5.000 karakter.")
    field.fill("a" * 5120)
    counted = "5.120 dari 5.000 karakter. Lebih 120 karakter; persingkat sebelum menyimpan."
    expect(part.locator("[data-hitungan]")).to_have_text(counted)
    expect(page.locator("#kabar")).to_have_text(counted)
    part.get_by_role("button", name="Simpan").click()
    expect(part.locator(".galat").first).to_contain_text("5120")
    expect(field).to_have_value("a" * 5120)
