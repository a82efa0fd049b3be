"""Every page of an employee meets its owner, a colleague, the organiser, somebody of another agency, and nobody."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.urls import resolve

from teladan.learning import paths
from tests.learning import story
from tests.web.employee.conftest import Desk

CHAPTER = "berorientasi-pelayanan"
OWN = ["/tugas/", "/belajar/", "/jp/"]
POSTS = [
    "materi/berorientasi-pelayanan/memahami-kebutuhan/",
    "materi/berorientasi-pelayanan/memahami-kebutuhan/cek/bp-cek-02/",
    "materi/berorientasi-pelayanan/adegan-bersalin/adegan/bersalin-pukul-dua/",
    "materi/berorientasi-pelayanan/adegan-bersalin/adegan/bersalin-pukul-dua/ulang/",
    "materi/berorientasi-pelayanan/komitmen/tulis/bp-komitmen/",
    "tes/tes-awal/",
    "umpan-balik/",
]


def pages(home: str) -> Iterator[str]:
    """Every page of an enrolment."""
    yield from (home, f"{home}materi/{CHAPTER}/", f"{home}tes/tes-awal/", f"{home}tes/tes-akhir/", f"{home}hasil/")
    yield f"{home}materi/akuntabel/"
    for chapter in story.course().chapters:
        yield from (f"{home}materi/{chapter.key}/{page.slug}/" for page in chapter.pages)
    yield f"{home}materi/{CHAPTER}/lembar-kerja/lembar/"


def test_owner_sees_every_page(finished: Desk) -> None:
    for path in [*OWN, *pages(finished.home), f"{finished.home}sertifikat.pdf"]:
        for ask in (finished.client.get, finished.client.head):
            response = ask(path)
            assert response.status_code == 200, path
            assert response["Cache-Control"] == "no-store", path


def test_others_are_told_that_there_is_nothing(
    finished: Desk, make_account: Any, agency: Any, other_agency: Any, sign_in: Callable[[Any], Client]
) -> None:
    from teladan.access.api import Role

    others = [
        make_account("Rekan Biasa", agency=agency),
        make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER, Role.AUDITOR]),
        make_account("Orang Lain", agency=other_agency, roles=[Role.ORGANISER, Role.OPERATOR]),
    ]
    for account in others:
        client = sign_in(account)
        for path in [*pages(finished.home), f"{finished.home}sertifikat.pdf", f"{finished.home}umpan-balik/"]:
            response = client.get(path)
            assert response.status_code == 404, f"{account.name} {path}"
            assert "Siti" not in response.content.decode()
        for path in POSTS:
            assert client.post(finished.home + path, {"text": "halo"}).status_code == 404, f"{account.name} {path}"
        for path in OWN:
            assert "Siti" not in client.get(path).content.decode(), path


def test_nobody_is_sent_to_sign_in(finished: Desk) -> None:
    client = Client()
    for path in [*OWN, *pages(finished.home), f"{finished.home}sertifikat.pdf"]:
        response = client.get(path)
        assert response.status_code == 302, path
        assert response["Location"].startswith("/masuk/?next=/"), path
    for path in POSTS:
        sent = client.post(finished.home + path, {"text": "halo semua"})
        assert sent.status_code == 401, path
        assert "Masuk lagi, lalu kirim ulang" in sent.content.decode()


def test_learning_names_addresses_that_exist() -> None:
    some: UUID = uuid4()
    found = [
        paths.module(some), paths.page(some, "a", "b"), paths.test(some, "tes-awal"), paths.feedback(some),
        paths.result(some), paths.cohort(some),
    ]  # fmt: skip
    for path in found:
        assert resolve(path)


@pytest.mark.parametrize("path", ["materi/akuntabel/x/", "materi/x/", "materi/pendahuluan/x/", "tes/lain/",
                                  "materi/pendahuluan/petunjuk/lembar/"])  # fmt: skip
def test_addresses_that_lead_nowhere_are_not_found(reading: Desk, path: str) -> None:
    assert reading.client.get(reading.home + path).status_code == 404


def test_pages_before_the_first_test_say_why_they_are_closed(siti: Desk) -> None:
    response = siti.client.get(f"{siti.home}materi/{CHAPTER}/memahami-kebutuhan/")
    assert response.status_code == 409
    first = f'href="{siti.home}tes/tes-awal/"'
    for closed in (response, siti.client.post(f"{siti.home}materi/{CHAPTER}/memahami-kebutuhan/")):
        html = closed.content.decode()
        assert "<title>Belum terbuka" in html
        assert "Materi terbuka setelah Tes Awal" in html
        assert first in html
    menu = siti.client.get(f"{siti.home}materi/{CHAPTER}/")
    assert "Materi terbuka setelah Tes Awal" in menu.content.decode()
    assert "<title>Belum terbuka: Berorientasi Pelayanan" in menu.content.decode()
    assert first in menu.content.decode()
    assert "memahami-kebutuhan/" not in menu.content.decode()


def test_final_test_before_its_turn_leads_to_the_page_to_go_on_with(reading: Desk) -> None:
    page = story.course().chapters[0].pages[0]
    here = f'href="{reading.home}materi/{story.course().chapters[0].key}/{page.slug}/"'
    shown = reading.client.get(f"{reading.home}tes/tes-akhir/").content.decode()
    begun = reading.client.post(f"{reading.home}tes/tes-akhir/")
    assert begun.status_code == 409
    for html in (shown, begun.content.decode()):
        assert "<title>Belum terbuka" in html
        assert "Tes Akhir terbuka setelah semua materi selesai." in html
        assert here in html
    assert "Mulai sekarang" not in shown


def test_chapter_not_out_yet_says_when_and_what_to_do_meanwhile(planned_chapter: str, reading: Desk) -> None:
    html = reading.client.get(f"{reading.home}materi/{planned_chapter}/").content.decode()
    assert "Materi ini akan terbit Senin, 11 Januari 2027." in html
    assert f'href="{reading.home}materi/pendahuluan/' in html
