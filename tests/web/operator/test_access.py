"""Who opens which page: a table to read aloud."""

from typing import Any

import pytest

from tests.web.operator.conftest import WHO, Office

SEES = {  # page -> who gets it; of the others, members read a refusal and nobody is sent to sign in
    "/kepegawaian/": {"personnel", "operator", "auditor", "stranger"},
    "/kepegawaian/pegawai/": {"personnel", "operator", "auditor", "stranger"},
    "/kepegawaian/pegawai/baru/": {"personnel", "stranger"},
    "/kepegawaian/pegawai.csv": {"personnel", "operator", "auditor", "stranger"},
    "/kepegawaian/pegawai.xlsx": {"personnel", "operator", "auditor", "stranger"},
    "/kepegawaian/impor/": {"personnel", "auditor", "stranger"},
    "/kepegawaian/impor/templat.xlsx": {"personnel", "auditor", "stranger"},
    "/kepegawaian/kode/": {"personnel", "operator", "stranger"},
    "/operator/akun/": {"operator", "auditor", "stranger"},
    "/operator/akun/baru/": {"operator", "stranger"},
    "/operator/catatan/": {"operator", "auditor", "stranger"},
}
SITI = {  # pages about Siti: not for the stranger, who is of another agency
    "/kepegawaian/pegawai/{}/": {"personnel", "operator", "auditor"},
    "/kepegawaian/pegawai/{}/ubah/": {"personnel"},
    "/operator/akun/{}/": {"operator", "auditor"},
}


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("address", SEES)
def test_page_opens_for_those_whose_work_it_is(address: str, who: str, office: Office) -> None:
    response = office.client(who).get(address)
    expected = 200 if who in SEES[address] else 302 if who == "nobody" else 403
    assert response.status_code == expected
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if who == "stranger":
        assert b"Siti" not in content


@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("address", SITI)
def test_page_about_somebody_opens_in_their_agency_only(address: str, who: str, office: Office) -> None:
    response = office.client(who).get(address.format(office.siti.account_id))
    expected = 200 if who in SITI[address] else {"nobody": 302, "stranger": 404}.get(who, 403)
    assert response.status_code == expected
    assert ("Siti" in response.content.decode()) == (expected == 200)


def test_refusal_says_what_to_do(office: Office) -> None:
    page = office.client("employee").get("/kepegawaian/").content.decode()
    assert "minta operator instansi memberi Anda peran itu" in page


@pytest.mark.parametrize(
    ("who", "doors"),
    [
        ("personnel", {"/kepegawaian/"}),
        ("operator", {"/kepegawaian/", "/operator/akun/", "/operator/catatan/"}),
        ("auditor", {"/kepegawaian/", "/operator/akun/", "/operator/catatan/"}),
        ("employee", set()),
    ],
)
def test_doors_lead_only_where_one_may_go(who: str, doors: set[str], office: Office) -> None:
    page = office.client(who).get("/akun/").content.decode()
    shown = {d for d in ("/kepegawaian/", "/operator/akun/", "/operator/catatan/") if f'<a href="{d}"' in page}
    assert shown == doors


POSTS = {
    "/kepegawaian/impor/": {"personnel"},
    "/kepegawaian/pegawai/{}/kode/": {"personnel", "operator"},
    "/kepegawaian/pegawai/{}/ubah/": {"personnel"},
    "/kepegawaian/pegawai/{}/jabatan/": {"personnel"},
    "/kepegawaian/pegawai/{}/berhenti/": {"personnel"},
    "/operator/akun/baru/": {"operator"},
    "/operator/akun/{}/": {"operator"},
    "/operator/akun/{}/nonaktifkan/": {"operator"},
    "/operator/akun/{}/keluarkan/": {"operator"},
    "/operator/akun/{}/lepas-kode/": {"operator"},
}


@pytest.mark.parametrize("who", ["auditor", "employee", "stranger", "nobody", "personnel"])
@pytest.mark.parametrize("address", POSTS)
def test_posts_of_those_who_may_not_change_nothing(address: str, who: str, office: Office) -> None:
    from teladan.accounts import api as accounts

    if who in POSTS[address] or (who == "stranger" and "{}" not in address):
        pytest.skip("may do it, in their own agency")
    before = accounts.account_card(office.siti.account_id)
    data: dict[str, Any] = {"role": "operator", "name": "X", "username": "baru.x"}
    response = office.client(who).post(address.format(office.siti.account_id), data)
    if who == "nobody":  # told to sign in, on the spot
        assert response.status_code == 401
        assert 'href="/masuk/?next=' in response.content.decode()
    else:
        assert response.status_code in {403, 404, 422}
    assert accounts.account_card(office.siti.account_id) == before
    assert accounts.account_by_login("baru.x") is None
