"""WebVTT captions, read strictly enough to be shown by every browser. Pure.

W3C WebVTT (Candidate Recommendation 2019), sections 4 and 6: the signature line, then blocks with a timing line and text.
Regions, styles and notes are passed over.
"""

import re
from dataclasses import dataclass
from itertools import pairwise

_STAMP = r"(?:(\d{2,}):)?([0-5]\d):([0-5]\d)\.(\d{3})"
_TIMING = re.compile(rf"^{_STAMP}[ \t]+-->[ \t]+{_STAMP}(?:[ \t]+\S.*)?$")
_PASSED = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class Cue:
    """Words shown from `start` until `end`, in milliseconds; `line` of its timing in the file."""

    start: int
    end: int
    text: str
    line: int


@dataclass(frozen=True)
class CaptionFault:
    """What is wrong on a line of a captions file, and what to do about it."""

    line: int
    message: str
    remedy: str


def read_captions(text: str) -> tuple[tuple[Cue, ...], tuple[CaptionFault, ...]]:
    """The cues of a WebVTT file in order, and everything wrong in it."""
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    faults: list[CaptionFault] = []
    if not re.fullmatch(r"WEBVTT(?:[ \t].*)?", lines[0]):
        faults.append(
            CaptionFault(1, "Berkas takarir tidak dimulai dengan WEBVTT.", "Tulis WEBVTT pada baris pertama.")
        )
    cues: list[Cue] = []
    for number, block in _blocks(lines[1:]):
        _read_block(number, block, cues, faults)
    for before, after in pairwise(cues):
        if after.start < before.start:
            faults.append(CaptionFault(after.line, "Waktu takarir mundur.", "Urutkan takarir menurut waktu mulainya."))
    if not cues and not faults:
        faults.append(CaptionFault(1, "Berkas takarir tidak memuat teks.", "Tulis paling sedikit satu takarir."))
    return tuple(cues), tuple(faults)


def _blocks(lines: list[str]) -> list[tuple[int, list[str]]]:
    """Runs of lines between empty ones, each with the number of its first line in the file."""
    found: list[tuple[int, list[str]]] = []
    open_block: list[str] = []
    for number, line in enumerate([*lines, ""], 2):
        if line.strip():
            open_block.append(line)
        elif open_block:
            found.append((number - len(open_block), open_block))
            open_block = []
    return found


def _read_block(number: int, block: list[str], cues: list[Cue], faults: list[CaptionFault]) -> None:
    if block[0].split()[0] in _PASSED:
        return
    at = 0 if "-->" in block[0] else 1  # the first line may name the cue
    timing = _TIMING.match(block[at].rstrip()) if at < len(block) else None
    if timing is None:
        message = f"Baris waktu takarir tidak dapat dibaca: {block[min(at, len(block) - 1)][:40]!r}."
        faults.append(CaptionFault(number + at, message, "Tulis 00:01.000 --> 00:04.000, titik sebelum milidetik."))
        return
    start, end, text = _ms(timing.groups()[:4]), _ms(timing.groups()[4:]), "\n".join(block[at + 1 :]).strip()
    if end <= start:
        faults.append(CaptionFault(number + at, "Takarir berakhir sebelum dimulai.", "Betulkan waktu akhirnya."))
    if not text:
        faults.append(CaptionFault(number + at, "Takarir tanpa teks.", "Tulis teksnya di bawah baris waktu."))
    cues.append(Cue(start, end, text, number + at))


def _ms(parts: tuple[str | None, ...]) -> int:
    hours, minutes, seconds, rest = (int(part or 0) for part in parts)
    return ((hours * 60 + minutes) * 60 + seconds) * 1000 + rest
