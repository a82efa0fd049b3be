"""What somebody signs in with, read from the browser's own description. Pure: rough words for people, never a
fingerprint; the description itself is not kept."""

from dataclasses import dataclass

_BROWSERS = (  # the first mark that occurs decides: most browsers also claim to be Chrome and Safari
    ("SamsungBrowser", "Samsung Internet"),
    ("MiuiBrowser", "Mi Browser"),
    ("UCBrowser", "UC Browser"),
    ("OPR/", "Opera"),
    ("Opera", "Opera"),
    ("Edg", "Edge"),
    ("FxiOS", "Firefox"),
    ("Firefox", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Chromium", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class Device:
    """A browser on a kind of device, as people call them; empty where it does not say."""

    browser: str = ""
    system: str = ""


def device_of(user_agent: str) -> Device:
    """The device that a User-Agent header (RFC 9110, 10.1.5) describes."""
    return Device(_first(_BROWSERS, user_agent), _first(_SYSTEMS, user_agent))


def _first(marks: tuple[tuple[str, str], ...], text: str) -> str:
    return next((word for mark, word in marks if mark in text), "")
