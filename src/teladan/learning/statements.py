"""The xAPI statements of learning: made here and nowhere else, and read back as facts for the progress fold."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from teladan.learning.progress import Fact
from teladan.lrs import api as lrs

VERBS = {
    "experienced": lrs.verbs.EXPERIENCED,
    "completed": lrs.verbs.COMPLETED,
    "suspended": lrs.verbs.SUSPENDED,
    "attempted": lrs.verbs.ATTEMPTED,
    "passed": lrs.verbs.PASSED,
    "failed": lrs.verbs.FAILED,
    "answered": lrs.verbs.ANSWERED,
    "responded": lrs.verbs.RESPONDED,
    "submitted": lrs.verbs.SUBMITTED,
}
ACTIVITY = "http://adlnet.gov/expapi/activities/"


def iri(course: str, version: str, *path: str) -> str:
    """The stable address of a thing of a course, such as a page or a test."""
    return "/".join([settings.BASE_URL, "xapi", "materi", course, version, *path])


def make(
    *,
    verb: str,
    course: str,
    version: str,
    path: tuple[str, ...],
    kind: str,
    name: str,
    account_id: UUID,
    registration: UUID,
    at: datetime,
    again: str = "",
    result: dict[str, Any] | None = None,
    extensions: dict[str, Any] | None = None,
) -> lrs.Statement:
    """One statement. Its id follows from registration, verb, object and `again`: a repeat is the same statement."""
    return lrs.statement(
        verb=VERBS[verb],
        object_id=iri(course, version, *path),
        object_type=f"{ACTIVITY}{kind}",
        object_name=name,
        actor_account=account_id,
        registration=registration,
        timestamp=at,
        again=again,
        result=result,
        extensions=extensions,
    )


def _path(statement: lrs.Statement) -> list[str]:
    """The parts of the object's address after course and version."""
    return statement.object_id.split("/xapi/materi/", 1)[-1].split("/")[2:]


def facts(statements: Iterable[lrs.Statement]) -> list[Fact]:
    """What these statements say about progress; those that say nothing about it are passed over."""
    return [fact for statement in statements if (fact := _fact(statement)) is not None]


def _fact(statement: lrs.Statement) -> Fact | None:
    verb, path = statement.verb_id.rsplit("/", 1)[-1], _path(statement)
    base: dict[str, Any] = {"at": statement.timestamp, "id": str(statement.id)}
    match verb, path:
        case "experienced" | "suspended", ["materi", chapter, page]:
            return Fact(kind="halaman" if verb == "experienced" else "jeda", chapter=chapter, page=page, **base)
        case "completed", ["materi", chapter]:
            return Fact(kind="materi", chapter=chapter, **base)
        case "completed" | "passed" | "failed", ["tes", test, attempt]:
            score = (statement.result or {})["score"]
            points, maximum = int(score["raw"]), int(score["max"])
            return Fact(kind="tes", test=test, attempt=int(attempt), score=points, maximum=maximum, **base)
        case "submit", ["umpan-balik"]:
            return Fact(kind="umpan-balik", **base)
        case "completed", ["modul"]:
            return Fact(kind="lulus", **base)
    return None
