"""What the participant's agency adds is read in the player, marked as local, and counts for nothing."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from teladan.access.api import Actor
from teladan.accounts.models import Agency
from teladan.learning import api as learning
from tests.learning.story import sit

pytestmark = pytest.mark.django_db
CHAPTER = "berorientasi-pelayanan"


@pytest.fixture
def local(agency: Any, enrolment: UUID, member: Actor) -> UUID:
    """The member's enrolment after the first test, in the sample agency with its additions."""
    Agency.objects.filter(pk=agency.id).update(slug="teluk-lestari")
    sit(member, enrolment, learning.PRE_TEST, right=5)
    return enrolment


@pytest.fixture
def signed_in(client: Client, member: Actor, local: UUID) -> Client:
    from teladan.accounts.models import Account

    client.force_login(Account.objects.get(pk=member.account_id), backend="teladan.accounts.backend.Backend")
    return client


def get(client: Client, enrolment: UUID, page: str = "") -> str:
    response = client.get(f"/belajar/{enrolment}/materi/{CHAPTER}/{page}")
    assert response.status_code == 200
    return response.content.decode()


def test_example_and_question_stand_on_their_page_and_say_whose_they_are(signed_in: Client, local: UUID) -> None:
    page = get(signed_in, local, "memahami-kebutuhan/")
    assert "Contoh dari instansi Anda" in page
    assert page.index("Hari perahu di Hulu Selimau") > page.index("kepala-halaman")
    assert "Bahan diskusi dari instansi Anda" in get(signed_in, local, "pengaduan/")
    assert "dari instansi Anda" not in get(signed_in, local, "dua-belas-asas/")
    assert "dari instansi Anda, tidak dihitung" in get(signed_in, local)


def test_local_page_is_on_the_way_and_leaves_no_trace(signed_in: Client, local: UUID, member: Actor) -> None:
    at = f"/belajar/{local}/materi/{CHAPTER}/"
    before = signed_in.post(f"{at}pengaduan/")
    assert before["Location"] == f"{at}lokal-saluran-kabupaten/"
    page = get(signed_in, local, "lokal-saluran-kabupaten/")
    assert "Halaman dari instansi Anda" in page
    progress = learning.study(local, by=member).progress
    after = signed_in.post(f"{at}lokal-saluran-kabupaten/")
    assert after["Location"] == f"{at}data-warga/"
    assert learning.study(local, by=member).progress == progress
    signed_in.post(f"{at}lokal-saluran-kabupaten/", {"keluar": "1"})
    place = learning.study(local, by=member).progress.place
    assert place == (CHAPTER, "pengaduan")


def test_chapter_is_complete_without_local_pages(local: UUID, member: Actor) -> None:
    study = learning.study(local, by=member)
    chapter = study.course.chapter(CHAPTER)
    assert chapter.local_pages
    for page in chapter.pages:
        learning.read_page(enrolment_id=local, chapter=CHAPTER, page=page.slug, by=member)
    found = learning.study(local, by=member)
    assert CHAPTER in found.progress.chapters_done
    [card] = [card for card in learning.chapter_cards(found.course, found.progress) if card.chapter.key == CHAPTER]
    assert (card.done, card.total) == (len(chapter.pages), len(chapter.pages))


def test_another_agency_and_the_public_read_none_of_it(
    client: Client, enrolment: UUID, member: Actor, make_person: Callable[..., Any]
) -> None:
    sit(member, enrolment, learning.PRE_TEST, right=5)
    assert not learning.study(enrolment, by=member).course.chapter(CHAPTER).local_pages
    assert "Hulu Selimau" not in client.get(f"/baca/berakhlak/{CHAPTER}/memahami-kebutuhan/").content.decode()
    assert client.get(f"/baca/berakhlak/{CHAPTER}/lokal-saluran-kabupaten/").status_code == 404
