"""The guide for authors is true: what it shows passes the check, and it shows every block."""

import re
import shutil
from pathlib import Path

import pytest

from teladan.rulebook.api import default_packs
from teladan.rulebook.authoring import check_course, new_course
from teladan.rulebook.pages import DIAGRAMS, SHAPES

GUIDE = Path(__file__).resolve().parents[2] / "docs/guides/menulis-materi.md"
TEXT = GUIDE.read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.S | re.M)
BLOCKS = [text for language, text in EXAMPLES if language == "markdown" and text.startswith(":::")]


def example(language: str, start: str) -> str:
    [found] = [text for written, text in EXAMPLES if written == language and text.startswith(start)]
    return found


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_guide_shows_every_block(name: str) -> None:
    assert any(re.search(rf"^:+ {name}\b", block, re.M) for block in BLOCKS)


@pytest.mark.parametrize("kind", DIAGRAMS)
def test_guide_names_every_diagram(kind: str) -> None:
    assert f"`{kind}`" in TEXT


def test_examples_of_the_guide_pass_the_check(tmp_path: Path) -> None:
    folder = tmp_path / "ramah-disabilitas"
    new_course(folder, title="Pelayanan ramah disabilitas")
    course = folder / "course.yaml"
    course.write_text(course.read_text(encoding="utf-8") + "  kesehatan: Kesehatan\n", encoding="utf-8")
    front = example("markdown", "---\ntitle: Bertanya dahulu").split("---")[1]
    page = f"---{front}---\n\n" + "\n".join(BLOCKS)
    (folder / "chapters/01-pembuka/05-contoh.md").write_text(page, encoding="utf-8")
    (folder / "items/contoh.yaml").write_text(example("yaml", "key_status"), encoding="utf-8")
    shutil.copytree(default_packs() / "id/courses/berakhlak/media", folder / "media", dirs_exist_ok=True)
    scene = example("yaml", "key: rd-loket-tinggi")
    (folder / "scenes/rd-loket-tinggi.yaml").write_text(scene, encoding="utf-8")
    faults = [str(fault) for fault in check_course(folder, packs=default_packs()).faults if fault.is_error]
    assert faults == []


def test_example_of_course_yaml_says_what_is_missing_and_nothing_else(tmp_path: Path) -> None:
    """Its chapters and items are not there yet: the check says so, and finds no other fault in the file."""
    folder = tmp_path / "ramah-disabilitas"
    folder.mkdir()
    (folder / "course.yaml").write_text(example("yaml", "key: ramah-disabilitas"), encoding="utf-8")
    errors = [fault.message for fault in check_course(folder, packs=default_packs()).faults if fault.is_error]
    assert errors
    assert all("tidak ada." in message or "bank soal hanya punya 0" in message for message in errors), errors
