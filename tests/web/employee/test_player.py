"""A page of the module: its parts, self-checks, scenes, writing; with and without scripts; bad input."""

from typing import Any

import pytest

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from tests.learning import story
from tests.web.employee.conftest import Desk

BP = "materi/berorientasi-pelayanan/"
SCRIPT = {"hx-request": "true"}
LONG = "Saya menulis panjang. " * 300


def html_of(response: Any) -> str:
    return str(response.content.decode())


def test_page_has_its_place_its_menu_and_its_laws(reading: Desk) -> None:
    html = html_of(reading.client.get(f"{reading.home}{BP}memahami-kebutuhan/"))
    assert "2 / 20" in html
    assert "Klik di sini:" in html
    assert 'data-panel="hukum"' in html
    assert 'class="gambar gambar-lapis"' in html
    assert f'href="{reading.home}{BP}empat-kali-datang/"' in html
    assert 'name="keluar"' in html
    assert "Menu" in html


def test_next_reads_the_page_and_goes_on_however_often_it_is_pressed(reading: Desk) -> None:
    url = f"{reading.home}{BP}empat-kali-datang/"
    for _ in range(2):
        assert reading.client.post(url)["Location"] == f"{reading.home}{BP}memahami-kebutuhan/"
    study = learning.study(reading.enrolment, by=reading.actor)
    assert study.progress.pages_done("berorientasi-pelayanan") == 1
    assert "Sudah dibaca" in html_of(reading.client.get(url))


def test_looking_at_a_page_changes_nothing(reading: Desk) -> None:
    before = learning.study(reading.enrolment, by=reading.actor).progress
    for page in story.course().chapter("berorientasi-pelayanan").pages:
        reading.client.get(f"{reading.home}{BP}{page.slug}/")
    assert learning.study(reading.enrolment, by=reading.actor).progress == before
    assert instruments.plays_visible_to(reading.actor) == []


def test_save_and_leave_comes_back_to_the_same_page(reading: Desk) -> None:
    url = f"{reading.home}{BP}pengaduan/"
    response = reading.client.post(url, {"keluar": "1"}, follow=True)
    assert "Tempat Anda tersimpan" in html_of(response)
    assert f'href="{url}"' in html_of(response)


def test_last_page_with_gaps_leads_to_the_menu_and_says_how_many(reading: Desk) -> None:
    response = reading.client.post(f"{reading.home}materi/pendahuluan/selesai/", follow=True)
    assert response.request["PATH_INFO"] == f"{reading.home}materi/pendahuluan/"
    assert "Masih ada 7 halaman yang belum dibaca." in html_of(response)


def test_own_job_family_comes_first_and_open(
    reading: Desk, make_person: Any, agency: Any, organiser: Any, sign_in: Any
) -> None:
    teacher = make_person(
        "Guru Contoh", agency=agency, unit="smpn", title="Guru", job_family="pendidikan", nip="199001012022032088"
    )
    from teladan.accounts.api import actor_for

    actor = actor_for(teacher.account)
    story.open_class(organiser, [actor], title="Lain")
    story.sit(actor, story.enrolment_of(actor), "tes-awal", right=1)
    health = html_of(reading.client.get(f"{reading.home}{BP}terlihat-tidak-terlihat/"))
    school = html_of(sign_in(teacher.account).get(f"/belajar/{story.enrolment_of(actor)}/{BP}terlihat-tidak-terlihat/"))
    assert health.index("<span>Kesehatan") < health.index("<span>Pendidikan")
    assert school.index("<span>Pendidikan") < school.index("<span>Kesehatan")
    for html in (health, school):
        assert html.count("rumpun Anda") == 1
        assert html.index('<details class="sisip nilai-bp" open>') < html.index("rumpun Anda")


def test_self_check_explains_every_option_and_can_be_tried_again(reading: Desk) -> None:
    url = f"{reading.home}{BP}memahami-kebutuhan/"
    item = story.course().items["bp-cek-02"]
    assert not any(option.rationale in html_of(reading.client.get(url)) for option in item.options)
    wrong = next(option.key for option in item.options if not option.correct)
    sent = {"pilihan": wrong, "percobaan": "1"}
    for _ in range(2):
        response = reading.client.post(f"{url}cek/{item.key}/", sent)
        assert response["Location"] == f"{url}#cek-{item.key}"
    html = html_of(reading.client.get(url))
    assert "Belum tepat" in html
    assert all(option.rationale in html for option in item.options)
    again = html_of(reading.client.get(f"{url}?ulang={item.key}"))
    assert 'name="percobaan" value="2"' in again
    assert len(instruments.checks_visible_to(reading.actor, context=reading.enrolment)[item.key]) == 1


def test_script_gets_the_part_alone(reading: Desk) -> None:
    url = f"{reading.home}{BP}memahami-kebutuhan/"
    item = story.course().items["bp-cek-02"]
    part = reading.client.post(f"{url}cek/{item.key}/", {"pilihan": item.correct_key, "percobaan": "1"}, headers=SCRIPT)
    assert html_of(part).lstrip().startswith("<section")
    assert "Tepat." in html_of(part)
    retry = reading.client.get(f"{url}?ulang={item.key}", headers=SCRIPT)
    assert "Periksa jawaban" in html_of(retry)
    assert "<html" not in html_of(retry)


def test_analysis_opens_its_discussion_after_an_answer(reading: Desk) -> None:
    url = f"{reading.home}{BP}kasus-loket-tutup/"
    key = "bp-kasus-1"
    before = html_of(reading.client.get(url))
    assert "Pembahasan terbuka setelah jawaban Anda disimpan." in before
    response = reading.client.post(f"{url}tulis/{key}/", {"text": "Warga jauh paling terkena. <b>Asep</b> juga."})
    assert response["Location"] == f"{url}#tulis-{key}"
    after = html_of(reading.client.get(url))
    assert "&lt;b&gt;Asep&lt;/b&gt; juga.</textarea>" in after
    assert "Pembahasan terbuka setelah" not in after


@pytest.mark.parametrize("headers", [{}, SCRIPT])
@pytest.mark.parametrize(
    ("text", "words"), [("", "Tulis dahulu"), ("   ", "Tulis dahulu"), (LONG, "paling banyak 5000")]
)
def test_writing_that_cannot_be_kept_stays_in_its_place(
    reading: Desk, headers: dict[str, str], text: str, words: str
) -> None:
    url = f"{reading.home}{BP}komitmen/"
    response = reading.client.post(f"{url}tulis/bp-komitmen/", {"text": text}, headers=headers)
    assert response.status_code == 422
    assert words in html_of(response)
    assert text.strip() in html_of(response)
    assert learning.writings(reading.enrolment, keys=["bp-komitmen"], by=reading.actor) == {}


@pytest.mark.parametrize(
    ("path", "sent", "status"),
    [
        ("memahami-kebutuhan/cek/bp-cek-02/", {}, 422),
        ("memahami-kebutuhan/cek/bp-cek-02/", {"pilihan": "zz", "percobaan": "99999999"}, 422),
        ("memahami-kebutuhan/cek/bp-cek-02/", {"pilihan": "a" * 30_000}, 422),
        ("memahami-kebutuhan/cek/bp-001/", {"pilihan": "a"}, 404),
        ("memahami-kebutuhan/cek/tidak-ada/", {"pilihan": "a"}, 404),
        ("tidak-ada/cek/bp-cek-02/", {"pilihan": "a"}, 404),
        ("adegan-bersalin/adegan/bersalin-pukul-dua/", {}, 422),
        ("adegan-bersalin/adegan/bersalin-pukul-dua/", {"langkah": "1", "pilihan": "zz"}, 422),
        ("adegan-bersalin/adegan/bersalin-pukul-dua/", {"langkah": "7", "pilihan": "a"}, 422),
        ("adegan-bersalin/adegan/bersalin-pukul-dua/", {"langkah": "-1", "pilihan": "\x00"}, 422),
        ("adegan-bersalin/adegan/tidak-ada/", {"langkah": "1", "pilihan": "a"}, 404),
        ("adegan-bersalin/adegan/tidak-ada/ulang/", {}, 404),
        ("komitmen/tulis/tidak-ada/", {"text": "halo"}, 404),
    ],
)
def test_bad_input_is_refused_in_words(reading: Desk, path: str, sent: dict[str, str], status: int) -> None:
    response = reading.client.post(f"{reading.home}{BP}{path}", sent)
    assert response.status_code == status
    assert "<html" in html_of(response)
    kept = learning.study(reading.enrolment, by=reading.actor).progress.pages
    assert kept == {}


def test_step_already_decided_otherwise_is_told(reading: Desk) -> None:
    scene = story.course().scenes["bersalin-pukul-dua"]
    url = f"{reading.home}{BP}adegan-bersalin/adegan/{scene.key}/"
    first, second = (choice.key for choice in scene.nodes[scene.start].choices[:2])
    reading.client.post(url, {"langkah": "1", "pilihan": first})
    response = reading.client.post(url, {"langkah": "1", "pilihan": second})
    assert response.status_code == 409
    assert "sudah Anda putuskan" in html_of(response)


def test_sheet_for_paper_holds_the_job_aid_alone(reading: Desk) -> None:
    html = html_of(reading.client.get(f"{reading.home}{BP}lembar-kerja/lembar/"))
    assert "data-cetak" in html
    assert "cara memakainya" not in html


def test_feedback_with_gaps_keeps_what_was_given(reading: Desk) -> None:
    story.read_all(reading.actor, reading.enrolment)
    story.sit(reading.actor, reading.enrolment, "tes-akhir", right=18)
    url = f"{reading.home}umpan-balik/"
    for sent in ({"u1": "5", "u5": "Lebih sabar."}, {"u1": "9", "u5": "Lebih sabar."}, {"u5": "x" * 2001}):
        response = reading.client.post(url, sent)
        assert response.status_code == 422
        assert sent["u5"] in html_of(response)
        assert "Pilih salah satu angka 1 sampai 5." in html_of(response)
    assert learning.study(reading.enrolment, by=reading.actor).stage is learning.Stage.FEEDBACK


def test_feedback_before_its_turn_says_what_comes_first(reading: Desk) -> None:
    response = reading.client.get(f"{reading.home}umpan-balik/")
    assert response.status_code == 409
    html = html_of(response)
    assert "<title>Belum terbuka" in html
    assert "setelah Anda lulus Tes Akhir" in html
    assert f'href="{reading.home}materi/pendahuluan/' in html
