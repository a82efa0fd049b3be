"""The text formats that xAPI leans on: IRI, UUID, language tag, timestamp, duration, media type. Pure.

IEEE 9274.1.1-2023 (xAPI 2.0) clause 4.2.7 with RFC 3987, RFC 9562, RFC 5646, RFC 3339, ISO 8601:2004 4.4.3.2.
"""

import math
import re
from datetime import UTC, datetime, timedelta
from typing import Any

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.I)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f]+")
_MAILTO = re.compile(r"mailto:[^\s@:<>]+@[^\s@<>]+")
_SHA1 = re.compile(r"[0-9a-f]{40}", re.I)
_SHA2 = re.compile(r"(?:[0-9a-f]{56}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})", re.I)
_MEDIA_TYPE = re.compile(r"[\w!#$&^.+-]+/[\w!#$&^.+-]+(?:\s*;\s*[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|\"[^\"]*\"))*")
_VERSION = re.compile(r"(?:1\.0|2\.0)(?:\.\d+)?")
_LANGUAGE = re.compile(
    r"""(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})     # language with its extensions
        (?:-[a-z]{4})?                                  # script
        (?:-(?:[a-z]{2}|[0-9]{3}))?                     # region
        (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*        # variants
        (?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*            # extensions
        (?:-x(?:-[a-z0-9]{1,8})+)?                      # private use
        |x(?:-[a-z0-9]{1,8})+
        |i-(?:ami|bnn|default|enochian|hak|klingon|lux|mingo|navajo|pwn|tao|tay|tsu)
        |en-gb-oed|sgn-(?:be-fr|be-nl|ch-de)""",
    re.I | re.X,
)
_TIMESTAMP = re.compile(
    r"(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}):(\d{2})(?:\.(\d+))?(?:[Zz]|([+-])([01]\d|2[0-3]):([0-5]\d))"
)
_NUMBER = r"(\d+(?:[.,]\d+)?)"
_DURATION = re.compile(
    rf"P(?:{_NUMBER}W|(?:{_NUMBER}Y)?(?:{_NUMBER}M)?(?:{_NUMBER}D)?(?:T(?=\d)(?:{_NUMBER}H)?(?:{_NUMBER}M)?(?:{_NUMBER}S)?)?)"
)


def is_uuid(text: str) -> bool:
    """A UUID in its canonical text form."""
    return bool(_UUID.fullmatch(text))


def is_iri(text: str) -> bool:
    """An absolute IRI: it has a scheme, and no sign that an IRI must encode."""
    return bool(_IRI.fullmatch(text))


def is_mailto(text: str) -> bool:
    return bool(_MAILTO.fullmatch(text))


def is_sha1(text: str) -> bool:
    return bool(_SHA1.fullmatch(text))


def is_sha2(text: str) -> bool:
    """The hexadecimal digest of one of the SHA-2 family."""
    return bool(_SHA2.fullmatch(text))


def is_media_type(text: str) -> bool:
    return bool(_MEDIA_TYPE.fullmatch(text))


def is_version(text: str) -> bool:
    """A version of xAPI whose statements are understood: 1.0.x or 2.0.x."""
    return bool(_VERSION.fullmatch(text))


def is_language(text: str) -> bool:
    """A well-formed language tag (RFC 5646); whether the language exists is not asked."""
    return bool(_LANGUAGE.fullmatch(text))


def is_duration(text: str) -> bool:
    """An ISO 8601 duration by designators; weeks stand alone; only the last part may have a fraction."""
    match = _DURATION.fullmatch(text)
    parts = [part for part in match.groups() if part] if match else []
    return bool(parts) and all(part.isdigit() for part in parts[:-1])


def is_timestamp(text: str) -> bool:
    """An RFC 3339 moment. The unknown offset -00:00 is refused."""
    return to_moment(text) is not None


def to_moment(text: str) -> datetime | None:
    """The moment of an RFC 3339 text in UTC, to the microsecond; None when it is none. A leap second is its second
    before."""
    match = _TIMESTAMP.fullmatch(text)
    if match is None:
        return None
    day, minute, second, fraction, sign, hours, minutes = match.groups()
    offset = timedelta(hours=int(hours), minutes=int(minutes)) if sign else timedelta(0)
    if sign == "-" and not offset:
        return None
    try:
        whole = datetime.fromisoformat(f"{day}T{minute}:{'59' if second == '60' else second}").replace(tzinfo=UTC)
        moment = whole - (offset if sign == "+" else -offset)
    except (ValueError, OverflowError):
        return None
    return moment.replace(microsecond=int((fraction or "")[:6].ljust(6, "0")))


def to_timestamp(moment: datetime) -> str:
    """A moment as xAPI writes it: UTC with milliseconds, as in "2026-11-21T05:00:00.000Z"."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def to_duration(length: timedelta) -> str:
    """A length of time as xAPI writes it, to the hundredth of a second: "PT12M5.3S". ValueError below zero."""
    hundredths = round(length / timedelta(milliseconds=10))
    if hundredths < 0:
        raise ValueError("a duration cannot be negative")
    minutes, rest = divmod(hundredths, 6000)
    hours, minutes = divmod(minutes, 60)
    seconds = f"{rest / 100:.2f}".rstrip("0").rstrip(".")
    parts = [
        f"{hours}H" * bool(hours),
        f"{minutes}M" * bool(minutes),
        f"{seconds}S" * (bool(rest) or not hours | minutes),
    ]
    return "PT" + "".join(parts)


def is_number(value: Any) -> bool:
    """A JSON number: not a boolean, and finite."""
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
