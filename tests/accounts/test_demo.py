"""One-click sign-in exists in a demo on one's own machine, and nowhere else."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from teladan.accounts import api
from teladan.accounts.models import Account, Agency
from teladan.accounts.sessions import SessionStore
from teladan.kernel.errors import NotFound

Make = Callable[..., Account]


@pytest.fixture
def sari(make_account: Make, db: None) -> Account:
    agency_id = api.create_agency(name="Dinas Contoh", slug="contoh", zone="Asia/Jakarta", is_demo=True, by=None)
    account = make_account(agency=Agency.objects.get(id=agency_id))
    api.guide_demo(account_id=account.id, note="Peserta di tengah materi")
    return account


def request(**meta: str) -> HttpRequest:
    made = HttpRequest()
    made.META = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000", **meta}
    made.session = SessionStore()
    return made


@pytest.mark.parametrize(
    "meta", [{}, {"HTTP_HOST": "127.0.0.1:8000"}, {"HTTP_HOST": "[::1]:8000", "REMOTE_ADDR": "::1"}]
)
def test_demo_sign_in_on_this_machine_signs_in(meta: dict[str, str], sari: Account, settings: Any) -> None:
    settings.DEMO = True
    here = request(**meta)
    assert [card.id for card in api.demo_accounts(here)] == [sari.id]
    api.demo_sign_in(here, sari.id)
    assert here.session[SESSION_KEY] == str(sari.id)


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_HOST": "teladan.contoh.go.id"},
        {"HTTP_HOST": "localhost.contoh.go.id"},
        {"HTTP_HOST": "192.168.1.4:8000"},
        {"HTTP_HOST": ""},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
    ],
)
def test_demo_sign_in_from_elsewhere_does_not_exist(meta: dict[str, str], sari: Account, settings: Any) -> None:
    settings.DEMO = True
    there = request(**meta)
    assert api.demo_accounts(there) == []
    with pytest.raises(NotFound):
        api.demo_sign_in(there, sari.id)
    assert SESSION_KEY not in there.session


def test_demo_sign_in_outside_a_demo_does_not_exist(sari: Account) -> None:
    with pytest.raises(NotFound):
        api.demo_sign_in(request(), sari.id)


def test_demo_sign_in_to_an_account_of_a_real_or_closed_one_does_not_exist(
    sari: Account, other_agency: Agency, make_account: Make, settings: Any
) -> None:
    settings.DEMO = True
    real = make_account(agency=other_agency)
    api.deactivate_account(account_id=sari.id, by=None)
    assert api.demo_accounts(request()) == []
    for account in (real, sari):
        with pytest.raises(NotFound):
            api.demo_sign_in(request(), account.id)


def test_demo_accounts_guided_ones_in_the_order_of_marking(sari: Account, make_account: Make, settings: Any) -> None:
    settings.DEMO = True
    agency = Agency.objects.get(id=sari.agency_id)
    make_account("Citra Unguided", agency=agency)
    api.guide_demo(account_id=make_account("Abdul", agency=agency).id, note="Atasan")
    assert [(card.name, card.note, card.agency_name) for card in api.demo_accounts(request())] == [
        ("Sari Dewi", "Peserta di tengah materi", "Dinas Contoh"),
        ("Abdul", "Atasan", "Dinas Contoh"),
    ]


def test_guide_demo_for_an_account_of_a_real_agency_is_not_found(other_agency: Agency, make_account: Make) -> None:
    with pytest.raises(NotFound):
        api.guide_demo(account_id=make_account(agency=other_agency).id, note="Peserta")
