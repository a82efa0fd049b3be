"""Clips: the course's own in its pages, an agency's in its classes."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from teladan.files.models import Blob
from teladan.learning.models import Clip
from tests.files import samples
from tests.web.classroom.conftest import Room

PAGE = "materi/berorientasi-pelayanan/memahami-kebutuhan/"


def form(**changed: Any) -> dict[str, Any]:
    given = {
        "title": "Loket pagi",
        "transcript": "Petugas menyapa dahulu.",
        "clip": samples.MP4,
        "captions": samples.VTT,
    }
    given |= changed
    for name in ("clip", "captions"):
        if isinstance(given[name], bytes):
            given[name] = SimpleUploadedFile(f"{name}.bin", given[name])
    return given


def test_page_shows_the_clip_with_its_cost_and_loads_nothing(room: Room) -> None:
    page = room.clients[0].get(room.at(0) + PAGE).content.decode()
    assert 'preload="none"' in page
    assert "kB" in page
    assert "Baca transkripnya" in page
    assert "autoplay" not in page
    public = room.clients[0].get("/baca/berakhlak/berorientasi-pelayanan/memahami-kebutuhan/").content.decode()
    assert "/baca/berakhlak/media/tiga-perilaku.mp4" in public


def test_course_media_come_in_parts_and_nothing_else_comes(room: Room) -> None:
    client = room.clients[0]
    whole = client.get("/baca/berakhlak/media/tiga-perilaku.mp4")
    size = int(whole["Content-Length"])
    assert len(b"".join(whole.streaming_content)) == size < 1_000_000
    part = client.get(
        "/baca/berakhlak/media/tiga-perilaku.mp4", headers={"Range": "bytes=0-99", "Accept-Encoding": "gzip"}
    )
    assert (part.status_code, part["Content-Range"]) == (206, f"bytes 0-99/{size}")
    assert len(b"".join(part.streaming_content)) == 100
    assert client.get("/baca/berakhlak/media/tiga-perilaku.vtt")["Content-Type"].startswith("text/vtt")
    for name in ("course.yaml", "..%2Fcourse.yaml", "tidak-ada.mp4"):
        assert client.get(f"/baca/berakhlak/media/{name}").status_code == 404
    assert client.get("/baca/tidak-ada/media/tiga-perilaku.mp4").status_code == 404


def test_agency_clip_is_played_in_parts_by_its_class_only(room: Room, make_account: Any, other_agency: Any) -> None:
    assert room.lead.post(room.beside + "klip/", form()).status_code == 302
    clip = Clip.objects.get()
    page = room.clients[0].get(room.at(0) + "klip/").content.decode()
    assert "Loket pagi" in page
    assert "Petugas menyapa dahulu." in page
    answer = room.clients[0].get(f"{room.at(0)}klip/{clip.pk}/berkas/", headers={"Range": "bytes=4-7"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, samples.MP4[4:8])
    assert answer["Content-Type"] == "video/mp4"
    captions = room.clients[0].get(f"{room.at(0)}klip/{clip.pk}/takarir/")
    assert b"".join(captions.streaming_content) == samples.VTT
    assert room.clients[0].get(f"{room.beside}klip/{clip.pk}/berkas/").status_code == 404


def test_same_upload_sent_twice_is_one_clip(room: Room) -> None:
    for _ in range(2):
        assert room.lead.post(room.beside + "klip/", form(kunci="sama")).status_code == 302
    assert Clip.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"clip": b"MZ\x90 bukan klip"}, "MP4, WEBM, MP3"),
        ({"clip": samples.PDF}, "MP4, WEBM, MP3"),
        ({"captions": b"1\n00:00:01,000 --> 00:00:02,000\nSRT"}, "Takarir baris 1"),
        ({"captions": b"WEBVTT\n\n00:02.000 --> 00:01.000\nx"}, "berakhir sebelum dimulai"),
        ({"captions": b"\xff\xfe\x00"}, "UTF-8"),
        ({"transcript": " "}, "bidang ini"),
        ({"title": ""}, "bidang ini"),
        ({"captions": ""}, "bidang ini"),
        ({"clip": samples.MP4 + b"\0" * (12 * 1_048_576)}, "12 MB"),
    ],
)
def test_refused_upload_says_why_and_keeps_nothing(room: Room, changed: dict[str, Any], words: str) -> None:
    before = Blob.objects.count()
    answer = room.lead.post(room.beside + "klip/", form(**changed))
    assert answer.status_code == 422
    assert words.casefold() in answer.content.decode().casefold()
    assert Blob.objects.count() == before
    assert Clip.objects.count() == 0


def test_participants_upload_nothing_and_removed_clips_are_gone(room: Room) -> None:
    assert room.clients[0].post(room.at(0) + "klip/", form()).status_code == 403
    room.lead.post(room.beside + "klip/", form())
    clip = Clip.objects.get()
    assert room.lead.post(room.beside + "klip/", {"aksi": "hapus", "klip": str(clip.pk)}).status_code == 302
    assert Clip.objects.count() == 0
    assert room.clients[0].get(f"{room.at(0)}klip/{clip.pk}/berkas/").status_code == 404
