"""A participant's path told from their statements, day by day. What they wrote is in no statement, so it is not in here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from teladan.lrs import api as lrs
from teladan.rulebook.data import Course

SHORT = 70  # characters of a question that tell which one it is


@dataclass(frozen=True, kw_only=True)
class PathStep:
    """One line. `at` is UTC; `detail` is a result or a choice; `tone` beres, awas or empty."""

    at: datetime
    text: str
    detail: str = ""
    tone: str = ""


@dataclass(frozen=True, kw_only=True)
class PathDay:
    """What happened on one day in the agency's zone, the newest first."""

    day: date
    pages: int
    steps: tuple[PathStep, ...]


def told(statements: Iterable[lrs.Statement], course: Course) -> list[PathDay]:
    """The path, the newest day first. Choices within one scene are one line; single test items stay with their test."""
    said = sorted(statements, key=lambda s: (s.timestamp, str(s.id)), reverse=True)
    days = []
    for day, of_day in groupby(said, key=lambda s: timezone.localdate(s.timestamp)):
        steps: list[PathStep] = []
        pages = 0
        for key, group in groupby(of_day, key=_subject):
            found = list(group)
            pages += len(found) if key[0] == "experienced" else 0
            steps += _steps(key, found, course)
        if steps:
            days.append(PathDay(day=day, pages=pages, steps=tuple(steps)))
    return days


def _subject(statement: lrs.Statement) -> tuple[str, ...]:
    """What belongs into one line: verb and object, but all choices of one scene together."""
    verb, path = statement.verb_id.rsplit("/", 1)[-1], statement.object_id.split("/xapi/materi/", 1)[-1].split("/")[2:]
    return (verb, *path[:2]) if path[0] == "adegan" else (verb, *path)


def _steps(key: tuple[str, ...], found: list[lrs.Statement], course: Course) -> list[PathStep]:
    verb, kind, *rest = key
    last, name = found[0], found[0].object_name
    result = last.result or {}
    if kind == "soal":
        return []
    if kind == "adegan":
        title = course.scenes[rest[0]].title if rest[0] in course.scenes else name
        choices = ", ".join(str((s.result or {}).get("response", "")).upper() for s in reversed(found))
        return [PathStep(at=last.timestamp, text=_("Memainkan adegan “%(title)s”") % {"title": title}, detail=choices)]
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
    tone = "beres" if verb == "completed" else ""
    return [PathStep(at=last.timestamp, text=text, tone=tone, detail=_("selesai") if tone else "")]


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
