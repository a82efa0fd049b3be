"""Passkeys in Chromium with a virtual authenticator (CDP domain WebAuthn), under the real content security policy."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import CDPSession, Page, expect

from tests.browser.conftest import NIP, PASSWORD, Participant

Open = Callable[..., Page]


def with_device(page: Page, *, verified: bool = True) -> CDPSession:
    """A telephone's own authenticator behind this page."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": verified, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def sign_in(page: Page) -> None:
    page.get_by_label("NIP, nama pengguna, atau e-mail").fill(NIP)
    page.get_by_label("Kata sandi", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Masuk", exact=True).click()


def confirm(page: Page) -> None:
    page.get_by_label("Kata sandi Anda").fill(PASSWORD)
    page.get_by_role("button", name="Lanjutkan").click()


@pytest.fixture
def at(live_server: Any) -> Callable[[str], str]:
    return lambda path: f"{live_server.url}{path}"


def test_passkey_is_made_named_used_and_removed(open_page: Open, siti: Participant, at: Callable[[str], str]) -> None:
    page = open_page("/masuk/")
    device = with_device(page)
    sign_in(page)
    page.goto(at("/akun/kunci/tambah/"))
    confirm(page)
    page.get_by_label("Nama kunci").fill("Ponsel Siti")
    page.get_by_role("button", name="Buat kunci di perangkat ini").click()
    expect(page.get_by_text("Kunci sandi tersimpan.")).to_be_visible()
    expect(page.get_by_text("Ponsel Siti", exact=True).first).to_be_visible()
    page.goto(at("/keluar/"))
    page.locator("main").get_by_role("button", name="Keluar").click()
    page.goto(at("/masuk/?next=/jp/"))
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    page.wait_for_url(at("/jp/"))
    page.goto(at("/akun/kunci/"))
    page.get_by_role("link", name="Ubah Ponsel Siti").click()
    confirm(page)
    page.get_by_role("button", name="Lepas").click()
    expect(page.get_by_text("Belum ada kunci sandi.")).to_be_visible()
    device.detach()


def test_passkey_confirms_who_one_is(open_page: Open, siti: Participant, at: Callable[[str], str]) -> None:
    page = open_page("/masuk/")
    with_device(page)
    sign_in(page)
    page.goto(at("/akun/kunci/tambah/"))
    confirm(page)
    page.get_by_label("Nama kunci").fill("Ponsel Siti")
    page.get_by_role("button", name="Buat kunci di perangkat ini").click()
    page.get_by_text("Kunci sandi tersimpan.").wait_for()
    page.goto(at("/akun/konfirmasi/?next=/akun/perangkat/"))
    page.get_by_role("link", name="Pakai kunci sandi").click()
    page.get_by_role("button", name="Pakai kunci sandi").click()
    page.wait_for_url(at("/akun/perangkat/"))


def test_passkey_that_the_person_does_not_release_leaves_the_password(open_page: Open, siti: Participant) -> None:
    page = open_page("/masuk/")
    with_device(page, verified=False)
    page.get_by_role("button", name="Masuk dengan kunci sandi").click()
    expect(page.locator("[data-kabar-kunci]")).to_contain_text("Coba lagi, atau pakai cara lain.")
    sign_in(page)
    page.wait_for_url("**/tugas/")


def test_passkey_where_the_browser_cannot_says_so(open_page: Open, live_server: Any) -> None:
    page = open_page("/verifikasi/")
    page.add_init_script("delete window.PublicKeyCredential")
    page.goto(f"{live_server.url}/masuk/")
    expect(page.locator("[data-kabar-kunci]")).to_contain_text("Peramban ini belum mengenal kunci sandi.")
    expect(page.get_by_role("button", name="Masuk dengan kunci sandi")).to_be_hidden()


def test_passkey_at_an_address_that_is_a_number_says_so(open_page: Open, live_server: Any) -> None:
    page = open_page("/verifikasi/")
    page.goto(live_server.url.replace("localhost", "127.0.0.1") + "/masuk/")
    expect(page.locator("[data-kabar-kunci]")).to_contain_text("Kunci sandi hanya bekerja di alamat bernama")
    expect(page.get_by_role("button", name="Masuk dengan kunci sandi")).to_be_hidden()


def test_passkey_without_scripts_offers_the_password(open_page: Open) -> None:
    page = open_page("/masuk/", java_script_enabled=False)
    expect(page.get_by_text("memerlukan JavaScript; tanpa itu, pakai kata sandi")).to_be_visible()
    expect(page.get_by_role("button", name="Masuk dengan kunci sandi")).to_be_hidden()
