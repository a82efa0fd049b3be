"""Facts that instruments announce."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from teladan.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class SittingStarted(Event):
    """Somebody began a test."""

    name: ClassVar[str] = "instruments.sitting_started"
    sitting_id: UUID
    account_id: UUID
    context: UUID
    course_key: str
    course_version: str
    test_key: str
    title: str
    form: str
    attempt: int
    started_at: datetime
    deadline_at: datetime


@dataclass(frozen=True, kw_only=True)
class SittingFinished(Event):
    """A test was handed in or its time ran out, and it was scored. `percent_bp` is hundredths of a percent, rounded
    half up; `passed` is None when the test has no pass mark; `reason` is "finished" or "time"."""

    name: ClassVar[str] = "instruments.sitting_finished"
    sitting_id: UUID
    account_id: UUID
    context: UUID
    course_key: str
    course_version: str
    test_key: str
    title: str
    form: str
    attempt: int
    score: int
    maximum: int
    percent_bp: int
    pass_mark: int | None
    passed: bool | None
    reason: str
    started_at: datetime
    finished_at: datetime


@dataclass(frozen=True, kw_only=True)
class SceneFinished(Event):
    """A scene was played to an ending. `score_bp`: mean of the visited choices in hundredths of a percent."""

    name: ClassVar[str] = "instruments.scene_finished"
    play_id: UUID
    account_id: UUID
    context: UUID
    scene_key: str
    scene_version: int
    title: str
    attempt: int
    steps: int
    ending: str
    score_bp: int
    started_at: datetime
    finished_at: datetime
