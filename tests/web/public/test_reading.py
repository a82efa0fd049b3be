"""Reading the course without an account: everything can be read, nothing is kept."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

HOME = "/baca/berakhlak/"


def test_courses_lists_the_course(client: Client) -> None:
    page = client.get("/baca/").content.decode()
    assert HOME in page
    assert "Draf" not in page


def test_course_shows_open_chapters_as_links_and_the_others_with_their_day(
    client: Client, planned_chapter: str
) -> None:
    page = client.get(HOME).content.decode()
    assert f'href="{HOME}berorientasi-pelayanan/"' in page
    assert f'href="{HOME}{planned_chapter}/"' not in page
    assert client.get(f"{HOME}{planned_chapter}/").status_code == 404
    assert "Akan terbit Senin, 11 Januari 2027" in page


def test_every_page_of_every_open_chapter_reads_without_the_database(
    client: Client, db: None, django_assert_num_queries: Any
) -> None:
    from teladan.rulebook.api import rulebook

    with django_assert_num_queries(0):
        for chapter in rulebook().course("berakhlak").chapters:
            for page in chapter.pages:
                response = client.get(f"{HOME}{chapter.key}/{page.slug}/")
                text = response.content.decode()
                assert response.status_code == 200, page.key
                assert "/belajar/" not in text, f"{page.key} leads into somebody's class"
                assert 'method="post" action="/belajar' not in text
                assert " style=" not in text


def test_page_shows_each_option_of_a_self_check_with_its_reason(client: Client) -> None:
    from teladan.rulebook.api import rulebook

    item = rulebook().item("bp-cek-02")
    text = client.get(f"{HOME}berorientasi-pelayanan/memahami-kebutuhan/").content.decode()
    assert text.count("Jawaban yang tepat") == 1
    assert text.count("Belum tepat") == len(item.options) - 1


def test_page_with_a_place_to_write_says_that_it_needs_a_class(client: Client) -> None:
    text = client.get(f"{HOME}berorientasi-pelayanan/ramah-cekatan-solutif-andal/").content.decode()
    assert "Masuk dan ikuti kelas untuk menyimpan tulisan." in text
    assert "<textarea" not in text


def test_pages_lead_on_and_back(client: Client, planned_chapter: str) -> None:
    text = client.get(f"{HOME}pendahuluan/petunjuk/").content.decode()
    assert 'rel="prev"' in text
    assert 'rel="next"' in text
    last = client.get(f"{HOME}adaptif/selesai/").content.decode()
    assert "Anda sampai di akhir materi ini" in last
    assert "terbit Senin, 11 Januari 2027" in last


@pytest.mark.parametrize(
    "address",
    [
        "/baca/tidak-ada/",
        f"{HOME}tidak-ada/",
        f"{HOME}pendahuluan/tidak-ada/",
        f"{HOME}adegan/tidak-ada/main/",
        f"{HOME}pendahuluan/petunjuk/lembar/",
    ],
)
def test_what_is_not_there_says_what_to_do(address: str, client: Client) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "Yang bisa Anda lakukan" in response.content.decode()


def test_sheet_shows_the_job_aid_alone_for_printing(client: Client) -> None:
    from teladan.learning import api as learning
    from teladan.rulebook.api import rulebook

    chapters = rulebook().course("berakhlak").chapters
    with_sheet = [
        (chapter.key, page.slug)
        for chapter in chapters
        for page in chapter.pages
        if any(part.kind == "lembar-kerja" for part in learning.parts_of(page))
    ]
    assert with_sheet
    for chapter, page in with_sheet:
        assert "data-cetak" in client.get(f"{HOME}{chapter}/{page}/lembar/").content.decode()


def test_scene_is_played_by_its_address_to_the_end(client: Client) -> None:
    from teladan.rulebook.api import rulebook

    scene = rulebook().scene("bersalin-pukul-dua")
    node, trail = scene.nodes[scene.start], []
    while node.choices:
        response = client.get(f"{HOME}adegan/{scene.key}/main/", {"jalan": ".".join(trail)})
        assert response.context["step"] == len(trail) + 1
        assert len(response.context["choices"]) == len(node.choices)
        trail.append(node.choices[0].key)
        node = scene.nodes[node.choices[0].goto]
    text = client.get(f"{HOME}adegan/{scene.key}/main/", {"jalan": ".".join(trail)}).content.decode()
    assert "Adegan selesai" in text
    assert f"Jalan Anda: {len(trail)} langkah" in text
    assert text.index("Jalan Anda:") < text.index("Akibat akhirnya") < text.index("Tanggapan rekan yang berpengalaman")
    assert text.count('<details class="alasan-langkah">') == len(trail)
    assert "dinilai penyusun, belum diuji ahli" in text
    assert "dari 100" in text


def test_scene_goes_one_step_back(client: Client) -> None:
    response = client.get(f"{HOME}adegan/bersalin-pukul-dua/main/", {"jalan": "c"})
    assert response.context["undo_url"] == f"{HOME}adegan/bersalin-pukul-dua/main/"


@pytest.mark.parametrize("trail", ["zz", "c.zz", "\x00", "c." * 300, "a/b", "'"])
def test_scene_with_a_way_that_does_not_exist_is_not_found(trail: str, client: Client) -> None:
    assert client.get(f"{HOME}adegan/bersalin-pukul-dua/main/", {"jalan": trail}).status_code == 404


def test_every_scene_opens_and_leads_back_to_a_page(client: Client) -> None:
    from teladan.rulebook.api import rulebook

    for key in rulebook().course("berakhlak").scenes:
        response = client.get(f"{HOME}adegan/{key}/main/")
        assert response.status_code == 200
        assert client.get(response.context["back_url"]).status_code == 200


@pytest.fixture
def new_module(tmp_path: Path) -> Iterator[Path]:
    """The shipped law with one course in it, as `teladan course new` makes it."""
    from teladan.rulebook.api import default_packs, set_packs
    from teladan.rulebook.authoring import new_course

    packs = tmp_path / "packs"
    shutil.copytree(default_packs(), packs, ignore=shutil.ignore_patterns("courses", "agencies"))
    folder = packs / "id/courses/modul-baru"
    new_course(folder, title="Modul baru")
    set_packs(packs)
    yield folder
    set_packs(None)


def test_skeleton_of_a_course_can_be_opened(client: Client, db: None, new_module: Path) -> None:
    from teladan.rulebook.api import rulebook

    assert "Modul baru" in client.get("/baca/").content.decode()
    assert "Draf, belum diterbitkan" in client.get("/baca/").content.decode()
    assert "Draf, belum diterbitkan" in client.get("/baca/modul-baru/").content.decode()
    for page in rulebook().course("modul-baru").chapter("pembuka").pages:
        assert client.get(f"/baca/modul-baru/pembuka/{page.slug}/").status_code == 200
    assert client.get("/baca/modul-baru/adegan/modul-baru-adegan-1/main/?jalan=a").status_code == 200


def test_links_between_pages_and_pictures_lead_there(client: Client, db: None, new_module: Path) -> None:
    from teladan.rulebook.api import set_packs

    folder = new_module / "chapters/01-pembuka"
    (new_module / "media").mkdir()
    (new_module / "media/denah.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"/>', encoding="utf-8")
    page = folder / "01-kejadian.md"
    added = "\nBaca [](halaman:01-pembuka/02-kewajiban).\n\n![Denah loket](denah.svg)\n\n```\n![x](denah.svg)\n```\n"
    page.write_text(page.read_text(encoding="utf-8") + added, encoding="utf-8")
    set_packs(new_module.parents[2])
    text = client.get("/baca/modul-baru/pembuka/kejadian/").content.decode()
    assert '<a href="../../pembuka/kewajiban/">Kewajiban dan pasalnya</a>' in text
    assert '<img src="/baca/modul-baru/gambar/1/denah.svg" alt="Denah loket"' in text
    assert "![x](denah.svg)" in text
    picture = client.get("/baca/modul-baru/gambar/1/denah.svg")
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/svg+xml")
    assert "sandbox" in picture["Content-Security-Policy"]
    assert picture["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("name", ["tidak-ada.png", "..", "course.yaml", "%2e%2e%2fcourse.yaml"])
def test_only_pictures_are_served(client: Client, db: None, new_module: Path, name: str) -> None:
    (new_module / "media").mkdir()
    assert client.get(f"/baca/modul-baru/gambar/1/{name}").status_code == 404
