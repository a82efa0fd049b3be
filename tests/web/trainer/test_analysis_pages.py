"""The analysis of items on its pages and in the export: who sees it, what it tells, and what it keeps to itself."""

import random
import re
import secrets
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from teladan.instruments.drawing import draw
from teladan.instruments.enums import SittingState
from teladan.instruments.keysheet import sheet_of
from teladan.instruments.models import AnswerKey, Sitting
from teladan.instruments.scoring import score
from teladan.instruments.vector import fold, fold_seconds
from teladan.kernel import clock
from teladan.learning import api as learning
from teladan.learning.models import Enrolment, Progress
from teladan.learning.progress import Fact, to_json
from teladan.learning.progress import fold as told
from tests.learning import story

BACKEND = "teladan.accounts.backend.Backend"


def finished(enrolment: Enrolment, test: str, *, form: str, right: float, lot: random.Random) -> Fact:
    """A finished test, as the verbs leave it; `right`: the chance of each answer. The first option is wrong for those
    who miss."""
    course = story.course()
    sheet, spec, at = sheet_of(course), course.tests[test], clock.now() - timedelta(hours=1)
    AnswerKey.objects.get_or_create(
        digest=sheet.digest,
        defaults={"course_key": course.key, "course_version": course.version, "lines": sheet.to_json()},
    )
    questions = draw(blueprint=spec.blueprint, items=course.items.values(), form=form, seed=secrets.randbits(60))
    given = {}
    for q in questions:
        key = course.items[q.item].correct_key
        given[q.item] = key if lot.random() < right else next(o for o in q.options if o != key)
    vector = fold(sheet, shown=[q.item for q in questions], answers=given)
    Sitting.objects.create(
        agency_id=enrolment.agency_id, account_id=enrolment.account_id, context=enrolment.pk, course_key=course.key,
        course_version=course.version, test_key=test, title=spec.title, form=form, attempt=1, seed=1,
        answer_key_id=sheet.digest, questions=[[q.item, list(q.options)] for q in questions], pass_mark=spec.pass_mark,
        state=SittingState.FINISHED, started_at=at, deadline_at=at, finished_at=at, score=score(sheet, vector).points,
        maximum=len(questions), vector=vector, seconds=fold_seconds(sheet, {q.item: 20.0 for q in questions}),
    )  # fmt: skip
    return Fact(at=at, id=test, kind="tes", test=test, score=score(sheet, vector).points, maximum=len(questions))


@pytest.fixture
def class_of(agency: Any, make_account: Any) -> Callable[..., tuple[UUID, Client, list[Enrolment]]]:
    """`class_of(n)`: a cohort of n in which everybody has finished both tests, and its organiser's browser."""
    from teladan.access.api import Role
    from teladan.accounts import api as accounts
    from tests.web.world import cohort_of

    def make(n: int) -> tuple[UUID, Client, list[Enrolment]]:
        organiser = make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER])
        people = [make_account(f"Peserta {i}", agency=agency) for i in range(n)]
        lot = random.Random(5)
        with accounts.agency_scope(agency.id):
            cohort_id = cohort_of(accounts.actor_for(organiser), [p.id for p in people])
            mine = list(Enrolment.objects.filter(cohort_id=cohort_id).order_by("pk"))
            for number, enrolment in enumerate(mine):
                able = lot.uniform(0.2, 0.6)
                facts = [
                    finished(enrolment, learning.PRE_TEST, form="AB"[number % 2], right=able, lot=lot),
                    finished(enrolment, learning.POST_TEST, form="BA"[number % 2], right=able + 0.35, lot=lot),
                ]
                Progress.objects.filter(pk=enrolment.pk).update(state=to_json(told(facts)))
        client = Client()
        client.force_login(organiser, backend=BACKEND)
        return cohort_id, client, mine

    return make


Classes = Callable[..., tuple[UUID, Client, list[Enrolment]]]


def test_page_of_a_class_nobody_has_finished_says_what_comes(class_of: Classes) -> None:
    cohort_id, client, _mine = class_of(0)
    page = client.get(f"/pengampu/{cohort_id}/soal/").content.decode()
    assert "Analisis dimulai setelah 5 orang menyelesaikan sebuah tes" in page


def test_page_of_a_small_class_gives_no_figures(class_of: Classes) -> None:
    cohort_id, client, _mine = class_of(12)
    page = client.get(f"/pengampu/{cohort_id}/soal/").content.decode()
    assert "Ketelitian tes ditampilkan mulai 30 orang; sekarang 12." in page
    assert "Belum ada soal yang dijawab 30 orang." in page
    assert not re.search(r"<strong>\d+%</strong>", page)


def test_page_of_a_large_class_tells_items_with_figures_and_sources(class_of: Classes) -> None:
    cohort_id, client, _mine = class_of(64)
    page = client.get(f"/pengampu/{cohort_id}/soal/?tes=tes-awal&lihat=semua").content.decode()
    for words in ("Ketelitian Tes Awal", "Bentuk A", "Bentuk B", "Daya beda", "Terbawah", "(kunci)", "antara",
                  "Naik dari Tes Awal ke Tes Akhir", "Kuder dan Richardson 1937", "Versi kunci", "berakhlak 2026"):  # fmt: skip
        assert words in page, words
    assert re.search(r"<strong>\d+%</strong>", page)
    assert "Peserta 1" not in page


def test_page_counts_the_same_queries_for_any_class(class_of: Classes, django_assert_max_num_queries: Any) -> None:
    cohort_id, client, _mine = class_of(40)
    client.get(f"/pengampu/{cohort_id}/soal/")
    with django_assert_max_num_queries(14):
        client.get(f"/pengampu/{cohort_id}/soal/")


def test_nonsense_in_the_address_shows_the_first_page(class_of: Classes) -> None:
    cohort_id, client, _mine = class_of(31)
    for query in ("tes=x&lihat=y&hal=z", "hal=0", "hal=99", "tes=%00"):
        assert client.get(f"/pengampu/{cohort_id}/soal/?{query}").status_code == 200


def test_all_cohorts_of_a_version_are_for_organisers(class_of: Classes, agency: Any, make_account: Any) -> None:
    from teladan.access.api import Role
    from teladan.accounts import api as accounts

    cohort_id, client, _mine = class_of(8)
    version = story.course().version
    path = f"/pengampu/soal/berakhlak/{version}/"
    assert path in client.get(f"/pengampu/{cohort_id}/soal/").content.decode()
    assert client.get(path).status_code == 200
    assert client.get("/pengampu/soal/berakhlak/1999.1/").status_code == 404
    facilitator = make_account("Pengampu", agency=agency)
    accounts.grant_role(account_id=facilitator.id, role=Role.FACILITATOR, scope_id=cohort_id, by=None)
    theirs = Client()
    theirs.force_login(facilitator, backend=BACKEND)
    assert theirs.get(f"/pengampu/{cohort_id}/soal/").status_code == 200
    assert path not in theirs.get(f"/pengampu/{cohort_id}/soal/").content.decode()
    assert theirs.get(path).status_code == 404


@pytest.mark.parametrize(("role", "status"), [("AUDITOR", 200), ("OPERATOR", 404), ("PERSONNEL", 404)])
def test_who_may_see_the_analysis(
    role: str, status: int, class_of: Classes, agency: Any, other_agency: Any, make_account: Any
) -> None:
    from teladan.access.api import Role

    cohort_id, _client, _mine = class_of(6)
    path = f"/pengampu/soal/berakhlak/{story.course().version}/"
    for at, expected in ((agency, status), (other_agency, 404)):
        somebody = Client()
        somebody.force_login(make_account("Orang", agency=at, roles=[Role[role]]), backend=BACKEND)
        assert somebody.get(f"/pengampu/{cohort_id}/soal/").status_code == expected
        assert somebody.get(path).status_code == expected


def test_results_tell_how_many_changed_once_the_test_is_known_to_be_exact(class_of: Classes) -> None:
    cohort_id, client, _mine = class_of(40)
    before = client.get(f"/pengampu/{cohort_id}/hasil/").content.decode()
    assert "naik nyata" not in before.lower()
    assert "baru dapat dihitung setelah 30 orang" in before
    learning.refresh_all()
    after = client.get(f"/pengampu/{cohort_id}/hasil/").content.decode()
    counts = [int(n) for n in re.findall(r'hitungan-diam[^"]*"><strong>(\d+)</strong>', after)]
    assert len(counts) == 3
    assert sum(counts) == 40
    assert "Jacobson dan Truax 1991" in after


def test_participant_page_says_whether_the_change_is_real_and_why(class_of: Classes, agency: Any) -> None:
    _cohort, client, mine = class_of(40)
    path = f"/pengampu/peserta/{mine[0].pk}/"
    assert "baru dapat dikatakan setelah 30 orang" in client.get(path).content.decode()
    learning.refresh_all()
    page = client.get(path).content.decode()
    assert re.search("Naik nyata|Belum tentu berubah|Turun nyata", page)
    assert "masih dapat terjadi karena" in page
    assert "Versi kunci" in page


def test_own_result_page_says_whether_the_change_is_real(class_of: Classes, agency: Any) -> None:
    from teladan.accounts.models import Account

    _cohort, _client, mine = class_of(40)
    learning.refresh_all()
    own = Client()
    own.force_login(Account.objects.get(pk=mine[0].account_id), backend=BACKEND)
    page = own.get(f"/belajar/{mine[0].pk}/hasil/").content.decode()
    assert re.search("Naik nyata|Belum tentu berubah|Turun nyata", page)
    assert "Bagaimana ini dipastikan?" in page


def test_export_has_the_analysis(class_of: Classes) -> None:
    cohort_id, client, _mine = class_of(64)
    book = CalamineWorkbook.from_filelike(BytesIO(client.get(f"/pengampu/{cohort_id}/ekspor.xlsx").content))
    items, exactness = (book.get_sheet_by_name(name).to_python() for name in ("Soal", "Ketelitian"))
    rows = [dict(zip(items[0], row, strict=True)) for row in items[1:]]
    shown = [row for row in rows if row["Penjawab"] >= 30]
    hidden = [row for row in rows if row["Penjawab"] < 30]
    assert shown and hidden
    for row in shown:
        assert row["Batas bawah"] <= row["Persen benar"] <= row["Batas atas"]
        assert sum(row[f"Memilih {x} (persen)"] or 0 for x in "ABCD") == pytest.approx(100, abs=0.3)
        assert row["Kunci"][1:3] == ". " and len(row["Soal"]) > 20
    for row in hidden:
        assert (row["Persen benar"], row["Daya beda"], row["Memilih A (persen)"]) == ("", "", "")
        assert row["Catatan"].startswith(("Belum 30 orang menjawab.", "Periksa kunci"))
    forms = [(row[0], row[1], row[2]) for row in exactness[1:]]
    assert forms[:3] == [("Tes Awal", "Seluruhnya", 64), ("Tes Awal", "A", 32), ("Tes Awal", "B", 32)]
