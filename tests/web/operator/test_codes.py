"""Activation codes as letters: shown once, for the right people, never the whole NIP."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from tests.web.operator.conftest import Office

CODE = re.compile(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}")


def unit_id(code: str) -> Any:
    from teladan.people.models import Unit

    return Unit.objects.get(code=code).id


def make(client: Client, **data: Any) -> Any:
    return client.post("/kepegawaian/kode/", {"kunci": str(uuid4()), **data})


def test_codes_ask_for_a_unit_and_show_for_whom_before_anything_is_made(office: Office) -> None:
    from teladan.accounts.models import ActivationCode

    page = office.client("personnel").get("/kepegawaian/kode/", {"unit": unit_id("pkm")}).content.decode()
    assert "2 orang di Pkm" in page
    assert "Siti Rahmawati" in page
    assert "Buat 2 surat" in page
    assert not ActivationCode.objects.exists()


@pytest.mark.parametrize("who", ["personnel", "operator"])
def test_codes_are_letters_with_which_people_come_in(who: str, office: Office) -> None:
    from teladan.accounts import api as accounts

    response = make(office.client(who), unit=unit_id("pkm"))
    page = response.content.decode()
    letters = {letter.name: letter.code for letter in response.context["letters"]}
    assert set(letters) == {"Hendra Tandi", "Siti Rahmawati"}
    assert all(code in page for code in letters.values())
    assert office.siti.nip not in page
    assert "no-store" in response["Cache-Control"]
    accounts.activate(login=office.siti.nip, code=letters["Siti Rahmawati"], password="seribu rumah di tepi air")


def test_codes_leave_out_those_who_have_a_password_unless_asked(office: Office) -> None:
    from teladan.accounts.models import Account

    Account.objects.filter(id=office.siti.account_id).update(must_activate=False)
    client, unit = office.client("personnel"), unit_id("pkm")
    assert client.get("/kepegawaian/kode/", {"unit": unit}).context["count"] == 1
    assert client.get("/kepegawaian/kode/", {"unit": unit, "semua": "1"}).context["count"] == 2


def test_codes_sent_twice_are_made_once_and_not_shown_again(office: Office) -> None:
    from teladan.accounts.models import ActivationCode

    client, data = office.client("personnel"), {"kunci": str(uuid4()), "unit": unit_id("pkm")}
    first = client.post("/kepegawaian/kode/", data)
    made = ActivationCode.objects.count()
    second = client.post("/kepegawaian/kode/", data)
    assert second.status_code == 409
    assert not CODE.search(second.content.decode())
    assert "Kode dari kiriman pertama tetap berlaku." in second.content.decode()
    assert ActivationCode.objects.count() == made
    assert CODE.search(first.content.decode())


def test_code_for_one_person(office: Office) -> None:
    client = office.client("operator")
    response = client.post(f"/kepegawaian/pegawai/{office.siti.account_id}/kode/", {"kunci": str(uuid4())})
    assert [letter.name for letter in response.context["letters"]] == ["Siti Rahmawati"]


def test_code_for_somebody_outside_the_roster_names_the_login(office: Office) -> None:
    account = office.accounts["auditor"]
    response = office.client("operator").post(f"/kepegawaian/pegawai/{account.id}/kode/", {"kunci": str(uuid4())})
    assert f"<strong>{account.username}</strong>" in response.content.decode()


@pytest.mark.parametrize("unit", ["", "bukan", "00000000-0000-7000-8000-000000000000"])
def test_codes_for_an_unknown_unit_are_refused(unit: str, office: Office) -> None:
    client = office.client("personnel")
    assert client.get("/kepegawaian/kode/", {"unit": unit}).status_code == 200
    assert make(client, unit=unit).status_code == 422


def test_codes_for_a_unit_of_another_agency_are_refused(office: Office) -> None:
    from teladan.accounts.models import ActivationCode

    response = make(office.client("stranger"), unit=unit_id("pkm"))
    assert response.status_code == 422
    assert not ActivationCode.objects.exists()


def test_code_for_a_closed_account_says_what_to_do(office: Office) -> None:
    from teladan.accounts import api as accounts

    accounts.deactivate_account(account_id=office.siti.account_id, by=None)
    response = office.client("operator").post(f"/kepegawaian/pegawai/{office.siti.account_id}/kode/")
    assert response.status_code == 422
    assert "Aktifkan kembali akunnya lebih dahulu." in response.content.decode()


def test_code_leaves_the_old_password_until_it_is_used(office: Office) -> None:
    account = office.accounts["employee"]
    account.set_password("seribu rumah di tepi air")
    account.save()
    office.client("personnel").post(f"/kepegawaian/pegawai/{account.id}/kode/")
    assert (
        Client().post("/masuk/", {"login": account.username, "password": "seribu rumah di tepi air"}).status_code == 302
    )
