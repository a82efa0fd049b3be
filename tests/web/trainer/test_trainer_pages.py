"""Facilitators' pages: live, results, path, reminder, extension, export; and who may not."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from teladan.kernel import clock

BACKEND = "teladan.accounts.backend.Backend"


@pytest.fixture
def cohort(agency: Any, make_account: Any, make_person: Any) -> Any:
    """(organiser's client, facilitator's client, cohort id, enrolment id, participant)."""
    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from teladan.learning import api as learning
    from tests.web.world import cohort_of

    organiser = make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER])
    facilitator = make_account("Pengampu", agency=agency)
    people = [make_person(f"Peserta {n}", agency=agency, unit="pkm") for n in range(3)]
    cohort_id = cohort_of(accounts.actor_for(organiser), [p.account_id for p in people])
    accounts.grant_role(account_id=facilitator.id, role=Role.FACILITATOR, scope_id=cohort_id, by=None)
    study = learning.studies_visible_to(accounts.actor_for(people[0].account))[0]
    clients = [Client(), Client()]
    clients[0].force_login(organiser, backend=BACKEND)
    clients[1].force_login(facilitator, backend=BACKEND)
    return clients[0], clients[1], cohort_id, study.enrolment_id, people[0]


def test_live_page_lists_participants_with_their_standing(cohort: Any) -> None:
    _organiser, client, cohort_id, _enrolment, _person = cohort
    page = client.get(f"/pengampu/{cohort_id}/").content.decode()
    assert "Peserta 0" in page
    assert "Belum membuka apa pun." in page


def test_live_page_filters_by_standing_and_name(cohort: Any) -> None:
    _organiser, client, cohort_id, _enrolment, _person = cohort
    page = client.get(f"/pengampu/{cohort_id}/?keadaan=selesai").content.decode()
    assert "Tidak ada peserta yang cocok." in page
    page = client.get(f"/pengampu/{cohort_id}/?cari=peserta+1").content.decode()
    assert "Peserta 1" in page
    assert "Peserta 2" not in page


def test_live_part_for_refreshing_is_only_the_list(cohort: Any) -> None:
    _organiser, client, cohort_id, _enrolment, _person = cohort
    part = client.get(f"/pengampu/{cohort_id}/", headers={"HX-Request": "true", "HX-Target": "peserta"})
    assert b"<html" not in part.content
    assert b"Peserta 0" in part.content


@pytest.mark.parametrize("people", [1, 3])
def test_live_page_costs_the_same_for_few_and_many(
    people: int, agency: Any, make_account: Any, make_person: Any, django_assert_num_queries: Any
) -> None:
    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from tests.web.world import cohort_of

    organiser = make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER])
    ids = [make_person(f"Orang {n}", agency=agency, unit="pkm").account_id for n in range(people)]
    cohort_id = cohort_of(accounts.actor_for(organiser), ids)
    client = Client()
    client.force_login(organiser, backend=BACKEND)
    with django_assert_num_queries(15):
        client.get(f"/pengampu/{cohort_id}/")


def test_results_page_hides_figures_of_small_groups(cohort: Any) -> None:
    _organiser, client, cohort_id, _enrolment, _person = cohort
    page = client.get(f"/pengampu/{cohort_id}/hasil/").content.decode()
    assert "Kemajuan kelas ditampilkan bila sedikitnya 5 orang" in page


def test_reminder_reaches_the_desk_once_a_day(cohort: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.desk import api as desk

    _organiser, client, cohort_id, enrolment, person = cohort
    for _twice in range(2):
        answer = client.post(f"/pengampu/{cohort_id}/ingatkan/", {"text": "Ayo lanjut", "to": [str(enrolment)]})
        assert answer.status_code == 302
    notices = desk.notices_visible_to(accounts.actor_for(person.account))
    assert [n.text for n in notices].count("Ayo lanjut") == 1
    page = client.get(f"/pengampu/{cohort_id}/").content.decode()
    assert "0 pengingat terkirim. 1 peserta sudah diingatkan hari ini" in page
    assert "diingatkan hari ini</span>" in page


def test_reminder_without_text_keeps_the_choice_and_says_what_is_missing(cohort: Any) -> None:
    _organiser, client, cohort_id, enrolment, _person = cohort
    answer = client.post(f"/pengampu/{cohort_id}/ingatkan/", {"text": " ", "to": [str(enrolment)]})
    assert answer.status_code == 422
    assert f'value="{enrolment}" checked' in answer.content.decode()


def test_reminder_to_nobody_says_whom_to_choose(cohort: Any) -> None:
    _organiser, client, cohort_id, _enrolment, _person = cohort
    answer = client.post(f"/pengampu/{cohort_id}/ingatkan/", {"text": "Ayo lanjut"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert '<a href="#id_to">Kepada</a>: Centang sedikitnya satu peserta yang diingatkan.' in page
    assert "Ayo lanjut" in page


def test_auditor_is_offered_no_reminder_and_told_so(cohort: Any, agency: Any, make_account: Any) -> None:
    from teladan.access.api import Role

    client = Client()
    client.force_login(make_account("Pemeriksa", agency=agency, roles=[Role.AUDITOR]), backend=BACKEND)
    path = f"/pengampu/{cohort[2]}/"
    assert f"{path}ingatkan/" not in client.get(path).content.decode()
    for answer in (client.get(f"{path}ingatkan/"), client.post(f"{path}ingatkan/", {"text": "Hai"})):
        assert answer.status_code == 403
        assert "hanya melihat" in answer.content.decode()


def test_who_has_not_begun_is_found_as_such_also_when_they_need_a_word(cohort: Any) -> None:
    _organiser, client, cohort_id, _enrolment, _person = cohort
    with clock.at(clock.now() + timedelta(days=5)):
        page = client.get(f"/pengampu/{cohort_id}/?keadaan=belum-mulai")
        export = client.get(f"/pengampu/{cohort_id}/ekspor.xlsx").content
    counts = {key: n for key, _label, n in page.context["counts"]}
    assert (counts["macet"], counts["belum-mulai"]) == (3, 3)
    assert len(page.context["page"].object_list) == 3
    assert "ikut dihitung pula pada" in page.content.decode()
    head, *rows = CalamineWorkbook.from_filelike(BytesIO(export)).get_sheet_by_index(0).to_python()
    assert [row[head.index("Sudah mulai")] for row in rows] == ["belum"] * 3


def test_path_tells_the_choices_of_a_scene_in_words_and_no_word_twice(cohort: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.learning import api as learning
    from tests.learning import story

    _organiser, client, _cohort, enrolment, person = cohort
    by, scene = accounts.actor_for(person.account), story.course().scenes["bersalin-pukul-dua"]
    story.sit(by, enrolment, learning.PRE_TEST, right=3)
    story.read_all(by, enrolment, chapters=1)
    node, words = scene.nodes[scene.start], []
    with clock.at(clock.now()):  # all at one moment: their order is that of the steps
        while node.choices:
            choice = node.choices[-1]
            words.append(learning.plain(choice.text))
            learning.choose_in_scene(enrolment_id=enrolment, scene=scene.key, step=len(words), choice=choice.key, by=by)
            node = scene.nodes[choice.goto]
    page = client.get(f"/pengampu/peserta/{enrolment}/")
    steps = [step for day in page.context["days"] for step in day.steps]
    assert [step.choices for step in steps if step.choices] == [tuple(words)]
    assert f"{len(words)} pilihan" in page.content.decode()
    assert page.context["row"].hasty == ("Pendahuluan",)
    assert "Dibaca sangat cepat: Pendahuluan" in page.content.decode()
    assert "dibaca sangat cepat" in client.get(f"/pengampu/{cohort[2]}/").content.decode()
    (done,) = [step for step in steps if step.text.startswith("Menyelesaikan Pendahuluan")]
    assert done.detail == ""


def test_extension_moves_the_due_date_with_its_reason(cohort: Any) -> None:
    from teladan.learning.models import Enrolment

    _organiser, client, _cohort, enrolment, _person = cohort
    day = (clock.now() + timedelta(days=60)).date().isoformat()
    answer = client.post(f"/pengampu/peserta/{enrolment}/perpanjang/", {"due_on": day, "reason": "Cuti melahirkan"})
    assert answer.status_code == 302
    assert Enrolment.objects.get(pk=enrolment).due_reason == "Cuti melahirkan"


def test_extension_into_the_past_is_refused_beside_the_field(cohort: Any) -> None:
    _organiser, client, _cohort, enrolment, _person = cohort
    answer = client.post(f"/pengampu/peserta/{enrolment}/perpanjang/", {"due_on": "2020-01-01", "reason": "x"})
    assert answer.status_code == 422
    assert "Batas baru harus setelah penutupan angkatan" in answer.content.decode()


def test_extension_with_a_slip_in_the_year_is_refused_and_can_be_corrected(cohort: Any) -> None:
    _organiser, client, _cohort, enrolment, _person = cohort
    path = f"/pengampu/peserta/{enrolment}/perpanjang/"
    slip = client.post(path, {"due_on": "9999-12-31", "reason": "Salah ketik"})
    assert slip.status_code == 422
    assert "Periksa tahunnya" in slip.content.decode()
    far, near = ((clock.now() + timedelta(days=days)).date().isoformat() for days in (60, 40))
    assert client.post(path, {"due_on": far, "reason": "Cuti"}).status_code == 302
    shorter = client.post(path, {"due_on": near, "reason": "Cuti"})
    assert shorter.status_code == 422
    assert "setelah batas yang berlaku sekarang" in shorter.content.decode()
    corrected = client.post(path, {"due_on": near, "reason": "Salah bulan", "is_correction": "on"})
    assert corrected.status_code == 302


def test_export_is_a_workbook_with_everybody(cohort: Any) -> None:
    _organiser, client, cohort_id, _enrolment, _person = cohort
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/pengampu/{cohort_id}/ekspor.xlsx").content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows[1:]] == ["Peserta 0", "Peserta 1", "Peserta 2"]


def test_export_has_figures_and_dates(failed: Any) -> None:
    from tests.learning import story

    _organiser, client, cohort_id, _enrolment, _person = failed
    answer = client.get(f"/pengampu/{cohort_id}/ekspor.xlsx")
    assert 'filename="peserta-angkatan-uji.xlsx"' in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(BytesIO(answer.content))
    assert book.sheet_names == ["Peserta", "Materi", "Soal", "Ketelitian", "Diskusi"]
    people, chapters, items, exactness, _quotes = (
        book.get_sheet_by_name(name).to_python() for name in book.sheet_names
    )
    row = dict(zip(people[0], people[1], strict=True))
    pages = sum(len(chapter.pages) for chapter in story.course().chapters)
    assert (row["Keadaan"], row["Halaman dibaca"]) == ("Perlu disapa", pages)
    assert hasattr(row["Batas waktu"], "year")
    assert len(chapters[0]) == 2 + len([chapter for chapter in story.course().chapters if chapter.pages])
    assert (len(items), len(exactness)) == (1, 1)  # one test: nothing is told about its items


def test_facilitator_of_one_cohort_cannot_open_another(cohort: Any, agency: Any, make_person: Any) -> None:
    from teladan.accounts import api as accounts
    from teladan.accounts.models import Account
    from tests.web.world import cohort_of

    organiser_client, client, _cohort, _enrolment, _person = cohort
    organiser = Account.objects.get(name="Penyelenggara")
    other = cohort_of(accounts.actor_for(organiser), [make_person("Lain", agency=agency, unit="pkm").account_id])
    assert client.get(f"/pengampu/{other}/").status_code == 404
    assert organiser_client.get(f"/pengampu/{other}/").status_code == 200
    assert client.get("/pengampu/baru/").status_code == 403


def test_organiser_opens_a_cohort_for_units_and_decides_about_those_who_study_already(cohort: Any) -> None:
    from teladan.learning.models import Cohort, Enrolment
    from teladan.people.models import Unit

    organiser, _client, _cohort, _enrolment, _person = cohort
    unit = Unit.objects.get(code="pkm")
    today = clock.now().date()
    typed = {
        "course": "berakhlak",
        "title": "Angkatan Baru",
        "opens_on": today.isoformat(),
        "closes_on": (today + timedelta(days=30)).isoformat(),
        "attempts": "2",
        "units": [str(unit.pk)],
    }
    asked = organiser.post("/pengampu/baru/", typed)
    assert asked.status_code == 422
    assert "3 orang sudah mengikuti angkatan lain dari modul ini: Angkatan Uji." in asked.content.decode()
    for _twice in range(2):
        answer = organiser.post("/pengampu/baru/", {**typed, "others": "sertakan", "kunci": "satu"})
        assert answer.status_code == 302, answer.content.decode()[:3000]
    assert Enrolment.objects.filter(cohort=Cohort.objects.get(title="Angkatan Baru")).count() == 3


def test_organiser_with_dates_turned_round_is_told_at_the_field(cohort: Any) -> None:
    organiser = cohort[0]
    answer = organiser.post("/pengampu/baru/", {"title": "X", "opens_on": "2026-12-01", "closes_on": "2026-11-01"})
    assert answer.status_code == 422
    assert "Tanggal selesai harus setelah tanggal mulai." in answer.content.decode()


def test_new_cohort_labels_its_days_as_dates(cohort: Any) -> None:
    page = cohort[0].get("/pengampu/baru/").content.decode()
    assert "Tanggal mulai" in page
    assert "Tanggal selesai" in page


@pytest.fixture
def crowd(agency: Any, make_account: Any, make_person: Any) -> tuple[Client, Any]:
    """An organiser's browser and a cohort of 23."""
    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from tests.web.world import cohort_of

    organiser = make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER])
    people = [make_person(f"Peserta {n:02}", agency=agency, unit="pkm") for n in range(23)]
    cohort_id = cohort_of(accounts.actor_for(organiser), [p.account_id for p in people])
    client = Client()
    client.force_login(organiser, backend=BACKEND)
    return client, cohort_id


def test_live_page_has_pages_that_keep_the_filter(crowd: Any) -> None:
    client, cohort_id = crowd
    first = client.get(f"/pengampu/{cohort_id}/?keadaan=belum-mulai&cari=peserta")
    page = first.content.decode()
    assert "Peserta 19" in page
    assert "Peserta 20" not in page
    assert "?keadaan=belum-mulai&amp;cari=peserta&amp;hal=2" in page
    assert "23 dari 23 peserta cocok" in page
    second = client.get(f"/pengampu/{cohort_id}/?keadaan=belum-mulai&cari=peserta&hal=2").content.decode()
    assert "Peserta 20" in second
    assert "Peserta 19" not in second


def test_live_page_refreshes_the_part_it_shows(crowd: Any) -> None:
    client, cohort_id = crowd
    path = f"/pengampu/{cohort_id}/?keadaan=belum-mulai&hal=2"
    assert f'hx-get="{path.replace("&", "&amp;")}"' in client.get(path).content.decode()
    part = client.get(path, headers={"HX-Request": "true", "HX-Target": "peserta"}).content.decode()
    assert "Peserta 22" in part
    assert "Peserta 01" not in part
    assert "hal=1" in part


@pytest.mark.parametrize("query", ["hal=99", "hal=x", "hal=-1", "keadaan=aneh&hal=2"])
def test_live_page_with_nonsense_still_shows_people(query: str, crowd: Any) -> None:
    client, cohort_id = crowd
    answer = client.get(f"/pengampu/{cohort_id}/?{query}")
    assert answer.status_code == 200
    assert "Peserta " in answer.content.decode()


def test_live_page_puts_those_who_need_a_word_first(cohort: Any) -> None:
    from teladan.learning.models import Enrolment

    _organiser, client, cohort_id, enrolment, _person = cohort
    Enrolment.objects.exclude(pk=enrolment).update(due_at=clock.now() - timedelta(hours=1))
    rows = client.get(f"/pengampu/{cohort_id}/").context["page"].object_list
    assert [row.standing for row in rows] == ["lewat", "lewat", "belum-mulai"]


# One more attempt


@pytest.fixture
def failed(cohort: Any) -> Any:
    """The cohort; its first participant has used up both attempts."""
    from teladan.accounts import api as accounts
    from teladan.learning import api as learning
    from tests.learning import story

    enrolment, by = cohort[3], accounts.actor_for(cohort[4].account)
    story.sit(by, enrolment, learning.PRE_TEST, right=3)
    story.read_all(by, enrolment)
    for _attempt in range(2):
        story.sit(by, enrolment, learning.POST_TEST, right=4)
    return cohort


def test_facilitator_gives_one_more_attempt_once_for_each_form(failed: Any) -> None:
    _organiser, client, _cohort, enrolment, _person = failed
    page = client.get(f"/pengampu/peserta/{enrolment}/").content.decode()
    assert "2 dari 2 kesempatan sudah terpakai." in page
    assert "Beri satu kesempatan lagi" in page
    for _twice in range(2):
        answer = client.post(
            f"/pengampu/peserta/{enrolment}/kesempatan/", {"tes-reason": "Listrik padam", "kunci": "satu"}
        )
        assert answer.status_code == 302
    page = client.get(f"/pengampu/peserta/{enrolment}/").content.decode()
    assert "2 dari 3 kesempatan sudah terpakai." in page
    assert "oleh Pengampu" in page
    assert "Alasan: Listrik padam" in page
    assert "Beri satu kesempatan lagi" not in page
    again = client.post(f"/pengampu/peserta/{enrolment}/kesempatan/", {"tes-reason": "Lagi", "kunci": "dua"})
    assert again.status_code == 409
    assert "masih mempunyai 1 kesempatan" in again.content.decode()


def test_attempt_without_a_reason_is_refused_beside_the_field(failed: Any) -> None:
    _organiser, client, _cohort, enrolment, _person = failed
    answer = client.post(f"/pengampu/peserta/{enrolment}/kesempatan/", {"tes-reason": " "})
    assert answer.status_code == 422
    assert "reason" in answer.context["attempt_form"].errors
    assert not answer.context["form"].errors


def test_attempt_not_needed_says_why_on_the_page_and_after_a_post(cohort: Any) -> None:
    _organiser, client, _cohort, enrolment, _person = cohort
    assert "belum sampai pada Tes Akhir" in client.get(f"/pengampu/peserta/{enrolment}/").content.decode()
    answer = client.post(f"/pengampu/peserta/{enrolment}/kesempatan/", {"tes-reason": "Coba"})
    assert answer.status_code == 409
    assert "Ingatkan peserta untuk menyelesaikan materinya dahulu." in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("auditor", 403), ("employee", 404), ("stranger", 404), ("nobody", 401)])
def test_attempt_by_others_changes_nothing(
    who: str, status: int, failed: Any, agency: Any, other_agency: Any, make_account: Any
) -> None:
    from teladan.access.api import Role
    from teladan.learning.models import Decision, Enrolment

    enrolment = failed[3]
    client = Client()
    if who != "nobody":
        home = other_agency if who == "stranger" else agency
        roles = {"auditor": [Role.AUDITOR], "stranger": [Role.ORGANISER]}.get(who, [])
        client.force_login(make_account(who, agency=home, roles=roles), backend=BACKEND)
    answer = client.post(f"/pengampu/peserta/{enrolment}/kesempatan/", {"tes-reason": "Coba"})
    assert answer.status_code == status
    assert Enrolment.objects.get(pk=enrolment).extra_attempts == 0
    assert not Decision.objects.exists()


def test_auditor_sees_the_attempts_without_a_form(failed: Any, agency: Any, make_account: Any) -> None:
    from teladan.access.api import Role

    client = Client()
    client.force_login(make_account("Pemeriksa", agency=agency, roles=[Role.AUDITOR]), backend=BACKEND)
    page = client.get(f"/pengampu/peserta/{failed[3]}/").content.decode()
    assert "2 dari 2 kesempatan sudah terpakai." in page
    assert "Beri satu kesempatan lagi" not in page


def test_those_who_need_a_word_stand_on_the_facilitators_desk(failed: Any) -> None:
    _organiser, client, cohort_id, _enrolment, person = failed
    wanted = f'<a href="/pengampu/{cohort_id}/ingatkan/">Angkatan Uji: 1 peserta perlu disapa</a>'
    assert wanted in client.get("/tugas/").content.decode()
    own = Client()
    own.force_login(person.account, backend=BACKEND)
    assert "perlu disapa" not in own.get("/tugas/").content.decode()


def _of_a_class() -> list[Any]:
    from tests.web.test_routes import routes

    return [route for route in routes() if route.params & {"cohort_id"} or route.name.startswith("trainer:")]


@pytest.mark.parametrize("role", ["operator", "kepegawaian", "fasilitator", "pegawai"])
def test_nobody_sees_a_class_by_another_work_of_theirs(role: str, failed: Any, agency: Any, make_account: Any) -> None:
    """Whoever runs accounts or the register, or facilitates another class, learns nothing of this one."""
    from uuid import uuid4

    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from tests.learning import story
    from tests.web.test_routes import address

    _organiser, _client, cohort_id, enrolment_id, person = failed
    account = make_account("Orang Tugas Lain", agency=agency)
    if role == Role.FACILITATOR:
        accounts.grant_role(account_id=account.id, role=Role.FACILITATOR, scope_id=uuid4(), by=None)
    elif role != Role.EMPLOYEE:
        accounts.grant_role(account_id=account.id, role=Role(role), by=None)
    client = Client()
    client.force_login(account, backend=BACKEND)
    ids = {
        "cohort_id": cohort_id,
        "enrolment_id": enrolment_id,
        "grant_id": uuid4(),
        "waiting_id": uuid4(),
        "rule_id": uuid4(),
        "course_key": story.COURSE,
        "course_version": story.course().version,
        "chapter": story.course().chapters[0].key,
        "page": story.course().chapters[0].pages[0].slug,
        "scene": next(iter(story.course().scenes)),
        "entry_id": uuid4(),
        "clip_id": uuid4(),
    }
    for route in _of_a_class():
        for answer in (client.get(address(route, ids)), client.post(address(route, ids))):
            assert person.name not in answer.content.decode(errors="replace"), route.name
            assert answer.status_code in ({403, 404, 405} if route.params else {200, 403, 404, 405}), route.name


def test_a_new_cohort_takes_one_of_the_courses_that_are_out(cohort: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from teladan.rulebook.api import rulebook
    from tests.learning import story

    shipped = story.course()
    courses = [replace(shipped, key="kedua", title="Modul Kedua"), shipped, replace(shipped, key="draf", digest="")]
    monkeypatch.setattr(type(rulebook()), "courses", lambda _self: courses)
    organiser = cohort[0]
    page = organiser.get("/pengampu/baru/").content.decode()
    assert "Modul Kedua" in page
    assert 'value="draf"' not in page
    typed = {"title": "Angkatan Baru", "opens_on": "2030-01-07", "closes_on": "2030-02-07", "attempts": "2"}
    assert "Pilih modulnya." in organiser.post("/pengampu/baru/", typed).content.decode()
    assert organiser.post("/pengampu/baru/", {**typed, "course": "draf"}).status_code == 422
