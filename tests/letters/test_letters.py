"""Documents: numbered without gaps, issued once, proved by a code, typeset the same again, revoked with a reason."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger
from teladan.letters import api as letters

DATA = {
    "agency": "Dinas Kesehatan Contoh", "name": "Siti #strong[x] $1$ <b>", "position": "Bidan", "unit": "Puskesmas",
    "course": "Modul", "version": "2026.1", "cohort": "Angkatan I", "chapters": ["Satu", "Dua"], "jp": 4, "is_sample": False,
}  # fmt: skip
PUBLIC = {"name": DATA["name"], "course": "Modul"}


def issue(agency: Any, subject: str = "enrolment:1", **more: Any) -> letters.DocumentCard:
    return letters.issue(
        agency_id=agency.id, template="sertifikat", series="SERT-UJI", title="Sertifikat", data=DATA, public=PUBLIC,
        subject=subject, by_id=None, **more,
    )  # fmt: skip


def test_issuing_twice_gives_the_first_document(agency: Any) -> None:
    assert issue(agency) == issue(agency)


def test_numbers_run_within_agency_and_year(agency: Any, other_agency: Any) -> None:
    with clock.at(datetime(2026, 12, 31, 15, 59, tzinfo=UTC)):  # a minute before midnight in Makassar
        numbers = [issue(agency, f"enrolment:{n}").number for n in range(3)]
    with clock.at(datetime(2026, 12, 31, 16, 0, tzinfo=UTC)):
        numbers.append(issue(agency, "enrolment:9").number)
    assert numbers == ["0001/SERT-UJI/2026", "0002/SERT-UJI/2026", "0003/SERT-UJI/2026", "0001/SERT-UJI/2027"]
    assert issue(other_agency).number.startswith("0001/")


@pytest.mark.unscoped
def test_code_tells_anyone_the_public_facts_only(agency: Any) -> None:
    card = issue(agency)
    typed = f" {card.code[:4].lower()}-{card.code[4:8]} {card.code[8:]} "
    found = letters.by_code(typed)
    assert found == card
    assert dict(card.public) == PUBLIC
    assert card.is_valid
    for wrong in ("", "x", "A" * 500, "\x00", "ABCDEFGHJKMN"):
        assert letters.by_code(wrong) is None


def test_pdf_is_the_same_each_time_and_takes_names_as_text(agency: Any) -> None:
    card = issue(agency)
    first, second = (letters.pdf(document_id=card.id, agency_id=agency.id) for _ in range(2))
    assert first == second
    assert first.startswith(b"%PDF-1.7")
    assert b"pdfaid" in first or b"PDF/A" in first or len(first) > 10_000


def test_document_of_another_agency_is_not_read(agency: Any, other_agency: Any) -> None:
    card = issue(agency)
    assert letters.of_subject(agency_id=other_agency.id, template="sertifikat", subject="enrolment:1") is None
    with pytest.raises(NotFound):
        letters.pdf(document_id=card.id, agency_id=other_agency.id)
    with pytest.raises(NotFound):
        letters.revoke(document_id=card.id, agency_id=other_agency.id, reason="Salah", by_id=uuid4())


def test_revoking_needs_a_reason_happens_once_and_shows(agency: Any, actor: Any) -> None:
    card = issue(agency)
    with pytest.raises(Invalid):
        letters.revoke(document_id=card.id, agency_id=agency.id, reason="  ", by_id=actor.account_id)
    revoked = letters.revoke(document_id=card.id, agency_id=agency.id, reason="Nama keliru", by_id=actor.account_id)
    assert (revoked.is_valid, revoked.revoked_reason) == (False, "Nama keliru")
    with pytest.raises(Conflict):
        letters.revoke(document_id=card.id, agency_id=agency.id, reason="Lagi", by_id=actor.account_id)
    acts = [entry.act for entry in ledger.entries_of(f"document:{card.id}", agency_id=agency.id)]
    assert acts == ["letters.document_issued", "letters.document_revoked"]


def test_document_of_an_unknown_agency_is_refused(db: None) -> None:
    class Nowhere:
        id = uuid4()

    with pytest.raises(NotFound):
        issue(Nowhere)


def test_code_letters_are_one_pdf_two_to_a_sheet_with_names_as_text(agency: Any) -> None:
    import zlib

    sheet = letters.CodeLetter(
        name="Siti #strong[x] $1$ <b>", place="Bidan, Puskesmas", login="1990•••• • 001", is_nip=True,
        code="7K4P-9WQX-H2MD", expires_at=datetime(2026, 12, 7, 1, 0, tzinfo=UTC),
    )  # fmt: skip
    with clock.at(datetime(2026, 11, 23, 1, 0, tzinfo=UTC)):
        pdfs = [
            letters.code_letters(
                [sheet] * count, agency_name="Dinas Contoh", zone="Asia/Makassar", url="https://contoh.go.id/aktivasi/"
            )
            for count in (1, 2, 3, 5)
        ]
    pages = []
    for pdf in pdfs:
        parts = [pdf]
        for part in pdf.split(b"stream\n")[1:]:
            try:
                parts.append(zlib.decompress(part.split(b"\nendstream")[0]))
            except zlib.error:
                continue
        pages.append(sum(part.count(b"/Type/Page/") + part.count(b"/Type /Page\n") for part in parts))
    assert pages == [1, 1, 2, 3]
    assert all(pdf.startswith(b"%PDF-1.7") for pdf in pdfs)
