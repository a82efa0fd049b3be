"""The gallery shows every component, and nothing the content security policy would drop."""

import re
from pathlib import Path

from django.test import Client

import teladan.web

COTTON = Path(teladan.web.__file__).parent / "templates" / "cotton"
GALLERY = COTTON.parent / "base"


def test_gallery_uses_every_component() -> None:
    used = " ".join(path.read_text(encoding="utf-8") for path in GALLERY.rglob("*.html"))
    inside = " ".join(path.read_text(encoding="utf-8") for path in COTTON.glob("*.html"))
    for path in COTTON.glob("*.html"):
        name = f"<c-{path.stem.replace('_', '-')}"
        assert re.search(rf"{name}[ />]", used + inside), name


def test_gallery_page_is_whole_and_without_inline_code(visitor: Client) -> None:
    response = visitor.get("/galeri/?urut=-unit&hal=2")
    html = response.content.decode()
    assert response.status_code == 200
    assert not re.search(r"<[^>]+\sstyle=|<style|\son[a-z]+=\"|<script(?![^>]*\ssrc=)", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert sorted(ids) == sorted(set(ids))
    assert set(re.findall(r'(?:aria-labelledby|for)="([^" ]+)"', html)) <= set(ids)
    assert 'aria-sort="descending"' in html and "urut=unit" in html


def test_panel_is_a_part_for_scripts_and_a_page_for_everybody_else(visitor: Client) -> None:
    page = visitor.get("/galeri/hukum/")
    part = visitor.get("/galeri/hukum/", headers={"hx-request": "true"})
    assert "<html" in page.content.decode() and "UU 25/2009" in page.content.decode()
    assert (
        "<html" not in part.content.decode()
        and 'data-judul-panel="UU 25/2009 Pasal 34 huruf a"' in part.content.decode()
    )
    assert part["Vary"] == "HX-Request" or "HX-Request" in part["Vary"]


def test_focus_page_answers_the_autosave(visitor: Client) -> None:
    answer = visitor.post("/galeri/tes/", {"nomor": "13", "revisi": "2", "pilihan": "b"}).json()
    assert answer.pop("at").endswith(" WIB")
    assert answer == {"number": 13, "choice": "b", "revision": 2, "answered_count": 13, "kept": True}
