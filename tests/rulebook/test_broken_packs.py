"""Every file in `broken/` breaks the sound pack in one way and says which words the fault must carry, and where."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from teladan.rulebook.api import Fault, Severity, check
from teladan.rulebook.authoring import check_course
from tests.rulebook.conftest import BROKEN, SOUND

CASES = sorted(BROKEN.glob("*.yaml"))


def break_pack(packs: Path, case: dict[str, Any]) -> None:
    """Do to the copy what the case says."""
    path = packs / case["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    for name, text in case.get("add", {}).items():
        (packs / name).write_text(text, encoding="utf-8")
    for name, size in case.get("fill", {}).items():
        (packs / name).write_text((packs / name).read_text(encoding="utf-8").ljust(size), encoding="utf-8")
    for name in case.get("also", []):
        (packs / name).unlink()
    if case.get("remove"):
        path.unlink()
    elif case.get("write") == "LATIN1":
        path.write_bytes("terms:\n  - {term: Café}\n".encode("latin-1"))
    elif "write" in case:
        path.write_text(case["write"], encoding="utf-8")
    else:
        text = path.read_text(encoding="utf-8")
        assert text.count(case["change"]["from"]) == 1, "the change must fit exactly one place"
        path.write_text(text.replace(case["change"]["from"], case["change"]["to"]), encoding="utf-8")


def fits(fault: Fault, expected: dict[str, Any], packs: Path) -> bool:
    place = (fault.path, fault.line, fault.severity)
    wanted = (packs / expected["file"], expected["line"], Severity(expected.get("severity", "galat")))
    has_words = all(word in fault.message for word in expected["words"])
    return place == wanted and has_words and all(word in fault.remedy for word in expected.get("remedy", []))


def is_of_course(path: Path) -> bool:
    return "/courses/contoh/" in yaml.safe_load(path.read_text(encoding="utf-8"))["expect"]["file"]


def test_sound_pack_has_no_faults() -> None:
    assert check(SOUND) == []


def test_broken_kinds_of_a_course_are_many() -> None:
    """Faults an author can make are told by their messages: as many different ones as there are fixtures, nearly."""
    assert len([path for path in CASES if is_of_course(path)]) >= 40


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_broken_pack_names_place_words_and_remedy(path: Path, packs: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    break_pack(packs, case)
    faults = check(packs)
    told = "\n".join(str(fault) for fault in faults)
    assert any(fits(fault, case["expect"], packs) for fault in faults), f"{case['why']}\n{told}"
    assert all(fault.message and fault.remedy for fault in faults)


@pytest.mark.parametrize("path", [path for path in CASES if is_of_course(path)], ids=lambda path: path.stem)
def test_broken_course_is_told_when_it_is_checked_alone(path: Path, packs: Path) -> None:
    case = yaml.safe_load(path.read_text(encoding="utf-8"))
    break_pack(packs, case)
    faults = check_course(packs / "id/courses/contoh", packs=packs).faults
    told = "\n".join(str(fault) for fault in faults)
    assert any(fits(fault, case["expect"], packs) for fault in faults), f"{case['why']}\n{told}"


def test_broken_course_file_leaves_the_rest_standing(packs: Path) -> None:
    from teladan.rulebook.book import load

    (packs / "id/courses/contoh/scenes/loket-pagi.yaml").write_text("key: [", encoding="utf-8")
    book = load(packs)
    course = book.course("contoh")
    assert course.scenes == {}
    assert [page.slug for page in course.chapter("awal").pages] == ["kejadian", "latihan"]
    # the lost scene is told once, not again by the page that shows it
    assert [fault.path.name for fault in book.faults if fault.is_error] == ["loket-pagi.yaml"]
