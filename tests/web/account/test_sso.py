"""Coming in through the agency's own provider: only into an account that exists, never quietly."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from teladan.accounts import oidc
from tests.accounts.provider import CLIENT, SECRET, Provider, serving
from tests.web.account.test_profile import switch_on

GOOD = "seribu rumah di tepi air"
NIP = "199001012022032001"
START, BACK = "/masuk/sso/dinkes-contoh/", "/masuk/sso/dinkes-contoh/kembali/"


@pytest.fixture
def sari(agency: Any, make_account: Callable[..., Any]) -> Any:
    return make_account("Sari Dewi", agency=agency, username=NIP, email="sari@contoh.go.id", password=GOOD)


@pytest.fixture
def provider(settings: Any, agency: Any) -> Iterator[Provider]:
    with serving() as found:
        found.claims = {"sub": "orang-1", "nip": "19900101 202203 2 001"}
        settings.SSO = configured(found)
        yield found


def configured(found: Provider, **changed: str) -> dict[str, oidc.Provider]:
    values = {"label": "SSO Pemkab", "client_id": CLIENT, "secret": SECRET, "claim": "nip", "matches": "nip", **changed}
    return {"dinkes-contoh": oidc.Provider(agency="dinkes-contoh", issuer=found.issuer, **values)}


def come_in(provider: Provider, client: Client | None = None, wish: str = "", **answer: str) -> tuple[Client, Any]:
    browser = client or Client()
    there = browser.get(START, {"next": wish} if wish else {})
    assert there.status_code == 302, there.content.decode()
    return browser, browser.get(BACK, {**provider.authorize(there["Location"]), **answer})


def is_in(client: Client) -> bool:
    return SESSION_KEY in client.session


def test_sso_is_off_unless_configured(client: Client, db: None, settings: Any) -> None:
    assert settings.SSO == {}
    assert "Masuk lewat" not in client.get("/masuk/").content.decode()
    assert client.get(START).status_code == 404
    assert client.get(BACK).status_code == 404


def test_sso_is_offered_by_its_own_name_and_keeps_the_way_back(client: Client, provider: Provider) -> None:
    page = client.get("/masuk/", {"next": "/jp/"}).content.decode()
    assert "Masuk lewat SSO Pemkab" in page
    assert f'href="{START}?next=/jp/"' in page


def test_sso_opens_the_account_that_the_claim_names(provider: Provider, sari: Any) -> None:
    browser, response = come_in(provider, wish="/jp/")
    assert response["Location"] == "/jp/"
    assert browser.session[SESSION_KEY] == str(sari.id)


def test_sso_asks_with_pkce_state_and_nonce(client: Client, provider: Provider) -> None:
    asked = dict(parse_qsl(urlsplit(client.get(START)["Location"]).query))
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert asked["redirect_uri"].endswith(BACK)


def test_sso_first_time_is_recorded_and_told_to_the_owner(provider: Provider, sari: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.desk import api as desk
    from teladan.jobs import api as jobs
    from teladan.ledger import api as ledger

    for _time in range(2):
        come_in(provider)
    acts = [entry.act for entry in ledger.entries_of(f"account:{sari.id}", agency_id=sari.agency_id)]
    assert acts.count("accounts.sso_linked") == 1
    assert acts.count("accounts.signed_in") == 2
    jobs.run_pending()
    titles = [notice.title for notice in desk.notices_visible_to(accounts.actor_for(sari))]
    assert titles == ["Cara masuk baru untuk akun Anda"]


def test_sso_known_person_stays_the_same_when_the_claim_changes(provider: Provider, sari: Any) -> None:
    come_in(provider)
    provider.claims = {"sub": "orang-1", "nip": ""}
    browser, _response = come_in(provider)
    assert browser.session[SESSION_KEY] == str(sari.id)


def test_sso_another_person_with_the_same_claim_is_refused(provider: Provider, sari: Any) -> None:
    come_in(provider)
    provider.claims = {"sub": "orang-2", "nip": NIP}
    browser, response = come_in(provider)
    assert response.status_code == 409
    assert "sudah terhubung dengan orang lain" in response.content.decode()
    assert not is_in(browser)


@pytest.mark.parametrize("nip", ["199001012022032999", "", None, ["199001012022032001"], True])
def test_sso_without_an_account_makes_none_and_says_whom_to_ask(nip: Any, provider: Provider, sari: Any) -> None:
    from teladan.accounts.models import Account

    provider.claims = {"sub": "orang-9", "nip": nip}
    before = Account.objects.count()
    browser, response = come_in(provider)
    page = response.content.decode()
    assert response.status_code == 404
    assert "Tidak ada akun Teladan untuk identitas Anda di SSO Pemkab." in page
    assert "Minta bagian kepegawaian" in page
    assert not is_in(browser)
    assert Account.objects.count() == before


def test_sso_reaches_no_account_of_another_agency(
    provider: Provider, other_agency: Any, make_account: Callable[..., Any]
) -> None:
    make_account("Orang Tetangga", agency=other_agency, username=NIP)
    browser, response = come_in(provider)
    assert response.status_code == 404
    assert not is_in(browser)


@pytest.mark.parametrize(("verified", "lets_in"), [(True, True), (False, False), (None, False), ("true", False)])
def test_sso_by_e_mail_only_when_the_provider_verified_it(
    verified: Any, lets_in: bool, provider: Provider, sari: Any, settings: Any
) -> None:
    settings.SSO = configured(provider, claim="email", matches="email")
    provider.claims = {"sub": "orang-1", "email": "Sari@contoh.go.id", "email_verified": verified}
    browser, _response = come_in(provider)
    assert is_in(browser) is lets_in


def test_sso_into_a_closed_account_is_refused(provider: Provider, sari: Any) -> None:
    from teladan.accounts import api as accounts

    accounts.deactivate_account(account_id=sari.id, by=None)
    browser, response = come_in(provider)
    assert response.status_code == 403
    assert "Akun Anda dinonaktifkan." in response.content.decode()
    assert not is_in(browser)


def test_sso_still_asks_for_the_code_of_the_telephone(provider: Provider, sari: Any) -> None:
    client = Client()
    client.post("/masuk/", {"login": NIP, "password": GOOD})
    switch_on(client)
    browser, response = come_in(provider)
    assert response["Location"] == "/masuk/kode/"
    assert not is_in(browser)


def bend_nonce(claims: dict[str, Any]) -> None:
    claims["nonce"] = "lain"


def bend_issuer(claims: dict[str, Any]) -> None:
    claims["iss"] = "http://127.0.0.1:1"


def bend_audience(claims: dict[str, Any]) -> None:
    claims["aud"] = "aplikasi-lain"


@pytest.mark.parametrize("bend", [bend_nonce, bend_issuer, bend_audience])
def test_sso_token_that_lies_lets_nobody_in(bend: Any, provider: Provider, sari: Any) -> None:
    provider.bend = bend
    browser, response = come_in(provider)
    assert response.status_code == 422
    assert "tidak dapat dipastikan" in response.content.decode()
    assert not is_in(browser)


@pytest.mark.parametrize("answer", [{"state": "lain"}, {"iss": "https://lain.go.id"}, {"code": ""}, {"state": ""}])
def test_sso_answer_that_does_not_fit_lets_nobody_in(answer: dict[str, str], provider: Provider, sari: Any) -> None:
    browser, response = come_in(provider, **answer)
    assert response.status_code == 422
    assert not is_in(browser)


def test_sso_answer_in_another_browser_or_twice_lets_nobody_in(provider: Provider, sari: Any) -> None:
    browser = Client()
    answer = provider.authorize(browser.get(START)["Location"])
    other = Client()
    refused = other.get(BACK, answer)
    assert refused.status_code == 422
    assert "dibuka di peramban lain" in refused.content.decode()
    assert not is_in(other)
    assert browser.get(BACK, answer).status_code == 302
    browser.post("/keluar/")
    assert browser.get(BACK, answer).status_code == 422
    assert not is_in(browser)


def test_sso_declined_there_says_so(provider: Provider, sari: Any) -> None:
    browser = Client()
    browser.get(START)
    response = browser.get(BACK, {"error": "access_denied", "state": "x"})
    assert response.status_code == 422
    assert "atau Anda membatalkannya" in response.content.decode()


def test_sso_provider_that_is_down_leaves_the_password(provider: Provider, sari: Any, client: Client) -> None:
    provider.is_down = True
    response = client.get(START)
    assert response.status_code == 503
    assert "masuk dengan kata sandi" in response.content.decode()
    provider.is_down = False
    answer = provider.authorize(client.get(START)["Location"])
    provider.is_down = True
    assert client.get(BACK, answer).status_code == 503
    assert not is_in(client)


@pytest.mark.parametrize(
    "document", [{"issuer": "https://lain.go.id"}, {"token_endpoint": "http://lain.go.id/token"}, {"jwks_uri": None}]
)
def test_sso_document_that_points_elsewhere_is_not_followed(
    document: dict[str, Any], provider: Provider, client: Client
) -> None:
    provider.document = document
    assert client.get(START).status_code == 503


def test_sso_leads_back_to_our_own_pages_only(provider: Provider, sari: Any) -> None:
    _browser, response = come_in(provider, wish="https://example.org/")
    assert response["Location"] == "/tugas/"


def test_sso_link_is_a_way_in_and_a_reset_takes_it(provider: Provider, sari: Any) -> None:
    from teladan.accounts import api as accounts

    browser, _response = come_in(provider)
    assert "Penyedia masuk instansi" in browser.get("/akun/").content.decode()
    assert accounts.ways_of(sari.id).count == 2
    accounts.reset_access(account_id=sari.id, reason=accounts.ResetReason.LOST_DEVICE, by=None)
    assert not accounts.ways_of(sari.id).sso
    assert browser.get("/akun/").status_code == 302
