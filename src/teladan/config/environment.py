"""Readers of the environment that fail loudly: a malformed setting stops the start, with its name and what it should be."""

import os


class BadSetting(SystemExit):
    """Stops the process with a sentence, not a traceback."""


def text(name: str, default: str) -> str:
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip().lower()
    if value in {"", "0", "1", "true", "false"}:
        return default if value == "" else value in {"1", "true"}
    raise BadSetting(f"{name} must be 1 or 0, not {value!r}")


def integer(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    try:
        return int(value) if value else default
    except ValueError:
        raise BadSetting(f"{name} must be a whole number, not {value!r}") from None
