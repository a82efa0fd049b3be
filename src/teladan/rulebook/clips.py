"""A clip of a course: video or sound with captions, a transcript and, where there is one, a poster. Pure.

    ::: klip Tiga perilaku dalam satu menit {berkas="tiga-perilaku.webm" takarir="tiga-perilaku.vtt" poster="..."}
    The transcript.
    :::

Its files lie in the course's folder `media`. Nobody may be left out: a clip without captions or transcript is a fault.
"""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from teladan.rulebook.captions import read_captions

Report = Callable[[int, str, str], None]  # line of the body, message, remedy
NAME = re.compile(r"[a-z0-9][a-z0-9.-]{0,80}")
LONGEST_CLIP = 12 * 1_048_576  # bytes in a pack: what a phone may be asked to fetch
LARGEST_POSTER = 30_000  # bytes: it is the one part that loads unasked
CLIP_TYPES: Mapping[str, str] = {"mp4": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg"}
POSTER_TYPES: Mapping[str, str] = {
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
}
MEDIA_TYPES: Mapping[str, str] = {**CLIP_TYPES, **POSTER_TYPES, "vtt": "text/vtt; charset=utf-8"}
_MP4_BRANDS = {b"isom", b"iso2", b"iso4", b"iso5", b"iso6", b"mp41", b"mp42", b"avc1", b"M4V ", b"dash"}


def clip_kind(head: bytes) -> str | None:
    """mp4, webm or mp3, told from the first 64 bytes; None for anything else."""
    if head[4:8] == b"ftyp":
        return "mp4" if head[8:12] in _MP4_BRANDS else None
    if head.startswith(b"\x1a\x45\xdf\xa3"):  # EBML: Matroska, of which WebM names itself so
        return "webm" if b"webm" in head else None
    is_frame = len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0
    return "mp3" if head.startswith(b"ID3") or is_frame else None


def media_folder(page: Path) -> Path:
    """The folder of media beside the page at `chapters/<chapter>/<page>.md`."""
    return page.parents[2] / "media"


def media_type(name: str) -> str | None:
    """The media type of a file of the folder by its suffix; None for what is not handed out."""
    return MEDIA_TYPES.get(name.rsplit(".", 1)[-1]) if NAME.fullmatch(name) else None


def check_clip(attributes: Mapping[str, str], line: int, media: Path, report: Report) -> None:
    """Tell `report` what is wrong with the files that a clip names; what is not named is told elsewhere."""
    if (clip := _file("berkas", attributes, line, media, report)) is not None:
        _check_content(clip, line, report)
    if (captions := _file("takarir", attributes, line, media, report)) is not None:
        _check_captions(captions, line, report)
    if (poster := _file("poster", attributes, line, media, report)) is not None:
        if poster.suffix[1:] not in POSTER_TYPES:
            report(line, f"Poster {poster.name!r} bukan gambar.", f"Yang diterima: {', '.join(POSTER_TYPES)}.")
        if poster.stat().st_size > LARGEST_POSTER:
            report(line, f"Poster {poster.name!r} lebih besar dari 30 kB.", "Perkecil gambarnya.")


def _file(attribute: str, attributes: Mapping[str, str], line: int, media: Path, report: Report) -> Path | None:
    name = attributes.get(attribute, "").strip()
    if not name:
        return None
    if not NAME.fullmatch(name):
        report(line, f"Nama berkas {name!r} tidak dapat dipakai.", "Pakai huruf kecil, angka, titik, tanda hubung.")
        return None
    if not (media / name).is_file():
        report(line, f"Berkas {name!r} ({attribute}) tidak ada di folder media.", "Tambahkan berkasnya ke media/.")
        return None
    return media / name


def _check_content(clip: Path, line: int, report: Report) -> None:
    with clip.open("rb") as file:
        kind = clip_kind(file.read(64))
    if kind is None:
        report(line, f"Isi {clip.name!r} bukan MP4, WebM, atau MP3.", "Simpan ulang dalam salah satu jenis itu.")
    elif clip.suffix != f".{kind}":
        report(line, f"Isi {clip.name!r} adalah {kind}.", f"Ganti akhiran namanya menjadi .{kind}.")
    if clip.stat().st_size > LONGEST_CLIP:
        report(line, f"Klip {clip.name!r} lebih besar dari 12 MB.", "Pendekkan atau mampatkan klipnya.")


def _check_captions(captions: Path, line: int, report: Report) -> None:
    try:
        text = captions.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        report(line, f"Takarir {captions.name!r} bukan UTF-8.", "Simpan ulang sebagai UTF-8.")
        return
    for fault in read_captions(text)[1]:
        report(line, f"{captions.name} baris {fault.line}: {fault.message}", fault.remedy)
