"""The check from the command line."""

from pathlib import Path

import pytest

from teladan.rulebook.cli import main
from tests.rulebook.conftest import SOUND


def test_sound_packs_give_one_line_and_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(SOUND)]) == 0
    [line] = capsys.readouterr().out.splitlines()
    assert line.startswith("Paket dapat dipakai: 4 peraturan")


def test_broken_packs_give_every_fault_and_one(packs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = packs / "id/courses/contoh"
    (course / "course.yaml").write_text("key: contoh\n", encoding="utf-8")
    (packs / "id/glossary.yaml").unlink()
    assert main([str(packs)]) == 1
    told = capsys.readouterr().out
    assert "course.yaml:1: galat: Isian 'version' wajib ada" in told
    assert "glossary.yaml:1: galat: Berkas tidak ditemukan." in told
    assert "Perbaikan: " in told
    assert told.splitlines()[-1].endswith("Paket belum dapat dipakai.")


def test_default_packs_are_checked_without_a_path(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "2 modul" in capsys.readouterr().out
