"""A test on its pages: saving by script and by form, time, handing in."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.learning import api as learning
from tests.learning import story
from tests.web.employee.conftest import Desk

JSON = {"accept": "application/json"}


@pytest.fixture
def test_url(siti: Desk) -> str:
    """The address of Siti's open first test."""
    card = learning.begin_test(enrolment_id=siti.enrolment, test="tes-awal", by=siti.actor)
    return f"/tes/{card.id}/"


def view_of(siti: Desk, url: str) -> instruments.SittingView:
    return instruments.sitting_for(url.split("/")[2], by=siti.actor)  # type: ignore[arg-type]  # a UUID's text


def option(siti: Desk, url: str, number: int, which: int = 0) -> str:
    return view_of(siti, url).questions[number - 1].options[which][0]


def test_script_gets_what_now_stands(siti: Desk, test_url: str) -> None:
    choice = option(siti, test_url, 3)
    sent = {"nomor": 3, "pilihan": choice, "revisi": 1}
    with clock.at(now := clock.now()):
        first = siti.client.post(f"{test_url}jawab/", sent, headers=JSON).json()
    local = now.astimezone(ZoneInfo("Asia/Makassar"))
    assert first.pop("at") == f"{local:%H.%M} WITA"  # the agency's clock, whatever the device's says
    assert first == {"number": 3, "choice": choice, "revision": 1, "answered_count": 1, "kept": True}
    repeated = siti.client.post(f"{test_url}jawab/", sent, headers=JSON)
    assert repeated.json()["kept"] is False
    other = siti.client.post(f"{test_url}jawab/", {**sent, "pilihan": option(siti, test_url, 3, 1)}, headers=JSON)
    assert (other.json()["choice"], other.json()["kept"]) == (choice, False)
    taken_back = siti.client.post(f"{test_url}jawab/", {"nomor": 3, "pilihan": "", "revisi": 2}, headers=JSON)
    assert (taken_back.json()["choice"], taken_back.json()["answered_count"]) == (None, 0)
    assert (taken_back.json()["revision"], taken_back.json()["kept"]) == (2, True)


def test_page_come_back_to_without_a_script_still_counts_as_the_newest(siti: Desk, test_url: str) -> None:
    before, after = option(siti, test_url, 1, 0), option(siti, test_url, 1, 1)
    old_page = {"nomor": 1, "revisi": 1, "ke": 2}
    for choice in (before, after):
        response = siti.client.post(f"{test_url}jawab/", {**old_page, "pilihan": choice})
        assert response["Location"] == f"{test_url}soal/2/"
    assert view_of(siti, test_url).questions[0].answered == after


@pytest.mark.parametrize(("button", "target"), [({"soal": "7"}, "soal/7/"), ({"soal": "periksa"}, "periksa/"),
                                                ({"ke": "periksa"}, "periksa/"), ({}, "")])  # fmt: skip
def test_any_button_keeps_the_choice_and_goes_where_it_says(
    siti: Desk, test_url: str, button: dict[str, str], target: str
) -> None:
    choice = option(siti, test_url, 2)
    response = siti.client.post(f"{test_url}jawab/", {"nomor": 2, "pilihan": choice, "revisi": 1, **button})
    assert response["Location"] == f"{test_url}{target}"
    assert view_of(siti, test_url).answered_count == 1


def test_leaving_goes_to_the_module_and_coming_back_to_the_first_gap(siti: Desk, test_url: str) -> None:
    sent = {"nomor": 1, "pilihan": option(siti, test_url, 1), "revisi": 1, "soal": "keluar"}
    assert siti.client.post(f"{test_url}jawab/", sent)["Location"] == siti.home
    assert siti.client.post(f"{test_url}jawab/", {"soal": "keluar"})["Location"] == siti.home  # from the look over
    assert "Tes Anda sedang berjalan" in siti.client.get(siti.home).content.decode()
    assert siti.client.get(test_url)["Location"] == f"{test_url}soal/2/"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"nomor": "1"},
        {"nomor": "satu", "pilihan": "a", "revisi": "1"},
        {"nomor": "-1", "pilihan": "a", "revisi": "1"},
        {"nomor": "99", "pilihan": "a", "revisi": "1"},
        {"nomor": "1", "pilihan": "zz", "revisi": "1"},
        {"nomor": "1", "pilihan": "\x00" * 9, "revisi": "1"},
        {"nomor": "1", "pilihan": "a" * 30_000, "revisi": "1"},
        {"nomor": "1", "pilihan": "a", "revisi": "9" * 40},
        {"nomor": "1", "pilihan": "a", "revisi": "1.5"},
        {"nomor": "١", "pilihan": "a", "revisi": "1"},
    ],
)
def test_bad_answers_are_refused_in_words_and_keep_nothing(siti: Desk, test_url: str, sent: dict[str, str]) -> None:
    response = siti.client.post(f"{test_url}jawab/", sent, headers=JSON)
    assert response.status_code == 422
    assert response.json()["message"].endswith(".")
    assert view_of(siti, test_url).answered_count == 0


def test_answers_by_others_are_not_found(
    siti: Desk, test_url: str, make_account: Any, agency: Any, other_agency: Any, sign_in: Callable[[Any], Client]
) -> None:
    sent = {"nomor": 1, "pilihan": "a", "revisi": 1}
    for place in (agency, other_agency):
        client = sign_in(make_account("Orang Lain", agency=place))
        for path in ("", "soal/1/", "periksa/"):
            assert client.get(test_url + path).status_code == 404
        for path, data in (("jawab/", sent), ("jawab/", {}), ("selesai/", {})):
            assert client.post(test_url + path, data).status_code == 404
        assert client.post(f"{test_url}jawab/", sent, headers=JSON).status_code == 404
    assert siti.client.get(f"/tes/{uuid4()}/").status_code == 404


def test_ended_session_tells_a_script_and_a_form_to_sign_in_and_come_back(test_url: str) -> None:
    sent = {"nomor": 1, "pilihan": "a", "revisi": 1}
    script = Client().post(f"{test_url}jawab/", sent, headers=JSON)
    assert (script.status_code, "Masuk" in script.json()["message"]) == (401, True)
    form = Client().post(f"{test_url}jawab/", sent, headers={"referer": f"http://testserver{test_url}soal/1/"})
    assert form.status_code == 401
    assert f'href="/masuk/?next={test_url}soal/1/"' in form.content.decode()


def test_forms_without_a_token_are_refused(siti: Desk, test_url: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = siti.client.cookies
    assert strict.post(f"{test_url}jawab/", {"nomor": 1}, headers=JSON).status_code == 403
    assert strict.post(f"{test_url}selesai/").status_code == 403


def test_question_shows_map_clock_and_what_is_saved(siti: Desk, test_url: str) -> None:
    choice = option(siti, test_url, 1)
    siti.client.post(f"{test_url}jawab/", {"nomor": 1, "pilihan": choice, "revisi": 1})
    html = siti.client.get(f"{test_url}soal/1/").content.decode()
    assert f'value="{choice}" checked' in html
    assert "data-hitung-mundur" in html
    assert html.count('name="soal"') == 20 + 2  # the map, look over, leave
    assert "Soal 1, terjawab" in html
    assert siti.client.get(f"{test_url}soal/21/").status_code == 404
    assert siti.client.get(f"{test_url}soal/0/").status_code == 404


def test_no_page_of_the_test_tells_the_key(siti: Desk, test_url: str) -> None:
    item = story.course().items[view_of(siti, test_url).questions[0].item_key]
    for path in ("soal/1/", "periksa/"):
        html = siti.client.get(test_url + path).content.decode()
        assert not any(o.rationale and o.rationale in html for o in item.options)
        assert item.key not in html


def test_look_over_lists_what_is_missing(siti: Desk, test_url: str) -> None:
    html = siti.client.get(f"{test_url}periksa/").content.decode()
    assert "20 soal belum dijawab." in html
    assert "Ke soal 1 yang masih kosong" in html


def test_handing_in_twice_gives_the_same_result(siti: Desk, test_url: str) -> None:
    for _ in range(2):
        response = siti.client.post(f"{test_url}selesai/")
        assert response["Location"] == f"{siti.home}hasil/"
    assert len(instruments.sittings_visible_to(siti.actor)) == 1
    late = siti.client.post(f"{test_url}jawab/", {"nomor": 1, "pilihan": "a", "revisi": 9}, headers=JSON)
    assert late.status_code in {409, 422}
    for path in ("", "soal/1/", "periksa/"):
        assert siti.client.get(test_url + path)["Location"] == f"{siti.home}hasil/"


@pytest.mark.parametrize("path", ["", "soal/3/", "periksa/"])
def test_time_over_hands_in_what_was_saved_and_says_so(siti: Desk, test_url: str, path: str) -> None:
    siti.client.post(f"{test_url}jawab/", {"nomor": 1, "pilihan": option(siti, test_url, 1), "revisi": 1})
    with clock.at(clock.now() + timedelta(minutes=31)):
        response = siti.client.get(test_url + path, follow=True)
        assert "Waktu tes sudah habis" in response.content.decode()
        assert learning.study(siti.enrolment, by=siti.actor).stage is learning.Stage.CHAPTERS


def test_clock_of_the_page_hands_in(siti: Desk, test_url: str) -> None:
    choice = option(siti, test_url, 4)
    sent = {"nomor": 4, "pilihan": choice, "revisi": 1, "waktu_habis": "1"}
    response = siti.client.post(f"{test_url}jawab/", sent)
    assert response["Location"] == f"{siti.home}hasil/"
    outcome = instruments.result_of(view_of(siti, test_url).id, by=siti.actor).per_item[3]
    assert outcome.chosen == choice


def test_beginning_again_comes_back_to_the_same_test(siti: Desk, test_url: str) -> None:
    assert siti.client.post(f"{siti.home}tes/tes-awal/")["Location"] == test_url
    siti.client.post(f"{test_url}selesai/")
    again = siti.client.post(f"{siti.home}tes/tes-awal/")
    assert again.status_code == 409
    assert "hanya sekali" in again.content.decode()


def test_script_that_goes_on_by_itself_gets_the_address_alone(siti: Desk, test_url: str) -> None:
    sent = {"nomor": 1, "pilihan": option(siti, test_url, 1), "ke": "2"}
    response = siti.client.post(f"{test_url}jawab/", sent, headers={"X-Next-Only": "1"})
    assert (response.status_code, response["X-Next"]) == (200, f"{test_url}soal/2/")
    assert "Location" not in response
    assert view_of(siti, test_url).questions[0].answered


def test_script_that_goes_on_after_the_session_ended_is_told_so(siti: Desk, test_url: str) -> None:
    response = Client().post(f"{test_url}jawab/", {"nomor": 1}, headers={"X-Next-Only": "1"})
    assert response.status_code == 401
    assert "X-Next" not in response


def test_test_of_somebody_else_leads_on_to_the_own_tasks(siti: Desk) -> None:
    page = siti.client.get(f"/tes/{uuid4()}/").content.decode()
    assert "Tes ini tidak ada atau bukan milik Anda." in page
    assert 'href="/tugas/"' in page


def test_final_test_used_up_and_passed_offers_no_further_attempt(siti: Desk) -> None:
    story.sit(siti.actor, siti.enrolment, learning.PRE_TEST, right=5)
    story.read_all(siti.actor, siti.enrolment)
    story.sit(siti.actor, siti.enrolment, learning.POST_TEST, right=2)
    desk = siti.client.get("/tugas/").content.decode()
    assert "Tes Akhir belum lulus. Sisa kesempatan: 1." in desk
    story.sit(siti.actor, siti.enrolment, learning.POST_TEST, right=18)
    page = siti.client.get(f"/belajar/{siti.enrolment}/tes/tes-akhir/").content.decode()
    assert "Anda sudah lulus Tes Akhir." in page and "Kesempatan terpakai: 2 dari 2." in page
    assert "ke-3" not in page and "Mulai sekarang" not in page
    result = siti.client.get(f"/belajar/{siti.enrolment}/hasil/").content.decode()
    assert result.index("Isi umpan balik") < result.index("Kemajuan Anda")
