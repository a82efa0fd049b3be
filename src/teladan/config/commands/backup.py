"""Buat cadangan selagi sistem berjalan: basis data dan semua berkasnya, dalam satu arsip yang diperiksa kembali.

TUJUAN adalah folder (nama arsip dibuat sendiri) atau nama arsip (.tar.gz) yang belum ada."""

import os
import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from teladan import __version__
from teladan.config import archive, database, portable
from teladan.config.console import Refusal, say
from teladan.config.home import BLOBS, DATABASE, KEY, home, used
from teladan.kernel import clock


def configure(parser: ArgumentParser) -> None:
    """Where to, and whether with the key."""
    parser.add_argument("tujuan", type=Path, help="folder atau nama arsip")
    parser.add_argument(
        "--dengan-kunci", action="store_true", help="sertakan kunci rahasia (simpan arsip itu seperti kata sandi)"
    )


def run(options: Namespace) -> int:
    """Copy, pack, read back, and only then give the archive its name."""
    folder, made_at = home(), clock.now()
    target = options.tujuan.resolve()
    if target.is_dir():
        target /= f"teladan-{made_at:%Y%m%d-%H%M%S}.tar.gz"
    if target.exists():
        raise Refusal(f"{target} sudah ada dan tidak ditimpa.")
    if not target.parent.is_dir():
        raise Refusal(f"Folder {target.parent} tidak ada.")
    if database.is_embedded() and not (folder / DATABASE).exists():
        raise Refusal(f"Tidak ada basis data di {folder}.", next_step="Periksa TELADAN_HOME.")
    if not database.is_embedded() and database.pending():
        raise Refusal("Basis data belum diperbarui.", next_step="Jalankan: teladan migrate")
    with used(), tempfile.TemporaryDirectory(prefix=".teladan-", dir=target.parent) as work:
        contents = _write(Path(work), folder, with_key=options.dengan_kunci, made_at=made_at.isoformat())
        (Path(work) / "archive").rename(target)
        _sync(target.parent)
    say(f"Cadangan siap: {target} ({len(contents.files)} bagian, {target.stat().st_size / 1_048_576:.1f} MB).")
    return 0


def _write(work: Path, folder: Path, *, with_key: bool, made_at: str) -> archive.Contents:
    copy = work / "database"
    if database.is_embedded():
        archive.copy_database(folder / DATABASE, copy)
    else:
        portable.write_file(copy)
    try:
        archive.check_database(copy)
    except archive.BadArchive as error:
        raise Refusal(str(error), next_step="Tidak ada cadangan yang dibuat. Pulihkan dari yang terdahulu.") from error
    parts = [(DATABASE, copy), *_blobs(folder, copy)]
    if with_key:
        if not (folder / KEY).exists():
            raise Refusal("Kunci rahasia tidak ada di folder data; ia diberikan lewat TELADAN_SECRET_KEY.")
        parts.append((KEY, folder / KEY))
    with os.fdopen(os.open(work / "archive", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        archive.write(file, parts, version=__version__, made_at=made_at)
        file.flush()
        os.fsync(file.fileno())
    return archive.read(work / "archive")


def _blobs(folder: Path, copy: Path) -> list[tuple[str, Path]]:
    """The files that the copied database names; Refusal when one is missing, because a backup must be complete."""
    parts = [(f"{BLOBS}/{name[:2]}/{name}", folder / BLOBS / name[:2] / name) for name in archive.named_blobs(copy)]
    missing = [path.name for _, path in parts if not path.is_file()]
    if missing:
        raise Refusal(
            f"{len(missing)} berkas tercatat tetapi tidak ada di penyimpanan (yang pertama: {missing[0]}).",
            next_step="Pulihkan berkas itu dari cadangan terdahulu, lalu ulangi.",
        )
    return parts


def _sync(folder: Path) -> None:
    file = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
