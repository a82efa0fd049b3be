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
