"""The key of a version of a course: which items, which options, which one is right. Pure.

A sitting stands on the key sheet it was started with, so that a score can be computed again for ever, whatever
happens to the pack afterwards. The lines are ordered by item key: the place of a line is the place of its byte in an
answer vector.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from teladan.rulebook.data import Course

TEST_USE = "tes"  # items with this use enter tests; self-checks ("cek") never do
MOST_KEPT = 32  # courses whose sheets are kept at hand


@dataclass(frozen=True, kw_only=True)
class KeyLine:
    """One item of the key: its options in the order of the pack and the right one."""

    item: str
    value: str
    behaviour: str | None
    level: str
    options: tuple[str, ...]
    correct: str


@dataclass(frozen=True)
class KeySheet:
    """The key of one version of a course. `digest` is the SHA-256 of its canonical JSON and names it."""

    course: str
    version: str
    lines: tuple[KeyLine, ...]

    @cached_property
    def digest(self) -> str:
        canonical = json.dumps(self.to_json(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return hashlib.sha256(canonical.encode()).hexdigest()

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Item key -> place of its byte in a vector."""
        return {line.item: place for place, line in enumerate(self.lines)}

    @property
    def label(self) -> str:
        """What a score names as its key version."""
        return f"{self.course} {self.version} ({self.digest[:12]})"

    def line(self, item: str) -> KeyLine:
        """The line of an item; KeyError when this version has no such item."""
        return self.lines[self.places[item]]

    def to_json(self) -> dict[str, Any]:
        return {"course": self.course, "version": self.version, "lines": [asdict(line) for line in self.lines]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "KeySheet":
        lines = tuple(KeyLine(**{**line, "options": tuple(line["options"])}) for line in data["lines"])
        return cls(data["course"], data["version"], lines)


_made: dict[int, tuple[Course, KeySheet]] = {}  # by identity: packs are read once and do not change in a process


def sheet_of(course: Course) -> KeySheet:
    """The key sheet of a course as its pack is now: every test item, in the order of item keys."""
    kept = _made.get(id(course))
    if kept is None or kept[0] is not course:
        if len(_made) >= MOST_KEPT:
            _made.clear()
        kept = _made[id(course)] = (course, _sheet(course))
    return kept[1]


def _sheet(course: Course) -> KeySheet:
    lines = (
        KeyLine(
            item=item.key,
            value=item.value,
            behaviour=item.behaviour,
            level=item.level,
            options=tuple(option.key for option in item.options),
            correct=item.correct_key,
        )
        for item in course.items.values()
        if item.use == TEST_USE
    )
    return KeySheet(course.key, course.version, tuple(sorted(lines, key=lambda line: line.item)))
