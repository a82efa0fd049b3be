"""Checking a roster whole: every cell, then what rows say together about people and units. Pure.

Errors stop the import; oddities (`is_error=False`) are shown and may stand.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from teladan.people.enums import PersonKind, PositionKind
from teladan.people.nip import Nip, normal, parse_nip
from teladan.people.ranks import clean_rank
from teladan.people.roster.cells import date_of, email_of, kind_of, phone_of, position_kind_of, truth_of
from teladan.people.roster.columns import BY_KEY, REQUIRED
from teladan.people.roster.read import RawRow
from teladan.people.roster.units import UnitLine, check_units

EXAMPLE_NIP = "199001012022032999"  # of the row that shows in the template how to fill it in
EARLIEST = date(1960, 1, 1)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}  # as Excel says it
_SIGNS_ALLOWED = {"telepon"}
_PPPK = {PersonKind.PPPK, PersonKind.PPPK_PART_TIME}


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a row and column; `code` and `values` become words in `wording`."""

    row: int
    column: str
    code: str
    values: dict[str, Any] = field(default_factory=dict)
    is_error: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CleanRow:
    """A row that was understood. Empty text and None mean that the row says nothing: what is known stays."""

    number: int
    nip: str
    name: str
    kind: PersonKind
    unit_code: str
    unit_name: str
    parent_code: str
    title: str
    position_kind: PositionKind | None
    is_head: bool | None
    job_family: str
    email: str
    phone: str
    starts: date | None
    rank: str


@dataclass(frozen=True)
class Checked:
    """What a file says: rows that were understood, units from the top down, and all faults in order of rows."""

    rows: list[CleanRow]
    units: list[UnitLine]
    faults: list[Fault]


def check(
    rows: Iterable[RawRow], *, today: date, known_units: Mapping[str, UnitLine], families: Collection[str]
) -> Checked:
    """Check a whole roster. `known_units` are the agency's units by code, `families` the job families of the courses
    (empty: any)."""
    clean, faults = [], []
    for raw in rows:
        row, found = clean_row(raw, today=today, families=families)
        faults += found
        if row is not None:
            clean.append(row)
    faults += _doubled(clean)
    faults += _positions(clean)
    units, unit_faults = check_units(
        [(row.number, UnitLine(row.unit_code, row.unit_name, row.parent_code)) for row in clean], known_units
    )
    faults += [Fault(number, column, code, values) for number, column, code, values in unit_faults]
    faults.sort(key=lambda fault: fault.row)
    return Checked(clean, units, faults)


def clean_row(raw: RawRow, *, today: date, families: Collection[str]) -> tuple[CleanRow | None, list[Fault]]:
    """One row by itself; None when it has errors."""
    reader = _Reader(raw)
    nip = reader.nip(today)
    kind = reader.kind(nip)
    row = CleanRow(
        number=raw.number,
        nip=nip.digits if nip else "",
        name=reader.text("nama"),
        kind=kind,
        unit_code=reader.text("kode_unit"),
        unit_name=reader.text("unit"),
        parent_code=reader.text("kode_unit_induk"),
        title=reader.text("jabatan"),
        position_kind=reader.known("jenis_jabatan", position_kind_of),
        is_head=reader.known("kepala", truth_of),
        job_family=reader.family(families),
        email=reader.known("email", email_of) or "",
        phone=reader.known("telepon", phone_of) or "",
        starts=reader.start(today),
        rank=reader.rank(kind),
    )
    reader.compare_birth(nip)
    has_errors = any(fault.is_error for fault in reader.faults)
    return (None if has_errors else row), reader.faults


def share_a_word(name: str, other: str) -> bool:
    """Do two names have a word in common, titles and capitals aside? If not, they are hardly the same person's."""

    def words(text: str) -> set[str]:
        plain = unicodedata.normalize("NFKD", text.partition(",")[0]).encode("ascii", "ignore").decode()
        return set(re.findall(r"[a-z]{2,}(?!\w*\.)", plain.casefold()))

    mine, theirs = words(name), words(other)
    return not mine or not theirs or bool(mine & theirs)


class _Reader:
    """Reads the cells of one row and collects what is wrong with them."""

    def __init__(self, raw: RawRow) -> None:
        self.raw = raw
        self.faults: list[Fault] = []

    def say(self, column: str, code: str, *, is_error: bool = True, **values: Any) -> None:
        self.faults.append(Fault(self.raw.number, column, code, values, is_error))

    def text(self, column: str) -> str:
        text = " ".join(self.raw.cells.get(column, "").split())
        if text in {"", "-", "–", "—"}:
            if column in REQUIRED:
                self.say(column, "missing")
            return ""
        if text in _ERRORS:
            self.say(column, "cell_error", found=text)
            return ""
        if text.startswith(_FORMULA) and column not in _SIGNS_ALLOWED:
            self.say(column, "formula", found=text[:40])
            return ""
        if len(text) > BY_KEY[column].longest:
            self.say(column, "too_long", longest=BY_KEY[column].longest, length=len(text))
            return ""
        return text

    def known(self, column: str, meaning: Any) -> Any:
        """What the cell means, None when it is empty or (with a fault) not understood."""
        text = self.text(column)
        found = meaning(text) if text else None
        if text and found is None:
            self.say(column, f"{column}_unknown", found=text[:60])
        return found

    def nip(self, today: date) -> Nip | None:
        text = self.text("nip")
        if not text:
            return None
        nip = parse_nip(text, today=today)
        if not isinstance(nip, Nip) and self.is_swapped(text):
            self.say("nip", "nip_is_name")
            return None
        if not isinstance(nip, Nip):
            self.say("nip", f"nip_{nip.code}", **nip.values)
            return None
        if nip.digits == EXAMPLE_NIP:
            self.say("nip", "example")
        for warning in nip.warnings:
            self.say("nip", f"nip_{warning}", is_error=False)
        return nip

    def is_swapped(self, text: str) -> bool:
        """Letters where the NIP belongs, and eighteen digits where the name does."""
        other = normal(self.raw.cells.get("nama", ""))
        return len(other) == 18 and other.isdigit() and not any(letter.isdigit() for letter in text)

    def kind(self, nip: Nip | None) -> PersonKind:
        told: PersonKind | None = self.known("jenis", kind_of)
        if nip is None:
            return told or PersonKind.PNS
        if told is not None and (told in _PPPK) != (nip.pattern == "PPPK"):
            self.say("jenis", "kind_differs", is_error=False, kind=told.value, pattern=nip.pattern)
        return told or PersonKind(nip.pattern)

    def family(self, families: Collection[str]) -> str:
        text = self.text("rumpun").casefold()
        if text and families and text not in families:
            self.say("rumpun", "rumpun_unknown", found=text[:60], known=", ".join(sorted(families)))
        return text

    def start(self, today: date) -> date | None:
        day: date | None = self.known("tmt", date_of)
        if day is not None and not EARLIEST <= day <= today + timedelta(days=366):
            self.say("tmt", "tmt_unlikely", found=day.isoformat())
        return day

    def rank(self, kind: PersonKind) -> str:
        text = self.text("golongan")
        rank = clean_rank(text, is_pppk=kind in _PPPK) if text else ""
        if rank is None:
            self.say("golongan", "golongan_unknown", found=text, kind=kind.value)
        return rank or ""

    def compare_birth(self, nip: Nip | None) -> None:
        born: date | None = self.known("tanggal_lahir", date_of)
        if nip is not None and born is not None and born != nip.born:
            self.say("tanggal_lahir", "born_differs", is_error=False)


def _doubled(rows: list[CleanRow]) -> Iterable[Fault]:
    nips: dict[str, int] = {}
    emails: dict[str, int] = {}
    for row in rows:
        if nips.setdefault(row.nip, row.number) != row.number:
            yield Fault(row.number, "nip", "nip_doubled", {"first": nips[row.nip]})
        if row.email and emails.setdefault(row.email, row.number) != row.number:
            yield Fault(row.number, "email", "email_doubled", {"first": emails[row.email]})


def _positions(rows: list[CleanRow]) -> Iterable[Fault]:
    """One head a unit; and what several rows say about one position agrees."""
    heads: dict[str, CleanRow] = {}
    positions: dict[tuple[str, str, bool], CleanRow] = {}
    for row in rows:
        if row.is_head and (first := heads.setdefault(row.unit_code, row)) is not row:
            yield Fault(row.number, "kepala", "two_heads", {"first": first.number, "unit": row.unit_name})
        first = positions.setdefault((row.unit_code, row.title, bool(row.is_head)), row)
        if first.job_family != row.job_family:
            yield Fault(row.number, "rumpun", "position_differs", {"first": first.number, "title": row.title})
        if first.position_kind != row.position_kind:
            yield Fault(row.number, "jenis_jabatan", "position_differs", {"first": first.number, "title": row.title})
