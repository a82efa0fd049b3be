"""Reading a roster file: XLSX, or CSV with semicolons, commas or tabs. Every cell becomes text, exactly as meant.
Pure."""

import codecs
import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from teladan.people.roster.columns import REQUIRED, column_of

MOST_ROWS = 200_000
MOST_BYTES_UNPACKED = 300_000_000
HEADING_WITHIN = 10  # rows of title above the headings
_OLE = b"\xd0\xcf\x11\xe0"
_OTHERS = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HTML = re.compile(rb"\s*<(?:!doctype|html|\?xml|table|meta)", re.IGNORECASE)
# A filled cell beyond column AZ or row 299,999: the reader lays a sheet out whole, and one such cell fills the memory.
_FAR_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="(?:[A-Z]{3}\d+|[B-Z][A-Z]\d+|[A-Z]{1,2}(?:[3-9]\d{5}|\d{7,}))"[^>]*(?<!/)>'
)


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


def read_roster(content: bytes) -> Sheet:
    """Read a file by its content, whatever its name. Unreadable when it is empty, of another kind, or without
    headings."""
    if not content.strip():
        raise Unreadable("empty_file")
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content)
    if content.startswith(_OLE):
        raise Unreadable("old_excel")
    if content.startswith(_OTHERS):
        raise Unreadable("wrong_type")
    if _HTML.match(content.removeprefix(codecs.BOM_UTF8)):
        raise Unreadable("html")
    return _read_csv(_decoded(content))


def _first_roster(tables: Iterable[Iterator[tuple[int, list[str]]]]) -> Sheet:
    """The first table with headings; if none has them, the complaint about the one that came nearest."""
    complaint = Unreadable("no_heading")
    for table in tables:
        try:
            return _roster(table)
        except Unreadable as unreadable:
            if unreadable.code not in ("no_heading", "missing_columns"):
                raise
            if complaint.code == "no_heading" or unreadable.values.get("found", 0) > complaint.values.get("found", 0):
                complaint = unreadable
    raise complaint


def _roster(table: Iterator[tuple[int, list[str]]]) -> Sheet:
    keys, unknown = _headings(table)
    rows = []
    for number, cells in table:
        found = {key: cell for key, cell in zip(keys, cells, strict=False) if key and cell}
        if found:
            rows.append(RawRow(number, found))
        if len(rows) > MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
    if not rows:
        raise Unreadable("no_rows")
    return Sheet(rows, unknown)


def _headings(table: Iterator[tuple[int, list[str]]]) -> tuple[list[str | None], list[str]]:
    best: list[str] = []
    for _number, cells in islice(table, HEADING_WITHIN):
        keys = [column_of(cell) for cell in cells]
        known = [key for key in keys if key]
        if not set(REQUIRED) - set(known):
            if doubled := sorted({key for key in known if known.count(key) > 1}):
                raise Unreadable("doubled_columns", columns=", ".join(doubled))
            return keys, [cell for cell, key in zip(cells, keys, strict=True) if cell and not key]
        best = max(best, known, key=len)
    if not best:
        raise Unreadable("no_heading")
    missing = [key for key in REQUIRED if key not in best]
    raise Unreadable("missing_columns", columns=", ".join(missing), found=len(best))


def _read_xlsx(content: bytes) -> Sheet:
    _refuse_bombs(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            return _first_roster(_sheet(book, index) for index in range(len(book.sheet_names)))
    except PasswordError:
        raise Unreadable("old_excel") from None
    except CalamineError:
        raise Unreadable("damaged") from None
    except BaseException as error:
        if type(error).__name__ == "PanicException":  # how the reader's Rust side gives up; it is no Exception
            raise Unreadable("damaged") from None
        raise


def _sheet(book: CalamineWorkbook, index: int) -> Iterator[tuple[int, list[str]]]:
    for number, row in enumerate(book.get_sheet_by_index(index).iter_rows(), start=1):
        yield number, [_text(cell) for cell in row]


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if "xl/workbook.xml" not in packed.namelist():
                raise Unreadable("wrong_type")
            if sum(part.file_size for part in packed.infolist()) > MOST_BYTES_UNPACKED:
                raise Unreadable("too_big")
            for part in packed.infolist():
                if part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml"):
                    with packed.open(part) as stream:
                        _refuse_far_cells(stream.read)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, EOFError, RuntimeError, ValueError):
        raise Unreadable("damaged") from None


def _refuse_far_cells(read: Any) -> None:
    tail, unpacked = b"", 0
    while block := read(1 << 20):
        unpacked += len(block)
        if unpacked > MOST_BYTES_UNPACKED:  # the sizes that the archive states may be lies
            raise Unreadable("too_big")
        if _FAR_CELL.search(tail + block):
            raise Unreadable("far_cells")
        tail = block[-200:]


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
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif _BINARY.search(content):
        raise Unreadable("wrong_type")
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable("encoding")


def _read_csv(text: str) -> Sheet:
    def known(delimiter: str) -> int:
        rows = islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), HEADING_WITHIN)
        return max((len({key for cell in row if (key := column_of(cell))}) for row in rows), default=0)

    try:
        return _first_roster([_csv_rows(text, max(";,\t", key=known))])
    except csv.Error:
        raise Unreadable("damaged") from None


def _csv_rows(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first_line = 1
    for row in reader:
        yield first_line, [cell.strip() for cell in row]
        first_line = reader.line_num + 1
