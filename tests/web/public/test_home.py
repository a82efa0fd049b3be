"""The home page and the way to the courses."""

from typing import Any

from django.test import Client


def test_home_for_a_visitor_offers_all_four_ways_and_asks_no_database(
    client: Client, db: None, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/")
    page = response.content.decode()
    assert response.status_code == 200
    for address in ("/masuk/", "/baca/berakhlak/", "/hukum/", "/verifikasi/"):
        assert f'href="{address}"' in page or f'action="{address}"' in page


def test_home_names_the_seven_values_with_their_colours_and_dates(client: Client, planned_chapter: str) -> None:
    page = client.get("/").content.decode()
    for code, name in (("bp", "Berorientasi Pelayanan"), ("ak", "Akuntabel"), ("kl", "Kolaboratif")):
        assert f"nilai-{code}" in page
        assert name in page
    assert "Akan terbit Senin, 11 Januari 2027" in page
    assert "/baca/berakhlak/berorientasi-pelayanan/" in page


def test_home_for_somebody_signed_in_goes_on_to_the_tasks(client: Client, agency: Any, make_account: Any) -> None:
    client.force_login(make_account(agency=agency))
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/tugas/")


def test_home_has_nothing_inline(client: Client) -> None:
    page = client.get("/").content.decode()
    assert " style=" not in page
    assert "<script>" not in page
    assert " onclick=" not in page
