"""The pages of a class's discussions, from both seats."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.web.classroom.conftest import Room

TOPIC = "diskusi/materi/pendahuluan/tujuh-nilai/"


def write(room: Room, number: int, text: str, **more: str) -> str:
    """Post an entry; the id that the answer leads to."""
    client = room.clients[number]
    answer = client.post(room.at(number) + TOPIC, {"text": text, "kunci": f"{number}-{text}"[:60], **more})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer["Location"]).rsplit("#t-", 1)[1]


def test_entry_is_read_by_the_class_and_is_never_markup(room: Room) -> None:
    write(room, 0, "<script>alert(1)</script>\nbaris dua & tiga")
    for client, path in ((room.clients[1], room.at(1)), (room.lead, room.beside)):
        page = client.get(path + TOPIC).content.decode()
        assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>baris dua &amp; tiga" in page
        assert "<script>alert" not in page
        assert "Peserta 0" in page


def test_same_post_sent_twice_is_one_entry(room: Room) -> None:
    assert write(room, 0, "Sekali saja") == write(room, 0, "Sekali saja")
    assert room.clients[1].get(room.at(1) + TOPIC).content.decode().count("Sekali saja") == 1


def test_refused_words_stay_in_the_field_with_the_reason(room: Room) -> None:
    client, path = room.clients[0], room.at(0) + TOPIC
    answer = client.post(path, {"text": "panjang " * 300, "names_author": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "paling banyak 1500 karakter" in page
    assert "panjang panjang" in page
    assert 'aria-invalid="true"' in page
    assert re.search(r'name="names_author"[^>]*checked', page)


def test_answer_that_was_refused_stays_open_in_its_place(room: Room) -> None:
    first = write(room, 0, "Pertanyaan")
    answer = room.clients[1].post(room.at(1) + TOPIC, {"text": " ", "answers_to": first})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(r"<details[^>]* open>", page)
    write(room, 1, "Jawaban", answers_to=first)
    assert "Jawaban" in room.clients[0].get(room.at(0) + TOPIC).content.decode()


def test_draft_waits_in_the_field(room: Room) -> None:
    client, path = room.clients[0], room.at(0) + TOPIC
    assert client.post(path, {"aksi": "draf", "text": "Besok lanjut"}).status_code == 302
    assert "Besok lanjut" in client.get(path).content.decode()
    assert "Besok lanjut" not in room.clients[1].get(room.at(1) + TOPIC).content.decode()


def test_module_page_and_foot_of_the_page_tell_what_is_new(room: Room) -> None:
    write(room, 0, "Baru")
    client, home = room.clients[1], room.at(1)
    assert "1 tulisan baru" in client.get(home).content.decode()
    assert "1 baru" in client.get(home + "materi/pendahuluan/tujuh-nilai/").content.decode()
    client.get(home + TOPIC)
    assert "1 tulisan baru" not in client.get(home).content.decode()


def test_facilitator_hides_with_a_reason_that_the_author_reads(room: Room) -> None:
    entry = write(room, 0, "Kata kasar")
    here = f"{room.beside}diskusi/tulisan/{entry}/"
    refused = room.lead.post(here, {"aksi": "sembunyikan", "reason": ""})
    assert refused.status_code == 422
    assert "Tulis alasan menyembunyikan" in refused.content.decode()
    assert room.lead.post(here, {"aksi": "sembunyikan", "reason": "Menyerang rekan."}).status_code == 302
    own = room.clients[0].get(room.at(0) + TOPIC).content.decode()
    assert "Menyerang rekan." in own
    assert "Hubungi pengampu: Pengampu Contoh" in own
    other = room.clients[1].get(room.at(1) + TOPIC).content.decode()
    assert "Kata kasar" not in other
    assert "Disembunyikan oleh pengampu." in other


def test_quoted_entry_is_in_results_and_carries_its_tag(room: Room) -> None:
    entry = write(room, 0, "Layak dikutip", names_author="1")
    room.lead.post(f"{room.beside}diskusi/tulisan/{entry}/", {"aksi": "kutip"})
    assert "dikutip dalam laporan" in room.clients[0].get(room.at(0) + TOPIC).content.decode()
    page = room.lead.get(f"{room.beside}hasil/").content.decode()
    assert "Layak dikutip" in page
    assert "Peserta 0" in page


def test_author_withdraws(room: Room) -> None:
    entry = write(room, 0, "Terlalu cepat")
    here = f"{room.at(0)}diskusi/tulisan/{entry}/"
    assert "Tarik tulisan" in room.clients[0].get(here).content.decode()
    room.clients[0].post(here, {"aksi": "tarik"})
    page = room.clients[1].get(room.at(1) + TOPIC).content.decode()
    assert "Terlalu cepat" not in page
    assert "Ditarik oleh penulisnya." in page
    assert room.clients[1].post(f"{room.at(1)}diskusi/tulisan/{entry}/", {"aksi": "tarik"}).status_code == 403


def test_scene_not_played_says_what_comes_first(room: Room) -> None:
    answer = room.clients[0].get(room.at(0) + "diskusi/adegan/bersalin-pukul-dua/")
    assert answer.status_code == 409
    assert "Pukul dua" in answer.content.decode()


def test_closed_discussion_keeps_the_typed_text_of_who_was_too_late(room: Room) -> None:
    write(room, 0, "Mulai")
    room.lead.post(room.beside + TOPIC, {"aksi": "tutup", "reason": "Lanjut di kelas."})
    answer = room.clients[1].post(room.at(1) + TOPIC, {"text": "Saya terlambat"})
    assert answer.status_code == 409
    assert "Lanjut di kelas." in answer.content.decode()
    assert "Saya terlambat" in answer.content.decode()


@pytest.mark.parametrize("entries", [1, 3])
def test_discussion_costs_the_same_for_few_and_many(
    room: Room, entries: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(entries):
        first = write(room, 0, f"Tulisan {number}")
        write(room, 0, f"Jawaban {number}", answers_to=first)
    client, path = room.clients[1], room.at(1) + TOPIC
    client.get(path)
    with django_assert_num_queries(12):
        client.get(path)
    with django_assert_num_queries(6):
        client.get(room.at(1) + "diskusi/")
