"""Captions and clips: what browsers would show, and what is told to an author."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.rulebook.captions import read_captions
from teladan.rulebook.clips import check_clip, clip_kind, media_type
from tests.files import samples


def faults_of(text: str) -> list[tuple[int, str]]:
    return [(fault.line, fault.message) for fault in read_captions(text)[1]]


def test_cues_are_read_with_names_settings_notes_and_hours() -> None:
    text = (
        "\ufeffWEBVTT - contoh\r\n\r\nNOTE catatan\r\nsaja\r\n\r\nsatu\r\n00:00.500 --> 00:02.000 line:0\r\nSelamat pagi.\r\n"
        "\r\n01:00:00.000 --> 01:00:01.250\r\ndua\r\nbaris\r\n"
    )
    cues, faults = read_captions(text)
    assert faults == ()
    assert [(c.start, c.end, c.text) for c in cues] == [
        (500, 2000, "Selamat pagi."),
        (3_600_000, 3_601_250, "dua\nbaris"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "WEBVTT"),
        ("WEBVTT\n", 1, "tidak memuat teks"),
        ("1\n00:00:01,000 --> 00:00:02,000\nSRT", 1, "WEBVTT"),
        ("WEBVTT\n\n00:01,000 --> 00:02,000\nkoma", 3, "tidak dapat dibaca"),
        ("WEBVTT\n\n00:02.000 --> 00:01.000\nmundur", 3, "berakhir sebelum"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n", 3, "tanpa teks"),
        ("WEBVTT\n\n00:05.000 --> 00:06.000\nb\n\n00:01.000 --> 00:02.000\na", 6, "mundur"),
        ("WEBVTT\n\nnama saja", 4, "tidak dapat dibaca"),
        ("WEBVTTX\n\n00:01.000 --> 00:02.000\nx", 1, "WEBVTT"),
    ],
)
def test_bad_captions_name_line_and_fault(text: str, line: int, words: str) -> None:
    assert any(at == line and words in message for at, message in faults_of(text)), faults_of(text)


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_exception(text: str) -> None:
    read_captions(text)
    read_captions("WEBVTT\n\n" + text)


def test_shipped_captions_are_sound() -> None:
    from teladan.rulebook.api import default_packs

    files = list(default_packs().rglob("*.vtt"))
    assert files
    for path in files:
        assert read_captions(path.read_text(encoding="utf-8"))[1] == ()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (samples.MP4, "mp4"),
        (samples.WEBM, "webm"),
        (samples.MP3, "mp3"),
        (samples.MKV, None),
        (b"", None),
        (b"\xff", None),
    ],
)
def test_kind_of_a_clip_is_told_from_its_content(content: bytes, kind: str | None) -> None:
    assert clip_kind(content[:64]) == kind


@pytest.mark.parametrize("name", ["../course.yaml", "a/b.mp4", "items.yaml", ".mp4", "A.mp4", "x", "x.html", ""])
def test_only_media_are_handed_out(name: str) -> None:
    assert media_type(name) is None


@pytest.fixture
def media(tmp_path: Path) -> Path:
    (tmp_path / "klip.mp4").write_bytes(samples.MP4)
    (tmp_path / "klip.vtt").write_bytes(samples.VTT)
    (tmp_path / "gambar.svg").write_text("<svg/>")
    return tmp_path


def told(media: Path, **attributes: str) -> str:
    out: list[str] = []
    check_clip({"berkas": "klip.mp4", "takarir": "klip.vtt", **attributes}, 1, media, lambda _l, m, _r: out.append(m))
    return "\n".join(out)


def test_sound_clip_has_no_faults(media: Path) -> None:
    assert told(media, poster="gambar.svg") == ""


@pytest.mark.parametrize(
    ("attributes", "words"),
    [
        ({"berkas": "hilang.mp4"}, "tidak ada di folder media"),
        ({"takarir": "hilang.vtt"}, "tidak ada di folder media"),
        ({"berkas": "../klip.mp4"}, "tidak dapat dipakai"),
        ({"berkas": "gambar.svg"}, "bukan MP4"),
        ({"takarir": "gambar.svg"}, "WEBVTT"),
        ({"poster": "klip.vtt"}, "bukan gambar"),
    ],
)
def test_faults_of_a_clip_are_told(media: Path, attributes: dict[str, str], words: str) -> None:
    assert words in told(media, **attributes)


def test_name_that_hides_the_kind_is_a_fault(media: Path) -> None:
    (media / "klip.webm").write_bytes(samples.MP4)
    assert "adalah mp4" in told(media, berkas="klip.webm")
