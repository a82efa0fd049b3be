"""Backup and restore: whole, private, checked, and never over something by accident."""

import gzip
import io
import json
import os
import sqlite3
import stat
import tarfile
import threading
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from teladan.config import archive
from teladan.config import home as home_module
from teladan.config.commands import backup, restore
from teladan.config.console import Refusal
from teladan.config.home import used

pytestmark = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL: tests/slow/test_postgres.py")
BLOB = b"%PDF-1.7 surat"
NAME = sha256(BLOB).hexdigest()


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """A data folder with a database of ten rows, one file and a key."""
    settings.HOME = tmp_path / "data"
    return fill(tmp_path / "data")


def fill(home: Path) -> Path:
    (home / "blobs" / NAME[:2]).mkdir(parents=True)
    (home / "blobs" / NAME[:2] / NAME).write_bytes(BLOB)
    (home / "secret-key").write_text("rahasia")
    with closing(sqlite3.connect(home / "teladan.sqlite3")) as connection:
        connection.executescript(
            f"""PRAGMA journal_mode=WAL;
            CREATE TABLE files_blob (id INTEGER PRIMARY KEY, sha256 TEXT);
            INSERT INTO files_blob (sha256) VALUES ('{NAME}'), ('{NAME}');
            CREATE TABLE pair (a INTEGER PRIMARY KEY, b INTEGER NOT NULL);
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10)
            INSERT INTO pair SELECT i, i FROM n;"""
        )
    return home


def back_up(target: Path, *, with_key: bool = False) -> Path:
    assert backup.run(Namespace(tujuan=target, dengan_kunci=with_key)) == 0
    return target


def bring_back(source: Path, *, replace: bool = False, check: bool = False) -> int:
    return restore.run(Namespace(sumber=source, ganti=replace, periksa=check))


def rows(home: Path) -> int:
    with closing(sqlite3.connect(home / "teladan.sqlite3")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM pair").fetchone()
    return int(count)


def names(path: Path) -> list[str]:
    with tarfile.open(path) as tar:
        return tar.getnames()


@pytest.fixture
def saved(home: Path, tmp_path: Path) -> Path:
    return back_up(tmp_path / "cadangan.tar.gz", with_key=True)


def test_backup_holds_database_files_and_manifest_for_its_owner_only(home: Path, tmp_path: Path) -> None:
    saved = back_up(tmp_path / "c.tar.gz")
    assert names(saved) == ["teladan.sqlite3", f"blobs/{NAME[:2]}/{NAME}", "manifest.json"]
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    contents = archive.read(saved)
    assert contents.files[f"blobs/{NAME[:2]}/{NAME}"] == {"sha256": NAME, "size": len(BLOB)}
    assert sorted(p.name for p in tmp_path.iterdir()) == ["c.tar.gz", "data"]


def test_backup_holds_the_key_only_on_request(home: Path, saved: Path, tmp_path: Path) -> None:
    assert "secret-key" in names(saved)
    assert "secret-key" not in names(back_up(tmp_path / "b.tar.gz"))
    (home / "secret-key").unlink()
    with pytest.raises(Refusal, match="TELADAN_SECRET_KEY"):
        back_up(tmp_path / "c.tar.gz", with_key=True)


def test_backup_into_a_folder_names_itself(home: Path, tmp_path: Path) -> None:
    (tmp_path / "arsip").mkdir()
    back_up(tmp_path / "arsip")
    (made,) = (tmp_path / "arsip").iterdir()
    assert made.name.startswith("teladan-")
    assert archive.read(made)


def test_backup_never_overwrites(saved: Path) -> None:
    before = saved.read_bytes()
    with pytest.raises(Refusal, match="sudah ada"):
        back_up(saved)
    assert saved.read_bytes() == before


def test_backup_refuses_what_cannot_be_complete(home: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="tidak ada"):
        back_up(tmp_path / "none" / "c.tar.gz")
    (home / "blobs" / NAME[:2] / NAME).unlink()
    with pytest.raises(Refusal, match="1 berkas tercatat"):
        back_up(tmp_path / "c.tar.gz")
    (home / "teladan.sqlite3").unlink()
    with pytest.raises(Refusal, match="Tidak ada basis data"):
        back_up(tmp_path / "c.tar.gz")
    assert [p.name for p in tmp_path.iterdir()] == ["data"]


def test_backup_of_a_damaged_database_is_refused_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "teladan.sqlite3")) as connection:
        connection.executescript(
            "PRAGMA foreign_keys=OFF; CREATE TABLE c (p INTEGER REFERENCES pair (a)); INSERT INTO c VALUES (99);"
        )
    with pytest.raises(Refusal, match="acuan putus"):
        back_up(tmp_path / "c.tar.gz")
    assert [p.name for p in tmp_path.iterdir()] == ["data"]


def test_backup_during_writes_is_consistent_and_does_not_hold_writers_up(home: Path, tmp_path: Path) -> None:
    stop, written, slowest = threading.Event(), [0], [0.0]

    def write() -> None:
        import time

        with closing(sqlite3.connect(home / "teladan.sqlite3", isolation_level=None, timeout=10)) as connection:
            n = 1000
            while not stop.is_set():
                began = time.monotonic()
                connection.execute("BEGIN IMMEDIATE")  # both halves of a pair, or none
                connection.execute("INSERT INTO pair VALUES (?, ?)", [n, n])
                connection.execute("INSERT INTO pair VALUES (?, ?)", [-n, n])
                connection.execute("COMMIT")
                slowest[0] = max(slowest[0], time.monotonic() - began)
                n, written[0] = n + 1, written[0] + 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        saved = [back_up(tmp_path / f"{n}.tar.gz") for n in range(5)]
    finally:
        stop.set()
        writer.join()
    for n, path in enumerate(saved):
        archive.read(path, tmp_path / f"out{n}")
        with closing(sqlite3.connect(tmp_path / f"out{n}" / "teladan.sqlite3")) as connection:
            assert connection.execute("SELECT count(*) FROM pair WHERE b >= 1000").fetchone()[0] % 2 == 0
            assert connection.execute("SELECT sum(a) FROM pair WHERE b >= 1000").fetchone()[0] in {0, None}
    assert written[0] > 20
    assert slowest[0] < 2


def test_restore_brings_everything_back_and_keeps_the_old_aside(home: Path, saved: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(home / "teladan.sqlite3")) as connection, connection:
        connection.execute("DELETE FROM pair")
    (home / "secret-key").write_text("other")
    assert bring_back(saved, replace=True) == 0
    assert rows(home) == 10
    assert (home / "secret-key").read_text() == "rahasia"
    assert (home / "blobs" / NAME[:2] / NAME).read_bytes() == BLOB
    assert {stat.S_IMODE(p.stat().st_mode) for p in home.rglob("*") if p.is_file()} == {0o600}
    (aside,) = tmp_path.glob("data-sebelum-*")
    assert rows(aside) == 0
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(["data", aside.name, saved.name])


def test_restore_into_an_empty_home_needs_no_word_and_keeps_its_key(saved: Path, tmp_path: Path, settings: Any) -> None:
    without_key = back_up(tmp_path / "b.tar.gz")
    settings.HOME = tmp_path / "new"
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "secret-key").write_text("mine")
    bring_back(without_key)
    assert rows(tmp_path / "new") == 10
    assert (tmp_path / "new" / "secret-key").read_text() == "mine"
    assert not list(tmp_path.glob("new-sebelum-*"))


def test_restore_over_data_needs_the_word(home: Path, saved: Path) -> None:
    with pytest.raises(Refusal, match="sudah berisi"):
        bring_back(saved)


def test_restore_while_a_server_runs_is_refused(home: Path, saved: Path, tmp_path: Path) -> None:
    with used(), pytest.raises(Refusal, match="sedang dipakai"):
        bring_back(saved, replace=True)
    assert not list(tmp_path.glob("*-sebelum-*"))
    assert not list(tmp_path.glob(".data-baru-*"))


def test_restore_that_only_checks_changes_nothing(home: Path, saved: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inode = home.stat().st_ino
    assert bring_back(saved, check=True) == 0
    assert "utuh" in capsys.readouterr().out
    assert home.stat().st_ino == inode


def test_restore_where_folders_cannot_be_exchanged_renames_twice(
    home: Path, saved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(restore, "_exchange", lambda one, other: False)
    bring_back(saved, replace=True)
    assert rows(home) == 10
    assert len(list(tmp_path.glob("data-sebelum-*"))) == 1


def repack(saved: Path, change: Callable[[dict[str, bytes]], None]) -> None:
    """Take an archive apart, change its parts, and put it together again."""
    with tarfile.open(saved) as tar:
        parts = {m.name: tar.extractfile(m).read() for m in tar.getmembers()}  # type: ignore[union-attr]  # plain files
    change(parts)
    with tarfile.open(saved, "w:gz") as tar:
        for name, content in parts.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))


def flip_blob(parts: dict[str, bytes]) -> None:
    name = f"blobs/{NAME[:2]}/{NAME}"
    parts[name] = parts[name][:-1] + b"!"


def drop_blob(parts: dict[str, bytes]) -> None:
    del parts[f"blobs/{NAME[:2]}/{NAME}"]


def drop_blob_and_entry(parts: dict[str, bytes]) -> None:
    drop_blob(parts)
    edit_manifest(parts, lambda m: m["files"].pop(f"blobs/{NAME[:2]}/{NAME}"))


def edit_manifest(parts: dict[str, bytes], change: Callable[[Any], object]) -> None:
    manifest = json.loads(parts["manifest.json"])
    change(manifest)
    parts["manifest.json"] = json.dumps(manifest).encode()


def replace_database(content: bytes) -> Callable[[dict[str, bytes]], None]:
    def change(parts: dict[str, bytes]) -> None:
        parts["teladan.sqlite3"] = content
        entry = {"sha256": sha256(content).hexdigest(), "size": len(content)}
        edit_manifest(parts, lambda m: m["files"].update({"teladan.sqlite3": entry}))

    return change


def damage_page(parts: dict[str, bytes]) -> None:
    database = bytearray(parts["teladan.sqlite3"])
    database[4096 + 8 : 4096 + 60] = bytes(52)
    replace_database(bytes(database))(parts)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (flip_blob, "berubah"),
        (drop_blob, "hilang"),
        (drop_blob_and_entry, "tidak lengkap: 1 berkas"),
        (lambda parts: parts.pop("manifest.json"), "daftar isinya tidak ada"),
        (lambda parts: parts.pop("teladan.sqlite3"), "teladan.sqlite3 hilang"),
        (lambda parts: parts.update({"../evil": b"x"}), "tidak dikenal"),
        (lambda parts: parts.update({"blobs/aa/../../evil": b"x"}), "tidak dikenal"),
        (lambda parts: edit_manifest(parts, lambda m: m.pop("files")), "tidak terbaca"),
        (lambda parts: parts.update({"manifest.json": b"{"}), "rusak"),
        (replace_database(b"no database at all" * 400), "tidak terbaca"),
        (damage_page, "rusak|tidak terbaca"),
    ],
)
def test_restore_of_a_damaged_archive_says_what_and_touches_nothing(
    home: Path, saved: Path, tmp_path: Path, change: Callable[[dict[str, bytes]], None], words: str
) -> None:
    repack(saved, change)
    inode = home.stat().st_ino
    with pytest.raises(Refusal, match=words):
        bring_back(saved, replace=True)
    assert home.stat().st_ino == inode
    assert sorted(p.name for p in tmp_path.iterdir()) == ["cadangan.tar.gz", "data"]
    assert not (tmp_path / "evil").exists()


@pytest.mark.parametrize("part", [0.0, 0.3, 0.7, 0.99])
def test_restore_of_a_cut_off_archive_is_refused(home: Path, saved: Path, part: float) -> None:
    whole = saved.read_bytes()
    saved.write_bytes(whole[: int(len(whole) * part)])
    with pytest.raises(Refusal, match=r"terpotong|tidak lengkap"):
        bring_back(saved, replace=True)


def test_archive_with_a_flipped_bit_is_found_out(saved: Path) -> None:
    whole = saved.read_bytes()
    unpacked, found_out = gzip.decompress(whole), 0
    for place in range(40, len(whole), max(1, len(whole) // 60)):
        changed = bytearray(whole)
        changed[place] ^= 0x10
        saved.write_bytes(changed)
        try:
            archive.read(saved)
        except archive.BadArchive:
            found_out += 1
        else:  # a few bits of the packing may stand for the very same content
            assert gzip.decompress(bytes(changed)) == unpacked
    assert found_out > 40


def test_restore_refuses_links_and_what_follows_the_manifest(home: Path, tmp_path: Path, saved: Path) -> None:
    link = tarfile.TarInfo("teladan.sqlite3")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    with tarfile.open(tmp_path / "link.tar.gz", "w:gz") as tar:
        tar.addfile(link)
    with pytest.raises(Refusal, match="tidak dikenal"):
        bring_back(tmp_path / "link.tar.gz", replace=True)

    def reorder(parts: dict[str, bytes]) -> None:
        parts["secret-key"] = parts.pop("secret-key")  # now after the manifest

    repack(saved, reorder)
    with pytest.raises(Refusal, match="tidak pada tempatnya"):
        bring_back(saved, replace=True)


def test_restore_of_something_else_is_refused(home: Path, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="tidak ada"):
        bring_back(tmp_path / "none")
    (tmp_path / "text").write_text("not an archive")
    with pytest.raises(Refusal, match="rusak"):
        bring_back(tmp_path / "text", replace=True)
    (tmp_path / "gz").write_bytes(gzip.compress(b"not a tar either"))
    with pytest.raises(Refusal, match="rusak"):
        bring_back(tmp_path / "gz", replace=True)


def test_home_that_is_a_mount_point_is_refused_with_a_way_out(
    home: Path, saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(one: Path, other: Path) -> bool:
        raise OSError(16, os.strerror(16))

    monkeypatch.setattr(restore, "_exchange", busy)
    with pytest.raises(Refusal, match="tidak dapat ditukar"):
        bring_back(saved, replace=True)
    assert rows(home) == 10


@pytest.fixture(autouse=True)
def _no_database_of_the_suite(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """These commands work on folders; the suite's own connection stays open."""
    monkeypatch.setattr(restore, "connections", type("Nothing", (), {"close_all": staticmethod(lambda: None)}))
    yield


def test_empty_home_is_told_from_one_with_data(tmp_path: Path) -> None:
    assert home_module.is_empty(tmp_path)
    (tmp_path / "blobs").mkdir()
    (tmp_path / "secret-key").write_text("k")
    assert home_module.is_empty(tmp_path)
    (tmp_path / "blobs" / "aa").mkdir()
    assert not home_module.is_empty(tmp_path)
