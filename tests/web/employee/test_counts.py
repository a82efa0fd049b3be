"""How many queries a page costs: literal, with one and with three rows."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from teladan.access.api import Actor
from teladan.desk import api as desk
from teladan.instruments import api as instruments
from teladan.learning import api as learning
from tests.learning import story
from tests.web.employee.conftest import Desk

PAGE = "materi/berorientasi-pelayanan/"


@pytest.fixture(autouse=True)
def warm(reading: Desk) -> None:
    """Packs and templates are read once per process."""
    for path in ("/tugas/", f"{reading.home}{PAGE}memahami-kebutuhan/", f"{reading.home}{PAGE}adegan-bersalin/"):
        reading.client.get(path)


@pytest.mark.parametrize(
    ("path", "count"),
    [
        ("/tugas/", 13),
        ("/belajar/", 5),
        ("/jp/", 10),
        ("", 7),
        ("materi/berorientasi-pelayanan/", 4),
        ("tes/tes-akhir/", 5),
        ("hasil/", 7),
        (f"{PAGE}empat-kali-datang/", 4),  # text only
        (f"{PAGE}memahami-kebutuhan/", 5),  # a self-check
        (f"{PAGE}ramah-cekatan-solutif-andal/", 6),  # a self-check and a reflection
        (f"{PAGE}terlihat-tidak-terlihat/", 8),  # job families, one's own first
        (f"{PAGE}adegan-bersalin/", 5),  # a scene not begun
        (f"{PAGE}kasus-loket-tutup/", 5),  # an analysis
    ],
)
def test_page_costs_so_many_queries(
    reading: Desk, django_assert_num_queries: DjangoAssertNumQueries, path: str, count: int
) -> None:
    url = path if path.startswith("/") else reading.home + path
    with django_assert_num_queries(count):
        assert reading.client.get(url).status_code == 200


def test_scene_under_way_stays_within_the_target(
    reading: Desk, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scene = story.course().scenes["bersalin-pukul-dua"]
    first = scene.nodes[scene.start].choices[0].key
    learning.choose_in_scene(enrolment_id=reading.enrolment, scene=scene.key, step=1, choice=first, by=reading.actor)
    with django_assert_num_queries(8):
        reading.client.get(f"{reading.home}{PAGE}adegan-bersalin/")


def test_desk_with_three_of_everything_costs_as_much_as_with_one(
    reading: Desk, organiser: Actor, agency: Any, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2):
        story.open_class(organiser, [reading.actor], title=f"Angkatan {number}")
        desk.notify(
            agency_id=agency.id, account_id=reading.actor.account_id, source=f"n{number}", title="Kabar", text="Isi",
            url="/belajar/",
        )  # fmt: skip
    with django_assert_num_queries(13):
        assert "Tiga hal menunggu Anda." in reading.client.get("/tugas/").content.decode()
    with django_assert_num_queries(5):
        reading.client.get("/belajar/")


def test_pages_are_light(reading: Desk) -> None:
    import gzip

    for chapter in story.course().chapters:
        for page in chapter.pages:
            body = reading.client.get(f"{reading.home}materi/{chapter.key}/{page.slug}/").content
            assert len(gzip.compress(body, 6)) < 9_000, page.slug


@pytest.fixture
def sitting(
    siti: Desk, make_person: Callable[..., Any], agency: Any, organiser: Actor, sign_in: Any
) -> tuple[Any, Any]:
    """Another participant's open test, and their browser."""
    from teladan.accounts.api import actor_for

    person = make_person("Yohana Bere", agency=agency, nip="199001012022032099")
    actor = actor_for(person.account)
    story.open_class(organiser, [actor], title="Angkatan Lain")
    card = learning.begin_test(enrolment_id=story.enrolment_of(actor), test="tes-awal", by=actor)
    view = instruments.sitting_for(card.id, by=actor)
    return view, sign_in(person.account)


def test_one_answer_costs_a_read_and_a_write(
    sitting: tuple[Any, Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    view, client = sitting
    data = {"nomor": 1, "pilihan": view.questions[0].options[0][0], "revisi": 1}
    # session, account, agency, grants; the sitting; savepoint, the answer, release (in production: begin and commit)
    with django_assert_num_queries(6):
        response = client.post(f"/tes/{view.id}/jawab/", data, headers={"accept": "application/json"})
    assert response.status_code == 200
