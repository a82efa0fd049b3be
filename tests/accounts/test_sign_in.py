"""Signing in through the real views: NIP, login or e-mail; refusals; the second factor; no mail server anywhere."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.contrib.auth import SESSION_KEY
from django.core.cache import cache
from django.http import HttpRequest
from django.template import Context, Template
from django.test import Client
from django.utils import translation

from teladan.accounts import api
from teladan.accounts.forms.password import ActivationForm, NewPasswordForm
from teladan.accounts.forms.sign_in import SignInForm
from teladan.accounts.models import Account, Agency
from teladan.kernel import clock
from teladan.ledger import api as ledger

Make = Callable[..., Account]
GOOD = "seribu rumah di tepi air"
NIP = "199001012022032001"
NOW = datetime(2026, 11, 23, 6, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def urls(settings: Any) -> Iterator[None]:
    """allauth's own addresses and as little of a template as shows the form."""
    settings.ROOT_URLCONF = "tests.accounts.urls"
    settings.MIDDLEWARE = [
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "allauth.account.middleware.AccountMiddleware",
    ]
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {"loaders": [("django.template.loaders.locmem.Loader", PAGES)]},
        }
    ]
    with translation.override("id"):
        yield


FORM = "{{ form.errors.as_json }}{{ form.as_p }}"
PAGES = {
    "account/login.html": FORM,
    "account/reauthenticate.html": FORM,
    "account/password_change.html": FORM,
    "mfa/authenticate.html": FORM,
    "mfa/reauthenticate.html": FORM,
    "mfa/index.html": "{{ is_mfa_enabled }}",
    "mfa/totp/activate_form.html": "{{ totp_svg }}" + FORM,
    "mfa/recovery_codes/index.html": "{% for code in unused_codes %}{{ code }} {% endfor %}",
}


@pytest.fixture
def sari(agency: Agency, make_account: Make) -> Account:
    return make_account("Sari Dewi", agency=agency, username=NIP, email="sari@contoh.go.id", password=GOOD)


def sign_in(client: Client, login: str, password: str = GOOD, **extra: Any) -> Any:
    return client.post("/accounts/login/", {"login": login, "password": password}, **extra)


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


@pytest.mark.parametrize("login", [NIP, "19900101 202203 2 001", " SARI@Contoh.go.id "])
def test_sign_in_by_any_name_works(login: str, client: Client, sari: Account) -> None:
    assert sign_in(client, login).status_code == 302
    assert is_in(client)
    acts = [entry.act for entry in ledger.entries_of(f"account:{sari.id}", agency_id=sari.agency_id)]
    assert acts[-1] == "accounts.signed_in"


def test_sign_in_with_a_chosen_login_ignores_its_case(client: Client, agency: Agency, make_account: Make) -> None:
    make_account(agency=agency, username="sari.dewi", password=GOOD)
    sign_in(client, "Sari.Dewi")
    assert is_in(client)


@pytest.mark.parametrize(
    ("login", "password"),
    [
        (NIP, "salah"),
        ("199001012022032002", GOOD),
        ("sari@contoh.go.id", "salah"),
        ("budi@contoh.go.id", GOOD),
        ("'", "'"),
    ],
)
def test_sign_in_refused_says_the_same_for_known_and_unknown(
    login: str, password: str, client: Client, sari: Account
) -> None:
    response = sign_in(client, login, password)
    assert not is_in(client)
    assert response.context["form"].non_field_errors() == [
        "NIP, nama pengguna, e-mail, atau kata sandi tidak cocok. Periksa lagi penulisannya."
    ]
    assert password not in response.content.decode().replace(login, "") or password == "'"


@pytest.mark.parametrize("login", [NIP, "sari@contoh.go.id", "budi", "budi@contoh.go.id", "baru"])
def test_sign_in_hashes_one_password_whoever_is_named(
    login: str, client: Client, sari: Account, agency: Agency, make_account: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.contrib.auth.hashers import MD5PasswordHasher

    make_account(agency=agency, username="baru")  # never activated
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *given: hashed.append(1) or encode(*given))
    sign_in(client, login, "salah")
    assert len(hashed) == 1


def test_sign_in_to_a_closed_account_says_so_only_with_the_right_password(client: Client, sari: Account) -> None:
    api.deactivate_account(account_id=sari.id, by=None)
    for password, told in [("salah", False), (GOOD, True)]:
        response = sign_in(client, NIP, password)
        assert ("dinonaktifkan" in str(response.context["form"].non_field_errors())) is told
        assert not is_in(client)


def test_sign_in_failing_too_often_names_the_clock_time_and_keeps_the_login(client: Client, sari: Account) -> None:
    with clock.at(NOW):
        for _try in range(8):
            sign_in(client, NIP, "salah")
        response = sign_in(client, "19900101 202203 2 001")
        form = response.context["form"]
        assert form.non_field_errors() == ["Terlalu banyak percobaan. Coba lagi pada 14.35 WITA."]
        assert form.retry_at == NOW + timedelta(minutes=15)
        assert form["login"].value() == "19900101 202203 2 001"
        assert not is_in(client)
        sign_in(client, NIP, REMOTE_ADDR="198.51.100.7")  # the owner at another place is not locked out
        assert is_in(client)
    with clock.at(NOW + timedelta(minutes=15)):
        assert sign_in(Client(), NIP).status_code == 302


def test_sign_in_with_success_in_between_does_not_wipe_the_failures(client: Client, sari: Account) -> None:
    with clock.at(NOW):
        for _try in range(8):
            sign_in(Client(), NIP, "salah")
            if _try < 7:
                assert sign_in(Client(), NIP).status_code == 302
        sign_in(client, NIP)
    assert not is_in(client)


def test_sign_in_tried_from_everywhere_is_stopped_for_the_account(sari: Account, client: Client) -> None:
    with clock.at(NOW):
        for place in range(40):
            sign_in(Client(), NIP, "salah", REMOTE_ADDR=f"203.0.113.{place}")
        sign_in(client, "sari@contoh.go.id", REMOTE_ADDR="203.0.113.200")
    assert not is_in(client)


def test_sign_in_sends_no_mail(client: Client, sari: Account, mailoutbox: list[object]) -> None:
    sign_in(client, NIP)
    assert mailoutbox == []


def test_sign_up_is_closed(client: Client, sari: Account) -> None:
    from teladan.accounts.adapter import Adapter

    assert Adapter().is_open_for_signup(HttpRequest()) is False


def test_sign_in_form_without_javascript_has_labels_and_autocomplete(client: Client, db: None) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "Tetap masuk di perangkat ini" in page


# Passwords


def test_change_password_keeps_this_session_and_ends_the_others(client: Client, sari: Account) -> None:
    other = Client()
    for browser in (client, other):
        sign_in(browser, NIP)
    new = "dua ribu perahu di laut"
    client.post("/accounts/password/change/", {"oldpassword": GOOD, "password1": new, "password2": new})
    assert client.get("/accounts/2fa/").status_code == 200
    assert other.get("/accounts/2fa/").status_code == 302
    sari.refresh_from_db()
    assert sari.check_password(new)


@pytest.mark.parametrize(
    ("old", "first", "second", "field"),
    [
        ("salah", "dua ribu perahu", "dua ribu perahu", "oldpassword"),
        (GOOD, "dua ribu perahu", "tiga ribu perahu", "password2"),
        (GOOD, "12345", "12345", "password1"),
    ],
)
def test_change_password_with_a_fault_names_its_field(
    old: str, first: str, second: str, field: str, sari: Account
) -> None:
    form = NewPasswordForm(data={"oldpassword": old, "password1": first, "password2": second}, user=sari)
    assert list(form.errors) == [field]


def test_change_password_guessing_the_present_one_is_stopped(sari: Account) -> None:
    typed = {"oldpassword": "salah", "password1": "dua ribu perahu", "password2": "dua ribu perahu"}
    with clock.at(NOW):
        for _try in range(10):
            assert not NewPasswordForm(data=typed, user=sari).is_valid()
        form = NewPasswordForm(data={**typed, "oldpassword": GOOD}, user=sari)
        assert "14.35 WITA" in str(form.errors["oldpassword"])


def test_activation_form_with_the_code_lets_in(client: Client, agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency, username=NIP)
    code = api.issue_activation(account_id=account.id, by=None)
    form = activation(login="19900101 202203 2 001", code=code.lower())
    assert form.is_valid(), form.errors
    assert form.save()
    assert form.account_id == account.id
    sign_in(client, NIP)
    assert is_in(client)


def test_activation_form_with_a_wrong_code_keeps_what_was_typed(agency: Agency, make_account: Make) -> None:
    make_account(agency=agency, username=NIP)
    form = activation(login=NIP, code="AAAA-BBBB-CCCC")
    assert form.is_valid()
    assert not form.save()
    assert "minta kode baru" in str(form.errors["code"])
    assert form["login"].value() == NIP


def test_activation_form_with_two_passwords_asks_again(db: None) -> None:
    assert list(activation(login=NIP, code="A", password_again="lain").errors) == ["password_again"]
    assert list(activation(login=NIP, code="A", password="12345678901", password_again="12345678901").errors) == [
        "password"
    ]


def activation(**typed: str) -> ActivationForm:
    request = HttpRequest()
    request.META["REMOTE_ADDR"] = "127.0.0.1"
    return ActivationForm({"password": GOOD, "password_again": GOOD, **typed}, request=request)


# The second factor


def code_now(secret: str, *, later: int = 0) -> str:
    """The code of this half minute, or of one that comes `later`."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + later))


def switch_on(client: Client) -> tuple[str, list[str]]:
    """Switch the second factor on through the pages; its secret and the spare codes."""
    sign_in(client, NIP)
    asked = client.get("/accounts/2fa/totp/activate/")
    assert asked.url.startswith("/accounts/reauthenticate/")  # even right after signing in
    assert client.post(asked.url, {"password": GOOD}).url == "/accounts/2fa/totp/activate/"
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.context["totp_svg"].startswith("<svg")
    secret = client.session["mfa.totp.secret"]
    done = client.post("/accounts/2fa/totp/activate/", {"code": code_now(secret)})
    assert done.url == "/accounts/2fa/recovery-codes/"
    return secret, client.get(done.url).content.decode().split()


def test_second_factor_switched_on_is_asked_for_and_kept_encrypted(client: Client, sari: Account) -> None:
    secret, _spare = switch_on(client)
    kept = Authenticator.objects.get(user=sari, type="totp").data["secret"]
    assert secret not in kept
    browser = Client()
    assert sign_in(browser, NIP).url == "/accounts/2fa/authenticate/"
    assert not is_in(browser)
    assert browser.post("/accounts/2fa/authenticate/", {"code": "000000"}).status_code == 200
    assert not is_in(browser)
    browser.post("/accounts/2fa/authenticate/", {"code": code_now(secret, later=1)})
    assert is_in(browser)
    acts = [entry.act for entry in ledger.entries_of(f"account:{sari.id}", agency_id=sari.agency_id)]
    assert "accounts.second_factor_added" in acts


def test_second_factor_code_that_tied_the_authenticator_is_used_up(client: Client, sari: Account) -> None:
    secret, _spare = switch_on(client)
    cache.clear()
    browser = Client()
    sign_in(browser, NIP)
    response = browser.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
    assert "Kode ini sudah dipakai." in str(response.context["form"].errors["code"])
    assert not is_in(browser)


def test_second_factor_by_a_spare_code_works_once(client: Client, sari: Account) -> None:
    _secret, spare = switch_on(client)
    assert len(spare) == 10
    for expected in (True, False):
        browser = Client()
        sign_in(browser, NIP)
        browser.post("/accounts/2fa/authenticate/", {"code": spare[0]})
        assert is_in(browser) is expected


def test_second_factor_code_works_once_in_whichever_process(client: Client, sari: Account) -> None:
    secret, _spare = switch_on(client)
    code = code_now(secret, later=1)
    for expected in (True, False):
        cache.clear()  # another process has another memory
        browser = Client()
        sign_in(browser, NIP)
        browser.post("/accounts/2fa/authenticate/", {"code": code})
        assert is_in(browser) is expected


def test_second_factor_guessed_is_stopped_across_browsers(client: Client, sari: Account) -> None:
    secret, _spare = switch_on(client)
    with clock.at(NOW):
        for _try in range(10):
            browser = Client()
            sign_in(browser, NIP)
            browser.post("/accounts/2fa/authenticate/", {"code": "000000"})
        browser = Client()
        sign_in(browser, NIP)
        response = browser.post("/accounts/2fa/authenticate/", {"code": code_now(secret)})
        assert "14.35 WITA" in str(response.context["form"].errors["code"])
    assert not is_in(browser)


def test_remove_second_factor_lets_the_password_alone_in_again(client: Client, sari: Account) -> None:
    switch_on(client)
    assert api.remove_second_factor(account_id=sari.id, by=None)
    assert not api.remove_second_factor(account_id=sari.id, by=None)
    assert client.get("/accounts/2fa/").status_code == 302  # signed out everywhere
    sign_in(client, NIP)
    assert is_in(client)


def test_sign_in_form_renders_without_a_request(db: None) -> None:
    assert "login" in Template("{{ form.as_p }}").render(Context({"form": SignInForm()}))
