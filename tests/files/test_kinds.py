"""What a file is told to be, and pictures drawn anew."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from teladan.files import images, kinds
from teladan.files.images import BadImage, redraw
from tests.files import samples


def detect(content: bytes) -> str | None:
    return kinds.detect(io.BytesIO(content))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (samples.PDF, "pdf"),
        (samples.image("PNG"), "png"),
        (samples.image("JPEG"), "jpeg"),
        (samples.image("WEBP"), "webp"),
        (samples.xlsx(), "xlsx"),
        (samples.docx(), "docx"),
        (samples.CSV, "csv"),
        (samples.TXT, "txt"),
        (samples.MP4, "mp4"),
        (samples.WEBM, "webm"),
        (samples.MKV, None),
        (samples.MP3, "mp3"),
        (samples.MP3_BARE, "mp3"),
        (samples.VTT, "vtt"),
        (samples.WOFF2, "woff2"),
        (b"", None),
        (b"  \n", None),
        (b"MZ\x90\x00\x03", None),
        (b"\x7fELF\x02\x01\x01", None),
        (b"Nama\x00", None),
        ("Nama;Umur\n".encode("utf-16"), None),
        ("Nama;Kota\nS\xe9;B\n".encode("latin-1"), None),
        (b"RIFF\x00\x00\x00\x00WAVEfmt ", None),
        (b"\x00\x00\x00\x18ftypqt  ", None),
        (b"PK\x03\x04 broken", None),
        (samples.package("anything.txt"), None),
        (samples.package("[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"), None),
        (samples.package("[Content_Types].xml", "xl/workbook.xml", size=200_000_000), None),
    ],
)
def test_kind_is_told_from_the_content(content: bytes, expected: str | None) -> None:
    assert detect(content) == expected


def test_office_file_of_very_many_parts_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MAX_PARTS", 3)
    assert detect(samples.package("[Content_Types].xml", "word/document.xml", "a", "b")) is None


@given(st.binary(max_size=200))
def test_kind_of_any_bytes_never_fails_and_rewinds(content: bytes) -> None:
    file = io.BytesIO(content)
    assert kinds.detect(file) in {None, *kinds.KINDS}
    assert file.tell() == 0


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_redrawn_image_has_its_pixels_and_no_metadata(form: str) -> None:
    original = samples.image(form, (40, 30))
    assert b"Rahasia" in original
    drawn = redraw(io.BytesIO(original), form.lower())
    with Image.open(io.BytesIO(drawn)) as picture:
        assert (picture.format, picture.size) == (form, (40, 30))
        assert not picture.getexif()
        red, _, blue = picture.convert("RGB").getpixel((30, 20))  # type: ignore[misc]  # three bands
    assert (red < 30, blue > 220) == (True, True)
    assert b"Rahasia" not in drawn


def test_redrawn_image_stands_upright() -> None:
    drawn = redraw(io.BytesIO(samples.image("JPEG", (40, 20), orientation=6)), "jpeg")
    with Image.open(io.BytesIO(drawn)) as picture:
        assert picture.size == (20, 40)


def test_redrawn_image_loses_what_is_hidden_behind_it() -> None:
    assert b"<script>" not in redraw(io.BytesIO(samples.image("PNG") + b"<script>alert(1)</script>"), "png")


def test_redrawn_image_is_made_smaller_when_huge() -> None:
    drawn = redraw(io.BytesIO(samples.image("PNG", (5000, 10))), "png")
    with Image.open(io.BytesIO(drawn)) as picture:
        assert max(picture.size) == images.MAX_SIDE


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA"])
def test_redrawn_image_of_any_mode_is_kept(mode: str) -> None:
    with Image.open(io.BytesIO(redraw(io.BytesIO(samples.image("PNG", mode=mode)), "png"))) as picture:
        assert picture.size == (6, 4)


def test_cmyk_jpeg_becomes_rgb() -> None:
    with Image.open(io.BytesIO(redraw(io.BytesIO(samples.image("JPEG", mode="CMYK")), "jpeg"))) as picture:
        assert picture.mode == "RGB"


def test_broken_image_is_refused() -> None:
    whole = samples.image("PNG", (300, 300))
    for content in (whole[: len(whole) // 2], b"\x89PNG\r\n\x1a\n" + bytes(50), samples.image("JPEG")):
        with pytest.raises(BadImage):
            redraw(io.BytesIO(content), "png")


def test_image_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "MAX_PIXELS", 23)
    with pytest.raises(BadImage):
        redraw(io.BytesIO(samples.image("PNG")), "png")
