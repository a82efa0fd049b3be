"""The preview for authors: every file opens, faults stand at their place, and nobody else on the network sees it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings

from teladan.config.bind import Bind
from teladan.config.console import Refusal
from teladan.config.preview import serve
from teladan.rulebook.api import show_draft
from teladan.rulebook.authoring import new_course

PAGE = "chapters/01-pembuka/02-kewajiban.md"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A new course, shown by the preview."""
    made = tmp_path / "modul-baru"
    new_course(made, title="Modul baru")
    with override_settings(ROOT_URLCONF="teladan.config.urls_preview", PREVIEW=str(made)):
        yield made
    show_draft(None)


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def get(client: Client, path: str = "") -> str:
    response = client.get(f"/{path}")
    assert response.status_code == 200
    return response.content.decode()


def test_overview_lists_every_page_and_says_that_all_is_well(client: Client, folder: Path) -> None:
    page = get(client)
    assert "Tidak ada galat" in page
    for path in (folder / "chapters").glob("*/*.md"):
        assert path.relative_to(folder).as_posix() in page


def test_every_file_opens_without_database_and_script_inline(client: Client, folder: Path) -> None:
    for path in [found for found in folder.rglob("*") if found.is_file()]:
        page = get(client, f"berkas/{path.relative_to(folder).as_posix()}")
        assert " style=" not in page
        assert "data-pratinjau=" in page


def test_fault_stands_before_its_passage_and_the_rest_is_drawn(client: Client, folder: Path) -> None:
    edit(folder / PAGE, "Jelaskan artinya", "::: inggat\nSatu.\n:::\n\nJelaskan artinya")
    page = get(client, f"berkas/{PAGE}")
    assert "Baris 12: Blok &#x27;inggat&#x27; tidak dikenal." in page
    assert "Mungkin maksudnya: ingat." in page
    duty, fault, rest = page.index("UU 25/2009 Pasal 34"), page.index("Baris 12"), page.index("Jelaskan artinya")
    assert duty < fault < page.index("::: inggat") < rest
    assert "Cek diri" in page


def test_paragraph_that_cannot_be_drawn_does_not_hide_its_neighbours(client: Client, folder: Path) -> None:
    edit(folder / PAGE, "Jelaskan artinya", "Lihat [](hukum:uu-1900-1#2).\n\n## Artinya\n\nJelaskan artinya")
    page = get(client, f"berkas/{PAGE}")
    assert "<h2>Artinya</h2>" in page
    assert "[](hukum:uu-1900-1#2)" in page
    assert page.index("Baris 12") < page.index("[](hukum:uu-1900-1#2)") < page.index("<h2>Artinya</h2>")


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        (PAGE, "hukum:uu-2009-25#34", "hukum:uu-1900-1#2"),
        (PAGE, 'soal="modul-baru-cek-01"', 'soal="tidak-ada"'),
        (PAGE, "minutes: 3", "minutes: tiga"),
        (PAGE, "---\ntitle", "title"),
        ("course.yaml", "key: modul-baru", "key: ["),
        ("items/soal.yaml", "correct: true", "correct: ya"),
        ("scenes/modul-baru-adegan-1.yaml", "start: awal", "start: tiada"),
    ],
)
def test_broken_course_is_shown_not_refused(client: Client, folder: Path, file: str, before: str, after: str) -> None:
    edit(folder / file, before, after)
    assert "galat" in get(client)
    assert "Baris " in get(client, f"berkas/{file}")
    for path in (folder / "chapters").glob("*/*.md"):
        get(client, f"berkas/{path.relative_to(folder).as_posix()}")


def test_state_changes_when_a_file_is_saved(client: Client, folder: Path) -> None:
    before = get(client, "keadaan/")
    assert before in get(client)
    edit(folder / PAGE, "Jelaskan artinya", "Terangkan artinya dengan contoh")
    assert get(client, "keadaan/") != before
    assert "Terangkan artinya dengan contoh" in get(client, f"berkas/{PAGE}")


def test_scene_of_the_draft_can_be_played(client: Client, folder: Path) -> None:
    get(client)
    assert "Judul adegan" in get(client, "baca/modul-baru/adegan/modul-baru-adegan-1/main/?jalan=a")


@pytest.mark.parametrize("name", ["../rahasia.txt", "tidak-ada.md", "%2e%2e/rahasia.txt", "versions"])
def test_only_files_of_the_course_are_shown(client: Client, folder: Path, name: str) -> None:
    (folder.parent / "rahasia.txt").write_text("rahasia", encoding="utf-8")
    assert client.get(f"/berkas/{name}").status_code in {301, 404}


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.7", "::", "contoh.go.id"])
def test_address_that_others_can_reach_is_refused(folder: Path, host: str) -> None:
    with pytest.raises(Refusal, match="hanya untuk komputer ini"):
        serve(folder, Bind(host, 8765))


def test_installation_has_no_preview(client: Client, db: None) -> None:
    assert client.get("/berkas/course.yaml").status_code == 404
    assert client.get("/keadaan/").status_code == 404
