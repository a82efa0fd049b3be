"""The sample is built once, whole, and never in place of real data."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from teladan.config import sample
from teladan.config.console import Refusal

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL: tests/slow/test_postgres.py")


@pytest.fixture
def built(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    settings.HOME = tmp_path
    done: list[str] = []
    monkeypatch.setattr(sample.demo, "build", lambda *, report: done.append("built"))
    monkeypatch.setattr(sample, "migrate", lambda report: done.append("migrated"))
    monkeypatch.setattr(sample, "connections", type("Nothing", (), {"close_all": staticmethod(lambda: None)}))
    return done


def make_database(folder: Path, *, is_demo: bool) -> None:
    with closing(sqlite3.connect(folder / "teladan.sqlite3")) as connection:
        connection.executescript(
            f"CREATE TABLE accounts_agency (is_demo BOOL); INSERT INTO accounts_agency VALUES ({int(is_demo)})"
        )


def test_sample_is_built_and_leaves_no_mark(built: list[str], tmp_path: Path) -> None:
    sample.build_if_empty(lambda line: None)
    assert built == ["built"]
    assert list(tmp_path.iterdir()) == []


def test_sample_interrupted_is_begun_anew(built: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*, report: Any) -> None:
        raise KeyboardInterrupt

    make_database(tmp_path, is_demo=True)
    (tmp_path / "blobs" / "aa").mkdir(parents=True)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(sample.demo, "build", interrupt)
        sample.build_if_empty(lambda line: None)
    sample.build_if_empty(lambda line: None)
    assert built == ["migrated", "built"]
    assert list(tmp_path.iterdir()) == []


def test_real_agency_is_never_cleared_away(built: list[str], tmp_path: Path) -> None:
    make_database(tmp_path, is_demo=False)
    with pytest.raises(Refusal, match="bukan contoh"):
        sample.clear()
    (tmp_path / sample.UNFINISHED).touch()
    with pytest.raises(Refusal, match="bukan contoh"):
        sample.build_if_empty(lambda line: None)
    assert (tmp_path / "teladan.sqlite3").exists()
    assert built == []


def test_unfinished_database_without_agencies_is_cleared(built: list[str], tmp_path: Path) -> None:
    (tmp_path / "teladan.sqlite3").touch()
    sample.clear()
    assert not (tmp_path / "teladan.sqlite3").exists()
    sample.clear()
