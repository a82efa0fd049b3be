"""What makes the two tests of a course fair: both are there, of different forms, alike in their cells, and filled."""

from collections.abc import Mapping

from teladan.rulebook.course_data import Item
from teladan.rulebook.models.course import CourseFile, TestModel
from teladan.rulebook.source import Source

PRE, POST = "tes-awal", "tes-akhir"
ANCHOR = "jangkar"


def check_blueprints(file: CourseFile, source: Source, items: Mapping[str, Item], *, lost_items: bool) -> None:
    """Note every fault of the tests. With `lost_items` some items could not be read: nothing is called missing."""
    for key in file.tests.keys() - {PRE, POST}:
        source.fault_at(("tests", key), f"Tes {key!r} tidak dikenal.", f"Yang ada: {PRE}, {POST}.")
    for key in (PRE, POST):
        if key not in file.tests:
            remedy = "Tulis keduanya: kemajuan peserta adalah selisih dua tes."
            source.fault_at(("tests",), f"Modul tanpa {key}.", remedy)
    if not lost_items:
        for key, test in file.tests.items():
            _check_filled(key, test, source, items)
    if PRE in file.tests and POST in file.tests:
        _check_pair(file.tests[PRE], file.tests[POST], source)
        if not lost_items:
            _warn_without_anchors(file.tests[PRE], source, items)


def _check_filled(key: str, test: TestModel, source: Source, items: Mapping[str, Item]) -> None:
    for number, cell in enumerate(test.blueprint):
        fitting = [
            item.form == ANCHOR
            for item in items.values()
            if item.in_form(test.form) and (item.value, item.level) == (cell.value, cell.level)
        ]
        anchors, of_form = sum(fitting), fitting.count(False)
        if cell.anchors is not None and anchors < cell.anchors:
            source.fault_at(
                ("tests", key, "blueprint", number),
                f"{test.title} meminta {cell.anchors} soal jangkar {cell.value} {cell.level}; "
                f"bank soal hanya punya {anchors}.",
                "Tambahkan soal jangkar, atau kurangi anchors.",
            )
        elif (found := of_form + (anchors if cell.anchors is None else cell.anchors)) < cell.count:
            source.fault_at(
                ("tests", key, "blueprint", number),
                f"{test.title} meminta {cell.count} soal {cell.value} {cell.level} form {test.form}; "
                f"bank soal hanya punya {found}.",
                "Tambahkan soal tes (soal cek tidak dihitung), atau kurangi count.",
            )


def _check_pair(pre: TestModel, post: TestModel, source: Source) -> None:
    if pre.form == post.form:
        remedy = "Beri Tes Awal form A dan Tes Akhir form B."
        source.fault_at(("tests", POST, "form"), f"Kedua tes memakai form {post.form}.", remedy)
    wanted, found = ({(cell.value, cell.level): cell.count for cell in test.blueprint} for test in (pre, post))
    for cell in sorted(wanted.keys() | found.keys()):
        if wanted.get(cell, 0) != found.get(cell, 0):
            source.fault_at(
                ("tests", POST, "blueprint"),
                f"Sel {' '.join(cell)}: Tes Awal {wanted.get(cell, 0)} soal, Tes Akhir {found.get(cell, 0)} soal.",
                "Samakan kisi-kisi kedua tes, agar nilainya dapat dibandingkan.",
            )
    if post.pass_mark is None:
        source.fault_at(("tests", POST), "Tes Akhir tanpa nilai lulus.", "Tambahkan pass, misalnya pass: 70.")


def _warn_without_anchors(test: TestModel, source: Source, items: Mapping[str, Item]) -> None:
    cells = {(cell.value, cell.level) for cell in test.blueprint}
    if not any(item.form == ANCHOR and (item.value, item.level) in cells for item in items.values()):
        source.fault_at(
            ("tests",),
            "Tidak ada soal jangkar pada kisi-kisi, jadi tingkat kesukaran kedua form tidak dapat dibandingkan.",
            "Beri form: jangkar kepada beberapa soal yang boleh keluar pada kedua tes.",
            warning=True,
        )
