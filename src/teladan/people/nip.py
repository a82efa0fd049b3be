"""The NIP: eighteen digits that tell birth, beginning of service, sex and a serial number. Pure.

Two patterns share the length (PerKaBKN 22/2007 and 43/2007 for PNS; the NI PPPK of BKN):

    PNS    YYYYMMDD YYYYMM S NNN   birth, year and month of appointment as CPNS, sex (1 man, 2 woman), serial
    PPPK   YYYYMMDD YYYY KK S NNN  birth, year of first appointment, contract code above 12 (usually 21-29), sex, serial

There is no check digit. Historical corrections exist, so what merely looks unlikely is a warning and never an error.
"""

import re
from calendar import isleap
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from teladan.kernel import clock

YOUNGEST, OLDEST = 18, 58  # ages at appointment outside which a look at the number is worthwhile; no rule follows
USUAL_CONTRACTS = range(21, 30)
_NOISE = re.compile(r"[\s\u00a0\u2007\u202f]+")
_ROUNDED = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+|\d+[.,]0+")


@dataclass(frozen=True, kw_only=True)
class Nip:
    """A NIP taken apart. `since` is the first day of service the number can tell: of the month (PNS) or the year
    (PPPK). `warnings` are codes: `young old contract_unusual`."""

    digits: str
    pattern: Literal["PNS", "PPPK"]
    born: date
    since: date
    sex: Literal["L", "P"]
    serial: int
    contract: int | None = None
    warnings: tuple[str, ...] = ()

    @property
    def printed(self) -> str:
        """With the spaces in which it is printed."""
        return f"{self.digits[:8]} {self.digits[8:14]} {self.digits[14]} {self.digits[15:]}"


@dataclass(frozen=True)
class NipFault:
    """Why a text is no NIP: `code` is one of `empty rounded digits length born since contract sex serial`."""

    code: str
    values: dict[str, Any] = field(default_factory=dict)


def normal(text: str) -> str:
    """The digits without spaces and without the apostrophe with which spreadsheets mark text."""
    return _NOISE.sub("", text).lstrip("'’`").removesuffix("'")


def parse_nip(text: str, *, today: date | None = None) -> Nip | NipFault:
    """Take a NIP apart, or say what is wrong with it. `today` (default: now, western Indonesian time) bounds its
    dates."""
    digits = normal(text)
    if fault := _shape(digits):
        return fault
    today = today or clock.today("Asia/Jakarta")
    born = _date(digits[:8])
    if born is None or not date(1900, 1, 1) <= born < today:
        return NipFault("born", {"part": digits[:8]})
    year, middle = int(digits[8:12]), int(digits[12:14])
    faults = {
        "since": (digits[8:12], not born.year < year <= today.year + 1),
        "contract": (digits[12:14], middle == 0),
        "sex": (digits[14], digits[14] not in "12"),
        "serial": (digits[15:], digits[15:] == "000"),
    }
    for code, (part, is_wrong) in faults.items():
        if is_wrong:
            return NipFault(code, {"part": part})
    is_pns = middle <= 12
    since = date(year, middle if is_pns else 1, 1)
    return Nip(
        digits=digits,
        pattern="PNS" if is_pns else "PPPK",
        born=born,
        since=since,
        sex="L" if digits[14] == "1" else "P",
        serial=int(digits[15:]),
        contract=None if is_pns else middle,
        warnings=tuple(_warnings(born, since, None if is_pns else middle)),
    )


def mask(nip: str) -> str:
    """The NIP as lists show it: year of appointment and serial, without birth and sex. Other texts keep three signs."""
    digits = normal(nip)
    if len(digits) == 18 and digits.isascii() and digits.isdigit():
        return f"•••••••• {digits[8:12]}•• • {digits[15:]}"
    return "•" * max(len(digits) - 3, 3) + digits[-3:] if len(digits) > 3 else "•••"


def age_on(born: date, day: date) -> int:
    """Full years between birth and `day`; who was born on 29 February has the birthday on 1 March in other years."""
    birthday = (born.month, born.day)
    if birthday == (2, 29) and not isleap(day.year):
        birthday = (3, 1)
    return day.year - born.year - ((day.month, day.day) < birthday)


def _shape(digits: str) -> NipFault | None:
    if not digits:
        return NipFault("empty")
    if _ROUNDED.fullmatch(digits):
        return NipFault("rounded")
    if not (digits.isascii() and digits.isdigit()):
        return NipFault("digits")
    return None if len(digits) == 18 else NipFault("length", {"length": len(digits)})


def _date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _warnings(born: date, since: date, contract: int | None) -> list[str]:
    age = age_on(born, since)
    found = ["young"] if age < YOUNGEST else ["old"] if age > OLDEST else []
    return found + (["contract_unusual"] if contract is not None and contract not in USUAL_CONTRACTS else [])
