"""The law library: list, search, one regulation, the part beside another page, the glossary."""

from typing import Any

import pytest
from django.test import Client

PANEL = {"HX-Request": "true"}


def test_library_lists_every_regulation_without_the_database(
    client: Client, db: None, django_assert_num_queries: Any
) -> None:
    from teladan.rulebook.api import rulebook

    with django_assert_num_queries(0):
        response = client.get("/hukum/")
    page = response.content.decode()
    assert all(f'/hukum/{law.key}/"' in page for law in rulebook().regulations)
    assert "belum dibaca" in page
    assert "dicabut" in page


def test_library_searched_finds_articles_and_says_how_many(client: Client, indexed: None) -> None:
    response = client.get("/hukum/", {"cari": "Dua Belas asas"})
    page = response.content.decode()
    assert "UU 25/2009" in page
    assert "/hukum/uu-2009-25/?pasal=4#pasal-4" in page
    assert response.context["shown"] < response.context["total"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"jenis": "UUD"}, 1),
        ({"status": "dicabut"}, 4),
        ({"jenis": "UU", "status": "dicabut"}, 2),
        ({"tahun": "2009", "jenis": "UU"}, 3),
        ({"pokok": "penghargaan"}, 4),
    ],
)
def test_library_filtered_shows_only_what_fits(query: dict[str, str], expected: int, client: Client) -> None:
    assert client.get("/hukum/", query).context["shown"] == expected


@pytest.mark.parametrize(
    "query",
    [
        {"jenis": "x"},
        {"status": "'"},
        {"cari": "  "},
        {"jenis": "\x00"},
        {"tahun": "x"},
        {"pokok": "x"},
        {"pada": "2026-13-45"},
    ],
)
def test_library_with_an_unknown_filter_shows_everything(query: dict[str, str], client: Client) -> None:
    response = client.get("/hukum/", query)
    assert response.context["shown"] == response.context["total"]


def test_library_without_a_match_says_what_to_try(client: Client, indexed: None) -> None:
    page = client.get("/hukum/", {"cari": "zzzz"}).content.decode()
    assert "Tidak ada peraturan yang cocok." in page
    assert "Tampilkan semua" in page


def test_library_asked_by_a_script_is_the_list_alone(client: Client) -> None:
    response = client.get("/hukum/", headers=PANEL)
    assert "<html" not in response.content.decode()
    assert "HX-Request" in response["Vary"]


def test_law_shows_our_summary_its_articles_and_that_it_is_not_the_official_text(client: Client) -> None:
    page = client.get("/hukum/uu-2009-25/").content.decode()
    assert 'id="pasal-34"' in page
    assert "Ringkasan kami, bukan teks resmi." in page
    assert "jdih.setneg.go.id" in page


def test_law_repealed_tells_what_is_in_force_now(client: Client) -> None:
    page = client.get("/hukum/uu-2014-5/").content.decode()
    assert "dicabut" in page
    assert 'href="/hukum/uu-2023-20/"' in page


def test_law_unread_warns(client: Client) -> None:
    page = client.get("/hukum/perlan-2018-10/").content.decode()
    assert "Naskah peraturan ini belum kami baca." in page
    assert "Pasalnya belum kami ringkas." in page


@pytest.mark.parametrize("place", ["34", "pasal-34", "34/a"])
def test_law_beside_a_page_begins_with_the_cited_article(place: str, client: Client) -> None:
    response = client.get("/hukum/uu-2009-25/", {"pasal": place}, headers=PANEL)
    part = response.content.decode()
    assert "<html" not in part
    assert 'data-judul-panel="UU 25/2009 Pasal 34"' in part
    assert part.index("Pasal 34</h3>") < part.index("Isi peraturan ini secara ringkas")
    assert "Pasal 33</h3>" not in part


def test_law_beside_a_page_with_an_article_we_have_not_outlined_says_so(client: Client) -> None:
    part = client.get("/hukum/uu-2009-25/", {"pasal": "999"}, headers=PANEL).content.decode()
    assert "Pasal 999 belum kami ringkas." in part


@pytest.mark.parametrize("place", ["'", "../..", "\x00", "x" * 500, "-1"])
def test_law_beside_a_page_with_nonsense_shows_the_law(place: str, client: Client) -> None:
    response = client.get("/hukum/uu-2009-25/", {"pasal": place}, headers=PANEL)
    assert response.status_code == 200
    assert 'data-judul-panel="UU 25/2009"' in response.content.decode()


def test_law_highlights_the_article_of_the_address(client: Client) -> None:
    page = client.get("/hukum/uu-2009-25/", {"pasal": "34"}).content.decode()
    assert page.count("dipilih") == 1


def test_law_that_does_not_exist_says_where_to_look(client: Client) -> None:
    response = client.get("/hukum/uu-1900-1/")
    assert response.status_code == 404
    assert "Cari di daftar peraturan." in response.content.decode()


def test_every_regulation_opens(client: Client) -> None:
    from teladan.rulebook.api import rulebook

    for law in rulebook().regulations:
        for headers in ({}, PANEL):
            assert client.get(f"/hukum/{law.key}/", headers=headers).status_code == 200, law.key


def test_glossary_names_terms_with_their_articles(client: Client) -> None:
    page = client.get("/glosarium/").content.decode()
    assert "Atasan langsung" in page
    assert "PP 94/2021 Pasal 26" in page


def test_glossary_searched_shows_what_fits(client: Client) -> None:
    response = client.get("/glosarium/", {"cari": "AUPB"})
    assert response.context["shown"] == 1
    assert "Istilah ini belum ada." in client.get("/glosarium/", {"cari": "zzz"}).content.decode()


@pytest.mark.parametrize("address", ["/hukum/", "/hukum/uu-2009-25/", "/glosarium/"])
def test_library_takes_no_posts(address: str, client: Client) -> None:
    assert client.post(address).status_code == 405


def test_law_for_somebody_signed_in_stands_in_their_own_frame(client: Client, agency: Any, make_account: Any) -> None:
    client.force_login(make_account(agency=agency))
    page = client.get("/hukum/uu-2009-25/").content.decode()
    assert "kerangka-rel" in page
    assert "Periksa sertifikat</span>" not in page


def test_library_finds_some_of_the_words_and_names_the_one_it_did_not(client: Client, indexed: None) -> None:
    one = client.get("/hukum/", {"cari": "pengaduan"}).context["shown"]
    response = client.get("/hukum/", {"cari": "pengaduan zzzz"})
    assert response.context["shown"] == one > 0
    assert "Tidak ditemukan: zzzz." in response.content.decode()


def test_library_on_a_day_in_the_past_shows_what_was_in_force_then(client: Client) -> None:
    page = client.get("/hukum/uu-2014-5/", {"pada": "2015-06-01"}).content.decode()
    assert "Keadaan pada Senin, 1 Juni 2015" in page
    assert "Kini sudah ada penggantinya:" in page
    then = client.get("/hukum/", {"pada": "2015-06-01", "jenis": "UU", "status": "masih"}).content.decode()
    assert "/hukum/uu-2014-5/?pada=2015-06-01" in then
    assert "/hukum/uu-2023-20/" not in then
    now = client.get("/hukum/", {"jenis": "UU", "status": "masih"}).content.decode()
    assert "/hukum/uu-2014-5/" not in now


def test_library_with_a_day_that_cannot_be_read_says_so_and_keeps_it(client: Client) -> None:
    page = client.get("/hukum/", {"pada": "2026-13-45"}).content.decode()
    assert "Tanggal ini tidak dapat dibaca." in page
    assert 'value="2026-13-45"' in page


def test_library_says_where_a_day_cannot_be_judged(client: Client) -> None:
    page = client.get("/hukum/uud-1945/", {"pada": "1950-01-01"}).content.decode()
    assert "belum kami pastikan" in page
    assert "belum kami pastikan" not in client.get("/hukum/uud-1945/").content.decode()


def test_law_names_what_it_replaced_and_who_cites_it(client: Client) -> None:
    page = client.get("/hukum/pp-2021-94/").content.decode()
    assert "Menggantikan" in page
    assert 'href="/hukum/pp-2010-53/"' in page
    page = client.get("/hukum/uu-2009-25/").content.decode()
    assert "/baca/berakhlak/berorientasi-pelayanan/" in page
    assert "hari kerja" in page or "hari" in page
    assert 'href="/glosarium/#complaint"' in page


def test_law_that_nobody_cites_says_so(client: Client) -> None:
    from teladan.library.api import cited_by
    from teladan.rulebook.api import rulebook

    lonely = [law.key for law in rulebook().regulations if not any(vars(cited_by(law.key, rulebook())).values())]
    assert lonely
    assert "Belum ada materi, angka, atau istilah" in client.get(f"/hukum/{lonely[0]}/").content.decode()


def test_library_tells_in_force_from_what_is_not(client: Client) -> None:
    statuses = ("masih", "dicabut", "belum berlaku")
    shown = {status: client.get("/hukum/", {"status": status}).context["shown"] for status in statuses}
    assert sum(shown.values()) == client.get("/hukum/").context["total"]
    assert all(shown[status] for status in ("masih", "dicabut"))
