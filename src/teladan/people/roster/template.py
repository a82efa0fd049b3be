"""The roster template to download."""

import io
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from teladan.people.roster.check import EXAMPLE_NIP
from teladan.people.roster.columns import BY_KEY, TEMPLATE
from teladan.people.roster.wording import COLUMN_NOTES
from teladan.rulebook.api import rulebook

ROWS = 5000  # rows whose cells are prepared as text and with lists to choose from
_EXAMPLE = {
    "nip": EXAMPLE_NIP,
    "nama": "Contoh: Sari Dewi, A.Md.Keb.",
    "jenis": "PNS",
    "kode_unit": "PKM-01",
    "unit": "Puskesmas Contoh",
    "jabatan": "Bidan Terampil",
    "jenis_jabatan": "Fungsional",
    "kepala": "tidak",
    "rumpun": "kesehatan",
    "email": "nama@contoh.go.id",
    "telepon": "081234567890",
    "tmt": "01-03-2024",
    "golongan": "II/c",
}


def roster_template() -> bytes:
    """An XLSX with the headings, a row that shows how, lists to choose from, and a sheet that explains each column. The
    cells are text, so that no NIP loses its digits."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        _people(book)
        _notes(book)
    return buffer.getvalue()


def _people(book: Any) -> None:
    sheet = book.add_worksheet(_("Pegawai"))
    text = book.add_format({"num_format": "@"})
    heading = book.add_format({"bold": True, "num_format": "@", "bottom": 1})
    shown = book.add_format({"italic": True, "num_format": "@"})
    for place, key in enumerate(TEMPLATE):
        sheet.set_column(place, place, 24 if BY_KEY[key].is_required else 16, text)
        sheet.write_string(0, place, key, heading)
        sheet.write_string(1, place, _EXAMPLE.get(key, ""), shown)
    for key, choices in _choices().items():
        place = TEMPLATE.index(key)
        if choices:
            sheet.data_validation(1, place, ROWS, place, {"validate": "list", "source": choices})
    sheet.freeze_panes(1, 2)


def _choices() -> dict[str, list[str]]:
    return {
        "jenis": ["PNS", "CPNS", "PPPK", "PPPK Paruh Waktu"],
        "jenis_jabatan": ["JPT", "Administrator", "Pengawas", "Pelaksana", "Fungsional"],
        "kepala": ["ya", "tidak"],
        "rumpun": sorted({key for course in rulebook().courses() for key in course.job_families}),
    }


def _notes(book: Any) -> None:
    sheet = book.add_worksheet(_("Petunjuk"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 20, wrap)
    sheet.set_column(1, 1, 90, wrap)
    sheet.write_string(0, 0, _("Kolom"), bold)
    sheet.write_string(0, 1, _("Cara mengisi"), bold)
    for row, key in enumerate(TEMPLATE, start=1):
        sheet.write_string(row, 0, key)
        sheet.write_string(row, 1, str(COLUMN_NOTES[key]))
    sheet.write_string(len(TEMPLATE) + 2, 0, _("Contoh"), bold)
    sheet.write_string(len(TEMPLATE) + 2, 1, _("Hapus baris contoh pada lembar Pegawai sebelum mengunggah."))
