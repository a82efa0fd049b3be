"""The roster's way in: bad files, faults by row, the dry run, applying once, read-only for examiners."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.web.operator.conftest import Office

HEAD = "nip;nama;jenis;kode_unit;unit;kode_unit_induk;jabatan;kepala;tmt\n"
GOOD = HEAD + (
    "199001012022032001;Kepala Baru;PNS;baru;Unit Baru;;Kepala Unit;ya;2022-03-01\n"
    "199001012022032002;Staf Baru;PNS;baru;Unit Baru;;Staf;tidak;2022-03-01\n"
)
BAD = HEAD + (
    "19900101202203;Kurang Angka;PNS;baru;Unit Baru;;Staf;tidak;2022-03-01\n"
    "199001012022032002;;PNS;baru;Unit Baru;;Staf;tidak;2022-03-01\n"
)


def file(text: str | bytes, name: str = "pegawai.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def upload(client: Client, text: str | bytes, **more: Any) -> Any:
    return client.post("/kepegawaian/impor/", {"file": file(text), **more})


def apply_everything() -> None:
    from teladan.jobs import api as jobs

    jobs.run_pending()


def test_upload_leads_to_a_report_that_changed_nothing(office: Office) -> None:
    from teladan.people.models import Person

    client = office.client("personnel")
    response = upload(client, GOOD)
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "Siap diterapkan" in page
    assert "Terapkan" in page
    assert not Person.objects.filter(name="Staf Baru").exists()


def test_report_names_row_column_and_remedy(office: Office) -> None:
    client = office.client("personnel")
    page = client.get(upload(client, BAD)["Location"]).content.decode()
    assert "2 hal perlu diperbaiki dahulu" in page
    for words in ("Baris 2", "<code>nip</code>", "NIP harus 18 angka; di sini 14.", "Baris 3", "<code>nama</code>"):
        assert words in page
    assert "Isi selnya, lalu unggah lagi." in page
    assert "/terapkan/" not in page


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "kosong"),
        (b"\x00\x01\x02bukan lembar kerja", "bukan lembar kerja"),
        (b"satu;dua\n1;2\n", "Tidak ada baris judul kolom"),
        (b"nip;nama\n1;2\n", "Kolom yang wajib belum ada"),
    ],
)
def test_upload_of_a_bad_file_says_what_to_do_beside_the_field(content: bytes, words: str, office: Office) -> None:
    response = upload(office.client("personnel"), content)
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors["file"])


def test_upload_without_a_file_asks_for_one(office: Office) -> None:
    response = office.client("personnel").post("/kepegawaian/impor/")
    assert response.status_code == 422
    assert "Pilih berkasnya dahulu." in response.content.decode()


def test_upload_sent_twice_counts_once(office: Office) -> None:
    from teladan.people.models import RosterImport

    client, key = office.client("personnel"), str(uuid4())
    first, second = upload(client, GOOD, kunci=key), upload(client, GOOD, kunci=key)
    assert first["Location"] == second["Location"]
    assert sorted(RosterImport.objects.values_list("state", flat=True)) == ["checked", "discarded"]


def test_apply_brings_the_people_in_once(office: Office) -> None:
    from teladan.people.models import Person

    client = office.client("personnel")
    report = upload(client, GOOD)["Location"]
    for _twice in range(2):
        assert client.post(f"{report}terapkan/")["Location"] == report
    assert "sedang diterapkan" in client.get(report).content.decode()
    apply_everything()
    page = client.get(report).content.decode()
    assert "Daftar pegawai sudah diterapkan" in page
    assert Person.objects.filter(name__endswith="Baru").count() == 2
    assert client.post(f"{report}terapkan/").status_code == 302
    assert Person.objects.filter(name__endswith="Baru").count() == 2


def test_apply_keeps_those_who_are_missing_unless_told(office: Office) -> None:
    from teladan.accounts import api as accounts

    client = office.client("personnel")
    report = upload(client, GOOD)["Location"]
    page = client.get(report).content.decode()
    assert "Akhiri jabatan dan tutup akun 3 orang yang tidak ada di berkas" in page
    client.post(f"{report}terapkan/")
    apply_everything()
    card = accounts.account_card(office.siti.account_id)
    assert card is not None
    assert card.is_active


def test_apply_with_the_box_ticked_closes_those_who_are_missing(office: Office) -> None:
    from teladan.accounts import api as accounts

    client = office.client("personnel")
    report = upload(client, GOOD)["Location"]
    client.post(f"{report}terapkan/", {"tutup": "1"})
    apply_everything()
    card = accounts.account_card(office.siti.account_id)
    assert card is not None
    assert not card.is_active


def test_apply_with_faults_is_refused(office: Office) -> None:
    client = office.client("personnel")
    report = upload(client, BAD)["Location"]
    response = client.post(f"{report}terapkan/")
    assert response.status_code == 409
    assert "Perbaiki berkasnya, lalu unggah lagi." in response.content.decode()


def test_discard_puts_the_import_aside(office: Office) -> None:
    client = office.client("personnel")
    report = upload(client, GOOD)["Location"]
    assert client.post(f"{report}batal/")["Location"] == "/kepegawaian/impor/"
    assert "Impor ini dibatalkan" in client.get(report).content.decode()
    assert client.post(f"{report}terapkan/").status_code == 409


def test_check_again_after_the_data_changed(office: Office) -> None:
    client = office.client("personnel")
    report = upload(client, GOOD)["Location"]
    assert client.post(f"{report}periksa/", {"ulang": "1"})["Location"] == report


def test_progress_is_a_part_that_asks_again_and_refreshes_at_the_end(office: Office) -> None:
    client = office.client("personnel")
    report = upload(client, GOOD)["Location"]
    client.post(f"{report}terapkan/")
    asks = {"HX-Request": "true", "HX-Target": "jalannya"}
    part = client.get(report, headers=asks)
    assert "<html" not in part.content.decode()
    assert "<progress" in part.content.decode()
    assert "HX-Refresh" not in part
    apply_everything()
    assert client.get(report, headers=asks)["HX-Refresh"] == "true"


def test_faults_and_template_come_as_files(office: Office) -> None:
    client = office.client("personnel")
    report = upload(client, BAD)["Location"]
    faults = client.get(f"{report}temuan.xlsx")
    assert "attachment" in faults["Content-Disposition"]
    assert b"".join(faults.streaming_content)[:2] == b"PK"
    assert client.get("/kepegawaian/impor/templat.xlsx").content[:2] == b"PK"


def test_examiner_reads_the_report_and_changes_nothing(office: Office) -> None:
    report = upload(office.client("personnel"), GOOD)["Location"]
    auditor = office.client("auditor")
    page = auditor.get(report).content.decode()
    assert "Siap diterapkan" in page
    assert "/terapkan/" not in page
    for act in ("terapkan", "batal", "periksa"):
        assert auditor.post(f"{report}{act}/").status_code == 403
    assert "Anda hanya melihat." in auditor.get("/kepegawaian/impor/").content.decode()


def test_import_of_another_agency_does_not_exist(office: Office) -> None:
    report = upload(office.client("personnel"), GOOD)["Location"]
    stranger = office.client("stranger")
    assert stranger.get(report).status_code == 404
    assert stranger.get(f"{report}temuan.xlsx").status_code == 404
    for act in ("terapkan", "batal", "periksa"):
        assert stranger.post(f"{report}{act}/").status_code == 404
    assert "pegawai.csv" not in stranger.get("/kepegawaian/impor/").content.decode()


def test_history_asks_the_same_number_of_times_for_one_and_three(
    office: Office, django_assert_num_queries: Any
) -> None:
    client = office.client("personnel")
    upload(client, GOOD)
    with django_assert_num_queries(4):
        client.get("/kepegawaian/impor/")
    for _twice in range(2):
        upload(client, GOOD)
    with django_assert_num_queries(4):
        assert len(client.get("/kepegawaian/impor/").context["imports"]) == 3
