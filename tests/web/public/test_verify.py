"""Is this certificate ours? Valid, revoked, unknown, sample; nothing but the public facts."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from teladan.letters.api import DocumentCard

PUBLIC = {
    "agency": "Dinas Kesehatan Contoh",
    "name": "Siti Rahmawati",
    "course": "Modul Interaktif BerAKHLAK",
    "cohort": "Angkatan III",
    "chapters": ["Pendahuluan", "Berorientasi Pelayanan"],
    "jp": 4,
    "is_sample": False,
}


@pytest.fixture
def issue(agency: Any) -> Callable[..., DocumentCard]:
    from teladan.letters import api as letters

    def make(**public: Any) -> DocumentCard:
        facts = {**PUBLIC, **public}
        return letters.issue(
            agency_id=agency.id,
            template="sertifikat",
            series="SERT",
            title="Sertifikat Modul Interaktif BerAKHLAK",
            data={**facts, "nip": "199001012022032001"},
            public=facts,
            subject="enrolment:1",
            by_id=None,
        )

    return make


def test_verified_valid_shows_the_public_facts_and_nothing_else(
    client: Client, issue: Callable[..., DocumentCard]
) -> None:
    document = issue()
    page = client.get(f"/verifikasi/{document.code}/").content.decode()
    assert "Sertifikat ini sah dan berlaku" in page
    for fact in ("Siti Rahmawati", document.number, "Dinas Kesehatan Contoh", "Angkatan III", "4 JP"):
        assert fact in page
    assert "199001012022032001" not in page
    assert "Data contoh" not in page


@pytest.mark.parametrize(
    "shape", [str.lower, lambda code: "-".join((code[:4], code[4:8], code[8:])), lambda c: f" {c}"]
)
def test_verify_forgives_how_the_code_was_typed(
    shape: Callable[[str], str], client: Client, issue: Callable[..., DocumentCard]
) -> None:
    code = issue().code
    response = client.get("/verifikasi/", {"kode": shape(code)})
    assert (response.status_code, response["Location"]) == (302, f"/verifikasi/{code}/")


def test_verified_revoked_gives_the_reason(
    client: Client, issue: Callable[..., DocumentCard], agency: Any, make_account: Any
) -> None:
    from teladan.letters import api as letters

    document = issue()
    letters.revoke(
        document_id=document.id,
        agency_id=agency.id,
        reason="Tes dikerjakan orang lain.",
        by_id=make_account(agency=agency).id,
    )
    page = client.get(f"/verifikasi/{document.code}/").content.decode()
    assert "Sertifikat ini sudah dicabut" in page
    assert "Tes dikerjakan orang lain." in page
    assert "sah dan berlaku" not in page


def test_verified_sample_says_that_it_proves_nothing(client: Client, issue: Callable[..., DocumentCard]) -> None:
    page = client.get(f"/verifikasi/{issue(is_sample=True).code}/").content.decode()
    assert "tidak membuktikan apa pun" in page
    assert "sah dan berlaku" not in page


@pytest.mark.parametrize("code", ["ABCDEFGHJKMN", "x", "%00", "'", "ABCD-EFGH", "a" * 200])
def test_verified_unknown_says_what_to_do(code: str, client: Client, db: None) -> None:
    response = client.get(f"/verifikasi/{code}/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Tidak ada sertifikat dengan kode ini." in page
    assert "jangan anggap sah sebelum dijawab" in page


@pytest.mark.parametrize(("typed", "n"), [("ABCDEFGHJKMNPQ", 14), ("x", 1), ("A" * 90, 90)])
def test_verify_code_of_another_length_is_no_code_and_nothing_is_cut(typed: str, n: int, client: Client) -> None:
    response = client.get("/verifikasi/", {"kode": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert f"kode sertifikat terdiri atas 12 huruf dan angka, yang ini {n}." in page
    assert f'value="{typed}"' in page
    assert "maxlength" not in page


def test_verified_code_that_only_begins_like_a_real_one_is_no_code(
    client: Client, issue: Callable[..., DocumentCard]
) -> None:
    response = client.get(f"/verifikasi/{issue().code}ABCDEF/")
    page = response.content.decode()
    assert response.status_code == 404
    assert "Ini bukan kode yang sah" in page
    assert "Siti Rahmawati" not in page


def test_verify_takes_the_whole_address_of_a_certificate(client: Client) -> None:
    response = client.get("/verifikasi/", {"kode": "https://belajar.example.go.id/verifikasi/ABCDEFGHJKMN/"})
    assert response["Location"] == "/verifikasi/ABCDEFGHJKMN/"


@pytest.mark.parametrize("typed", ["", "   ", "---", "\x00"])
def test_verify_without_a_code_asks_for_one(typed: str, client: Client) -> None:
    response = client.get("/verifikasi/", {"kode": typed})
    assert response.status_code == 422
    assert "Tuliskan kode yang tercetak pada sertifikat." in response.content.decode()


def test_verified_is_hidden_from_search_engines(client: Client, issue: Callable[..., DocumentCard]) -> None:
    assert client.get(f"/verifikasi/{issue().code}/")["X-Robots-Tag"] == "noindex"


def test_code_as_it_is_printed_is_taken_with_its_label(client: Client) -> None:
    response = client.get("/verifikasi/", {"kode": "Kode: NYCM-6AYY-JVNJ"})
    assert response["Location"] == "/verifikasi/NYCM6AYYJVNJ/"


def test_number_of_a_certificate_is_recognised_and_the_code_is_pointed_out(client: Client) -> None:
    page = client.get("/verifikasi/", {"kode": "0033/SERT-BERAKHLAK/2026"}).content.decode()
    assert "Ini nomor sertifikat, bukan kodenya." in page
