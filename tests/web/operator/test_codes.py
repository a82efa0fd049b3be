"""Activation codes as letters: shown once, for the right people, never the whole NIP."""

import re
from typing import Any
from urllib.parse import unquote
from uuid import uuid4

import pytest
from django.test import Client

from tests.web.operator.conftest import Office

GOOD = "seribu rumah di tepi air"
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
    assert "Unduh 2 surat (PDF)" in page
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
    response = client.post(
        f"/kepegawaian/pegawai/{office.siti.account_id}/kode/", {"kunci": str(uuid4()), "reason": "baru"}
    )
    assert [letter.name for letter in response.context["letters"]] == ["Siti Rahmawati"]


def test_code_for_somebody_outside_the_roster_names_the_login(office: Office) -> None:
    account = office.accounts["auditor"]
    data = {"kunci": str(uuid4()), "reason": "baru"}
    response = office.client("operator").post(f"/kepegawaian/pegawai/{account.id}/kode/", data)
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
    data = {"reason": "baru"}
    response = office.client("operator").post(f"/kepegawaian/pegawai/{office.siti.account_id}/kode/", data)
    assert response.status_code == 422
    assert "Aktifkan kembali akunnya lebih dahulu." in response.content.decode()


# Resetting the access of one person


@pytest.fixture
def hendra(office: Office) -> Any:
    """An employee who has a password and is signed in on a telephone."""
    account = office.accounts["employee"]
    account.set_password(GOOD)
    account.must_activate = False
    account.save()
    return account


def signed_in(account: Any) -> Client:
    client = Client()
    client.post("/masuk/", {"login": account.username, "password": GOOD})
    return client


def can_come_in(account: Any, password: str = GOOD) -> bool:
    response = Client().post("/masuk/", {"login": account.username, "password": password})
    return bool(response.status_code == 302 and response["Location"] == "/tugas/")


def reset(client: Client, account: Any, reason: str, **more: str) -> Any:
    data = {"kunci": str(uuid4()), "reason": reason, **more}
    return client.post(f"/kepegawaian/pegawai/{account.id}/kode/", data)


def test_reset_ends_all_sessions_and_leaves_the_old_password_until_the_code_is_used(
    office: Office, hendra: Any
) -> None:
    from teladan.accounts import api as accounts

    telephone = signed_in(hendra)
    assert telephone.get("/akun/").status_code == 200
    response = reset(office.client("personnel"), hendra, "lupa")
    assert telephone.get("/akun/").status_code == 302
    assert can_come_in(hendra)
    code = response.context["letters"][0].code
    accounts.activate(login=hendra.username, code=code, password="dua ribu perahu di laut")
    assert not can_come_in(hendra)
    assert can_come_in(hendra, "dua ribu perahu di laut")


def test_reset_is_recorded_with_its_reason_and_told_to_the_owner(office: Office, hendra: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.desk import api as desk
    from teladan.jobs import api as jobs
    from teladan.ledger import api as ledger

    reset(office.client("personnel"), hendra, "surat_hilang")
    entry = ledger.entries_of(f"account:{hendra.id}", agency_id=hendra.agency_id)[-1]
    assert entry.act == "accounts.access_reset"
    assert entry.data["reason"] == "surat_hilang"
    assert entry.actor_id == office.accounts["personnel"].id
    jobs.run_pending()
    notice = desk.notices_visible_to(accounts.actor_for(hendra))[0]
    assert notice.title == "Kode baru dibuat untuk akun Anda"
    assert "Maya Latuconsina membuat kode" in notice.text


def test_reset_on_suspicion_shuts_every_way_at_once(office: Office, hendra: Any) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=hendra, type="webauthn", data={"name": "Kunci orang lain", "credential": {}})
    response = reset(office.client("operator"), hendra, "dicurigai")
    assert response.context["letters"][0].code
    assert not can_come_in(hendra)
    assert not Authenticator.objects.filter(user=hendra).exists()


def test_reset_of_a_lost_device_takes_its_keys_and_leaves_the_password(office: Office, hendra: Any) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.create(user=hendra, type="webauthn", data={"name": "Ponsel", "credential": {}})
    reset(office.client("operator"), hendra, "perangkat_hilang")
    assert can_come_in(hendra)
    assert not Authenticator.objects.filter(user=hendra).exists()


@pytest.mark.parametrize("reason", ["perangkat_hilang", "dicurigai"])
def test_reset_that_takes_keys_is_for_operators_only(reason: str, office: Office, hendra: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.kernel.errors import NotAllowed

    assert reset(office.client("personnel"), hendra, reason).status_code == 422
    with pytest.raises(NotAllowed):
        accounts.reset_access(
            account_id=hendra.id,
            reason=accounts.ResetReason(reason),
            by=accounts.actor_for(office.accounts["personnel"]),
        )


@pytest.mark.parametrize("reason", ["", "lain", "baru"])
def test_reset_without_a_fitting_reason_is_refused_beside_the_field(reason: str, office: Office, hendra: Any) -> None:
    from teladan.accounts.models import ActivationCode

    response = reset(office.client("operator"), hendra, reason)
    assert response.status_code == 422
    assert response.context["form"].errors["reason"]
    assert not ActivationCode.objects.exists()


def test_personnel_makes_no_code_for_an_operator_and_nobody_for_themselves(office: Office) -> None:
    from teladan.accounts import api as accounts
    from teladan.kernel.errors import Invalid, NotAllowed

    personnel, operator = (accounts.actor_for(office.accounts[who]) for who in ("personnel", "operator"))
    page = office.client("personnel").get(f"/kepegawaian/pegawai/{operator.account_id}/kode/").content.decode()
    assert "Kode untuk akun ini tidak dapat Anda buat." in page
    assert reset(office.client("personnel"), office.accounts["operator"], "baru").status_code == 403
    for make in (
        lambda: accounts.issue_activation(account_id=operator.account_id, by=personnel),
        lambda: accounts.reset_access(
            account_id=operator.account_id, reason=accounts.ResetReason.FORGOTTEN, by=personnel
        ),
    ):
        with pytest.raises(NotAllowed):
            make()
    with pytest.raises(Invalid):
        accounts.issue_activation(account_id=personnel.account_id, by=personnel)


def test_codes_of_a_unit_leave_out_operators_and_oneself_and_say_so(office: Office) -> None:
    page = office.client("personnel").get("/kepegawaian/kode/", {"unit": unit_id("bkpsdm")}).content.decode()
    assert "Tidak termasuk: Maya Latuconsina." in page


def test_letters_come_as_one_pdf_once(office: Office) -> None:
    client, data = office.client("personnel"), {"kunci": str(uuid4()), "unit": unit_id("pkm"), "bentuk": "pdf"}
    response = client.post("/kepegawaian/kode/", data)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="surat-kode-')
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"%PDF-")
    assert client.post("/kepegawaian/kode/", data).status_code == 409


def test_codes_ask_who_is_there_before_they_are_made(office: Office, hendra: Any) -> None:
    officer = office.accounts["personnel"]
    officer.set_password(GOOD)
    officer.save()
    client = signed_in(officer)
    path = f"/kepegawaian/pegawai/{hendra.id}/kode/"
    asked = client.get(path)
    assert unquote(asked["Location"]) == f"/akun/konfirmasi/?next={path}"
    assert client.post("/akun/konfirmasi/", {"password": GOOD, "next": path})["Location"] == path
    assert reset(client, hendra, "lupa").status_code == 200
