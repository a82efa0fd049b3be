"""Due dates explained in Indonesian."""

from datetime import UTC, date, datetime

from teladan.kernel.workdays import OffDay, WorkCalendar, add, add_hours
from teladan.rulebook.api import date_words, explain_due

FEAST = OffDay(day=date(2026, 12, 25), name="Natal", kind="libur nasional", decree="SKB contoh", confidence="kedua")
GUESS = OffDay(day=date(2026, 12, 28), name="Libur", kind="cuti bersama", confidence="belum dibaca")
CALENDAR = WorkCalendar(
    first=date(2026, 1, 1), last=date(2026, 12, 31), off_days={off.day: off for off in (FEAST, GUESS)}
)


def test_date_words_carry_the_weekday() -> None:
    assert date_words(date(2026, 11, 23)) == "Senin, 23 November 2026"
    assert date_words(date(2026, 11, 23), weekday=False) == "23 November 2026"


def test_working_days_explain_every_day_that_did_not_count() -> None:
    assert explain_due(add(CALENDAR, date(2026, 12, 22), 3, "working_days")) == [
        "Batas waktunya Selasa, 29 Desember 2026.",
        "Dihitung 3 hari kerja sejak Selasa, 22 Desember 2026; hari pertama adalah Rabu, 23 Desember 2026.",
        "Tidak dihitung: 2 hari akhir pekan.",
        "Tidak dihitung: Jumat, 25 Desember 2026, Natal (libur nasional; SKB contoh).",
        "Tidak dihitung: Senin, 28 Desember 2026, Libur (cuti bersama).",
        "Sebagian hari libur itu belum dipastikan dari keputusannya; tenggat dapat berubah.",
    ]


def test_roll_says_where_the_last_day_fell() -> None:
    forward = explain_due(add(CALENDAR, date(2026, 12, 20), 5, "calendar_days", roll="forward"))
    assert "Hari terakhirnya jatuh pada Jumat, 25 Desember 2026 (Natal), jadi digeser ke Selasa, 29 Desember 2026." in (
        forward
    )
    back = explain_due(add(CALENDAR, date(2026, 12, 14), 5, "calendar_days", roll="backward"))
    assert (
        "Hari terakhirnya jatuh pada Sabtu, 19 Desember 2026 (akhir pekan), jadi dimajukan ke Jumat, 18 Desember 2026."
        in (back)
    )


def test_months_and_hours_say_how_they_run() -> None:
    months = explain_due(add(CALENDAR, date(2026, 1, 31), 1, "months", first_day="same_day"))
    assert months[1] == "Dihitung 1 bulan sejak Sabtu, 31 Januari 2026; hari itu ikut dihitung."
    hours = explain_due(add_hours(CALENDAR, datetime(2026, 3, 6, 1, tzinfo=UTC), 72, "Asia/Jakarta"))
    assert hours == [
        "Batas waktunya Senin, 9 Maret 2026 pukul 08.00.",
        "Dihitung 72 jam terus-menerus sejak Jumat, 6 Maret 2026, termasuk malam dan hari libur.",
    ]
