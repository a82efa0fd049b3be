"""Letters that leave no trace here: typeset, handed out, forgotten. They carry no number, because nobody can ask for
them again."""

from collections.abc import Sequence
from dataclasses import asdict
from zoneinfo import ZoneInfo

from teladan.accounts import api as accounts
from teladan.kernel import clock
from teladan.letters.data import CodeLetter
from teladan.letters.typesetting import compiled, day_text, qr


def code_letters(letters: Sequence[CodeLetter], *, agency_name: str, zone: str, url: str) -> bytes:
    """One PDF/A with all letters, two on each A4 sheet with a line to cut along. `url`, where codes are entered, also
    stands as a QR code; the code itself is in no picture. Nothing is stored."""
    now = clock.now()
    local = now.astimezone(ZoneInfo(zone))
    values = {
        "agency": agency_name,
        "url": url,
        "qr": qr(url),
        "issued_on": day_text(local),
        "y": local.year,
        "m": local.month,
        "d": local.day,
        "letters": [_values(letter, zone) for letter in letters],
    }
    return compiled("kode-masuk", values, at=now)


def _values(letter: CodeLetter, zone: str) -> dict[str, str | bool]:
    ends = letter.expires_at.astimezone(ZoneInfo(zone))
    return {**asdict(letter), "expires_at": f"{day_text(ends)} pukul {ends:%H.%M} {accounts.ZONES.get(zone, zone)}"}
