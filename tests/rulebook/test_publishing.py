"""What is out does not change: the check names what did and says what to do, and old versions stay readable."""

import shutil
import subprocess
from pathlib import Path

import pytest

from teladan.config.command import main
from teladan.rulebook.api import check
from teladan.rulebook.authoring import check_course, publish_course
from teladan.rulebook.book import load
from teladan.rulebook.publishing import NotPublishable, published

PAGE = "chapters/01-awal/01-kejadian.md"


@pytest.fixture
def folder(packs: Path) -> Path:
    """A course of which version 2026.1 is out."""
    course = packs / "id/courses/contoh"
    publish_course(course, packs=packs)
    return course


def edit(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def next_version(folder: Path, packs: Path, version: str = "2026.2") -> None:
    edit(folder / "course.yaml", '"2026.1"', f'"{version}"')
    edit(folder / PAGE, "Pagi itu loket penuh.", "Siang itu loket sepi.")
    publish_course(folder, packs=packs)


def test_published_version_is_sound_and_can_be_checked_with_an_outside_tool(folder: Path, packs: Path) -> None:
    assert check(packs) == []
    place = published(folder)["2026.1"]
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=place, check=False).returncode == 0
    names = {line.split("  ")[1] for line in (place / "SHA256SUMS").read_text(encoding="utf-8").splitlines()}
    assert {"course.yaml", PAGE, "items/soal.yaml", "scenes/loket-pagi.yaml", "media/denah.svg"} <= names


def test_edit_of_what_is_out_names_file_line_and_the_next_version(folder: Path, packs: Path) -> None:
    edit(folder / PAGE, "Pagi itu loket penuh.", "Siang itu loket sepi.")
    [fault] = check_course(folder, packs=packs).faults
    assert (fault.path, fault.line, fault.is_error) == (folder / PAGE, 9, True)
    assert "2026.1 sudah terbit" in fault.message
    assert '"2026.2"' in fault.remedy
    assert "teladan course publish" in fault.remedy
    assert load(packs).course("contoh").page("01-awal/01-kejadian").source.startswith("::: kejadian\nPagi")


def test_added_and_removed_files_are_edits_too(folder: Path, packs: Path) -> None:
    (folder / "media/denah.svg").rename(folder / "media/peta.svg")
    edit(folder / "chapters/01-awal/02-latihan.md", "denah.svg", "peta.svg")
    told = {fault.message for fault in check_course(folder, packs=packs).faults}
    assert "Versi 2026.1 sudah terbit, tetapi berkas 'media/denah.svg' dihapus." in told
    assert len(told) == 2  # the page and the new picture share one sentence


@pytest.mark.parametrize("harm", ["edit", "remove", "add"])
def test_harm_to_the_frozen_copy_is_found(folder: Path, packs: Path, harm: str) -> None:
    page = published(folder)["2026.1"] / PAGE
    if harm == "edit":
        edit(page, "Pagi itu loket penuh.", "Siang itu loket sepi.")
    elif harm == "remove":
        page.unlink()
    else:
        shutil.copyfile(page, page.with_name("09-lain.md"))
    faults = [fault for fault in check(packs) if fault.is_error]
    assert len(faults) == 1
    assert "2026.1" in faults[0].message
    assert "Kembalikan" in faults[0].remedy


def test_old_version_stays_readable_beside_the_new_one(folder: Path, packs: Path) -> None:
    next_version(folder, packs)
    assert check(packs) == []
    book = load(packs)
    assert (book.course("contoh").version, book.course("contoh", "2026.1").version) == ("2026.2", "2026.1")
    assert "Siang" in book.course("contoh").page("01-awal/01-kejadian").source
    assert "Pagi" in book.course("contoh", "2026.1").page("01-awal/01-kejadian").source
    assert book.course("contoh", "2026.1") is book.course("contoh", "2026.1")
    assert book.course("contoh").digest != book.course("contoh", "2026.1").digest != ""


def test_versions_are_ordered_as_numbers(folder: Path, packs: Path) -> None:
    next_version(folder, packs, "2026.10")
    assert list(published(folder)) == ["2026.1", "2026.10"]
    edit(folder / "course.yaml", '"2026.10"', '"2026.9"')
    [fault] = [fault for fault in check_course(folder, packs=packs).faults if fault.path.name == "course.yaml"]
    assert "lebih lama daripada versi 2026.10" in fault.message
    with pytest.raises(NotPublishable):
        publish_course(folder, packs=packs)


def test_draft_of_a_next_version_changes_nothing_for_readers(folder: Path, packs: Path) -> None:
    edit(folder / "course.yaml", '"2026.1"', '"2026.2"')
    edit(folder / PAGE, "Pagi itu loket penuh.", "Siang itu loket sepi.")
    assert check(packs) == []
    assert load(packs).course("contoh").version == "2026.1"


def test_course_that_is_not_out_is_the_one_being_written(packs: Path) -> None:
    book = load(packs)
    assert not book.course("contoh").is_published
    assert book.course("contoh", "2025.1") is book.course("contoh")


def test_regulation_that_a_published_page_cites_stays_in_the_library(folder: Path, packs: Path) -> None:
    next_version(folder, packs)
    place = published(folder)["2026.1"]
    regulations = packs / "id/regulations.yaml"
    text = regulations.read_text(encoding="utf-8")
    regulations.write_text(text.replace("uu-2009-25", "uu-2009-24").replace('"25"', '"24"', 1), encoding="utf-8")
    assert any(fault.path == place / PAGE and "'uu-2009-25'" in fault.message for fault in check(packs))


def test_faulty_course_is_not_published(packs: Path) -> None:
    folder = packs / "id/courses/contoh"
    edit(folder / PAGE, "::: kejadian", "::: kejadia")
    with pytest.raises(NotPublishable, match="galat"):
        publish_course(folder, packs=packs)
    assert published(folder) == {}


def test_command_publishes_once(folder: Path, packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(folder / "course.yaml", '"2026.1"', '"2026.2"')
    asked = ["course", "publish", str(folder), "--paket", str(packs)]
    assert main(asked) == 0
    assert "Versi 2026.2 terbit" in capsys.readouterr().out
    assert main(asked) == 1
    assert "sudah terbit" in capsys.readouterr().err
