"""Indonesian sentences about due dates, built from the explanation that working-day arithmetic returns."""

from datetime import date

from teladan.kernel.workdays import Due, Explanation, FirstDay, OffDay, Skipped, Unit

_DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
_UNITS = {
    Unit.HOURS: "jam",
    Unit.CALENDAR_DAYS: "hari kalender",
    Unit.WORKING_DAYS: "hari kerja",
    Unit.MONTHS: "bulan",
}


def date_words(day: date, *, weekday: bool = True) -> str:
    """The date as people write it: "Senin, 23 November 2026"."""
    words = f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{_DAYS[day.weekday()]}, {words}" if weekday else words


def explain_due(due: Due) -> list[str]:
    """Whole sentences that let a reader recount the due date: the result, the rule, and every day passed over."""
    told = due.explanation
    moment = f" pukul {due.moment:%H.%M}" if due.moment else ""
    sentences = [f"Batas waktunya {date_words(due.day)}{moment}.", _rule(told)]
    if weekends := [skipped.day for skipped in told.skipped if skipped.off_day is None]:
        sentences.append(f"Tidak dihitung: {len(weekends)} hari akhir pekan.")
    sentences += [f"Tidak dihitung: {_named(off_day)}." for off_day in _off_days(told.skipped)]
    if told.rolled:
        sentences.append(_rolled(told, due.day))
    unsure = [off for off in told.off_days if off.confidence not in {"dibaca", "kedua"}]
    if unsure:
        sentences.append("Sebagian hari libur itu belum dipastikan dari keputusannya; tenggat dapat berubah.")
    return sentences


def _rule(told: Explanation) -> str:
    amount = f"{told.amount} {_UNITS[told.unit]}"
    if told.unit is Unit.HOURS:
        return f"Dihitung {amount} terus-menerus sejak {date_words(told.start)}, termasuk malam dan hari libur."
    if told.unit is Unit.MONTHS:
        first = "hari itu ikut dihitung" if told.first_day is FirstDay.SAME_DAY else "hari itu tidak dihitung"
        return f"Dihitung {amount} sejak {date_words(told.start)}; {first}."
    return f"Dihitung {amount} sejak {date_words(told.start)}; hari pertama adalah {date_words(told.day_one)}."


def _rolled(told: Explanation, last: date) -> str:
    fell = told.rolled[0]
    reason = fell.off_day.name if fell.off_day else "akhir pekan"
    moved = "dimajukan" if last < fell.day else "digeser"
    return f"Hari terakhirnya jatuh pada {date_words(fell.day)} ({reason}), jadi {moved} ke {date_words(last)}."


def _off_days(skipped: tuple[Skipped, ...]) -> list[OffDay]:
    return [s.off_day for s in skipped if s.off_day is not None]


def _named(off_day: OffDay) -> str:
    decree = f"; {off_day.decree}" if off_day.decree else ""
    return f"{date_words(off_day.day)}, {off_day.name} ({off_day.kind}{decree})"
