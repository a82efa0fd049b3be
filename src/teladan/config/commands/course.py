"""Modul pembelajaran untuk penyusunnya: `new` membuat kerangka yang langsung dapat dijalankan, `check` memeriksa satu folder
modul dan menyebut berkas, baris, serta perbaikannya (kode keluar 1 bila ada galat), `preview` menampilkannya di komputer ini
selagi ditulis, `publish` menerbitkan versinya: sejak itu versi tersebut tidak berubah lagi dan dapat dipakai kelas."""

import os
from argparse import ArgumentParser, Namespace
from pathlib import Path
from time import perf_counter

from teladan.config.bind import parse
from teladan.config.console import Refusal, say
from teladan.rulebook.api import default_packs
from teladan.rulebook.authoring import BadName, check_course, check_overlay, is_overlay, new_course, publish_course
from teladan.rulebook.cli import told
from teladan.rulebook.publishing import NotPublishable

_KEPT = "courses"
PREVIEW_PORT = 8765


def configure(parser: ArgumentParser) -> None:
    """The verbs."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="new|check|preview|publish")
    new = verbs.add_parser("new", help="buat kerangka modul")
    new.add_argument("folder", type=Path, help="folder modul; tanpa garis miring: di bawah packs/id/courses")
    new.add_argument("--judul", default="", help="judul modul")
    check = verbs.add_parser("check", help="periksa satu modul")
    check.add_argument("folder", type=Path, help="folder modul, atau namanya di bawah packs/id/courses")
    preview = verbs.add_parser("preview", help="tampilkan modul di komputer ini selagi ditulis")
    preview.add_argument("folder", type=Path, help="folder modul, atau namanya di bawah packs/id/courses")
    preview.add_argument("--alamat", default=f"127.0.0.1:{PREVIEW_PORT}", help="alamat di komputer ini sendiri")
    publish = verbs.add_parser("publish", help="terbitkan versi yang tertulis di course.yaml")
    publish.add_argument("folder", type=Path, help="folder modul, atau namanya di bawah packs/id/courses")
    for each in (new, check, preview, publish):
        each.add_argument("--paket", type=Path, default=None, help="folder paket dengan peraturan yang dikutip")


def run(options: Namespace) -> int:
    """Do what the verb says."""
    packs: Path = options.paket or default_packs()
    folder = _folder(options.folder, packs)
    if options.verb == "new":
        return _new(folder, options.judul)
    if not folder.is_dir():
        raise Refusal(f"Folder {folder} tidak ada.", next_step="Buat dengan: teladan course new NAMA")
    if options.verb == "preview":
        return _preview(folder, options.alamat, options.paket)
    return _check(folder, packs) if options.verb == "check" else _publish(folder, packs)


def _folder(given: Path, packs: Path) -> Path:
    """A bare name lies with the other courses."""
    return packs / "id" / _KEPT / given if given.parent == Path() and not given.exists() else given.resolve()


def _new(folder: Path, title: str) -> int:
    try:
        made = new_course(folder, title=title or folder.name.replace("-", " ").capitalize())
    except BadName as error:
        raise Refusal(str(error)) from None
    except FileExistsError:
        raise Refusal(f"{folder} sudah ada.", next_step="Pilih nama lain, atau lanjutkan yang ada.") from None
    except OSError as error:
        raise Refusal(f"{folder} tidak dapat dibuat: {error.strerror}.") from None
    say(f"Kerangka modul siap: {folder} ({len(made)} berkas).")
    say(f"Tulis isinya menurut docs/guides/menulis-materi.md, lalu: teladan course check {folder.name}")
    return 0


def _check(folder: Path, packs: Path) -> int:
    began = perf_counter()
    checked = check_overlay(folder, packs=packs) if is_overlay(folder) else check_course(folder, packs=packs)
    for fault in checked.faults:
        say(told(fault))
    errors = sum(fault.is_error for fault in checked.faults)
    warnings = len(checked.faults) - errors
    if not checked.is_sound or checked.course is None:
        say(f"{errors} galat, {warnings} peringatan. Modul belum dapat dipakai.")
        return 1
    course = checked.course
    if is_overlay(folder):
        say(f"Tambahan untuk {course.title} dapat dipakai; {warnings} peringatan.")
        return 0
    pages = sum(len(chapter.pages) for chapter in course.chapters)
    say(
        f"Modul dapat dipakai: {course.title}, {pages} halaman, {len(course.items)} soal, {len(course.scenes)} adegan; "
        f"{warnings} peringatan; {perf_counter() - began:.1f} detik."
    )
    return 0


def _preview(folder: Path, address: str, packs: Path | None) -> int:
    if packs:
        os.environ["TELADAN_PACKS"] = str(packs.resolve())
    from teladan.config.preview import serve  # noqa: PLC0415  (brings in the web; the other verbs do without)

    return serve(folder, parse(address))


def _publish(folder: Path, packs: Path) -> int:
    try:
        place = publish_course(folder, packs=packs)
    except NotPublishable as error:
        raise Refusal(error.message, next_step=error.remedy) from None
    say(f"Versi {place.name} terbit: {place}. Kelas baru memakainya; kelas yang sudah ada tetap pada versinya.")
    say("Simpan folder itu bersama modul; isinya tidak boleh diubah lagi.")
    return 0
