"""Roster files for tests."""

import io
from typing import Any

import xlsxwriter

HEAD = ("nip", "nama", "jenis", "kode_unit", "unit", "kode_unit_induk", "jabatan", "jenis_jabatan", "kepala", "rumpun")
MORE = ("email", "telepon", "tmt", "golongan")
COLUMNS = (*HEAD, *MORE)


def nip(number: int, *, start: str = "19750101202203") -> str:
    """A synthetic NIP, another one for each number."""
    return f"{start[:8]}{2000 + number // 999 % 25:04d}{start[12:14]}{1 + number % 2}{number % 999 + 1:03d}"


def row(number: int = 1, **change: Any) -> dict[str, Any]:
    """A faultless row; each number is another person in the same unit."""
    return {
        "nip": nip(number),
        "nama": f"Pegawai {number}",
        "jenis": "PNS",
        "kode_unit": "DINKES",
        "unit": "Dinas Kesehatan",
        "kode_unit_induk": "",
        "jabatan": "Bidan Terampil",
        "jenis_jabatan": "Fungsional",
        "kepala": "tidak",
        "rumpun": "kesehatan",
        "email": "",
        "telepon": "",
        "tmt": "",
        "golongan": "",
        **change,
    }


def csv(
    *rows: dict[str, Any], delimiter: str = ";", encoding: str = "utf-8", columns: tuple[str, ...] = COLUMNS
) -> bytes:
    """The rows as a CSV file."""
    lines = [delimiter.join(columns)]
    lines += [delimiter.join(str(one.get(key, "")) for key in columns) for one in rows]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def xlsx(*rows: dict[str, Any], columns: tuple[str, ...] = COLUMNS, title_rows: int = 0) -> bytes:
    """The rows as an XLSX file; cells keep their Python types."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Data")
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for line in range(title_rows):
            sheet.write_string(line, 0, f"Judul {line}")
        sheet.write_row(title_rows, 0, columns)
        for line, one in enumerate(rows, start=title_rows + 1):
            for place, key in enumerate(columns):
                value = one.get(key, "")
                if hasattr(value, "year"):
                    sheet.write_datetime(line, place, value.replace(tzinfo=None), day)
                elif isinstance(value, str):
                    sheet.write_string(line, place, value)
                else:
                    sheet.write(line, place, value)
    return buffer.getvalue()
