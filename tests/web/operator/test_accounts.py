"""Accounts and roles: given, ended, taken back; the last operator stays."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from teladan.access.api import Role
from tests.web.operator.conftest import Office
from tests.web.world import cohort_of


def page_of(office: Office, who: str = "siti") -> str:
    account = office.siti.account_id if who == "siti" else office.accounts[who].id
    return f"/operator/akun/{account}/"


def grants_of(office: Office) -> list[Any]:
    from teladan.accounts import api as accounts

    by = accounts.actor_for(office.accounts["operator"])
    return accounts.grants_visible_to(by, account_id=office.siti.account_id)


def test_role_is_given_until_a_day_and_taken_back(office: Office) -> None:
    client, until = office.client("operator"), timezone.localdate() + timedelta(days=30)
    response = client.post(page_of(office), {"role": Role.ORGANISER.value, "until": until.isoformat()})
    assert response["Location"] == page_of(office)
    [grant] = grants_of(office)
    assert grant.role is Role.ORGANISER
    assert timezone.localdate(grant.until) == until
    assert "Penyelenggara" in client.get(page_of(office)).content.decode()
    client.post(f"{page_of(office)}peran/{grant.id}/cabut/")
    assert grants_of(office) == []


def test_role_given_by_an_auditor_is_refused_as_not_theirs_whatever_was_typed(office: Office) -> None:
    client = office.client("auditor")
    for typed in ({}, {"role": Role.LEADER.value}, {"role": Role.OPERATOR.value, "yakin": "1"}):
        response = client.post(page_of(office), typed)
        assert response.status_code == 403
        assert "hanya melihat" in response.content.decode()
    assert grants_of(office) == []


def test_list_tells_people_of_one_name_apart_by_their_unit(office: Office) -> None:
    rows = office.client("operator").get("/operator/akun/").context["table"].rows
    units = {row[0].text: row[1] for row in rows}
    assert (units["Siti Rahmawati"].text, units["Siti Rahmawati"].note) == ("Pkm", "Bidan Terampil")
    assert isinstance(units["Fajar Wenda"], str)  # in no roster: told by the login


def test_role_of_a_facilitator_is_for_one_cohort(office: Office, make_account: Callable[..., Any]) -> None:
    from teladan.accounts import api as accounts

    organiser = accounts.actor_for(make_account("Ratna", agency=office.agency, roles=[Role.ORGANISER]))
    cohort = cohort_of(organiser, [office.siti.account_id])
    client = office.client("operator")
    refused = client.post(page_of(office), {"role": Role.FACILITATOR.value})
    assert refused.status_code == 422
    assert "cohort" in refused.context["form"].errors
    client.post(page_of(office), {"role": Role.FACILITATOR.value, "cohort": str(cohort)})
    [grant] = grants_of(office)
    assert grant.scope_id == cohort
    assert "Angkatan Uji" in client.get(page_of(office)).content.decode()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "role"),
        ({"role": "raja"}, "role"),
        ({"role": "pegawai"}, "role"),
        ({"role": "operator", "until": "kemarin"}, "until"),
        ({"role": "operator", "until": "2020-01-01"}, "until"),
        ({"role": "operator", "until": "9999-12-31", "yakin": "1"}, "until"),
        ({"role": "operator", "cohort": str(uuid4())}, "cohort"),
    ],
)
def test_role_refused_says_why_beside_the_field(typed: dict[str, str], field: str, office: Office) -> None:
    response = office.client("operator").post(page_of(office), typed)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert grants_of(office) == []


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.PERSONNEL, Role.AUDITOR])
def test_strong_role_is_explained_before_it_is_given(role: Role, office: Office) -> None:
    client, until = office.client("operator"), (timezone.localdate() + timedelta(days=9)).isoformat()
    page = client.post(page_of(office), {"role": role.value, "until": until})
    assert page.status_code == 200
    assert "orang itu dapat:" in page.content.decode()
    assert "Siti Rahmawati" in page.content.decode()
    assert f'name="until" value="{until}"' in page.content.decode()
    assert grants_of(office) == []
    for _twice in range(2):
        client.post(page_of(office), {"role": role.value, "until": until, "yakin": "1"})
    [grant] = grants_of(office)
    assert (grant.role, timezone.localdate(grant.until).isoformat()) == (role, until)


def test_strong_role_is_explained_before_it_is_taken_back(office: Office) -> None:
    client = office.client("operator")
    client.post(page_of(office), {"role": Role.PERSONNEL.value, "yakin": "1"})
    [grant] = grants_of(office)
    address = f"{page_of(office)}peran/{grant.id}/cabut/"
    assert f'href="{address}"' in client.get(page_of(office)).content.decode()
    assert "tidak dapat lagi:" in client.get(address).content.decode()
    assert len(grants_of(office)) == 1
    assert client.post(address).status_code == 302
    assert grants_of(office) == []
    gone = client.get(address)
    assert gone.status_code == 404
    assert "sudah dicabut" in gone.content.decode()


def test_role_of_oneself_is_taken_back_with_a_warning(office: Office) -> None:
    from teladan.accounts import api as accounts

    operator = office.accounts["operator"]
    [grant] = accounts.grants_visible_to(accounts.actor_for(operator), account_id=operator.id)
    page = office.client("operator").get(f"{page_of(office, 'operator')}peran/{grant.id}/cabut/").content.decode()
    assert "Ini peran Anda sendiri." in page


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("employee", 403), ("stranger", 404), ("nobody", 401)])
def test_confirming_is_for_the_operator_of_the_agency(who: str, status: int, office: Office) -> None:
    office.client("operator").post(page_of(office), {"role": Role.AUDITOR.value, "yakin": "1"})
    [grant] = grants_of(office)
    address = f"{page_of(office)}peran/{grant.id}/cabut/"
    assert office.client(who).get(address).status_code == (302 if who == "nobody" else status)
    assert office.client(who).post(address).status_code == status
    assert len(grants_of(office)) == 1


def test_role_of_the_last_operator_stays(office: Office) -> None:
    from teladan.accounts import api as accounts

    operator = office.accounts["operator"]
    [grant] = accounts.grants_visible_to(accounts.actor_for(operator), account_id=operator.id)
    response = office.client("operator").post(f"{page_of(office, 'operator')}peran/{grant.id}/cabut/")
    assert response.status_code == 409
    assert "Beri dahulu peran operator kepada akun lain." in response.content.decode()


def test_role_of_another_agency_cannot_be_taken(office: Office) -> None:
    from teladan.accounts import api as accounts

    operator = office.accounts["operator"]
    [grant] = accounts.grants_visible_to(accounts.actor_for(operator), account_id=operator.id)
    stranger = office.client("stranger")
    for account in (operator.id, office.accounts["stranger"].id):
        assert stranger.post(f"/operator/akun/{account}/peran/{grant.id}/cabut/").status_code == 404


def test_account_is_closed_and_opened_again(office: Office) -> None:
    from teladan.accounts import api as accounts

    client = office.client("operator")
    client.post(f"{page_of(office)}nonaktifkan/")
    card = accounts.account_card(office.siti.account_id)
    assert card is not None
    assert not card.is_active
    assert "Aktifkan kembali" in client.get(page_of(office)).content.decode()
    client.post(f"{page_of(office)}aktifkan/")
    assert accounts.account_card(office.siti.account_id).is_active  # type: ignore[union-attr]


def test_account_of_oneself_is_not_closed(office: Office) -> None:
    client = office.client("operator")
    assert "Nonaktifkan" not in client.get(page_of(office, "operator")).content.decode()
    assert client.post(f"{page_of(office, 'operator')}nonaktifkan/").status_code == 422


def test_account_is_signed_out_everywhere(office: Office) -> None:
    theirs = office.client("employee")
    office.client("operator").post(f"{page_of(office, 'employee')}keluarkan/")
    assert theirs.get("/akun/").status_code == 302


def test_account_loses_its_second_factor(office: Office) -> None:
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(office.accounts["employee"], generate_totp_secret())
    office.client("operator").post(f"{page_of(office, 'employee')}lepas-kode/")
    from allauth.mfa.models import Authenticator

    assert not Authenticator.objects.filter(user=office.accounts["employee"]).exists()


def test_account_for_somebody_from_outside_is_opened(office: Office) -> None:
    from teladan.accounts import api as accounts

    client = office.client("operator")
    response = client.post("/operator/akun/baru/", {"name": "Widya Iswara", "username": "widya.luar", "email": ""})
    opened = accounts.account_by_login("widya.luar")
    assert opened is not None
    assert response["Location"] == f"/operator/akun/{opened.id}/"
    assert opened.agency_id == office.agency.id


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"name": "", "username": "widya"}, "name"),
        ({"name": "Widya", "username": "W I D Y A"}, "username"),
        ({"name": "Widya", "username": "widya", "email": "bukan"}, "email"),
    ],
)
def test_account_refused_says_why_and_keeps_what_was_typed(typed: dict[str, str], field: str, office: Office) -> None:
    response = office.client("operator").post("/operator/akun/baru/", typed)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert typed["username"] in response.content.decode()


def test_account_with_a_login_in_use_is_refused(office: Office) -> None:
    typed = {"name": "Widya", "username": office.accounts["stranger"].username}
    response = office.client("operator").post("/operator/akun/baru/", typed)
    assert response.status_code == 422
    assert "sudah dipakai" in " ".join(response.context["form"].errors["username"])


def test_list_is_narrowed_to_a_role(office: Office) -> None:
    rows = office.client("auditor").get("/operator/akun/", {"peran": "operator"}).context["table"].rows
    assert [row[0].text for row in rows] == ["Fajar Wenda"]


def test_list_asks_the_same_number_of_times_for_five_and_eight(
    office: Office, make_account: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    client = office.client("operator")
    with django_assert_num_queries(10):
        client.get("/operator/akun/")
    for number in range(3):
        make_account(f"Orang {number}", agency=office.agency, roles=[Role.ORGANISER])
    with django_assert_num_queries(10):
        assert len(client.get("/operator/akun/").context["table"].rows) == 8


def test_list_shows_no_whole_login(office: Office) -> None:
    assert office.siti.nip not in office.client("operator").get("/operator/akun/").content.decode()


@pytest.mark.parametrize("typed", ["%%%", "\x00", " "])
def test_search_that_is_not_understood_says_so_and_keeps_what_was_typed(typed: str, office: Office) -> None:
    response = office.client("operator").get("/operator/akun/", {"cari": typed})
    assert "Kata pencarian ini tidak dapat dipahami." in response.content.decode()
    assert response.context["typed"] == typed
