"""Saving one answer: the write that everybody does at the same moment, so it is as cheap as a correct one can be.

One read before the transaction, then one statement inside it. That statement takes the sitting's row as its source:
when the sitting has been finished meanwhile, there is no row to insert from, and nothing is lost without a word. On
PostgreSQL the row is share-locked, so that finishing (which locks it for update) waits for the save and folds it in;
on SQLite the writer's lock does the same.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from teladan.access.api import Actor
from teladan.instruments.data import Saved
from teladan.instruments.domain.sitting import GRACE
from teladan.instruments.enums import SittingState
from teladan.instruments.models import Answer, Sitting
from teladan.instruments.queries.key import sheet
from teladan.instruments.vector import unfold
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound

HIGHEST_REVISION = 2**53  # what a page can count to exactly
LONGEST_MS = 24 * 3600 * 1000

_READ = """
SELECT s.state, s.started_at, s.deadline_at, s.questions,
       (SELECT count(*) FROM instruments_answer a WHERE a.sitting_id = s.id AND a.choice <> '' AND a.number <> %s),
       (SELECT max(a.saved_at) FROM instruments_answer a WHERE a.sitting_id = s.id)
FROM instruments_sitting s
WHERE s.id = %s AND s.account_id = %s AND s.agency_id = %s
"""
_WRITE = """
INSERT INTO instruments_answer (agency_id, sitting_id, number, choice, revision, milliseconds, saved_at)
SELECT s.agency_id, s.id, %s, %s, %s, %s, %s FROM instruments_sitting s WHERE s.id = %s AND s.state = %s{lock}
ON CONFLICT (sitting_id, number) DO UPDATE
SET choice = excluded.choice, revision = excluded.revision, saved_at = excluded.saved_at,
    milliseconds = instruments_answer.milliseconds + excluded.milliseconds
WHERE instruments_answer.revision < excluded.revision
"""


@dataclass(frozen=True, kw_only=True)
class _Save:
    """What was sent."""

    sitting_id: UUID
    number: int
    choice: str | None
    revision: int


@dataclass(frozen=True)
class _Open:
    """What the read finds out about the sitting."""

    state: str
    started_at: datetime
    deadline_at: datetime
    questions: list[tuple[str, list[str]]]
    others_answered: int
    last_saved_at: datetime | None


def save_answer(
    *, sitting_id: UUID, number: int, choice: str | None, revision: int, seconds: float | None = None, by: Actor
) -> Saved:
    """Keep the answer to question `number` (from 1). None takes the answer back.

    A revision that is not above the stored one changes nothing and is acknowledged with what stands (`kept` False).
    `seconds` is the time spent on the question since the last save, as the page measured it; without it, the time
    since the last save of this sitting. Authority is the sitting's own account, nothing else. NotFound for another's
    sitting; Invalid for a question or choice that was not drawn; Conflict after the deadline and its grace, or after
    finishing, unless this very answer is the one that was counted.
    """
    save = _Save(sitting_id=sitting_id, number=number, choice=choice, revision=revision)
    found = _read(save, by)
    _check(save, found)
    now = clock.now()
    if found.state != SittingState.OPEN:
        return _counted(save, found, by)
    if now > found.deadline_at + GRACE:
        raise _late()
    if _write(save, _milliseconds(found, seconds, now), now):
        answered = found.others_answered + (choice is not None)
        return Saved(number=number, choice=choice, revision=revision, answered_count=answered, kept=True)
    with scope(agency=by.agency_id):
        standing = Answer.objects.filter(sitting_id=sitting_id, number=number).first()
    if standing is None:  # finished between the read and the write
        return _counted(save, found, by)
    return Saved(
        number=number,
        choice=standing.choice or None,
        revision=standing.revision,
        answered_count=found.others_answered + bool(standing.choice),
        kept=False,
    )


def _read(save: _Save, by: Actor) -> _Open:
    with connection.cursor() as cursor:
        cursor.execute(_READ, [save.number, _id(save.sitting_id), _id(by.account_id), _id(by.agency_id)])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(_("Tes ini tidak ada atau bukan milik Anda."))
    state, started_at, deadline_at, questions, others, last = row
    last_saved_at = _moment(last) if last else None
    return _Open(state, _moment(started_at), _moment(deadline_at), json.loads(questions), others, last_saved_at)


def _check(save: _Save, found: _Open) -> None:
    if not 1 <= save.number <= len(found.questions):
        raise Invalid(_("Soal nomor ini tidak ada dalam tes Anda."), field="number")
    if save.choice is not None and save.choice not in found.questions[save.number - 1][1]:
        raise Invalid(_("Pilihan ini tidak ada pada soal tersebut."), field="choice")
    if not 0 <= save.revision <= HIGHEST_REVISION:
        raise Invalid(_("Urutan penyimpanan jawaban ini tidak dapat dibaca."), field="revision")


def _milliseconds(found: _Open, seconds: float | None, now: datetime) -> int:
    """Time spent, never more than the sitting has lasted."""
    lasted = now - found.started_at
    spent = now - (found.last_saved_at or found.started_at)
    if seconds is not None and 0 <= seconds <= LONGEST_MS / 1000:  # a page's clock may say anything, also NaN
        spent = timedelta(seconds=seconds)
    return max(0, min(int(min(spent, lasted) / timedelta(milliseconds=1)), LONGEST_MS))


def _write(save: _Save, milliseconds: int, now: datetime) -> bool:
    """The one statement; False when it changed nothing."""
    lock = " FOR SHARE" if connection.features.has_select_for_update else ""
    saved_at = connection.ops.adapt_datetimefield_value(now)
    values: list[Any] = [save.number, save.choice or "", save.revision, milliseconds, saved_at]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_WRITE.format(lock=lock), [*values, _id(save.sitting_id), SittingState.OPEN.value])
        return bool(cursor.rowcount)


def _counted(save: _Save, found: _Open, by: Actor) -> Saved:
    """A save after the finish: a repeat of what was counted is acknowledged, anything else is a Conflict."""
    with scope(agency=by.agency_id):
        sitting = Sitting.objects.get(pk=save.sitting_id)
    if sitting.is_open:
        raise Conflict(_("Jawaban ini belum tersimpan."), next_step=_("Kirim sekali lagi."))
    chosen = unfold(sheet(sitting.answer_key_id), bytes(sitting.vector or b""))
    if chosen[found.questions[save.number - 1][0]] != save.choice:
        raise _over()
    answered = sum(option is not None for option in chosen.values())
    return Saved(number=save.number, choice=save.choice, revision=save.revision, answered_count=answered, kept=False)


def _late() -> Conflict:
    return Conflict(
        _("Waktu tes sudah habis, jadi jawaban ini tidak dihitung."),
        next_step=_("Jawaban yang tersimpan sebelum waktu habis tetap dihitung. Buka hasil tes Anda."),
    )


def _over() -> Conflict:
    return Conflict(
        _("Tes ini sudah selesai, jadi jawaban ini tidak dihitung."),
        next_step=_("Jawaban yang tersimpan sebelum tes selesai tetap dihitung. Buka hasil tes Anda."),
    )


def _id(value: UUID) -> Any:
    """A UUID as this database stores it."""
    return Sitting._meta.pk.get_db_prep_value(value, connection)


def _moment(value: datetime | str) -> datetime:
    """A moment from a raw row: SQLite gives naive UTC, of an aggregate as text."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
