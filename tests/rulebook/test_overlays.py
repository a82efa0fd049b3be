"""What an agency adds stands beside the national text; its faults are told as those of a course are."""

from pathlib import Path

import pytest

from teladan.config.command import main
from teladan.rulebook.api import check, default_packs
from teladan.rulebook.authoring import check_course, check_overlay
from teladan.rulebook.book import load

EXAMPLE = """---
title: Loket kami
kind: contoh
page: 01-kejadian
---

Di sini warga datang dengan perahu. [](hukum:uu-2009-25#34/a) [](halaman:01-awal/02-latihan)
"""
NAME = "01-awal/contoh-kami.md"


@pytest.fixture
def folder(packs: Path) -> Path:
    """The overlay of one agency, with one example."""
    made = packs / "agencies/kab-contoh/courses/contoh"
    (made / "01-awal").mkdir(parents=True)
    (made / NAME).write_text(EXAMPLE, encoding="utf-8")
    return made


def add(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_addition_stands_behind_its_page_for_that_agency_alone(folder: Path, packs: Path) -> None:
    assert check(packs) == []
    book = load(packs)
    [page, other] = book.course_at("kab-contoh", "contoh").chapter("awal").pages
    assert [(added.title, added.kind, added.is_local) for added in page.additions] == [("Loket kami", "contoh", True)]
    assert "[Latihan](../../awal/latihan/)" in page.additions[0].source
    assert other.additions == ()
    assert book.course_at("kab-lain", "contoh") is book.course("contoh")
    assert book.course("contoh").chapter("awal").pages[0].additions == ()


def test_local_page_stands_in_the_reading_order_and_is_not_counted(folder: Path, packs: Path) -> None:
    text = EXAMPLE.replace("kind: contoh", "kind: halaman\nminutes: 2")
    add(folder, "01-awal/saluran-kami.md", text)
    chapter = load(packs).course_at("kab-contoh", "contoh").chapter("awal")
    assert [page.slug for page in chapter.pages] == ["kejadian", "latihan"]
    assert [page.slug for page in chapter.reading_order] == ["kejadian", "lokal-saluran-kami", "latihan"]
    assert chapter.page("lokal-saluran-kami").is_local


def test_national_content_stays_as_it_is(folder: Path, packs: Path) -> None:
    book = load(packs)
    national, local = book.course("contoh"), book.course_at("kab-contoh", "contoh")
    assert [(p.title, p.source, p.number) for c in national.chapters for p in c.pages] == [
        (p.title, p.source, p.number) for c in local.chapters for p in c.pages
    ]
    assert (national.items, national.scenes, national.tests) == (local.items, local.scenes, local.tests)


@pytest.mark.parametrize(
    ("name", "before", "after", "line", "words", "remedy"),
    [
        (NAME, "page: 01-kejadian", "page: 01-kejadia", 4, "'01-awal/01-kejadia'", "01-awal/01-kejadian"),
        (NAME, "page: 01-kejadian", "page: kejadian", 4, "'page'", "nama berkas halaman"),
        (NAME, "page: 01-kejadian\n", "", 2, "'page' wajib ada", "Tambahkan"),
        (NAME, "kind: contoh", "kind: ganti", 3, "'ganti'", "contoh"),
        (NAME, "kind: contoh", "kind: halaman", 2, "tanpa minutes", "wajib punya"),
        (NAME, "kind: contoh", "kind: contoh\nminutes: 3", 2, "dengan minutes", "Hanya halaman"),
        (NAME, "kind: contoh", "kind: diskusi", 7, "tanpa pertanyaan", "pertanyaan"),
        (NAME, "uu-2009-25#34/a", "uu-2010-25#34/a", 7, "'uu-2010-25'", "uu-2009-25"),
        (NAME, "halaman:01-awal/02-latihan", "halaman:01-awal/09-tiada", 7, "'01-awal/09-tiada'", "halaman:"),
        (NAME, "Di sini", '::: cek {soal="cek-01"}\n:::\n\nDi sini', 7, "'cek' tidak dapat dipakai", "teks biasa"),
        (NAME, "Di sini", '::: refleksi {kunci="k"}\nTulis.\n:::\n\nDi sini', 7, "'refleksi' tidak dapat", "menyimpan"),
        (NAME, "Di sini", "::: ingatt\nSatu.\n:::\n\nDi sini", 7, "'ingatt' tidak dikenal", "ingat"),
        (NAME, "Di sini", "<b>Di</b> sini", 7, "HTML", "Markdown"),
        ("01-awal/01-kejadian.md", "", "", 1, "nama halaman nasional", "nama lain"),
        ("09-lain/contoh.md", "", "", 1, "'09-lain'", "01-awal"),
        ("items/soal.yaml", "", "", 1, "bukan tambahan", "tidak diganti"),
        ("course.yaml", "", "", 1, "bukan tambahan", "tidak diganti"),
    ],
)
def test_fault_of_an_addition_names_place_words_and_remedy(
    folder: Path, packs: Path, name: str, before: str, after: str, line: int, words: str, remedy: str
) -> None:
    assert before in EXAMPLE
    path = add(folder, name, EXAMPLE.replace(before, after, 1))
    for faults in (
        check(packs),
        check_course(packs / "id/courses/contoh", packs=packs).faults,
        check_overlay(folder, packs=packs).faults,
    ):
        fitting = [f for f in faults if (f.path, f.line) == (path, line) and words in f.message and remedy in f.remedy]
        assert fitting, "\n".join(map(str, faults))
    assert all(p.is_local is False for p in load(packs).course("contoh").chapter("awal").pages)


def test_overlay_of_a_course_that_is_not_there_is_told(packs: Path) -> None:
    folder = packs / "agencies/kab-contoh/courses/contho"
    add(folder, NAME, EXAMPLE)
    [fault] = check(packs)
    assert (fault.path, fault.is_error) == (folder, True)
    assert "contoh" in fault.remedy


def test_broken_addition_takes_neither_the_law_nor_the_course_away(folder: Path, packs: Path) -> None:
    from teladan.rulebook.api import rulebook, set_packs

    add(folder, NAME, "tanpa kepala")
    set_packs(packs)
    try:
        assert rulebook().course_at("kab-contoh", "contoh").chapter("awal").pages[0].additions == ()
    finally:
        set_packs(None)


def test_national_page_may_not_take_a_local_address(packs: Path) -> None:
    path = packs / "id/courses/contoh/chapters/01-awal/03-lokal-kami.md"
    path.write_text("---\ntitle: A\nkind: materi\nminutes: 1\nbehaviours: []\n---\nIsi.\n", encoding="utf-8")
    assert any(fault.path == path and "'lokal-'" in fault.message for fault in check(packs))


def test_command_checks_an_overlay(folder: Path, packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["course", "check", str(folder), "--paket", str(packs)]
    assert main(asked) == 0
    assert "Tambahan untuk Modul contoh dapat dipakai" in capsys.readouterr().out
    add(folder, "course.yaml", "")
    assert main(asked) == 1


def test_sample_agency_adds_to_two_chapters_of_the_shipped_course() -> None:
    course = load(default_packs()).course_at("teluk-lestari", "berakhlak")
    with_additions = [c.key for c in course.chapters if c.local_pages or any(p.additions for p in c.pages)]
    assert with_additions == ["berorientasi-pelayanan", "akuntabel"]
