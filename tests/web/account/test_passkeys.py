"""Passkeys: made, named, used, removed; refused when anything is wrong; never the end of the password."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.test import Client

from tests.accounts.authenticator import Device
from tests.web.account.test_profile import switch_on

GOOD = "seribu rumah di tepi air"
NIP = "199001012022032001"
HERE = {"HTTP_HOST": "localhost"}
AJAX = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


@pytest.fixture
def sari(agency: Any, make_account: Callable[..., Any]) -> Any:
    return make_account("Sari Dewi", agency=agency, username=NIP, password=GOOD)


@pytest.fixture
def here(sari: Any) -> Client:
    """Sari's browser at a secure address, after the password once more."""
    client = Client(**HERE)
    client.post("/masuk/", {"login": NIP, "password": GOOD})
    client.post("/akun/konfirmasi/", {"password": GOOD, "next": "/akun/kunci/tambah/"})
    return client


def add(client: Client, device: Device, name: str = "Ponsel kerja") -> Any:
    options = client.get("/akun/kunci/tambah/").context["js_data"]["creation_options"]
    return client.post("/akun/kunci/tambah/", {"name": name, "credential": device.make(options)})


def come_in(device: Device, client: Client | None = None, **more: str) -> Client:
    browser = client or Client(**HERE)
    options = browser.get("/masuk/kunci/", **AJAX).json()["request_options"]
    browser.post("/masuk/kunci/", {"credential": device.sign(options), **more})
    return browser


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def acts(account: Any) -> list[str]:
    from teladan.ledger import api as ledger

    return [entry.act for entry in ledger.entries_of(f"account:{account.id}", agency_id=account.agency_id)]


def test_passkey_is_asked_for_only_after_the_password_once_more(sari: Any) -> None:
    client = Client(**HERE)
    client.post("/masuk/", {"login": NIP, "password": GOOD})
    assert client.get("/akun/kunci/tambah/")["Location"].startswith("/akun/konfirmasi/")


def test_passkey_made_lets_in_without_a_password(here: Client, sari: Any) -> None:
    device = Device()
    response = add(here, device)
    assert response["Location"] == "/akun/kunci/"
    assert "Ponsel kerja" in here.get("/akun/kunci/").content.decode()
    browser = come_in(device)
    assert browser.session[SESSION_KEY] == str(sari.id)
    assert "accounts.second_factor_added" in acts(sari)
    assert acts(sari)[-1] == "accounts.signed_in"


def test_passkey_options_ask_for_a_key_that_stands_alone_and_carry_no_nip(here: Client) -> None:
    public = here.get("/akun/kunci/tambah/").context["js_data"]["creation_options"]["publicKey"]
    assert public["authenticatorSelection"]["residentKey"] == "required"
    assert public["authenticatorSelection"]["userVerification"] == "required"
    assert public["rp"] == {"id": "localhost", "name": "Teladan"}
    assert NIP not in json.dumps(public)


def test_passkey_leaves_the_password_as_it_was(here: Client) -> None:
    add(here, Device())
    browser = Client(**HERE)
    response = browser.post("/masuk/", {"login": NIP, "password": GOOD})
    assert response["Location"] == "/tugas/"  # no second step: the device may be elsewhere
    assert is_in(browser)


def test_passkey_stands_for_password_and_code_together(here: Client) -> None:
    switch_on(here)
    device = Device()
    add(here, device)
    assert is_in(come_in(device))
    half = Client(**HERE)
    assert half.post("/masuk/", {"login": NIP, "password": GOOD})["Location"] == "/masuk/kode/"
    options = half.get("/masuk/kode/").context["js_data"]["request_options"]
    half.post("/masuk/kode/", {"credential": device.sign(options)})
    assert is_in(half)


def test_passkey_brings_back_to_where_one_wanted_to_go(here: Client) -> None:
    device = Device()
    add(here, device)
    for wish, lands in (("/jp/", "/jp/"), ("https://example.org/", "/tugas/")):
        browser = Client(**HERE)
        options = browser.get("/masuk/kunci/", **AJAX).json()["request_options"]
        response = browser.post("/masuk/kunci/", {"credential": device.sign(options), "next": wish})
        assert response["Location"] == lands


@pytest.mark.parametrize("fault", ["signature", "origin", "challenge", "unverified", "stranger"])
def test_passkey_that_is_not_right_is_refused(fault: str, here: Client, sari: Any) -> None:
    device = Device()
    add(here, device)
    browser = Client(**HERE)
    options = browser.get("/masuk/kunci/", **AJAX).json()["request_options"]
    other = Device("https://localhost.example" if fault == "origin" else "http://localhost")
    other.id, other.user = device.id, device.user
    if fault != "signature":
        other.key = device.key
    if fault == "challenge":
        options["publicKey"]["challenge"] = "c2VtYmFyYW5nIHRhbnRhbmdhbiBsYWlu"
    elif fault == "unverified":
        other.flags = 0x01
    elif fault == "stranger":
        other.id = b"\x00" * 32
    response = browser.post("/masuk/kunci/", {"credential": other.sign(options), "next": "/jp/"})
    assert response["Location"] == "/masuk/?cara=kunci&next=/jp/"
    assert not is_in(browser)
    page = browser.get("/masuk/").content.decode()
    assert "Kunci sandi ini tidak dikenal untuk akun di sini" in page


def test_passkey_answer_is_good_once(here: Client) -> None:
    device = Device()
    add(here, device)
    browser = Client(**HERE)
    said = device.sign(browser.get("/masuk/kunci/", **AJAX).json()["request_options"])
    browser.post("/masuk/kunci/", {"credential": said})
    assert is_in(browser)
    browser.post("/keluar/")
    browser.post("/masuk/kunci/", {"credential": said})
    assert not is_in(browser)


JUNK = ["", "1", "[]", "{}", "null", '"x"', "{", '{"id": 1}', '{"response": []}', '{"response": {"userHandle": "AA"}}',
        '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA","attestationObject":"AA"}}',
        ('{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AA",'
        '"signature":"AA","userHandle":"AA"}}')]  # fmt: skip


@pytest.mark.parametrize("junk", JUNK)
def test_passkey_malformed_is_refused_everywhere(junk: str, here: Client, sari: Any) -> None:
    browser = Client(**HERE)
    browser.get("/masuk/kunci/", **AJAX)
    assert browser.post("/masuk/kunci/", {"credential": junk}).status_code == 302
    assert not is_in(browser)
    here.get("/akun/kunci/tambah/")
    assert here.post("/akun/kunci/tambah/", {"name": "Kunci", "credential": junk}).status_code == 422
    add(here, Device())
    assert here.post("/akun/konfirmasi/kunci/", {"credential": junk}).status_code == 422
    assert Authenticator.objects.filter(user=sari).count() == 1


def test_passkey_without_fingerprint_or_pin_is_not_kept(here: Client, sari: Any) -> None:
    response = add(here, Device(verifies=False))
    assert response.status_code == 422
    assert not Authenticator.objects.filter(user=sari).exists()


def test_passkey_of_a_closed_account_does_not_let_in(here: Client, sari: Any) -> None:
    from teladan.accounts import api as accounts

    device = Device()
    add(here, device)
    accounts.deactivate_account(account_id=sari.id, by=None)
    assert not is_in(come_in(device))


def test_passkey_without_a_name_is_asked_for_one(here: Client) -> None:
    response = add(here, Device(), name=" ")
    assert response.status_code == 422
    assert response.context["form"].errors["name"]


def test_passkey_is_renamed(here: Client) -> None:
    add(here, Device())
    key = Authenticator.objects.get().pk
    assert here.post(f"/akun/kunci/{key}/", {"name": ""}).status_code == 422
    assert here.post(f"/akun/kunci/{key}/", {"name": "Ponsel  lama"})["Location"] == "/akun/kunci/"
    assert "Ponsel lama" in here.get("/akun/kunci/").content.decode()


def test_passkey_removed_does_not_let_in(here: Client, sari: Any) -> None:
    device = Device()
    add(here, device)
    response = here.post(f"/akun/kunci/{Authenticator.objects.get().pk}/lepas/")
    assert response["Location"] == "/akun/kunci/"
    assert "Belum ada kunci sandi." in here.get("/akun/kunci/").content.decode()
    assert not is_in(come_in(device))
    assert "accounts.second_factor_removed" in acts(sari)


def test_passkey_that_is_the_last_way_in_stays(here: Client, sari: Any) -> None:
    from teladan.accounts.models import Account

    device = Device()
    add(here, device)
    key = Authenticator.objects.get().pk
    account = Account.objects.get(id=sari.id)
    account.set_unusable_password()
    account.save()
    browser = come_in(device)
    asked = browser.get("/akun/kunci/tambah/")
    assert asked["Location"].startswith("/akun/konfirmasi/kunci/")  # the only way to show who one is
    options = browser.get(asked["Location"]).context["js_data"]["request_options"]
    confirmed = browser.post("/akun/konfirmasi/kunci/", {"credential": device.sign(options), "next": "/akun/kunci/"})
    assert confirmed["Location"] == "/akun/kunci/"
    response = browser.post(f"/akun/kunci/{key}/lepas/")
    assert response.status_code == 409
    assert "satu-satunya cara Anda masuk" in response.content.decode()
    second = Device()
    add(browser, second, name="Kunci kedua")
    assert browser.post(f"/akun/kunci/{key}/lepas/").status_code == 302
    assert is_in(come_in(second))


def test_passkey_of_somebody_else_is_not_found(here: Client, agency: Any, make_account: Callable[..., Any]) -> None:
    add(here, Device())
    key = Authenticator.objects.get().pk
    make_account("Budi Raja", agency=agency, username="budi.raja", password=GOOD)
    other = Client(**HERE)
    other.post("/masuk/", {"login": "budi.raja", "password": GOOD})
    other.post("/akun/konfirmasi/", {"password": GOOD, "next": "/akun/kunci/"})
    for path in (f"/akun/kunci/{key}/", f"/akun/kunci/{key}/lepas/"):
        assert other.post(path, {"name": "Punya saya"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Ponsel kerja"


def test_passkeys_are_at_most_ten(here: Client, sari: Any) -> None:
    for number in range(10):
        add(here, Device(), name=f"Kunci {number}")
    response = add(here, Device(), name="Kesebelas")
    assert response.status_code == 422
    assert "paling banyak mempunyai 10 kunci sandi" in response.content.decode()


def test_passkey_challenges_are_counted_by_place(client: Client, db: None) -> None:
    for _ask in range(300):
        assert client.get("/masuk/kunci/", **AJAX).status_code == 200
    refused = client.get("/masuk/kunci/", HTTP_ACCEPT="application/json", **AJAX)
    assert refused.status_code == 429
    assert "Terlalu banyak percobaan" in refused.json()["message"]


def test_authenticator_removed_takes_its_spare_codes_along_and_leaves_passkeys(here: Client, sari: Any) -> None:
    add(here, Device())
    switch_on(here)
    here.post("/akun/kode/lepas/")
    assert [one.type for one in Authenticator.objects.filter(user=sari)] == ["webauthn"]


def test_sign_in_page_says_what_a_passkey_needs_without_scripts(client: Client, db: None) -> None:
    page = client.get("/masuk/").content.decode()
    assert "Masuk dengan kunci sandi memerlukan JavaScript; tanpa itu, pakai kata sandi." in page
    assert 'style="' not in page
