"""A backup is one `.tar.gz`: the database, the files it names, on request the secret key, and a manifest of hashes.

manifest.json      {"teladan": version, "made_at": UTC, "files": {name: {"sha256": hex, "size": bytes}}}, the last part
teladan.sqlite3    a consistent copy, made while others went on writing
blobs/ab/abcd...   every file that a row of that copy names
secret-key         only on request
"""

import gzip
import hashlib
import io
import json
import os
import re
import sqlite3
import tarfile
import zlib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from teladan.config.home import BLOBS, DATABASE, KEY

MANIFEST = "manifest.json"
_BLOB = re.compile(rf"{BLOBS}/([0-9a-f]{{2}})/\1[0-9a-f]{{62}}")
_CHUNK = 1_048_576
_BROKEN = (tarfile.TarError, EOFError, gzip.BadGzipFile, zlib.error, json.JSONDecodeError, UnicodeDecodeError)


class BadArchive(ValueError):
    """The archive cannot be trusted; the sentence says why."""


@dataclass(frozen=True)
class Contents:
    """What a sound archive says of itself."""

    version: str
    made_at: str
    files: dict[str, dict[str, Any]]


def copy_database(source: Path, target: Path) -> None:
    """A consistent, compact copy. Reads only: writers go on meanwhile and nothing of theirs is half in it."""
    with closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30)) as connection:
        connection.execute("VACUUM INTO ?", [str(target)])
    target.chmod(0o600)


def check_database(path: Path) -> None:
    """BadArchive unless SQLite finds the file whole and every reference in it leads somewhere."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as connection:
            found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
            lost = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        raise BadArchive(f"Basis data tidak terbaca ({error}).") from error
    if found != ["ok"] or lost:
        raise BadArchive(f"Basis data rusak ({'; '.join(found[:3]) if found != ['ok'] else 'acuan putus'}).")


def named_blobs(database: Path) -> list[str]:
    """The hashes of all files that rows of this database name."""
    with closing(sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)) as connection:
        return [row[0] for row in connection.execute("SELECT DISTINCT sha256 FROM files_blob ORDER BY sha256")]


def write(archive: IO[bytes], parts: list[tuple[str, Path]], *, version: str, made_at: str) -> Contents:
    """Write the parts and, last, their manifest."""
    files: dict[str, dict[str, Any]] = {}
    with (
        gzip.GzipFile(fileobj=archive, mode="wb", compresslevel=3) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        for name, path in parts:
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
                size = file.tell()
                file.seek(0)
                tar.addfile(_part(name, size), file)
            files[name] = {"sha256": digest, "size": size}
        manifest = json.dumps({"teladan": version, "made_at": made_at, "files": files}, indent=1).encode()
        tar.addfile(_part(MANIFEST, len(manifest)), io.BytesIO(manifest))
    return Contents(version, made_at, files)


def read(archive: Path, target: Path | None = None) -> Contents:
    """Check every part against the manifest and, with `target`, unpack into that new folder. BadArchive otherwise."""
    found: dict[str, dict[str, Any]] = {}
    manifest: dict[str, Any] | None = None
    try:
        with gzip.open(archive) as packed, tarfile.open(fileobj=packed, mode="r|") as tar:
            for part in tar:
                content = _content(tar, part)
                if manifest is not None or part.name in found:
                    raise BadArchive(f"Bagian {part.name} tidak pada tempatnya.")
                if part.name == MANIFEST:
                    manifest = json.loads(content.read())
                else:
                    found[part.name] = _take(content, part.name, target)
            while packed.read(_CHUNK):  # to the end, where the checksum of the whole stands
                pass
    except _BROKEN as error:
        raise BadArchive(f"Cadangan ini terpotong atau rusak ({type(error).__name__}).") from error
    return _compare(manifest, found)


def _content(tar: tarfile.TarFile, part: tarfile.TarInfo) -> IO[bytes]:
    """A part's bytes; BadArchive for anything but a plain file with a name that a backup has."""
    content = tar.extractfile(part) if part.isreg() else None
    if content is None or not (part.name in {DATABASE, KEY, MANIFEST} or _BLOB.fullmatch(part.name)):
        raise BadArchive(f"Bagian yang tidak dikenal: {part.name!r}.")
    return content


def _take(content: IO[bytes], name: str, target: Path | None) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    out = None if target is None else _create(target / name)
    try:
        while chunk := content.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            if out is not None:
                out.write(chunk)
        if out is not None:
            out.flush()
            os.fsync(out.fileno())
    finally:
        if out is not None:
            out.close()
    return {"sha256": digest.hexdigest(), "size": size}


def _create(path: Path) -> IO[bytes]:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _compare(manifest: dict[str, Any] | None, found: dict[str, dict[str, Any]]) -> Contents:
    if manifest is None:
        raise BadArchive("Cadangan ini tidak lengkap: daftar isinya tidak ada.")
    try:
        contents = Contents(str(manifest["teladan"]), str(manifest["made_at"]), dict(manifest["files"]))
    except (KeyError, TypeError, ValueError) as error:
        raise BadArchive("Daftar isi cadangan ini tidak terbaca.") from error
    for name in sorted(contents.files.keys() | found.keys()):
        if contents.files.get(name) != found.get(name):
            raise BadArchive(f"Bagian {name} hilang, berlebih, atau berubah.")
    if DATABASE not in found:
        raise BadArchive("Cadangan ini tidak berisi basis data.")
    return contents


def _part(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info
