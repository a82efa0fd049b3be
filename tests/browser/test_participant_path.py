"""A participant's whole way in the browser: from signing in to a certificate that a stranger can check."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from tests.browser.conftest import NIP, PASSWORD, Participant
from tests.learning import story

Open = Callable[..., Page]


def chapter(number: int) -> Any:
    """An open chapter of the shipped course, counted from 1."""
    return [found for found in story.course().chapters if found.pages][number - 1]


def page_url(siti: Participant, number: int, slug: str) -> str:
    assert slug in {page.slug for page in chapter(number).pages}
    return f"{siti.home}materi/{chapter(number).key}/{slug}/"


def sign_in(page: Page) -> None:
    page.fill("[name=login]", NIP)
    page.fill("[name=password]", PASSWORD)
    page.locator("main").get_by_role("button", name="Masuk", exact=True).click()
    page.wait_for_url("**/tugas/")


def begin_first_test(page: Page) -> None:
    """From the desk into the first question."""
    page.get_by_role("link", name=re.compile("Tes Awal")).first.click()
    page.get_by_role("button", name="Mulai sekarang").click()
    page.wait_for_url("**/soal/1/")


def answer_rest(siti: Participant, url: str) -> None:
    """The questions without an answer, wrongly and through the verbs."""
    view = instruments.sitting_for(url.split("/tes/")[1].split("/", maxsplit=1)[0], by=siti.actor)  # type: ignore[arg-type]
    for question in view.questions:
        if question.answered is None:
            wrong = next(k for k, _t in question.options if k != story.course().items[question.item_key].correct_key)
            instruments.save_answer(
                sitting_id=view.id, number=question.number, choice=wrong, revision=100 + question.number, by=siti.actor
            )


def saved(page: Page) -> None:
    expect(page.locator("[data-simpanan]")).to_have_attribute("data-keadaan", "tersimpan")


def take_first_test(page: Page, siti: Participant) -> None:
    begin_first_test(page)
    page.locator(".opsi").nth(1).click()
    saved(page)
    expect(page.locator("[data-terjawab]")).to_have_text("1")
    page.reload()
    expect(page.locator("[name=pilihan]").nth(1)).to_be_checked()
    page.get_by_role("button", name="Berikutnya").last.click()
    page.wait_for_url("**/soal/2/")
    page.locator("[name=pilihan]").first.focus()
    page.keyboard.press("Space")
    saved(page)
    page.keyboard.press("ArrowDown")  # changes the choice, not the page
    saved(page)
    page.goto(page.url.replace("/soal/2/", "/soal/1/"))
    expect(page.locator("[name=pilihan]").nth(1)).to_be_checked()
    answer_rest(siti, page.url)
    page.get_by_role("button", name="Periksa", exact=True).click()
    expect(page.locator("h1")).to_have_text("Semua soal sudah dijawab.")
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    page.wait_for_url("**/hasil/")
    expect(page.locator("h1")).to_have_text("Tes Awal selesai.")


def read_first_pages(page: Page, siti: Participant) -> None:
    """From the module's home: turn a page by key and by button, and look up a law."""
    first, second, third = (found.slug for found in chapter(1).pages[:3])
    page.goto(siti.home)
    page.get_by_role("link", name="Mulai materi").click()
    page.wait_for_url(f"**/{first}/")
    page.wait_for_load_state("networkidle")  # the keys come with a script of their own, after the page
    page.keyboard.press("ArrowRight")
    page.wait_for_url(f"**/{second}/")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(f"**/{first}/")
    expect(page.locator("article")).to_contain_text("Sudah dibaca")
    page.get_by_role("button", name="Berikutnya").click()
    page.wait_for_url(f"**/{second}/")
    law = page.locator("main a[data-panel]").first
    law.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel [data-judul-panel], #panel h2").first).to_be_visible()
    expect(page.locator("#panel")).to_contain_text("Pasal 34")
    page.keyboard.press("ArrowRight")  # turns no page while the panel is open
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(law).to_be_focused()
    page.get_by_role("button", name="Berikutnya").click()
    page.wait_for_url(f"**/{third}/")


def check_oneself(page: Page) -> None:
    """A self-check on the page; the focus goes to what was said about it, and it can be tried again."""
    part = page.locator("#cek-um-cek-01")
    part.locator(".opsi").first.click()
    part.get_by_role("button", name="Periksa jawaban").click()
    expect(part.locator(".kabar-cek")).to_be_focused()
    expect(part.locator("[data-hasil=benar], [data-hasil=kunci]")).to_have_count(1)
    part.get_by_role("link", name="Coba lagi").click()
    expect(part.get_by_role("button", name="Periksa jawaban")).to_be_visible()


def reflect(page: Page, siti: Participant) -> None:
    page.goto(page_url(siti, 1, "bercermin"))
    drag_larger(page, "#isi-um-refleksi-1")  # saving must not copy the inline style: the policy forbids it
    page.fill("#isi-um-refleksi-1", "Ibu yang datang empat kali itu tetangga saya.")
    page.locator("#tulis-um-refleksi-1").get_by_role("button", name="Simpan").click()
    expect(page.locator("#tulis-um-refleksi-1")).to_contain_text("Tersimpan. Hanya Anda yang dapat membacanya.")
    page.reload()
    expect(page.locator("#isi-um-refleksi-1")).to_have_value("Ibu yang datang empat kali itu tetangga saya.")


def drag_larger(page: Page, field: str) -> None:
    """Pull the corner of a textarea, which writes its height into the element."""
    page.locator(field).scroll_into_view_if_needed()
    box = page.locator(field).bounding_box()
    assert box
    right, bottom = box["x"] + box["width"] - 4, box["y"] + box["height"] - 4
    page.mouse.move(right, bottom)
    page.mouse.down()
    page.mouse.move(right, bottom + 60, steps=4)
    page.mouse.up()
    assert "height" in str(page.locator(field).get_attribute("style"))


def play_leave_and_resume(page: Page, siti: Participant) -> None:
    """One step of a scene, then away and back to the same page and the same step."""
    url = page_url(siti, 2, "adegan-bersalin")
    page.goto(url)
    scene = page.locator(".adegan")
    expect(scene).to_contain_text("Langkah 1")
    scene.locator(".opsi").first.click()
    scene.get_by_role("button", name="Lanjutkan adegan").click()
    expect(scene.locator(".akibat")).to_be_focused()
    expect(scene).to_contain_text("Langkah 2")
    page.get_by_role("button", name="Simpan & Keluar").click()
    page.wait_for_url(f"**{siti.home}")
    expect(page.locator("body")).to_contain_text("Tempat Anda tersimpan.")
    page.get_by_role("link", name="Lanjutkan", exact=True).first.click()
    page.wait_for_url(f"**{url}")
    expect(scene).to_contain_text("Langkah 2")


def give_feedback(page: Page, siti: Participant) -> None:
    page.goto(f"{siti.home}umpan-balik/")
    for scale in page.locator("fieldset").all():
        scale.locator("[value='4']").check()
    for text in page.locator("main textarea").all():
        text.fill("Adegannya terasa seperti loket kami.")
    page.get_by_role("button", name="Kirim dan terbitkan sertifikat").click()
    page.wait_for_url("**/hasil/")
    expect(page.locator("h1")).to_have_text("Selamat, Anda lulus.")
    expect(page.locator(".sertifikat")).to_contain_text("Sertifikat Anda terbit")


def test_from_signing_in_to_a_certificate_that_a_stranger_can_check(open_page: Open, siti: Participant) -> None:
    page = open_page("/masuk/", width=360)
    sign_in(page)
    take_first_test(page, siti)
    read_first_pages(page, siti)
    check_oneself(page)
    reflect(page, siti)
    play_leave_and_resume(page, siti)
    story.read_all(siti.actor, siti.enrolment)
    story.sit(siti.actor, siti.enrolment, learning.POST_TEST, right=18)
    give_feedback(page, siti)
    with page.expect_download() as download:
        page.get_by_role("link", name="Unduh PDF").click()
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF-")
    assert download.value.suggested_filename.endswith(".pdf")
    address = page.get_by_role("link", name="Periksa keasliannya").get_attribute("href")
    stranger = open_page(str(address))
    expect(stranger.locator("h1")).to_have_text("Sertifikat ini sah dan berlaku")
    expect(stranger.locator("main")).to_contain_text("Siti Rahmawati")


def test_core_of_the_path_works_without_javascript(open_page: Open, siti: Participant) -> None:
    page = open_page("/masuk/", java_script_enabled=False)
    sign_in(page)
    begin_first_test(page)
    page.locator(".opsi").nth(1).click()
    page.locator("button.lanjut").click()
    page.wait_for_url("**/soal/2/")
    expect(page.locator("[data-terjawab]")).to_have_text("1")
    answer_rest(siti, page.url)
    page.get_by_role("button", name="Periksa", exact=True).click()
    page.get_by_role("button", name="Kumpulkan sekarang").click()
    expect(page.locator("h1")).to_have_text("Tes Awal selesai.")
    first, second, third = (found.slug for found in chapter(1).pages[:3])
    page.goto(page_url(siti, 1, first))
    page.get_by_role("button", name="Berikutnya").click()
    page.wait_for_url(f"**/{second}/")
    page.locator("main a[data-panel]").first.click()
    expect(page.locator("h1")).to_be_visible()
    page.goto(page_url(siti, 1, third))
    part = page.locator("#cek-um-cek-01")
    part.locator(".opsi").first.click()
    part.get_by_role("button", name="Periksa jawaban").click()
    page.wait_for_url(f"**/{third}/#cek-um-cek-01")
    expect(part.locator(".kabar-cek")).to_contain_text("Baca alasannya pada setiap pilihan.")
    page.get_by_role("button", name="Simpan & Keluar").click()
    expect(page.locator("body")).to_contain_text("Tempat Anda tersimpan.")
