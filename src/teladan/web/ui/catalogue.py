"""Message catalogues: reads the `.po` files we keep and writes the `.mo` files the server reads. Plain Python, because
an installation has no translation tools; only developers need those (`tools/messages.py`).
"""

import ast
import struct
from dataclasses import dataclass
from pathlib import Path

LOCALE = Path(__file__).resolve().parent.parent.parent / "locale"
MAGIC = 0x950412DE
CONTEXT, PLURAL = "\x04", "\x00"


@dataclass
class Message:
    """One entry. `texts` holds the translation, several for a plural."""

    context: str = ""
    msgid: str = ""
    plural: str = ""
    texts: tuple[str, ...] = ()
    is_fuzzy: bool = False

    @property
    def is_translated(self) -> bool:
        return not self.is_fuzzy and bool(self.texts) and all(text.strip() for text in self.texts)


class BadCatalogue(ValueError):
    """A `.po` file that cannot be read; the message names file and line."""


def read_po(path: Path) -> list[Message]:
    """The entries of a `.po` file in order, the header (msgid "") first. Obsolete entries (`#~`) are left out."""
    found: list[Message] = []
    fields: dict[str, str] = {}
    key, fuzzy = "", False
    for number, raw in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        line = raw.strip()
        starts_entry = (
            not line or line.startswith(("#", "msgctxt")) or (line.startswith("msgid ") and "msgid" in fields)
        )
        if starts_entry and "msgid" in fields:
            found.append(_message(fields, is_fuzzy=fuzzy))
            fields, fuzzy = {}, False
        if line.startswith("#,"):
            fuzzy = fuzzy or "fuzzy" in line
        if not line or line.startswith("#"):
            continue
        if not line.startswith('"'):
            key, _space, line = line.partition(" ")
        if not key or not line.startswith('"'):
            raise BadCatalogue(f"{path}:{number}: cannot read {raw!r}")
        fields[key] = fields.get(key, "") + str(ast.literal_eval(line))
    return found


def write_mo(messages: list[Message], path: Path) -> None:
    """The binary catalogue of the translated entries: two sorted tables of lengths and offsets, then the texts."""
    pairs = sorted(
        (_key(m).encode(), PLURAL.join(m.texts).encode()) for m in messages if m.is_translated or not m.msgid
    )
    start = 7 * 4 + 16 * len(pairs)
    ids = b"".join(key + b"\0" for key, _text in pairs)
    heads, tails = b"", b""
    at_id, at_text = start, start + len(ids)
    for key, text in pairs:
        heads += struct.pack("<II", len(key), at_id)
        tails += struct.pack("<II", len(text), at_text)
        at_id += len(key) + 1
        at_text += len(text) + 1
    table = 7 * 4
    head = struct.pack("<7I", MAGIC, 0, len(pairs), table, table + 8 * len(pairs), 0, 0)
    texts = b"".join(text + b"\0" for _key, text in pairs)
    path.write_bytes(head + heads + tails + ids + texts)


def compile_all(locale: Path = LOCALE) -> list[Path]:
    """Write the `.mo` beside every `.po` that is newer; returns what was written."""
    written = []
    for source in sorted(locale.glob("*/LC_MESSAGES/*.po")):
        target = source.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < source.stat().st_mtime:
            write_mo(read_po(source), target)
            written.append(target)
    return written


def _message(fields: dict[str, str], *, is_fuzzy: bool) -> Message:
    texts = tuple(text for name, text in sorted(fields.items()) if name.startswith("msgstr"))
    return Message(
        context=fields.get("msgctxt", ""),
        msgid=fields["msgid"],
        plural=fields.get("msgid_plural", ""),
        texts=texts,
        is_fuzzy=is_fuzzy,
    )


def _key(message: Message) -> str:
    prefix = f"{message.context}{CONTEXT}" if message.context else ""
    return prefix + message.msgid + (f"{PLURAL}{message.plural}" if message.plural else "")
