"""A course begins as a sound skeleton, and a folder is checked alone."""

from pathlib import Path
from time import perf_counter

import pytest

from teladan.config.command import main
from teladan.config.commands import course as command
from teladan.rulebook.api import default_packs
from teladan.rulebook.authoring import BadName, check_course, new_course


def test_new_course_is_sound_from_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "ramah-disabilitas"
    made = new_course(folder, title='Pelayanan "ramah" disabilitas')
    assert all(path.is_file() for path in made)
    checked = check_course(folder, packs=default_packs())
    assert checked.faults == ()
    assert checked.course is not None
    assert checked.course.key == "ramah-disabilitas"
    assert checked.course.title == 'Pelayanan "ramah" disabilitas'
    assert set(checked.course.tests) == {"tes-awal", "tes-akhir"}
    assert "KUNCI" not in "".join(path.read_text(encoding="utf-8") for path in made)


@pytest.mark.parametrize("name", ["Besar", "dua kata", "1-angka", "-depan", "a--b", "é"])
def test_name_that_cannot_be_a_key_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadName):
        new_course(tmp_path / name, title="x")
    assert not (tmp_path / name).exists()


def test_what_is_there_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "ada").mkdir()
    with pytest.raises(FileExistsError):
        new_course(tmp_path / "ada", title="x")


def test_command_makes_and_checks(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "modul-baru"
    assert main(["course", "new", str(folder), "--judul", "Modul baru"]) == 0
    assert main(["course", "check", str(folder)]) == 0
    assert "Modul dapat dipakai: Modul baru, 4 halaman, 4 soal, 1 adegan" in capsys.readouterr().out


def test_command_names_file_line_and_remedy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "modul-baru"
    new_course(folder, title="x")
    page = folder / "chapters/01-pembuka/02-kewajiban.md"
    page.write_text(page.read_text(encoding="utf-8").replace("uu-2009-25#34", "uu-1900-1#2"), encoding="utf-8")
    assert main(["course", "check", str(folder)]) == 1
    told = capsys.readouterr().out
    assert "02-kewajiban.md:9: galat:" in told
    assert "Perbaikan:" in told
    assert told.splitlines()[-1].startswith("1 galat, 0 peringatan.")


def test_command_refuses_what_it_cannot_do(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["course", "check", str(tmp_path / "tidak-ada")]) == 1
    assert main(["course", "new", str(tmp_path)]) == 1
    assert main(["course", "new", "Jelek"]) == 1
    assert "teladan course new NAMA" in capsys.readouterr().err


def test_bare_name_lies_with_the_other_courses() -> None:
    packs = default_packs()
    assert command._folder(Path("berakhlak"), packs) == packs / "id/courses/berakhlak"


def test_key_of_another_course_is_taken(tmp_path: Path) -> None:
    folder = tmp_path / "modul-baru"
    new_course(folder, title="x")
    items = folder / "items/soal.yaml"
    items.write_text(items.read_text(encoding="utf-8").replace("modul-baru-001", "bp-001"), encoding="utf-8")
    [fault] = check_course(folder, packs=default_packs()).faults
    assert (fault.path, fault.line) == (items, 4)
    assert "bp-001 sudah dipakai di berorientasi-pelayanan.yaml" in fault.message


def test_whole_check_of_the_large_course_is_quick() -> None:
    """The bar is five seconds on a busy machine; measured 0.4 s."""
    began = perf_counter()
    assert check_course(default_packs() / "id/courses/berakhlak", packs=default_packs()).is_sound
    assert perf_counter() - began < 5
