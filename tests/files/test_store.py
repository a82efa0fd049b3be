"""Storing, reading and forgetting; limits; what is left behind."""

import io
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from PIL import Image

from teladan.files import api, disk
from teladan.files.kinds import KINDS
from teladan.files.models import Blob
from teladan.files.store import clean_name
from teladan.kernel.errors import Invalid, NotFound
from tests.files import samples

AGENCY, OTHER = uuid4(), uuid4()


@pytest.fixture(autouse=True)
def blobs(tmp_path: Path, settings: Any, db: None) -> Iterator[Path]:
    settings.BLOBS = tmp_path / "blobs"
    yield settings.BLOBS


def store(content: Any = samples.PDF, **given: Any) -> api.BlobCard:
    return api.store(
        **{
            "content": content,
            "name": "a.pdf",
            "agency_id": AGENCY,
            "purpose": "tests",
            "kinds": KINDS,
            "by_id": None,
            **given,
        }
    )


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.is_file() and path.name != ".lock")


def test_stored_file_reads_back_and_lies_under_its_hash(blobs: Path) -> None:
    card = store(name="Surat Tugas.pdf", by_id=OTHER)
    assert (card.kind, card.media_type, card.size, card.name) == (
        "pdf",
        "application/pdf",
        len(samples.PDF),
        "Surat Tugas.pdf",
    )
    assert api.read(card.id, agency_id=AGENCY) == samples.PDF
    assert api.blob_card(card.id, agency_id=AGENCY) == card
    path = blobs / card.sha256[:2] / card.sha256
    assert path.read_bytes() == samples.PDF
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(blobs.stat().st_mode) == 0o700


def test_stored_file_may_come_as_a_stream() -> None:
    assert api.read(store(io.BytesIO(samples.CSV)).id, agency_id=AGENCY) == samples.CSV


def test_stored_file_of_another_agency_is_not_found() -> None:
    card = store()
    for read in (api.read, api.blob_card, api.response_parts, api.discard):
        with pytest.raises(NotFound):
            read(card.id, agency_id=OTHER)
    assert Blob.objects.count() == 1


def test_same_bytes_stored_twice_lie_on_disk_once(blobs: Path) -> None:
    first, second = store(), store(agency_id=OTHER)
    assert first.id != second.id
    assert files_in(blobs) == [first.sha256]


def test_stored_image_is_drawn_anew() -> None:
    card = store(samples.image("JPEG", (40, 30)), name="foto.png")
    assert (card.kind, card.name) == ("jpeg", "foto.jpg")
    assert b"Rahasia" not in api.read(card.id, agency_id=AGENCY)


@pytest.mark.parametrize(
    ("content", "kinds", "words"),
    [
        (b"", ["pdf"], "kosong"),
        (samples.image("PNG"), ["pdf", "docx"], "Yang diterima: PDF, DOCX"),
        (b"MZ\x90\x00", ["pdf", "txt"], "tidak dapat diterima"),
        (samples.image("PNG", (300, 300))[:500], ["png"], "rusak"),
    ],
)
def test_file_that_may_not_be_is_refused_with_what_may(
    content: bytes, kinds: list[str], words: str, blobs: Path
) -> None:
    with pytest.raises(Invalid, match=words) as refusal:
        store(content, kinds=kinds)
    assert refusal.value.field == "file"
    assert refusal.value.next_step
    assert not Blob.objects.exists()
    assert not blobs.exists() or files_in(blobs) == []


@pytest.mark.parametrize(
    ("content", "kinds", "kind"),
    [(samples.CSV, ["txt"], "txt"), (samples.TXT, ["csv"], "csv"), (samples.TXT, ["csv", "txt"], "txt")],
)
def test_text_counts_as_the_kind_that_is_asked_for(content: bytes, kinds: list[str], kind: str) -> None:
    assert store(content, kinds=kinds).kind == kind


def test_file_above_the_size_limit_is_refused(settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 2 * 1_048_576
    with pytest.raises(Invalid, match="Batasnya 2 MB"):
        store(b"%PDF-" + bytes(2 * 1_048_576))
    with pytest.raises(Invalid, match="Batasnya 2 MB"):
        store(io.BytesIO(b"%PDF-" + bytes(2 * 1_048_576)))


def test_file_above_the_quota_is_refused_until_another_is_discarded(settings: Any) -> None:
    settings.FILES_QUOTA_BYTES = 2 * len(samples.PDF)
    first = store()
    store()
    with pytest.raises(Invalid, match="penuh"):
        store()
    store(agency_id=OTHER)
    api.discard(first.id, agency_id=AGENCY)
    assert api.used_bytes(AGENCY) == len(samples.PDF)
    store()


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("laporan.PDF", "laporan.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\sari\\tugas.docx", "tugas.pdf"),
        ("", "berkas.pdf"),
        ("...", "berkas.pdf"),
        (".pdf", "pdf.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ('ini "baru"\u202efdp.exe', "ini barufdp.pdf"),
        ("x" * 300 + ".pdf", "x" * 146 + ".pdf"),
        ("Rencana kerja – é.pdf", "Rencana kerja – é.pdf"),
    ],
)
def test_name_keeps_its_last_part_and_gets_the_suffix_of_what_it_is(name: str, expected: str) -> None:
    assert clean_name(name, "pdf") == expected


@pytest.mark.parametrize("name", ["../../../etc/passwd", "", "ABCD", "a" * 63, "/etc/passwd", "a" * 64 + "\n"])
def test_path_of_anything_but_a_hash_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="SHA-256"):
        disk.path_of(name)


def test_download_is_an_attachment_in_a_sandbox() -> None:
    card = store(name='Surat "é".pdf')
    parts = api.response_parts(card.id, agency_id=AGENCY)
    assert parts.body == samples.PDF
    assert (
        parts.headers["Content-Disposition"]
        == "attachment; filename=\"Surat _.pdf\"; filename*=UTF-8''Surat%20%C3%A9.pdf"
    )
    assert parts.headers["X-Content-Type-Options"] == "nosniff"
    assert parts.headers["Content-Security-Policy"].startswith("sandbox")
    assert parts.headers["Content-Length"] == str(len(parts.body))


def test_only_images_are_shown_in_the_page() -> None:
    picture = store(samples.image("PNG"), name="a.png")
    for card, shown in ((store(), "attachment"), (picture, "inline")):
        disposition = api.response_parts(card.id, agency_id=AGENCY, inline=True).headers["Content-Disposition"]
        assert disposition.startswith(shown)


@pytest.mark.parametrize("harm", ["missing", "changed"])
def test_file_whose_bytes_are_gone_or_changed_says_so(blobs: Path, harm: str, caplog: pytest.LogCaptureFixture) -> None:
    card = store()
    path = blobs / card.sha256[:2] / card.sha256
    path.unlink() if harm == "missing" else path.write_bytes(b"%PDF-other")
    with pytest.raises(NotFound, match="hilang atau rusak"):
        api.read(card.id, agency_id=AGENCY)
    assert harm in caplog.text


def test_write_that_fails_half_way_leaves_nothing(blobs: Path) -> None:
    class Broken(io.BytesIO):
        def read(self, *args: Any) -> bytes:
            if self.tell():
                raise OSError("the disk is full")
            return super().read(3)

    with pytest.raises(OSError, match="full"):
        disk.write(Broken(samples.PDF))
    assert files_in(blobs) == []


def test_sweep_removes_old_bytes_without_a_row_and_nothing_else(blobs: Path) -> None:
    kept = store()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        store(samples.TXT)
        raise ZeroDivisionError
    api.discard(store(samples.CSV).id, agency_id=AGENCY)
    (blobs / ".new-interrupted").write_bytes(b"half")
    assert api.sweep() == 0
    yesterday = time.time() - 25 * 3600
    for path in blobs.rglob("*"):
        os.utime(path, (yesterday, yesterday))
    store(samples.TXT)  # renews the age of the bytes left behind
    assert api.sweep() == 2
    assert len(files_in(blobs)) == 2
    assert api.read(kept.id, agency_id=AGENCY) == samples.PDF


def test_sweep_leaves_bytes_stored_anew_since_it_looked(blobs: Path) -> None:
    card = store()
    path = blobs / card.sha256[:2] / card.sha256
    assert not disk.remove_if_old(path, seconds=60)
    assert disk.remove_if_old(path, seconds=-1)
    assert not disk.remove_if_old(path, seconds=-1)


def test_stored_images_open_as_what_they_claim() -> None:
    for form in ("PNG", "JPEG", "WEBP"):
        card = store(samples.image(form), name="gambar")
        with Image.open(io.BytesIO(api.read(card.id, agency_id=AGENCY))) as picture:
            assert picture.format == form
