"""Language and look without JavaScript."""

import pytest
from django.test import Client
from django.utils.translation import trans_real

from teladan.web.ui.catalogue import compile_all


@pytest.fixture
def english_ready() -> None:
    if compile_all():
        trans_real._translations.clear()  # what was read before the catalogue was made


@pytest.mark.usefixtures("english_ready")
def test_language_chosen_by_form_is_kept_and_used(visitor: Client) -> None:
    response = visitor.post("/bahasa/", {"bahasa": "en", "next": "/galeri/tes/"})
    assert (response.status_code, response["Location"]) == (303, "/galeri/tes/")
    html = visitor.get("/galeri/tes/").content.decode()
    assert '<html lang="en"' in html and "Skip to content" in html and "Next" in html


def test_unknown_language_changes_nothing(visitor: Client) -> None:
    visitor.post("/bahasa/", {"bahasa": "xx"})
    assert '<html lang="id"' in visitor.get("/galeri/tes/").content.decode()


def test_look_chosen_by_form_is_kept_and_given_back(visitor: Client) -> None:
    visitor.post("/tema/", {"tema": "gelap", "next": "/"})
    assert 'data-tema="gelap"' in visitor.get("/galeri/tes/").content.decode()
    visitor.post("/tema/", {"tema": ""})
    assert "data-tema=" not in visitor.get("/galeri/tes/").content.decode()


def test_look_from_a_forged_cookie_is_not_written_into_the_page(visitor: Client) -> None:
    visitor.cookies["tema"] = '"><script>'
    assert "data-tema=" not in visitor.get("/galeri/tes/").content.decode()


@pytest.mark.parametrize("wish", ["https://jahat.example/", "//jahat.example/", "javascript:alert(1)", ""])
def test_nobody_is_led_away(visitor: Client, wish: str) -> None:
    assert visitor.post("/tema/", {"tema": "gelap", "next": wish})["Location"] == "/"


@pytest.mark.parametrize("address", ["/tema/", "/bahasa/"])
def test_preferences_change_by_post_only(visitor: Client, address: str) -> None:
    assert visitor.get(address).status_code == 405


def test_health_asks_the_database(visitor: Client, db: None) -> None:
    response = visitor.get("/sehat/")
    assert response.json() == {"status": "sehat"} and response["Cache-Control"] == "no-store"
