"""Lists as files."""

from datetime import UTC, date, datetime
from io import BytesIO

import python_calamine
from django.http import FileResponse, StreamingHttpResponse

from teladan.kernel import clock
from teladan.web.ui.exports import csv_response, xlsx_response

ROWS = [
    ("Siti, A.Md.", 81.5, date(2026, 11, 23), None),
    ("=cmd|' /C calc'!A0", 0, None, datetime(2026, 11, 23, 1, tzinfo=UTC)),
]
COLUMNS = ("Nama", "Skor", "Tanggal", "Selesai")


def test_csv_quotes_and_defuses_what_a_spreadsheet_would_run() -> None:
    with clock.at(datetime(2026, 11, 22, 23, tzinfo=UTC)):
        response = csv_response("Peserta Angkatan 1", COLUMNS, ROWS)
    assert isinstance(response, StreamingHttpResponse)
    text = b"".join(response).decode()  # type: ignore[arg-type]
    assert text.startswith("\ufeffNama,Skor,Tanggal,Selesai\r\n")
    assert '"Siti, A.Md.",81.5,2026-11-23,\r\n' in text
    assert "'=cmd|' /C calc'!A0" in text
    assert 'filename="peserta-angkatan-1-2026-11-23.csv"' in response["Content-Disposition"]


def test_xlsx_keeps_types_and_writes_no_formula(db: None) -> None:
    response = xlsx_response("Peserta", COLUMNS, ROWS)
    assert isinstance(response, FileResponse)
    book = python_calamine.CalamineWorkbook.from_filelike(BytesIO(b"".join(response)))  # type: ignore[arg-type]
    rows = book.get_sheet_by_name("Peserta").to_python()
    response.close()
    assert rows[0] == list(COLUMNS)
    assert rows[1][:3] == ["Siti, A.Md.", 81.5, date(2026, 11, 23)]
    assert rows[2][0] == "=cmd|' /C calc'!A0"
    assert rows[2][3] == datetime(2026, 11, 23, 8, 0)  # noqa: DTZ001  (a sheet has no zones: the agency's own)
