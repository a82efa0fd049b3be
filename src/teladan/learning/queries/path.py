"""A participant's path told from their statements, day by day. What they wrote is in no statement, so it is not in here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from teladan.learning.page import plain
from teladan.lrs import api as lrs
from teladan.rulebook.data import Course

SHORT = 70  # characters of a question that tell which one it is


@dataclass(frozen=True, kw_only=True)
class PathStep:
    """One line. `at` is UTC; `detail` is a result; `tone` beres, awas or empty; `choices`: what was chosen in a scene, in
    its words and order."""

    at: datetime
    text: str
    detail: str = ""
    tone: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PathDay:
    """What happened on one day in the agency's zone, the newest first."""

    day: date
    pages: int
    steps: tuple[PathStep, ...]


def told(statements: Iterable[lrs.Statement], course: Course) -> list[PathDay]:
    """The path, the newest day first. Choices within one scene are one line; single test items stay with their test."""
    said = sorted(statements, key=_order, reverse=True)
    words = _choices(reversed(said), course)
    days = []
    for day, of_day in groupby(said, key=lambda s: timezone.localdate(s.timestamp)):
        steps: list[PathStep] = []
        pages = 0
        for key, group in groupby(of_day, key=_subject):
            found = list(group)
            pages += len(found) if key[0] == "experienced" else 0
            steps += _steps(key, found, course, words)
        if steps:
            days.append(PathDay(day=day, pages=pages, steps=tuple(steps)))
    return days


def _order(statement: lrs.Statement) -> tuple[datetime, str, int, str]:
    """By time; the choices of a scene that were made at one moment in the order of their steps."""
    scene, step = "", 0
    match statement.object_id.split("/"):
        case [*_before, "adegan", scene, number] if number.isdecimal():
            step = int(number)
    return statement.timestamp, scene, step, str(statement.id)


def _subject(statement: lrs.Statement) -> tuple[str, ...]:
    """What belongs into one line: verb and object, but all choices of one scene together."""
    verb, path = statement.verb_id.rsplit("/", 1)[-1], statement.object_id.split("/xapi/materi/", 1)[-1].split("/")[2:]
    return (verb, *path[:2]) if path[0] == "adegan" else (verb, *path)


def _choices(statements: Iterable[lrs.Statement], course: Course) -> dict[UUID, str]:
    """Statement -> the words of the choice that was made in a scene. A scene is followed from its start, because a
    choice is only a letter until one knows where it was made; what no longer leads anywhere keeps its letter."""
    here: dict[str, str] = {}  # scene -> the node that is reached
    words = {}
    for statement in statements:
        _verb, *path = _subject(statement)
        scene = course.scenes.get(path[1]) if path[0] == "adegan" and len(path) > 1 else None
        if scene is None:
            continue
        if statement.object_id.rsplit("/", 1)[-1] == "1":
            here[scene.key] = scene.start
        node = scene.nodes.get(here.get(scene.key, ""))
        letter = str((statement.result or {}).get("response", ""))
        choice = next((c for c in node.choices if c.key == letter), None) if node else None
        here[scene.key] = choice.goto if choice else ""
        words[statement.id] = plain(choice.text) if choice else letter.upper()
    return words


def _steps(
    key: tuple[str, ...], found: list[lrs.Statement], course: Course, words: Mapping[UUID, str]
) -> list[PathStep]:
    verb, kind, *rest = key
    last, name = found[0], found[0].object_name
    result = last.result or {}
    if kind == "soal":
        return []
    if kind == "adegan":
        title = course.scenes[rest[0]].title if rest[0] in course.scenes else name
        text = _("Memainkan adegan “%(title)s”") % {"title": title}
        return [
            PathStep(at=last.timestamp, text=text, choices=tuple(words[s.id] for s in reversed(found) if s.id in words))
        ]
    if kind == "cek":
        stem = course.items[rest[0]].stem if rest[0] in course.items else name
        good = bool(result.get("success"))
        text = _("Menjawab cek diri: %(stem)s") % {"stem": stem if len(stem) <= SHORT else f"{stem[:SHORT].rstrip()} …"}
        return [
            PathStep(
                at=last.timestamp,
                text=text,
                detail=_("tepat") if good else _("belum tepat"),
                tone="beres" if good else "awas",
            )
        ]
    if kind == "tes":
        return [_test_step(verb, last)]
    if kind == "tulisan":
        name = {"refleksi": _("refleksi"), "analisis": _("analisis"), "komitmen": _("komitmen")}.get(name, name)
    text = {
        "experienced": _("Membaca %(name)s"),
        "suspended": _("Menyimpan dan keluar di %(name)s"),
        "completed": _("Menyelesaikan %(name)s"),
        "submit": _("Mengisi umpan balik") if kind == "umpan-balik" else _("Menulis %(name)s"),
    }.get(verb, "%(name)s") % {"name": name}
    return [PathStep(at=last.timestamp, text=text)]


def _test_step(verb: str, statement: lrs.Statement) -> PathStep:
    score = (statement.result or {}).get("score", {})
    detail = _("%(raw)d dari %(max)d benar") % {"raw": score["raw"], "max": score["max"]} if score else ""
    text = {
        "attempted": _("Mulai mengerjakan %(name)s"),
        "passed": _("Lulus %(name)s"),
        "failed": _("Belum lulus %(name)s"),
    }.get(verb, _("Menyelesaikan %(name)s")) % {"name": statement.object_name}
    tone = {"passed": "beres", "failed": "awas"}.get(verb, "")
    return PathStep(at=statement.timestamp, text=text, detail=detail, tone=tone)
