"""Dates, times, distances in days, numbers and names as people read them, in the active language."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

NAMES = {
    "id": (
        ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"),
        ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli",
         "Agustus", "September", "Oktober", "November", "Desember"),
        ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"),
    ),
    "en": (
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        ("January", "February", "March", "April", "May", "June", "July",
         "August", "September", "October", "November", "December"),
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    ),
}  # fmt: skip
ZONE_NAMES = {7: "WIB", 8: "WITA", 9: "WIT"}  # hours ahead of UTC
STYLES = ("panjang", "pendek", "bulan", "jam", "pukul")


def language() -> str:
    """The active interface language: "id" or "en"."""
    return "en" if (get_language() or "id").startswith("en") else "id"


def day_parts(day: date) -> tuple[str, str, str]:
    """Short weekday, day of the month, short month: ("Sen", "23", "Nov")."""
    weekdays, _months, short = NAMES[language()]
    return weekdays[day.weekday()][:3], str(day.day), short[day.month - 1]


def date_text(day: date, style: str = "panjang") -> str:
    """`panjang` Senin, 23 November 2026; `pendek` Sen, 23 Nov 2026; `bulan` November 2026."""
    weekdays, months, short = NAMES[language()]
    weekday = weekdays[day.weekday()]
    if style == "bulan":
        return f"{months[day.month - 1]} {day.year}"
    if style == "pendek":
        return f"{weekday[:3]}, {day.day} {short[day.month - 1]} {day.year}"
    return f"{weekday}, {day.day} {months[day.month - 1]} {day.year}"


def clock_text(moment: datetime) -> str:
    """The time of day with its zone: "09.14 WITA" (in English "09:14 WITA")."""
    offset = moment.utcoffset()
    hours = int(offset.total_seconds() // 3600) if offset is not None else 0
    zone = ZONE_NAMES.get(hours, moment.tzname() or "")
    return f"{moment:%H{':' if language() == 'en' else '.'}%M} {zone}".strip()


def moment_text(moment: datetime, zone: str, style: str = "panjang") -> str:
    """A moment in `zone`: the date styles, `jam` for date and time, `pukul` for the time alone."""
    local = moment.astimezone(ZoneInfo(zone))
    if style == "pukul":
        return clock_text(local)
    if style == "jam":
        return _("%(date)s pukul %(time)s") % {"date": date_text(local), "time": clock_text(local)}
    return date_text(local, style)


def days_text(day: date, today: date) -> str:
    """How far `day` is from `today`: hari ini, besok, 3 hari lagi, kemarin, 4 hari lalu. Calendar days."""
    distance = (day - today).days
    if distance in {-1, 0, 1}:
        return {-1: _("kemarin"), 0: _("hari ini"), 1: _("besok")}[distance]
    if distance > 0:
        return ngettext("%(n)s hari lagi", "%(n)s hari lagi", distance) % {"n": number_text(distance)}
    return ngettext("%(n)s hari lalu", "%(n)s hari lalu", -distance) % {"n": number_text(-distance)}


def number_text(value: float, decimals: int | None = None) -> str:
    """A number in the reader's writing: 1.234,5 (English 1,234.5). Without `decimals`: one if it has any, else none."""
    if decimals is None:
        decimals = 0 if float(value).is_integer() else 1
    text = f"{value:,.{decimals}f}".replace("-", "\u2212")
    return text if language() == "en" else text.translate(str.maketrans(",.", ".,"))


def initials(name: str) -> str:
    """Up to two letters of a name, without degrees: "dr. Siti Rahmawati, S.Keb." is SR."""
    words = [word for word in name.split(",", maxsplit=1)[0].split() if not word.endswith(".")] or name.split()
    picked = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in picked).upper()
