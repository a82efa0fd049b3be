"""Coming in: password, refusals, safe return, activation, one click in the demo."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from django.urls import NoReverseMatch, reverse

GOOD = "seribu rumah di tepi air"
NIP = "199001012022032001"


@pytest.fixture
def sari(agency: Any, make_account: Callable[..., Any]) -> Any:
    return make_account("Sari Dewi", agency=agency, username=NIP, email="sari@contoh.go.id", password=GOOD)


def sign_in(client: Client, password: str = GOOD, **more: Any) -> Any:
    return client.post("/masuk/", {"login": NIP, "password": password, **more})


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_sign_in_leads_to_the_tasks(client: Client, sari: Any) -> None:
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/tugas/")
    assert is_in(client)


def test_sign_in_refused_keeps_the_name_and_not_the_password(client: Client, sari: Any) -> None:
    response = sign_in(client, "salah sekali")
    page = response.content.decode()
    assert response.status_code == 422
    assert "tidak cocok" in page
    assert f'value="{NIP}"' in page
    assert "salah sekali" not in page


@pytest.mark.parametrize(
    ("wish", "lands"),
    [
        ("/hukum/uu-2009-25/", "/hukum/uu-2009-25/"),
        ("https://example.org/", "/tugas/"),
        ("//example.org/", "/tugas/"),
        ("/\\example.org", "/tugas/"),
        ("javascript:alert(1)", "/tugas/"),
    ],
)
def test_sign_in_returns_only_to_our_own_pages(wish: str, lands: str, client: Client, sari: Any) -> None:
    assert sign_in(client, next=wish)["Location"] == lands


def test_sign_in_form_carries_the_way_back(client: Client, db: None) -> None:
    page = client.get("/masuk/", {"next": "/hukum/uu-2009-25/"}).content.decode()
    assert 'name="next" value="/hukum/uu-2009-25/"' in page


def test_page_for_members_sends_a_stranger_to_sign_in_and_back(client: Client, db: None) -> None:
    assert client.get("/akun/")["Location"] == "/masuk/?next=/akun/"


def test_sign_in_too_often_says_until_when(client: Client, sari: Any) -> None:
    from teladan.kernel import clock

    with clock.at(datetime(2026, 11, 23, 6, 20, tzinfo=UTC)):
        for _attempt in range(8):
            sign_in(client, "salah")
        response = sign_in(client)
    page = response.content.decode()
    assert response.status_code == 429
    assert "Terlalu banyak percobaan. Coba lagi pada 14.35 WITA." in page
    assert not is_in(client)


def test_sign_in_to_a_closed_account_says_so(client: Client, sari: Any) -> None:
    from teladan.accounts import api as accounts

    accounts.deactivate_account(account_id=sari.id, by=None)
    assert "Akun Anda dinonaktifkan." in sign_in(client).content.decode()
    assert not is_in(client)


def test_sign_out_asks_first_and_happens_by_post_only(client: Client, sari: Any) -> None:
    sign_in(client)
    assert "Keluar dari Teladan?" in client.get("/keluar/").content.decode()
    assert is_in(client)
    response = client.post("/keluar/")
    assert (response.status_code, response["Location"]) == (302, "/")
    assert not is_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_reset_password", "account_set_password"])
def test_pages_that_agencies_do_not_need_do_not_exist(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


# --- activation -------------------------------------------------------------------------------------------------------


@pytest.fixture
def newcomer(agency: Any, make_account: Callable[..., Any]) -> tuple[Any, str]:
    """An account without a password, and its code."""
    from teladan.accounts import api as accounts

    account = make_account("Budi Baru", agency=agency, username="199202022023031002")
    return account, accounts.issue_activation(account_id=account.id, by=None)


def activate(
    client: Client, code: str, password: str = GOOD, again: str = "", login: str = "199202022023031002"
) -> Any:
    typed = {"login": login, "code": code, "password": password, "password_again": again or password}
    return client.post("/aktivasi/", typed)


def test_activation_sets_the_password_and_leads_to_sign_in(client: Client, newcomer: tuple[Any, str]) -> None:
    response = activate(client, newcomer[1].lower().replace("-", " "))
    assert (response.status_code, response["Location"]) == (302, "/masuk/")
    assert "Kata sandi Anda sudah terpasang." in client.get("/masuk/").content.decode()
    assert client.post("/masuk/", {"login": newcomer[0].username, "password": GOOD}).status_code == 302
    assert is_in(client)


def test_activation_with_a_wrong_code_says_what_to_do_and_keeps_the_login(
    client: Client, newcomer: tuple[Any, str]
) -> None:
    response = activate(client, "AAAA-BBBB-CCCC")
    page = response.content.decode()
    assert response.status_code == 422
    assert "minta kode baru kepada bagian kepegawaian" in page
    assert 'value="199202022023031002"' in page
    assert GOOD not in page


def test_activation_for_an_unknown_login_gets_the_same_answer(client: Client, newcomer: tuple[Any, str]) -> None:
    known = activate(client, "AAAA-BBBB-CCCC").context["form"].errors
    unknown = activate(client, "AAAA-BBBB-CCCC", login="199202022023031999").context["form"].errors
    assert known == unknown


def test_activation_twice_with_one_code_is_refused(client: Client, newcomer: tuple[Any, str]) -> None:
    activate(client, newcomer[1])
    assert activate(Client(), newcomer[1], "kata sandi lain sekali").status_code == 422


def test_activation_with_two_different_passwords_is_refused_beside_the_field(
    client: Client, newcomer: tuple[Any, str]
) -> None:
    response = activate(client, newcomer[1], again="lain lagi sama sekali")
    assert response.context["form"].errors["password_again"] == ["Kedua kata sandi tidak sama."]


# --- the demo ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def guided(settings: Any, make_person: Callable[..., Any], db: None) -> Any:
    """A demo on this machine, with one account that it offers and one that it does not."""
    from teladan.accounts import api as accounts
    from teladan.accounts.models import Agency

    settings.DEMO = True
    agency_id = accounts.create_agency(
        name="Kabupaten Contoh", slug="contoh", zone="Asia/Makassar", is_demo=True, by=None
    )
    agency = Agency.objects.get(id=agency_id)
    person = make_person("Siti Rahmawati", agency=agency, unit="Puskesmas", title="Bidan Terampil")
    make_person("Orang Lain", agency=agency, unit="Puskesmas")
    accounts.guide_demo(account_id=person.account_id, note="Peserta di tengah materi")
    return person.account


HERE = {"HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1"}


def test_demo_offers_the_guided_accounts_with_their_posts(client: Client, guided: Any) -> None:
    page = client.get("/masuk/", **HERE).content.decode()
    assert "Peserta di tengah materi" in page
    assert "Siti Rahmawati, Bidan Terampil, Puskesmas" in page
    assert "Orang Lain" not in page


def test_demo_signs_in_with_one_press(client: Client, guided: Any) -> None:
    response = client.post("/masuk/contoh/", {"akun": guided.id}, **HERE)
    assert (response.status_code, response["Location"]) == (302, "/tugas/")
    assert client.session[SESSION_KEY] == str(guided.id)


@pytest.mark.parametrize("where", [{"HTTP_HOST": "testserver"}, {**HERE, "REMOTE_ADDR": "192.0.2.7"},
                                   {**HERE, "HTTP_X_FORWARDED_FOR": "192.0.2.7"}])  # fmt: skip
def test_demo_from_elsewhere_does_not_exist(where: dict[str, str], client: Client, guided: Any) -> None:
    assert "Siti" not in client.get("/masuk/", **where).content.decode()
    assert client.post("/masuk/contoh/", {"akun": guided.id}, **where).status_code == 404
    assert SESSION_KEY not in client.session


def test_demo_without_the_switch_does_not_exist(client: Client, guided: Any, settings: Any) -> None:
    settings.DEMO = False
    assert "Siti" not in client.get("/masuk/", **HERE).content.decode()
    assert client.post("/masuk/contoh/", {"akun": guided.id}, **HERE).status_code == 404


@pytest.mark.parametrize("account", ["", "bukan-uuid", "00000000-0000-7000-8000-000000000000"])
def test_demo_with_another_id_is_not_found(account: str, client: Client, guided: Any) -> None:
    assert client.post("/masuk/contoh/", {"akun": account}, **HERE).status_code == 404


def test_demo_takes_no_get(client: Client, guided: Any) -> None:
    assert client.get("/masuk/contoh/", **HERE).status_code == 405


@pytest.mark.parametrize(("wish", "place"), [("/jp/", "/jp/"), ("https://jahat.test/", "/tugas/"), ("", "/tugas/")])
def test_demo_leads_on_to_where_one_wanted_to_go(wish: str, place: str, client: Client, guided: Any) -> None:
    page = client.get("/masuk/", {"next": "/jp/"}, **HERE).content.decode()
    assert page.count('name="next" value="/jp/"') == 3  # password, passkey, card
    response = client.post("/masuk/contoh/", {"akun": guided.id, "next": wish}, **HERE)
    assert response["Location"] == place
