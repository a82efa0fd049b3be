"""The ledger as operators and examiners read it."""

import re
from pathlib import Path
from typing import Any

import pytest

import teladan
from teladan.web.operator import words
from tests.web.operator.conftest import Office

NOT_ACTS = {"accounts.see", "accounts.manage", "accounts.grant", "accounts.share"}


@pytest.mark.parametrize("who", ["operator", "auditor"])
def test_record_tells_what_was_done_in_the_agency_and_nowhere_else(who: str, office: Office) -> None:
    page = office.client(who).get("/operator/catatan/").content.decode()
    assert "Memberi peran" in page
    assert "Fajar Wenda" in page
    assert "Orang Tetangga" not in page
    assert office.siti.nip not in page


def test_record_of_another_agency_stays_there(office: Office) -> None:
    from teladan.ledger import api as ledger

    response = office.client("stranger").get("/operator/catatan/")
    _entries, total = ledger.entries_in(agency_id=office.accounts["stranger"].agency_id)
    assert response.context["page"].paginator.count == total
    assert "Siti" not in response.content.decode()


def test_record_is_proved_whole(office: Office) -> None:
    from teladan.ledger import api as ledger

    ledger.sequence()
    page = office.client("auditor").post("/operator/catatan/").content.decode()
    assert "Utuh: tidak ada yang berubah sampai catatan nomor" in page


def test_record_that_was_changed_is_found(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from teladan.ledger import api as ledger

    broken = ledger.Verification(
        is_whole=False, checked=3, waiting=0, head_number=9, head="00", broken=4, reason="Isinya bukan yang dahulu."
    )
    monkeypatch.setattr(ledger, "verify", lambda: broken)
    page = office.client("operator").post("/operator/catatan/").content.decode()
    assert "Rantai putus pada catatan nomor 4." in page
    assert "Amankan cadangan terakhir" in page


def test_record_is_proved_so_often_and_no_more(office: Office) -> None:
    client = office.client("operator")
    for _time in range(12):
        assert client.post("/operator/catatan/").status_code == 200
    assert client.post("/operator/catatan/").status_code == 429


def test_record_asks_the_same_number_of_times_for_few_and_many(office: Office, django_assert_num_queries: Any) -> None:
    from django.db import transaction

    from teladan.ledger import api as ledger

    client = office.client("operator")
    with django_assert_num_queries(7):
        client.get("/operator/catatan/")
    with transaction.atomic():
        for number in range(30):
            ledger.record(
                act="people.roster_staged",
                agency_id=office.agency.id,
                actor_id=office.siti.account_id,
                subject="roster:1",
                data={"rows": number},
            )
    with django_assert_num_queries(7):
        client.get("/operator/catatan/")


@pytest.mark.parametrize("query", [{"hal": "-1"}, {"hal": "9" * 40}, {"hal": "x"}])
def test_record_with_nonsense_still_opens(query: dict[str, str], office: Office) -> None:
    assert office.client("operator").get("/operator/catatan/", query).status_code == 200


@pytest.fixture
def added(office: Office) -> Office:
    """An office in whose record it stands that Siti was added."""
    from django.db import transaction

    from teladan.ledger import api as ledger

    with transaction.atomic():
        ledger.record(
            act="people.person_added",
            agency_id=office.agency.id,
            actor_id=office.accounts["personnel"].id,
            subject=f"person:{office.siti.id}",
            data={},
        )
    return office


def shown(office: Office, **query: str) -> list[tuple[str, str]]:
    """What the operator's page lists: acts, and what they were about."""
    rows = office.client("operator").get("/operator/catatan/", query).context["rows"]
    return [(str(row.act), row.about.name) for row in rows]


def test_record_is_narrowed_to_what_somebody_did_or_what_was_done_about_them(added: Office) -> None:
    found = shown(added, cari="maya latu")
    assert ("Memberi peran", "Maya Latuconsina") in found
    assert ("Menambah pegawai", "Siti Rahmawati") in found
    assert not {name for _act, name in found} & {"Theresia Manurung", "Fajar Wenda"}
    assert shown(added, akun=str(added.accounts["personnel"].id)) == found
    assert ("Menambah pegawai", "Siti Rahmawati") in shown(added, cari="Siti")


def test_record_is_narrowed_to_one_act_or_to_a_room(added: Office) -> None:
    assert {act for act, _name in shown(added, perbuatan="accounts.role_granted")} == {"Memberi peran"}
    found = {act for act, _name in shown(added, perbuatan="people.")}
    assert "Menambah pegawai" in found
    assert "Memberi peran" not in found


def test_record_is_narrowed_to_days_of_the_agencys_zone(office: Office) -> None:
    from datetime import UTC, datetime

    from django.db import transaction

    from teladan.kernel import clock
    from teladan.ledger import api as ledger

    for hour, minute in ((15, 59), (16, 0)):  # 23.59 on the 23rd and midnight of the 24th in Makassar
        with clock.at(datetime(2026, 11, 23, hour, minute, tzinfo=UTC)), transaction.atomic():
            ledger.record(
                act="people.unit_renamed", agency_id=office.agency.id, actor_id=None, subject="unit:1", data={}
            )
    assert len(shown(office, dari="2026-11-23", sampai="2026-11-23", perbuatan="people.unit_renamed")) == 1
    assert len(shown(office, dari="2026-11-23", sampai="2026-11-24", perbuatan="people.unit_renamed")) == 2
    assert shown(office, dari="2026-11-25", sampai="2026-11-26", perbuatan="people.unit_renamed") == []


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ({"dari": "2026-11-24", "sampai": "2026-11-23"}, "Tanggal ini lebih awal daripada tanggal mulainya."),
        ({"dari": "kemarin"}, "kemarin"),
        ({"perbuatan": "people.nothing"}, "Perbaiki isian yang ditandai di atas."),
        ({"cari": "Tidak Seorang Pun"}, "Tidak ada akun bernama “Tidak Seorang Pun” di instansi Anda."),
        ({"cari": "…"}, "Tidak ada akun bernama “…”"),
        ({"akun": "x"}, "Tidak ada catatan yang cocok."),
        ({"akun": "01a201dd-b792-72d5-967b-22a886eeaad4"}, "Tidak ada catatan yang cocok."),
    ],
)
def test_record_explains_why_it_is_empty(query: dict[str, str], told: str, office: Office) -> None:
    response = office.client("operator").get("/operator/catatan/", query)
    assert told in response.content.decode()
    assert response.status_code == (422 if response.context["form"].errors else 200)


def test_record_of_the_neighbours_account_is_not_found_by_its_number(office: Office) -> None:
    assert shown(office, akun=str(office.accounts["stranger"].id)) == []


def test_record_says_when_a_name_means_too_many(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    from teladan.web.operator.views import record

    monkeypatch.setattr(record, "MOST_NAMED", 1)
    page = office.client("operator").get("/operator/catatan/", {"cari": "a"}).content.decode()
    assert "Tulis nama yang lebih lengkap." in page


def test_record_leads_to_whom_an_act_was_about(added: Office) -> None:
    page = added.client("operator").get("/operator/catatan/", {"perbuatan": "people.person_added"}).content.decode()
    assert f'href="/kepegawaian/pegawai/{added.siti.account_id}/"' in page


def test_record_tells_what_was_noted_in_words(office: Office) -> None:
    rows = office.client("operator").get("/operator/catatan/", {"perbuatan": "accounts.role_granted"}).context["rows"]
    assert ("peran", "Kepegawaian") in [pair for row in rows for pair in row.noted]


def test_every_act_belongs_to_a_room_that_can_be_chosen() -> None:
    assert {act.partition(".")[0] + "." for act in words.ACTS} == set(words.ROOMS)


def test_every_act_has_words() -> None:
    source = Path(teladan.__file__).parent
    acts = set()
    for path in source.rglob("*.py"):
        if path.is_relative_to(source / "web"):
            continue
        text = path.read_text()
        acts |= set(re.findall(r'act="([a-z]+\.[a-z_]+)"', text))
        acts |= set(re.findall(r'_record\(\s*"([a-z]+\.[a-z_]+)"', text))
    assert acts - NOT_ACTS - set(words.ACTS) == set()
