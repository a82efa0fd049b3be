"""One's own account: data, password, second factor, sessions."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.test import Client

GOOD = "seribu rumah di tepi air"
NIP = "199001012022032001"


@pytest.fixture
def sari(agency: Any, make_person: Callable[..., Any], make_account: Callable[..., Any]) -> Any:
    """A midwife with a password, below a head."""
    make_person("Hendra Tandi", agency=agency, unit="pkm", title="Kepala Puskesmas", is_head=True)
    account = make_account("Sari Dewi", agency=agency, username=NIP, password=GOOD)
    make_person("Sari Dewi", agency=agency, unit="pkm", nip=NIP, account=account)
    return account


@pytest.fixture
def here(client: Client, sari: Any) -> Client:
    """Sari's browser."""
    client.post("/masuk/", {"login": NIP, "password": GOOD})
    return client


def code_for(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def switch_on(client: Client, password: str = GOOD) -> tuple[str, list[str]]:
    """Tie an authenticator to the account; its secret and the spare codes."""
    client.post("/akun/konfirmasi/", {"password": password, "next": "/akun/kode/pasang/"})
    secret = client.get("/akun/kode/pasang/").context["form"].secret
    response = client.post("/akun/kode/pasang/", {"code": code_for(secret)}, follow=True)
    return secret, response.context["unused_codes"]


def test_profile_tells_who_where_and_who_leads_without_the_nip(here: Client) -> None:
    page = here.get("/akun/").content.decode()
    for fact in ("Sari Dewi", "Bidan Terampil", "Pkm", "Hendra Tandi", "Dinas Kesehatan Contoh"):
        assert fact in page
    assert NIP not in page
    assert "2022•• • 001" in page


def test_profile_of_somebody_without_a_post_opens(
    client: Client, agency: Any, make_account: Callable[..., Any]
) -> None:
    from teladan.access.api import Role

    client.force_login(make_account("Pengampu Luar", agency=agency, username="pengampu.luar", roles=[Role.ORGANISER]))
    page = client.get("/akun/").content.decode()
    assert "Penyelenggara" in page
    assert "Belum dipasang." in page


def test_profile_is_for_those_signed_in(client: Client, db: None) -> None:
    for address in ("/akun/", "/akun/sandi/", "/akun/kode/pasang/", "/akun/kode/cadangan/", "/akun/konfirmasi/"):
        assert client.get(address).status_code == 302


def test_profile_asks_the_database_a_fixed_number_of_times(here: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(17):
        here.get("/akun/")


def test_password_change_signs_other_devices_out_and_keeps_this_one(here: Client, sari: Any) -> None:
    other = Client()
    other.post("/masuk/", {"login": NIP, "password": GOOD})
    typed = {"oldpassword": GOOD, "password1": "angin dari teluk timur", "password2": "angin dari teluk timur"}
    response = here.post("/akun/sandi/", typed)
    assert (response.status_code, response["Location"]) == (302, "/akun/")
    assert "Kata sandi baru Anda sudah tersimpan." in here.get("/akun/").content.decode()
    assert other.get("/akun/").status_code == 302


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"oldpassword": "salah", "password1": "angin dari teluk", "password2": "angin dari teluk"}, "oldpassword"),
        ({"oldpassword": GOOD, "password1": "pendek", "password2": "pendek"}, "password1"),
        ({"oldpassword": GOOD, "password1": "angin dari teluk", "password2": "angin lain lagi"}, "password2"),
    ],
)
def test_password_change_refused_says_why_beside_the_field(typed: dict[str, str], field: str, here: Client) -> None:
    response = here.post("/akun/sandi/", typed)
    assert response.status_code == 422
    assert field in response.context["form"].errors


def test_password_change_without_a_password_leads_home_with_a_word(
    client: Client, agency: Any, make_account: Callable[..., Any]
) -> None:
    client.force_login(make_account(agency=agency))
    response = client.get("/akun/sandi/", follow=True)
    assert response.redirect_chain == [("/akun/", 302)]
    assert "Akun ini belum punya kata sandi." in response.content.decode()


def test_second_factor_is_set_up_with_a_picture_and_spare_codes(here: Client, sari: Any) -> None:
    response = here.get("/akun/kode/pasang/")
    assert response["Location"].startswith("/akun/konfirmasi/")  # the password once more
    here.post("/akun/konfirmasi/", {"password": GOOD, "next": "/akun/kode/pasang/"})
    page = here.get("/akun/kode/pasang/").content.decode()
    assert "<svg" in page
    assert 'style="' not in page
    secret, spare = switch_on(here)
    assert len(spare) == 10
    assert secret.replace(" ", "") not in here.get("/akun/").content.decode()
    assert Authenticator.objects.filter(user=sari).count() == 2
    assert "terpasang" in here.get("/akun/").content.decode()


def test_second_factor_with_a_wrong_code_is_refused(here: Client, sari: Any) -> None:
    here.post("/akun/konfirmasi/", {"password": GOOD, "next": "/akun/kode/pasang/"})
    response = here.post("/akun/kode/pasang/", {"code": "000000"})
    assert response.status_code == 422
    assert "Kode tidak cocok." in response.content.decode()
    assert not Authenticator.objects.filter(user=sari).exists()


def test_second_factor_is_asked_for_at_sign_in(here: Client, sari: Any) -> None:
    _secret, spare = switch_on(here)
    browser = Client()
    response = browser.post("/masuk/", {"login": NIP, "password": GOOD})
    assert response["Location"] == "/masuk/kode/"
    assert SESSION_KEY not in browser.session
    assert "Satu langkah lagi" in browser.get("/masuk/kode/").content.decode()
    wrong = browser.post("/masuk/kode/", {"code": "000000"})
    assert wrong.status_code == 422
    assert "Kode tidak cocok." in wrong.content.decode()
    assert browser.post("/masuk/kode/", {"code": spare[0]})["Location"] == "/tugas/"
    assert SESSION_KEY in browser.session


def test_second_factor_can_be_given_up_again(here: Client, sari: Any) -> None:
    switch_on(here)
    assert "Lepas kode masuk?" in here.get("/akun/kode/lepas/").content.decode()
    response = here.post("/akun/kode/lepas/")
    assert response["Location"] == "/akun/"
    assert not Authenticator.objects.filter(user=sari).exists()


def test_spare_codes_can_be_made_anew(here: Client, sari: Any) -> None:
    _secret, spare = switch_on(here)
    assert "Buat kode cadangan baru?" in here.get("/akun/kode/cadangan/baru/").content.decode()
    fresh = here.post("/akun/kode/cadangan/baru/", follow=True).context["unused_codes"]
    assert len(fresh) == 10
    assert set(fresh).isdisjoint(spare)


def test_confirmation_with_a_wrong_password_is_refused(here: Client) -> None:
    response = here.post("/akun/konfirmasi/", {"password": "salah", "next": "/akun/kode/pasang/"})
    assert response.status_code == 422
    assert "Kata sandi tidak cocok." in response.content.decode()


def test_confirmation_returns_only_to_our_own_pages(here: Client) -> None:
    response = here.post("/akun/konfirmasi/", {"password": GOOD, "next": "https://example.org/"})
    assert response["Location"] == "/tugas/"


def test_sign_out_everywhere_ends_this_session_and_all_others(here: Client, sari: Any) -> None:
    other = Client()
    other.post("/masuk/", {"login": NIP, "password": GOOD})
    response = here.post("/akun/keluar-semua/")
    assert response["Location"] == "/masuk/"
    assert other.get("/akun/").status_code == 302
    assert here.get("/akun/").status_code == 302
    assert here.get("/akun/keluar-semua/").status_code == 302


def test_account_closed_while_signed_in_is_out_at_once(here: Client, sari: Any) -> None:
    from teladan.accounts import api as accounts

    accounts.deactivate_account(account_id=sari.id, by=None)
    assert here.get("/akun/").status_code == 302


def test_pages_of_the_account_are_kept_by_no_cache(here: Client) -> None:
    for address in ("/akun/", "/akun/sandi/"):
        assert "no-store" in here.get(address)["Cache-Control"]
