"""Units, people, one person, the list as a file."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tests.web.operator.conftest import Office


def test_overview_counts_people_in_the_tree(office: Office, make_person: Callable[..., Any]) -> None:
    make_person("Ayu", agency=office.agency, unit="pustu", parent="pkm")
    response = office.client("personnel").get("/kepegawaian/")
    page = response.content.decode()
    assert "4 pegawai pada 3 unit" in page
    pkm = next(branch for branch in response.context["tree"] if branch.unit.code == "pkm")
    assert (pkm.own, pkm.all) == (2, 3)


def test_overview_without_people_says_how_to_start(office: Office) -> None:
    page = office.client("stranger").get("/kepegawaian/").content.decode()
    assert "Belum ada pegawai" in page
    assert "Unggah daftar pegawai" in page


def test_overview_asks_the_same_number_of_times_for_one_and_three_units(
    office: Office, make_person: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    client = office.client("personnel")
    with django_assert_num_queries(12):
        client.get("/kepegawaian/")
    for number in range(3):
        make_person(f"Orang {number}", agency=office.agency, unit=f"unit-{number}")
    with django_assert_num_queries(12):
        client.get("/kepegawaian/")


def test_people_list_asks_the_same_number_of_times_for_three_and_six(
    office: Office, make_person: Callable[..., Any], django_assert_num_queries: Any
) -> None:
    client = office.client("personnel")
    with django_assert_num_queries(11):
        client.get("/kepegawaian/pegawai/")
    for number in range(3):
        make_person(f"Orang {number}", agency=office.agency, unit="pkm")
    with django_assert_num_queries(11):
        assert len(client.get("/kepegawaian/pegawai/").context["table"].rows) == 6


def test_people_list_shows_no_whole_nip(office: Office) -> None:
    for who in ("personnel", "operator", "auditor"):
        page = office.client(who).get("/kepegawaian/pegawai/").content.decode()
        assert "Siti Rahmawati" in page
        assert office.siti.nip not in page


@pytest.mark.parametrize(("search", "found"), [("siti", True), ("rahma", True), ("hendra", False), ("zzz", False)])
def test_people_list_is_searched_by_name(search: str, found: bool, office: Office) -> None:
    page = office.client("auditor").get("/kepegawaian/pegawai/", {"cari": search}).content.decode()
    assert ("Siti Rahmawati" in page) == found


def test_people_list_is_searched_by_nip_by_those_who_may_see_it(office: Office) -> None:
    for who, found in (("personnel", True), ("operator", False), ("auditor", False)):
        page = office.client(who).get("/kepegawaian/pegawai/", {"cari": office.siti.nip}).content.decode()
        assert ("Siti Rahmawati" in page) == found


def test_people_list_is_narrowed_to_a_unit_and_those_below(office: Office, make_person: Callable[..., Any]) -> None:
    from teladan.people.models import Unit

    make_person("Ayu", agency=office.agency, unit="pustu", parent="pkm")
    unit = Unit.objects.get(code="pkm")
    page = office.client("personnel").get("/kepegawaian/pegawai/", {"unit": unit.id}).content.decode()
    assert "Ayu" in page
    assert "Siti" in page
    assert page.count("Maya Latuconsina</a>") == 0


@pytest.mark.parametrize(
    "query", [{"hal": "-3"}, {"hal": "x"}, {"hal": "9" * 30}, {"unit": "bukan"}, {"cari": "\x00" + "a" * 999}]
)
def test_people_list_with_nonsense_still_opens(query: dict[str, str], office: Office) -> None:
    assert office.client("personnel").get("/kepegawaian/pegawai/", query).status_code == 200


def test_people_list_beyond_the_end_shows_the_last_page(office: Office, make_person: Callable[..., Any]) -> None:
    for number in range(50):
        make_person(f"Orang {number:02}", agency=office.agency, unit="pkm")
    context = office.client("personnel").get("/kepegawaian/pegawai/", {"hal": "99"}).context
    assert context["table"].page.number == 2
    assert len(context["table"].rows) == 3


def test_export_holds_the_list_with_masked_nips(office: Office) -> None:
    client = office.client("personnel")
    csv = b"".join(client.get("/kepegawaian/pegawai.csv").streaming_content).decode()
    assert csv.count("\n") == 4
    assert "Siti Rahmawati" in csv
    assert office.siti.nip not in csv
    xlsx = b"".join(client.get("/kepegawaian/pegawai.xlsx", {"cari": "siti"}).streaming_content)
    rows = CalamineWorkbook.from_filelike(io.BytesIO(xlsx)).get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == ["Nama", "Siti Rahmawati"]


@pytest.mark.parametrize(
    ("query", "data"),
    [
        ({}, {"kind": "csv", "rows": 3, "searched": False, "unit": None}),
        ({"cari": "siti"}, {"kind": "csv", "rows": 1, "searched": True, "unit": None}),
    ],
)
def test_export_is_recorded_without_personal_data(query: dict[str, str], data: dict[str, Any], office: Office) -> None:
    from teladan.ledger import api as ledger

    office.client("auditor").get("/kepegawaian/pegawai.csv", query)
    entries, _total = ledger.entries_in(agency_id=office.agency.id)
    [entry] = [one for one in entries if one.act == "people.list_exported"]
    assert (entry.actor_id, entry.data) == (office.accounts["auditor"].id, data)
    assert "Mengunduh daftar pegawai" in office.client("operator").get("/operator/catatan/").content.decode()


@pytest.mark.parametrize("typed", ["%%%", "\u200b", "   ", "\x00", "“”"])
def test_search_that_is_not_understood_says_so_and_keeps_what_was_typed(typed: str, office: Office) -> None:
    response = office.client("personnel").get("/kepegawaian/pegawai/", {"cari": typed})
    page = response.content.decode()
    assert "Kata pencarian ini tidak dapat dipahami." in page
    assert response.context["wish"].typed == typed
    assert "Siti Rahmawati" not in page


def test_search_with_signs_nobody_sees_says_what_was_looked_for(office: Office) -> None:
    page = office.client("personnel").get("/kepegawaian/pegawai/", {"cari": "siti\x00\u200brah"}).content.decode()
    assert "Dicari sebagai “siti rah”" in page or "Dicari: “siti rah”" in page
    page = office.client("personnel").get("/kepegawaian/pegawai/", {"cari": "siti\u200b"}).content.decode()
    assert "Dicari sebagai “siti”" in page
    assert "Siti Rahmawati" in page


def test_search_in_an_unknown_unit_says_that_all_are_shown(office: Office) -> None:
    page = office.client("personnel").get("/kepegawaian/pegawai/", {"unit": "bukan"}).content.decode()
    assert "Unit pada alamat ini tidak dikenal." in page
    assert "Siti Rahmawati" in page


def test_export_of_another_kind_is_not_found(office: Office) -> None:
    assert office.client("personnel").get("/kepegawaian/pegawai.exe").status_code == 404


def test_person_shows_post_superior_and_nip_for_personnel_only(office: Office) -> None:
    for who, sees_nip in (("personnel", True), ("operator", False), ("auditor", False)):
        page = office.client(who).get(f"/kepegawaian/pegawai/{office.siti.account_id}/").content.decode()
        assert "Bidan Terampil" in page
        assert "Hendra Tandi" in page
        assert (office.siti.nip in page) == sees_nip


def test_person_without_an_account_of_a_person_is_not_found(office: Office) -> None:
    address = f"/kepegawaian/pegawai/{office.accounts['operator'].id}/"
    assert office.client("personnel").get(address).status_code == 404
