"""From the text of a cell to what it means. Pure: None means that the text cannot be understood."""

import re
from datetime import date

from teladan.people.enums import PersonKind, PositionKind

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari february", "maret mar march", "april apr", "mei may",
            "juni jun june", "juli jul july", "agustus agu agt ags aug august", "september sep sept",
            "oktober okt oct october", "november nov nopember nop", "desember des dec december",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_KINDS = {
    "pns": PersonKind.PNS,
    "cpns": PersonKind.CPNS,
    "calon pns": PersonKind.CPNS,
    "pppk": PersonKind.PPPK,
    "p3k": PersonKind.PPPK,
    "pppk penuh waktu": PersonKind.PPPK,
    "pppk paruh waktu": PersonKind.PPPK_PART_TIME,
    "p3k paruh waktu": PersonKind.PPPK_PART_TIME,
    "paruh waktu": PersonKind.PPPK_PART_TIME,
}
_POSITIONS = {
    "jpt": PositionKind.JPT,
    "jpt utama": PositionKind.JPT,
    "jpt madya": PositionKind.JPT,
    "jpt pratama": PositionKind.JPT,
    "jabatan pimpinan tinggi": PositionKind.JPT,
    "pimpinan tinggi": PositionKind.JPT,
    "pimpinan tinggi pratama": PositionKind.JPT,
    "administrator": PositionKind.ADMINISTRATOR,
    "jabatan administrator": PositionKind.ADMINISTRATOR,
    "pengawas": PositionKind.SUPERVISOR,
    "jabatan pengawas": PositionKind.SUPERVISOR,
    "pelaksana": PositionKind.EXECUTIVE,
    "jabatan pelaksana": PositionKind.EXECUTIVE,
    "fungsional umum": PositionKind.EXECUTIVE,
    "jfu": PositionKind.EXECUTIVE,
    "fungsional": PositionKind.FUNCTIONAL,
    "jabatan fungsional": PositionKind.FUNCTIONAL,
    "fungsional tertentu": PositionKind.FUNCTIONAL,
    "jf": PositionKind.FUNCTIONAL,
    "jft": PositionKind.FUNCTIONAL,
}
_YES, _NO = (
    {"ya", "y", "iya", "yes", "true", "benar", "1", "kepala"},
    {"", "tidak", "t", "tdk", "no", "n", "false", "0", "bukan"},
)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@(?:{_LABEL}\.)+[A-Za-z]{{2,63}}")


def kind_of(text: str) -> PersonKind | None:
    """The legal status that a text names."""
    return _KINDS.get(_words(text))


def position_kind_of(text: str) -> PositionKind | None:
    """The kind of position that a text names."""
    return _POSITIONS.get(_words(text))


def truth_of(text: str) -> bool | None:
    """Yes or no."""
    plain = _words(text)
    return True if plain in _YES else False if plain in _NO else None


def date_of(text: str) -> date | None:
    """A day written as 2024-03-01, 01-03-2024, 1/3/2024, 01.03.2024 or 1 Maret 2024."""
    plain = text.strip().lower()
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ t]00:00(?::00)?)?", plain):
        year, month, day = (int(part) for part in match.groups())
    elif match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", plain):
        day, month, year = (int(part) for part in match.groups())
    elif (match := re.fullmatch(r"(\d{1,2})[\s-]+([a-z]+)\.?[\s-]+(\d{4})", plain)) and match[2] in _MONTHS:
        day, month, year = int(match[1]), _MONTHS[match[2]], int(match[3])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def email_of(text: str) -> str | None:
    """An e-mail address in lower case."""
    plain = text.strip().lower()
    return plain if len(plain) <= 254 and _EMAIL.fullmatch(plain) else None


def phone_of(text: str) -> str | None:
    """A telephone number beginning with 0; a spreadsheet may have eaten that zero, or +62 may stand for it."""
    plain = re.sub(r"[\s().-]+", "", text).removeprefix("'")
    plain = re.sub(r"^(?:\+?62|(?=8))0?", "0", plain)
    return plain if re.fullmatch(r"0[1-9]\d{6,12}", plain) else None


def _words(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.casefold()).split())
