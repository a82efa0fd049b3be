"""The pages of a room: phone, control and wall."""

import re

from tests.web.classroom.conftest import Room


def ask(room: Room, **more: str) -> None:
    asked = {"aksi": "tanya", "kind": "cek", "check": "um-cek-01", **more}
    assert room.lead.post(room.beside + "ruang/", asked).status_code == 302


def open_room(room: Room) -> None:
    assert room.lead.post(room.beside + "ruang/", {"aksi": "buka"}).status_code == 302


def question_of(page: str) -> str:
    found = re.search(r'name="soal" value="([0-9a-f-]{36})"', page)
    assert found
    return found[1]


def test_phone_shows_the_present_question_and_keeps_the_answer(room: Room) -> None:
    client, path = room.clients[0], room.at(0) + "ruang/"
    assert "Ruang belum dibuka." in client.get(path).content.decode()
    open_room(room)
    assert "Tunggu pertanyaan pertama" in client.get(path).content.decode()
    assert "sedang dibuka" in client.get(room.at(0)).content.decode()
    ask(room)
    page = client.get(path).content.decode()
    assert 'http-equiv="refresh"' not in page
    refused = client.post(path, {"soal": question_of(page)})
    assert refused.status_code == 422
    assert "Pilih salah satu jawaban dahulu." in refused.content.decode()
    assert client.post(path, {"soal": question_of(page), "pilihan": "a"}).status_code == 302
    page = client.get(path).content.decode()
    assert "Jawaban Anda tersimpan." in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert client.post(path, {"soal": "bukan", "pilihan": "a"}).status_code == 422


def test_wall_shows_neither_names_nor_counts_below_the_threshold(room: Room) -> None:
    open_room(room)
    ask(room)
    page = room.clients[0].get(room.at(0) + "ruang/").content.decode()
    room.clients[0].post(room.at(0) + "ruang/", {"soal": question_of(page), "pilihan": "a"})
    for address in ("ruang/layar/", "ruang/"):
        page = room.lead.get(room.beside + address).content.decode()
        assert "Jumlah penjawab tampil setelah 5 orang." in page
        assert "Peserta 0" not in page
    room.lead.post(room.beside + "ruang/", {"aksi": "bahas", "nomor": "1"})
    page = room.lead.get(room.beside + "ruang/layar/").content.decode()
    assert "Sebaran jawaban tidak ditampilkan" in page
    assert "tepat" in page


def test_state_is_a_few_bytes_and_304_until_something_changes(room: Room) -> None:
    open_room(room)
    client, path = room.clients[0], room.at(0) + "ruang/keadaan/"
    first = client.get(path)
    assert len(first.content) < 40
    assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    ask(room)
    changed = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert changed.status_code == 200
    assert changed.json()["v"] > first.json()["v"]


def test_same_question_sent_twice_is_asked_once(room: Room) -> None:
    open_room(room)
    ask(room, kunci="sama")
    ask(room, kunci="sama")
    assert "Pertanyaan 1" in room.lead.get(room.beside + "ruang/layar/").content.decode()


def test_refused_question_keeps_what_was_typed(room: Room) -> None:
    open_room(room)
    answer = room.lead.post(
        room.beside + "ruang/", {"aksi": "tanya", "kind": "sendiri", "stem": "Mana yang berat?", "options": "satu saja"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Mana yang berat?" in page
    assert "dua sampai enam pilihan" in page
    assert room.lead.post(room.beside + "ruang/", {"aksi": "apa"}).status_code == 422
    assert room.clients[0].post(room.beside + "ruang/", {"aksi": "tutup-ruang"}).status_code == 404
