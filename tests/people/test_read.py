"""Reading roster files: kinds, encodings, headings, and what is refused with which words."""

import io
import zipfile
from datetime import UTC, datetime
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from teladan.people.roster.columns import COLUMNS as ALL
from teladan.people.roster.columns import column_of
from teladan.people.roster.read import RawRow, Unreadable, read_roster
from teladan.people.roster.wording import FILE_FAULTS, file_words
from tests.people.rosters import COLUMNS, csv, row, xlsx

SARI = row(1, nama="Sari, A.Md.Keb.", email="sari@contoh.go.id")


def cells(content: bytes) -> list[RawRow]:
    return read_roster(content).rows


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
def test_read_csv_of_any_delimiter_and_encoding(delimiter: str, encoding: str) -> None:
    content = csv(row(1, nama="Sari Déwi"), delimiter=delimiter, encoding=encoding)
    assert [(r.number, r.cells["nama"], r.cells["nip"]) for r in cells(content)] == [(2, "Sari Déwi", row(1)["nip"])]


def test_read_csv_with_quotes_and_line_breaks_tells_the_row_of_the_spreadsheet() -> None:
    heading = "Laporan pegawai\n\nNIP;Nama Lengkap;Kode Unit;Unit Kerja;Jabatan;Catatan\n"
    text = heading + '1;"Sari;\nDewi";A;B;C;x\n\n2;Budi;A;B;C;y\n'
    sheet = read_roster(text.encode())
    assert [(r.number, r.cells["nama"]) for r in sheet.rows] == [(4, "Sari;\nDewi"), (7, "Budi")]
    assert sheet.unknown == ["Catatan"]


def test_read_xlsx_equals_csv() -> None:
    assert cells(xlsx(SARI, row(2))) == cells(csv(SARI, row(2)))


def test_read_xlsx_finds_the_headings_below_a_title_and_keeps_row_numbers() -> None:
    assert [r.number for r in cells(xlsx(SARI, row(2), title_rows=4))] == [6, 7]


def test_read_xlsx_turns_types_into_what_people_meant() -> None:
    typed = row(1, kode_unit=101, telepon=81234567890, tmt=datetime(2024, 3, 1, tzinfo=UTC), kepala=True, golongan=2.5)
    (read,) = cells(xlsx(typed))
    found = [read.cells[key] for key in ("kode_unit", "telepon", "tmt", "kepala", "golongan")]
    assert found == ["101", "81234567890", "2024-03-01", "ya", "2.5"]


def test_read_xlsx_never_hands_on_digits_that_were_lost() -> None:
    (read,) = cells(xlsx(row(1, nip=199001012022032001)))
    assert read.cells["nip"] == "1.99001E+17"


def test_read_xlsx_looks_for_the_sheet_with_headings() -> None:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        book.add_worksheet("Sampul").write_string(0, 0, "Rekap pegawai")
        sheet = book.add_worksheet("Data")
        sheet.write_row(0, 0, COLUMNS)
        sheet.write_row(1, 0, [SARI[key] for key in COLUMNS])
    assert [r.cells["nama"] for r in cells(buffer.getvalue())] == ["Sari, A.Md.Keb."]


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("NIP", "nip"),
        ("NIP/NIPPPK", None),
        ("NIP / NIPPK", "nip"),
        ("Nama Lengkap", "nama"),
        ("  nama  pegawai ", "nama"),
        ("No. HP *", "telepon"),
        ("E-mail", "email"),
        ("TMT Jabatan", "tmt"),
        ("Gol/Ruang", "golongan"),
        ("Unit Kerja", "unit"),
        ("Catatan", None),
        ("", None),
    ],
)
def test_column_of_known_headings(heading: str, key: str | None) -> None:
    assert column_of(heading) == key


def test_columns_share_no_heading() -> None:
    names = [name for column in ALL for name in (column.key, *column.synonyms.split())]
    assert len(names) == len(set(names))
    assert all(column_of(name) for name in names)


def packed(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def with_far_cell(reference: str) -> bytes:
    """A workbook with one more filled cell, far out."""
    source = zipfile.ZipFile(io.BytesIO(xlsx(SARI)))
    parts = {name: source.read(name) for name in source.namelist()}
    far = f'<row r="3"><c r="{reference}"><v>1</v></c></row></sheetData>'.encode()
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", far)
    return packed(**parts)


HTML = b"<html><table><tr><td>NIP</td></tr></table></html>"
REFUSED = {
    "nothing": (b"", "empty_file"),
    "blanks": (b" \r\n \n", "empty_file"),
    "pdf": (b"%PDF-1.7 ...", "wrong_type"),
    "png": (b"\x89PNG\r\n\x1a\n", "wrong_type"),
    "rtf": (b"{\\rtf1 x}", "wrong_type"),
    "bytes": (b"nip;nama\x00\x01\x02", "wrong_type"),
    "docx": (packed(**{"word/document.xml": b"<w/>"}), "wrong_type"),
    "old excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
    "html": (HTML, "html"),
    "html with a mark": (b"\xef\xbb\xbf  <!DOCTYPE html>", "html"),
    "half a zip": (xlsx(SARI)[:900], "damaged"),
    "a workbook without sheets": (packed(**{"xl/workbook.xml": b"<w/>"}), "damaged"),
    "no headings": (b"a;b\n1;2\n", "no_heading"),
    "headings too far down": (b"x\n" * 12 + csv(SARI), "no_heading"),
    "no unit": (csv(SARI, columns=("nip", "nama", "jabatan")), "missing_columns"),
    "xlsx without unit": (xlsx(SARI, columns=("nip", "nama", "jabatan")), "missing_columns"),
    "twice the same": (csv(SARI, columns=(*COLUMNS, "nama_lengkap")), "doubled_columns"),
    "only headings": (csv(), "no_rows"),
    "only blank rows": (csv({}, {}), "no_rows"),
    "no known letters": (b"nip;nama\x81\x8d;kode_unit", "encoding"),
    "a cell of 200,000 signs": (csv({"nip": "x" * 200_000}), "damaged"),
    "far right": (with_far_cell("XFD3"), "far_cells"),
    "right of AZ": (with_far_cell("BA3"), "far_cells"),
    "far down": (with_far_cell("A1048576"), "far_cells"),
    "below": (with_far_cell("A300000"), "far_cells"),
    "behind a password": (b"\xd0\xcf\x11\xe0" + bytes(500) + "EncryptedPackage".encode("utf-16-le"), "locked"),
    "UTF-32": (csv(SARI, encoding="utf-32"), "encoding"),
    "UTF-8 with a broken letter": (csv(row(1, nama="Sari Déwi")) + b"\xc3;x\n", "encoding"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_read_of_what_is_no_roster_says_why(name: str) -> None:
    content, code = REFUSED[name]
    with pytest.raises(Unreadable) as refusal:
        read_roster(content)
    assert refusal.value.code == code
    message, remedy = file_words(code, refusal.value.values)
    assert message.endswith(".")
    assert remedy.endswith(".")
    assert "%(" not in message


def test_read_of_a_missing_column_names_it() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_roster(csv(SARI, columns=("nip", "nama", "jabatan")))
    assert file_words(refusal.value.code, refusal.value.values)[0] == "Kolom yang wajib belum ada: kode_unit, unit."


def test_read_of_an_empty_formatted_cell_far_out_is_fine() -> None:
    source = with_far_cell("XFD3").replace(b"", b"")
    archive = zipfile.ZipFile(io.BytesIO(source))
    parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b'<c r="XFD3"><v>1</v></c>', b'<c r="XFD3" s="1"/>')
    assert len(cells(packed(**parts))) == 1


def test_read_of_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teladan.people.roster.read.MOST_ROWS", 2)
    assert len(cells(csv(row(1), row(2)))) == 2
    with pytest.raises(Unreadable, match="too_many_rows"):
        read_roster(csv(row(1), row(2), row(3)))


def test_read_of_an_archive_that_unpacks_too_big_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teladan.people.roster.read.MOST_BYTES_UNPACKED", 1000)
    with pytest.raises(Unreadable, match="too_big"):
        read_roster(xlsx(SARI))


@given(st.binary(max_size=400))
def test_read_of_any_bytes_reads_or_refuses(content: bytes) -> None:
    try:
        read_roster(content)
    except Unreadable as refusal:
        assert refusal.code in FILE_FAULTS


GOOD = xlsx(SARI, row(2))


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255), st.integers(1, 40))
def test_read_of_a_damaged_workbook_reads_or_refuses(at: int, value: int, length: int) -> None:
    try:
        read_roster(GOOD[:at] + bytes([value]) * length + GOOD[at + length :])
    except Unreadable as refusal:
        assert refusal.code in FILE_FAULTS


def book(*sheets: Any, hidden: int | None = None) -> bytes:
    """A workbook; each sheet is filled by a function that gets it."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as made:
        for number, fill in enumerate(sheets):
            sheet = made.add_worksheet(f"Lembar {number + 1}")
            fill(sheet)
            if number == hidden:
                sheet.hide()
        if hidden == 0 and len(sheets) > 1:
            made.worksheets()[1].activate()
            made.worksheets()[1].set_first_sheet()
    return buffer.getvalue()


def people(*rows: dict[str, Any]) -> Any:
    """Fills a sheet with a roster."""

    def fill(sheet: Any) -> None:
        sheet.write_row(0, 0, COLUMNS)
        for line, one in enumerate(rows, start=1):
            sheet.write_row(line, 0, [one[key] for key in COLUMNS])

    return fill


def refusal_of(content: bytes) -> str:
    with pytest.raises(Unreadable) as refusal:
        read_roster(content)
    return file_words(refusal.value.code, refusal.value.values)[0]


def test_read_of_merged_cells_names_row_column_and_range() -> None:
    def fill(sheet: Any) -> None:
        people(SARI, row(2), row(3))(sheet)
        sheet.merge_range(1, COLUMNS.index("unit"), 3, COLUMNS.index("unit"), "Dinas Kesehatan")

    assert refusal_of(book(fill)) == (
        "Baris 3, kolom unit: sel ini digabung dengan sel lain (E2:E4), sehingga isinya tidak terbaca."
    )


def test_read_of_a_merged_title_above_the_headings_is_fine() -> None:
    def fill(sheet: Any) -> None:
        sheet.merge_range(0, 0, 0, 5, "Daftar Pegawai Dinas Kesehatan")
        sheet.write_row(1, 0, COLUMNS)
        sheet.write_row(2, 0, [SARI[key] for key in COLUMNS])
        sheet.merge_range(5, 0, 5, 3, "Mengetahui, Kepala Dinas")

    with pytest.raises(Unreadable, match="merged_cells"):  # the signature stands in the columns of the list
        read_roster(book(fill))
    assert len(cells(xlsx(SARI, title_rows=1))) == 1


def test_read_of_a_hidden_roster_is_refused_and_one_beside_a_visible_one_is_passed_over() -> None:
    hidden, shown = people(row(1)), people(SARI, row(2))
    assert refusal_of(book(hidden, lambda sheet: sheet.write(0, 0, "Rekap"), hidden=0)) == (
        "Daftar pegawai hanya ada pada lembar tersembunyi “Lembar 1”."
    )
    assert len(cells(book(hidden, shown, hidden=0))) == 2


def test_read_of_two_sheets_with_people_is_refused_so_that_none_are_lost() -> None:
    assert refusal_of(book(people(SARI), people(row(2)))) == (
        "Ada beberapa lembar yang berisi pegawai: Lembar 1, Lembar 2."
    )
    assert len(cells(book(people(SARI), people()))) == 1  # headings alone are no second roster


def test_read_of_a_formula_takes_its_value_and_names_its_error() -> None:
    def fill(sheet: Any) -> None:
        people(SARI, row(2))(sheet)
        sheet.write_formula(1, COLUMNS.index("unit"), '="Dinas "&"Kesehatan"', None, "Dinas Kesehatan")
        sheet.write_formula(2, COLUMNS.index("unit"), "=VLOOKUP(A1,B:B,1)", None, "#N/A")

    first, second = cells(book(lambda sheet: sheet.write(0, 0, "Sampul"), fill))
    assert (first.cells["unit"], second.cells["unit"]) == ("Dinas Kesehatan", "#N/A")


def test_read_of_a_broken_letter_names_its_row() -> None:
    text = csv(row(1, nama="Sari Déwi"), row(2), row(3, nama="Wayan"))
    assert refusal_of(text.replace(b"Wayan", b"Way\xe9n")) == "Huruf pada baris 4 berkas CSV ini tidak terbaca."


def test_read_of_a_million_rows_says_how_many_are_read() -> None:
    row_of = '<row r="{0}"><c r="A{0}"><v>1</v></c></row>'
    source = zipfile.ZipFile(io.BytesIO(xlsx(SARI)))
    parts = {name: source.read(name) for name in source.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    body = "".join(row_of.format(n) for n in range(3, 1_000_003)).encode()
    parts[sheet] = parts[sheet].replace(b"</sheetData>", body + b"</sheetData>")
    said = "Berkas ini lebih dari 200.000 baris."
    assert refusal_of(packed(**parts)) == said
    assert refusal_of(csv(SARI) + b"1;x;y;z;u\n" * 1_000_000) == said
