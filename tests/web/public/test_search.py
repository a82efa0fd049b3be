"""The search page: for visitors, for those who are signed in, with any input."""

from typing import Any

import pytest
from django.test import Client

from teladan.access.api import Role

PAGE = "/cari/"


def read(client: Client, **query: str) -> str:
    response = client.get(PAGE, query)
    assert response.status_code == 200
    return response.content.decode()


def test_search_without_words_says_what_can_be_found(client: Client, db: None) -> None:
    page = read(client)
    assert "Misalnya" in page
    assert "?cari=konflik+kepentingan" in page


def test_entry_stands_in_the_head_of_every_page(client: Client) -> None:
    assert 'href="/cari/"' in client.get("/hukum/").content.decode()


def test_visitor_finds_laws_lessons_and_terms(client: Client, indexed: None) -> None:
    response = client.get(PAGE, {"cari": "konflik kepentingan"})
    page = response.content.decode()
    assert "<mark>konflik</mark>" in page.lower()
    assert [str(label) for label, _url, _n in response.context["tabs"]] == ["Semua", "Peraturan", "Materi", "Istilah"]
    assert 'href="/baca/berakhlak/' in page
    assert "noindex" in client.get(PAGE)["X-Robots-Tag"]


def test_article_named_in_the_search_stands_first(client: Client, indexed: None) -> None:
    response = client.get(PAGE, {"cari": "pasal 34 uu 25 2009"})
    assert response.context["found"].hits[0].key == "uu-2009-25#pasal-34"
    page = response.content.decode()
    assert 'id="disebut"><a href="/hukum/uu-2009-25/?pasal=34#pasal-34">UU 25/2009 Pasal 34</a>' in page


def test_article_that_has_no_outline_leads_to_its_law(client: Client, indexed: None) -> None:
    page = read(client, cari="pasal 999 uu 25 2009")
    assert "Pasal 999 belum kami ringkas." in page
    assert 'href="/hukum/uu-2009-25/"' in page


def test_kind_narrows_and_pages_keep_it(client: Client, indexed: None) -> None:
    response = client.get(PAGE, {"cari": "pelayanan", "jenis": "lesson"})
    assert {line.hit.kind for line in response.context["lines"]} == {"lesson"}
    assert 'jenis=lesson" aria-current="page">Materi' in response.content.decode()
    assert "jenis=lesson&amp;hal=2" in response.content.decode() or "jenis=lesson&hal=2" in response.content.decode()
    again = client.get(PAGE, {"cari": "pelayanan", "jenis": "lesson", "hal": "2"})
    first = {line.hit.key for line in response.context["lines"]}
    assert again.context["lines"]
    assert not first & {line.hit.key for line in again.context["lines"]}


def test_nothing_found_says_what_to_try(client: Client, indexed: None) -> None:
    page = read(client, cari="zzzz")
    assert "Tidak ada yang cocok dengan “zzzz”." in page
    assert "Periksa ejaannya" in page


def test_nothing_of_this_kind_leads_to_the_others(client: Client, indexed: None) -> None:
    page = read(client, cari="konflik kepentingan", jenis="notice")
    assert "Tidak ada temuan dari jenis ini." in page


@pytest.mark.parametrize(
    "query",
    [
        {"cari": "<script>alert(1)</script>"},
        {"cari": "\x00' OR 1=1 --"},
        {"cari": '"'},
        {"cari": "a" * 5000},
        {"cari": "x", "jenis": "'", "hal": "-1"},
        {"cari": "pelayanan", "hal": "99999999999999999999"},
        {"cari": "pelayanan", "hal": "²"},
        {"cari": "pasal ² uu ٣ 2023"},
        {"cari": "🦜 * NEAR( AND OR NOT"},
    ],
)
def test_any_input_is_answered(query: dict[str, str], client: Client, indexed: None) -> None:
    page = read(client, **query)
    assert "<script>alert" not in page


def index_all() -> None:
    from teladan.config.commands import search as command

    command.run(None)  # type: ignore[arg-type]  # it reads no options


@pytest.mark.unscoped
def test_people_are_found_by_those_who_may_see_them(
    client: Client, agency: Any, other_agency: Any, make_person: Any, make_account: Any
) -> None:
    siti = make_person("Siti Penanda", agency=agency, unit="pkm", title="Bidan Terampil")
    index_all()
    office = make_account("Kepegawaian", agency=agency, roles=[Role.PERSONNEL])
    organiser = make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER])
    colleague = make_account("Rekan", agency=agency)
    stranger = make_account("Lain", agency=other_agency, roles=[Role.PERSONNEL, Role.OPERATOR])
    link = f"/kepegawaian/pegawai/{siti.account_id}/"
    for account, sees, leads in (
        (office, True, link),
        (organiser, True, ""),
        (siti.account, True, "/akun/"),
        (colleague, False, ""),
        (stranger, False, ""),
        (None, False, ""),
    ):
        if account:
            client.force_login(account)
        else:
            client.logout()
        for cari in ("penanda", "bidan terampil penanda", f'"Siti Penanda" {siti.nip}'):
            response = client.get(PAGE, {"cari": cari})
            lines = [line for line in response.context["lines"] if line.hit.kind == "person"]
            assert bool(lines) == sees, (account, cari)
            assert all(line.url == leads for line in lines)
            if not sees:
                assert link not in response.content.decode()
                assert "person" not in response.context["found"].by_kind


@pytest.mark.unscoped
def test_notice_is_found_by_its_reader_alone(client: Client, agency: Any, make_account: Any) -> None:
    from teladan.accounts.api import agency_scope
    from teladan.desk import api as desk
    from teladan.jobs.api import run_pending

    mine, other = make_account("Satu", agency=agency), make_account("Dua", agency=agency, roles=list(Role))
    with agency_scope(agency.id):
        desk.notify(
            agency_id=agency.id, account_id=mine.pk, source="uji", title="Undangan gamelan", text="Isi", url="/tugas/"
        )
    run_pending()
    client.force_login(mine)
    assert 'href="/tugas/"><mark>' in read(client, cari="gamelan") or "Undangan <mark>gamelan</mark>" in read(
        client, cari="gamelan"
    )
    client.force_login(other)
    assert "Undangan" not in read(client, cari="gamelan")


@pytest.mark.unscoped
def test_person_follows_what_happens_to_them(client: Client, agency: Any, make_person: Any, make_account: Any) -> None:
    from teladan.accounts.api import agency_scope
    from teladan.jobs.api import run_pending
    from teladan.people import api as people
    from teladan.people.enums import PersonKind
    from tests.conftest import make_nip

    client.force_login(make_account("Kepegawaian", agency=agency, roles=[Role.PERSONNEL]))
    with agency_scope(agency.id):
        made = people.add_person(
            agency_id=agency.id, name="Rusdi Baru", nip=make_nip(9001), kind=PersonKind.PNS, by=None
        )
    assert "Rusdi" not in read(client, cari="baru rusdi").split("</form>", 1)[1].replace("“baru rusdi”", "")
    run_pending()
    assert client.get(PAGE, {"cari": "rusdi"}).context["found"].total == 1
    with agency_scope(agency.id):
        people.leave(person_id=made, by=None)
    run_pending()
    assert client.get(PAGE, {"cari": "rusdi"}).context["found"].total == 0


@pytest.mark.unscoped
def test_lesson_leads_into_ones_own_class_once_it_is_open(
    client: Client, agency: Any, make_account: Any, indexed: None
) -> None:
    from teladan.accounts import api as accounts
    from teladan.accounts.api import agency_scope
    from teladan.learning import api as learning
    from tests.learning import story
    from tests.web.world import cohort_of

    organiser = accounts.actor_for(make_account("Penyelenggara", agency=agency, roles=[Role.ORGANISER]))
    account = make_account("Peserta", agency=agency)
    cohort_of(organiser, [account.pk])
    client.force_login(account)

    def first() -> str:
        (line, *_more) = client.get(PAGE, {"cari": "dua belas asas", "jenis": "lesson"}).context["lines"]
        return str(line.url)

    assert first().startswith("/baca/berakhlak/")
    by = accounts.actor_for(account)
    with agency_scope(agency.id):
        enrolment = story.enrolment_of(by)
        story.sit(by, enrolment, learning.PRE_TEST, right=3)
    assert first().startswith(f"/belajar/{enrolment}/materi/")
    assert client.get(first()).status_code == 200


def test_addresses_that_are_handed_over_are_served(client: Client, indexed: None) -> None:
    from teladan.search.models import Document

    for address in Document.objects.values_list("address", flat=True)[::7]:
        path, _hash, anchor = address.partition("#")
        response = client.get(path)
        assert response.status_code == 200, address
        assert not anchor or f'id="{anchor}"' in response.content.decode(), address


def test_search_asks_the_database_a_few_times(
    client: Client, indexed: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(2):
        read(client, cari="pelayanan")
    with django_assert_max_num_queries(6):
        read(client, cari="pelayanan zzzz")
