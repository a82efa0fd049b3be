"""Where somebody is signed in: seen in plain words, ended at once, never somebody else's."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from teladan.kernel import clock
from tests.accounts.test_devices import CHROME

GOOD = "seribu rumah di tepi air"
NIP = "199001012022032001"
NOW = datetime(2026, 11, 23, 1, 20, tzinfo=UTC)
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0"


@pytest.fixture
def sari(agency: Any, make_account: Callable[..., Any]) -> Any:
    return make_account("Sari Dewi", agency=agency, username=NIP, password=GOOD)


def sign_in(login: str = NIP, agent: str = CHROME) -> Client:
    client = Client(HTTP_USER_AGENT=agent)
    client.post("/masuk/", {"login": login, "password": GOOD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/akun/").status_code == 200


def listed(client: Client) -> list[Any]:
    return list(client.get("/akun/perangkat/").context["devices"])


def test_devices_are_named_in_plain_words_this_one_first(sari: Any) -> None:
    with clock.at(NOW):
        sign_in(agent=FIREFOX)
        here = sign_in()
        page = here.get("/akun/perangkat/").content.decode()
        cards = listed(here)
    assert [(card.device.browser, card.is_this) for card in cards] == [("Chrome", True), ("Firefox", False)]
    assert "Chrome di Android" in page and "Firefox di Windows" in page
    assert page.count("perangkat ini</span>") == 1
    assert cards[1].since == NOW
    assert "Terakhir dipakai sekitar Senin, 23 November 2026 pukul 09.00 WITA." in page


def test_devices_page_and_the_store_keep_no_address_and_no_browser_text(sari: Any) -> None:
    from teladan.accounts.models import Session

    client = Client(HTTP_USER_AGENT=CHROME, REMOTE_ADDR="203.0.113.77")
    client.post("/masuk/", {"login": NIP, "password": GOOD})
    kept = [str(row.get_decoded()) for row in Session.objects.all()]
    assert kept and not any("203.0.113.77" in row or "Mozilla" in row for row in kept)


def test_device_ended_is_out_at_once_and_the_act_is_recorded(sari: Any) -> None:
    from teladan.ledger import api as ledger

    there, here = sign_in(agent=FIREFOX), sign_in()
    other = next(card for card in listed(here) if not card.is_this)
    assert is_in(there)
    response = here.post(f"/akun/perangkat/{other.id}/keluar/")
    assert response["Location"] == "/akun/perangkat/"
    assert not is_in(there)
    assert is_in(here)
    assert len(listed(here)) == 1
    entry = ledger.entries_of(f"account:{sari.id}", agency_id=sari.agency_id)[-1]
    assert (entry.act, entry.data) == ("accounts.session_ended", {"count": 1})
    assert here.post(f"/akun/perangkat/{other.id}/keluar/").status_code == 404


def test_device_ended_does_not_come_back_by_a_request_under_way(sari: Any) -> None:
    """A page that began before the end and saves its session after it must not bring the session to life again."""
    from django.contrib.sessions.backends.base import UpdateError

    from teladan.accounts import api as accounts
    from teladan.accounts.sessions import SessionStore

    there = sign_in(agent=FIREFOX)
    under_way = SessionStore(there.session.session_key)
    under_way["pesan"] = "lama"
    accounts.end_other_sessions(keep=None, by=accounts.actor_for(sari))
    with pytest.raises(UpdateError):
        under_way.save()
    assert not is_in(there)


def test_all_other_devices_are_ended_and_this_one_stays(sari: Any) -> None:
    others, here = [sign_in(agent=FIREFOX), sign_in()], sign_in()
    page = here.post("/akun/perangkat/lain/keluar/", follow=True).content.decode()
    assert "2 perangkat lain sudah keluar." in page
    assert is_in(here)
    assert not any(is_in(client) for client in others)
    assert (
        "Tidak ada perangkat lain yang masuk."
        in here.post("/akun/perangkat/lain/keluar/", follow=True).content.decode()
    )


def test_devices_of_somebody_else_cannot_be_ended(sari: Any, agency: Any, make_account: Callable[..., Any]) -> None:
    make_account("Budi Raja", agency=agency, username="budi.raja", password=GOOD)
    theirs, here = sign_in(login="budi.raja"), sign_in()
    session_id = listed(theirs)[0].id
    assert here.post(f"/akun/perangkat/{session_id}/keluar/").status_code == 404
    assert is_in(theirs)
    assert session_id not in [card.id for card in listed(here)]


def test_devices_signed_out_by_a_new_password_are_not_listed(sari: Any) -> None:
    sign_in(agent=FIREFOX)
    here = sign_in()
    new = "angin dari teluk timur"
    here.post("/akun/sandi/", {"oldpassword": GOOD, "password1": new, "password2": new})
    assert [card.is_this for card in listed(here)] == [True]


def test_devices_are_seen_by_the_hour_with_one_write_in_it(sari: Any, django_assert_num_queries: Any) -> None:
    from teladan.accounts.models import Session

    with clock.at(NOW):
        client = sign_in()
    kept = Session.objects.get(account=sari)
    assert kept.seen_at == NOW.replace(minute=0)
    with clock.at(NOW + timedelta(hours=3)):
        client.get("/akun/kunci/")
        kept.refresh_from_db()
        assert kept.seen_at == NOW.replace(hour=4, minute=0)
        with django_assert_num_queries(4):  # session, account with agency, passkeys, roles: nothing is written again
            client.get("/akun/kunci/")


def test_devices_are_for_those_signed_in(client: Client, db: None) -> None:
    assert client.get("/akun/perangkat/")["Location"] == "/masuk/?next=/akun/perangkat/"
