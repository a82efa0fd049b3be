"""Reading a roster file: XLSX, or CSV with semicolons, commas or tabs. Every cell becomes text, exactly as meant.
Pure."""

import codecs
import csv
import functools
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

from teladan.people.roster.columns import REQUIRED, column_of

MOST_ROWS = 200_000
MOST_BYTES_UNPACKED = 300_000_000
HEADING_WITHIN = 10  # rows of title above the headings
_OLE = b"\xd0\xcf\x11\xe0"
_LOCKED = "EncryptedPackage".encode("utf-16-le")  # what an OLE file holds instead of a workbook behind a password
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|meta)", re.IGNORECASE)
# A filled cell beyond column AZ or row 299,999: the reader lays a sheet out whole, and one such cell fills the memory.
_FAR_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="(?:[A-Z]{3}\d+|[B-Z][A-Z]\d+|[A-Z]{1,2}(?:[3-9]\d{5}|\d{7,}))"[^>]*(?<!/)>'
)


_FILLED = re.compile(rb"<(?:\w+:)?(?:v|is)[ >]")
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*\br="([A-Z]{1,2})(\d+)"[^>]*>(?:<f\b.{0,300}?(?:</f>|/>))?<v>([^<]{1,20})</v>',
    re.DOTALL,
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Cells = Mapping[tuple[int, int], str]  # (row, column), both from 1 and 0


class Unreadable(Exception):
    """The file as a whole cannot be taken; `code` and `values` say why (see `wording`)."""

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code, self.values = code, values


@dataclass(frozen=True, slots=True)
class RawRow:
    """A row as read: `number` as the spreadsheet shows it, text by column key."""

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """All rows of a file, and the headings that were not understood."""

    rows: list[RawRow]
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Table:
    """Rows of cells with their numbers, and the ranges that are merged into one cell: (first row and column, last row
    and column), rows from 1 and columns from 0."""

    rows: Iterator[tuple[int, list[str]]]
    name: str = ""
    is_hidden: bool = False
    merged: tuple[tuple[int, int, int, int], ...] = ()


def read_roster(content: bytes, *, required: Sequence[str] = REQUIRED) -> Sheet:
    """Read a file by its content, whatever its name. Unreadable when it is empty, of another kind, or without the
    headings that are `required`."""
    if not content.strip():
        raise Unreadable("empty_file")
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content, required)
    if content.startswith(_OLE):
        raise Unreadable("locked" if _LOCKED in content else "old_excel")
    if content.startswith(_OTHERS):
        raise Unreadable("wrong_type")
    if _HTML.match(content.removeprefix(codecs.BOM_UTF8)):
        raise Unreadable("html")
    return _read_csv(_decoded(content), required)


def _only_roster(tables: Iterable[_Table], required: Sequence[str]) -> Sheet:
    """The table with headings; if none has them, the complaint about the one that came nearest. Two tables with people
    in them are refused: whichever were taken, the people of the other would be lost."""
    complaint = Unreadable("no_heading")
    found: tuple[_Table, Sheet] | None = None
    for table in tables:
        try:
            sheet = _roster(table, required)
        except Unreadable as unreadable:
            if unreadable.code not in ("no_heading", "missing_columns"):
                if found is None or unreadable.code != "no_rows":
                    raise
            elif complaint.code == "no_heading" or unreadable.values.get("found", 0) > complaint.values.get("found", 0):
                complaint = unreadable
            continue
        if table.is_hidden:
            complaint = Unreadable("hidden_sheet", sheet=table.name, found=len(required))
        elif found is None:
            found = table, sheet
        else:
            raise Unreadable("many_sheets", sheets=f"{found[0].name}, {table.name}")
    if found is None:
        raise complaint
    return found[1]


def _roster(table: _Table, required: Sequence[str]) -> Sheet:
    keys, unknown = _headings(table.rows, required)
    rows = []
    for number, cells in table.rows:
        found = {key: cell for key, cell in zip(keys, cells, strict=False) if key and cell}
        if found:
            rows.append(RawRow(number, found))
        if len(rows) > MOST_ROWS:
            raise Unreadable("too_many_rows", most=f"{MOST_ROWS:,}".replace(",", "."))
    if not rows:
        raise Unreadable("no_rows")
    _refuse_merged(table, keys, {row.number for row in rows})
    return Sheet(rows, unknown)


def _refuse_merged(table: _Table, keys: list[str | None], filled: set[int]) -> None:
    """A merged cell has a value in its first corner only: what the others were meant to say is not in the file."""
    for top, left, bottom, right in table.merged:
        for column in range(left, min(right, len(keys) - 1) + 1):
            covered = range(top if column > left else top + 1, bottom + 1)
            if keys[column] and (row := next((one for one in covered if one in filled), None)):
                cells = f"{_letters(left)}{top}:{_letters(right)}{bottom}"
                raise Unreadable("merged_cells", row=row, column=keys[column], cells=cells, sheet=table.name)


def _letters(column: int) -> str:
    """The letters over a column, counted from 0: A, Z, AA."""
    return (_letters(column // 26 - 1) if column >= 26 else "") + chr(65 + column % 26)


def _headings(table: Iterator[tuple[int, list[str]]], required: Sequence[str]) -> tuple[list[str | None], list[str]]:
    best: list[str] = []
    for _number, cells in islice(table, HEADING_WITHIN):
        keys = [column_of(cell) for cell in cells]
        known = [key for key in keys if key]
        if not set(required) - set(known):
            if doubled := sorted({key for key in known if known.count(key) > 1}):
                raise Unreadable("doubled_columns", columns=", ".join(doubled))
            return keys, [cell for cell, key in zip(cells, keys, strict=True) if cell and not key]
        best = max(best, known, key=len)
    if not best:
        raise Unreadable("no_heading")
    missing = [key for key in required if key not in best]
    raise Unreadable("missing_columns", columns=", ".join(missing), found=len(best))


def _read_xlsx(content: bytes, required: Sequence[str]) -> Sheet:
    errors = _looked_through(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            sheets = (_sheet(book, index, errors) for index in range(len(book.sheet_names)))
            return _only_roster(sheets, required)
    except PasswordError:
        raise Unreadable("locked") from None
    except CalamineError:
        raise Unreadable("damaged") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the reader's Rust side gives up; it is no Exception
            raise Unreadable("damaged") from None
        raise


def _sheet(book: CalamineWorkbook, index: int, errors: Mapping[str, Cells]) -> _Table:
    meta, sheet = book.sheets_metadata[index], book.get_sheet_by_index(index)
    wrong = errors.get(meta.name, {})

    def rows() -> Iterator[tuple[int, list[str]]]:
        wrong_rows = {number for number, _column in wrong}
        for number, row in enumerate(sheet.iter_rows(), start=1):
            cells = [_text(cell) for cell in row]
            if number in wrong_rows:  # the reader leaves such cells empty
                cells = [wrong.get((number, column), cell) for column, cell in enumerate(cells)]
            yield number, cells

    return _Table(
        rows(),
        meta.name,
        meta.visible != SheetVisibleEnum.Visible,
        tuple((top + 1, left, bottom + 1, right) for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()),
    )


def _looked_through(content: bytes) -> dict[str, Cells]:
    """Look through the parts of a workbook before anything lays it out. Unreadable for what would fill the memory; else
    the cells whose formula ended in an error, by sheet."""
    errors: dict[str, Cells] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise Unreadable("wrong_type")
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES_UNPACKED:
                raise Unreadable("too_big")
            names = _sheet_names(packed)
            for part in packed.infolist():
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    with packed.open(part) as stream:
                        errors[names.get(part.filename, "")] = _scanned(stream.read)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError):
        raise Unreadable("damaged") from None
    return errors


def _sheet_names(packed: zipfile.ZipFile) -> dict[str, str]:
    """Part of the archive -> the name of its sheet; what cannot be told is left out."""
    try:
        book, links = (_tree(packed, name) for name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"))
    except (ElementTree.ParseError, KeyError):
        return {}
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    return {
        "xl/" + targets.get(sheet.get(_RELATION), "").removeprefix("/xl/"): sheet.get("name", "")
        for sheet in book.iter("{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet")
    }


def _tree(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    """A part that is small in every honest workbook. No entities: they could unfold without end."""
    with packed.open(name) as stream:
        found = stream.read(1 << 20)
    if b"<!" in found.replace(b"<!--", b""):
        raise Unreadable("damaged")
    return ElementTree.fromstring(found)  # noqa: S314  (small, and without a document type)


def _scanned(read: Any) -> Cells:
    """The cells of a sheet that hold an error."""
    tail, unpacked, filled = b"", 0, 0
    errors: dict[tuple[int, int], str] = {}
    while block := read(1 << 20):
        unpacked += len(block)
        if unpacked > MOST_BYTES_UNPACKED:  # the sizes that the archive states may be lies
            raise Unreadable("too_big")
        filled += len(_FILLED.findall(block))
        if _FAR_CELL.search(tail + block):
            if filled > MOST_ROWS:  # no stray cell: the list itself is that long
                raise Unreadable("too_many_rows", most=f"{MOST_ROWS:,}".replace(",", "."))
            raise Unreadable("far_cells")
        for letters, number, said in _ERROR_CELL.findall(tail + block) if b't="e"' in block else ():
            column = functools.reduce(lambda sum_, letter: sum_ * 26 + letter - 64, letters, 0) - 1
            errors[int(number), column] = said.decode("ascii", "replace")
        tail = block[-400:]
    return errors


def _text(cell: Any) -> str:
    """A cell as text. A number too long to be exact keeps its exponent, so that the check sees that digits were
    lost."""
    if isinstance(cell, bool):
        return "ya" if cell else "tidak"
    if isinstance(cell, int | float):
        if abs(cell) >= 1e15:
            return f"{cell:.5E}"
        return str(int(cell)) if cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _decoded(content: bytes) -> str:
    """The text of a CSV in the encodings that spreadsheets write. Unreadable names the first row that is none of them."""
    if content.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise Unreadable("encoding", row=1)
    wide = _wide_encoding(content)
    if wide is None and (found := _BINARY.search(content)):
        raise Unreadable("wrong_type", row=_row_at(content, found.start()))
    try:
        return content.decode(wide or "utf-8-sig")
    except UnicodeDecodeError as error:
        at = error.start
    if wide or not content[:at].removeprefix(codecs.BOM_UTF8).isascii():  # UTF-8 up to here: one letter is broken
        raise Unreadable("encoding", row=_row_at(content, at))
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise Unreadable("encoding", row=_row_at(content, error.start)) from None


def _wide_encoding(content: bytes) -> str | None:
    """UTF-16 with its mark, or without: then every other byte of a heading is nothing."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    start = content[:64]
    if len(start) >= 8 and not any(start[1::2]) and all(start[::2]):
        return "utf-16-le"
    return "utf-16-be" if len(start) >= 8 and not any(start[::2]) and all(start[1::2]) else None


def _row_at(content: bytes, at: int) -> int:
    return content.count(b"\n", 0, at) + 1


def _read_csv(text: str, required: Sequence[str]) -> Sheet:
    def known(delimiter: str) -> int:
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEADING_WITHIN)
        return max((len({key for cell in row if (key := column_of(cell))}) for row in rows), default=0)

    try:
        return _only_roster([_Table(_csv_rows(text, max(";,\t", key=known)))], required)
    except csv.Error:
        raise Unreadable("damaged") from None


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first_line = 1
    for row in reader:
        yield first_line, [cell.strip() for cell in row]
        first_line = reader.line_num + 1
