"""Official texts on the pages of the library."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from teladan.access.api import Role
from tests.library.test_texts import PDF, TEXT

PAGE = "/hukum/uu-2009-25/naskah/"

pytestmark = pytest.mark.unscoped


def upload(client: Client, content: bytes = TEXT, name: str = "uu25.md", **more: str) -> Any:
    return client.post(PAGE, {"file": SimpleUploadedFile(name, content), **more})


@pytest.fixture
def operator(client: Client, agency: Any, make_account: Any) -> Client:
    client.force_login(make_account("Operator", agency=agency, roles=[Role.OPERATOR]))
    return client


def somebody(account: Any) -> Client:
    client = Client()
    client.force_login(account)
    return client


def test_operator_puts_a_text_there_and_everybody_of_the_agency_reads_it(
    operator: Client, agency: Any, make_account: Any
) -> None:
    assert "Kelola naskah resmi" in operator.get("/hukum/uu-2009-25/").content.decode()
    assert upload(operator)["Location"] == PAGE
    assert "uu25.txt" in operator.get(PAGE).content.decode()
    reader = somebody(make_account("Pegawai", agency=agency))
    page = reader.get("/hukum/uu-2009-25/").content.decode()
    assert f"{PAGE}unduh/txt/" in page
    assert "Kelola naskah resmi" not in page
    assert 'id="pasal-2"' in reader.get(f"{PAGE}baca/").content.decode()
    download = reader.get(f"{PAGE}unduh/txt/")
    assert download.content == TEXT
    assert "attachment" in download["Content-Disposition"]


def test_visitor_and_stranger_get_nothing(operator: Client, other_agency: Any, make_account: Any) -> None:
    upload(operator)
    visitor, stranger = Client(), somebody(make_account("Lain", agency=other_agency, roles=[Role.OPERATOR]))
    for path in (PAGE, f"{PAGE}baca/", f"{PAGE}unduh/txt/"):
        assert visitor.get(path)["Location"].startswith("/masuk/")
    assert stranger.get(f"{PAGE}unduh/txt/").status_code == 404
    assert stranger.get(f"{PAGE}baca/").status_code == 404
    assert "uu25" not in stranger.get(PAGE).content.decode()
    for client in (visitor, stranger):
        client.post(f"{PAGE}hapus/txt/")
        assert "unduh" not in client.get("/hukum/uu-2009-25/").content.decode()
    assert "uu25.txt" in operator.get(PAGE).content.decode()


def test_employee_is_told_who_may(agency: Any, make_account: Any) -> None:
    client = somebody(make_account("Pegawai", agency=agency))
    for response in (client.get(PAGE), upload(client)):
        assert response.status_code == 403
        assert "operator instansi" in response.content.decode()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n0000", "Yang diterima: PDF, TXT."),
        (b"", "Berkas ini kosong."),
        (b"\x00", "Yang diterima: PDF, TXT."),
    ],
)
def test_unfit_file_is_refused_at_the_field(content: bytes, words: str, operator: Client) -> None:
    response = upload(operator, content, "naskah.pdf")
    assert response.status_code == 422
    assert words in response.content.decode()
    assert "Belum ada. Unduh naskahnya dari JDIH" in response.content.decode()


def test_no_file_is_said_at_the_field(operator: Client) -> None:
    response = operator.post(PAGE)
    assert response.status_code == 422
    assert "Pilih berkasnya dahulu." in response.content.decode()


def test_form_sent_twice_counts_once(operator: Client) -> None:
    from teladan.ledger.models import Entry

    key = "0190f0de-0000-7000-8000-000000000001"
    upload(operator, kunci=key)
    upload(operator, TEXT.replace(b"gamelan", b"angklung"))
    upload(operator, kunci=key)
    acts = list(Entry.objects.filter(act__startswith="library.").order_by("at", "id").values_list("act", flat=True))
    assert acts == ["library.text_imported", "library.text_replaced"]


def test_removed_text_leaves_the_summary(operator: Client) -> None:
    upload(operator, PDF, "a.pdf")
    assert operator.post(f"{PAGE}hapus/pdf/")["Location"] == PAGE
    assert operator.post(f"{PAGE}hapus/pdf/").status_code == 302
    assert operator.post(f"{PAGE}hapus/x/").status_code == 302
    page = operator.get("/hukum/uu-2009-25/").content.decode()
    assert "unduh" not in page
    assert "Isinya secara ringkas" in page


def test_text_that_holds_markup_stays_text(operator: Client) -> None:
    upload(operator, b"Pasal 1\n<script>alert(1)</script>\n")
    page = operator.get(f"{PAGE}baca/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_unknown_regulation_has_no_texts(operator: Client) -> None:
    for path in ("/hukum/uu-1900-1/naskah/", "/hukum/uu-1900-1/naskah/baca/", "/hukum/uu-1900-1/naskah/unduh/pdf/"):
        assert operator.get(path).status_code == 404
