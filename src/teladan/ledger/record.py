"""Recording acts."""

import re
from collections.abc import Mapping
from uuid import UUID

from teladan.jobs.api import require_transaction
from teladan.ledger.canonical import JSON, canonical
from teladan.ledger.models import Entry

_ACT = re.compile(r"[a-z]+\.[a-z_]+")
_SUBJECT = re.compile(r"[a-z_]+:[^\s:]+")


def record(*, act: str, agency_id: UUID | None, actor_id: UUID | None, subject: str, data: Mapping[str, JSON]) -> UUID:
    """Note an act in the caller's transaction; the entry's id.

    `act` is room and past participle ("instruments.sitting_finished"), `subject` kind and id ("sitting:<uuid>"). `data`
    holds ids, keys, whole numbers, times as text: nothing that names a person and no fractions. RuntimeError outside
    a transaction; ValueError or TypeError for what cannot be recorded.
    """
    require_transaction("record()")
    if not _ACT.fullmatch(act) or not _SUBJECT.fullmatch(subject):
        raise ValueError(f"an act is 'room.what_happened' and a subject 'kind:id', not {act!r} of {subject!r}")
    entry = Entry(act=act, agency_id=agency_id, actor_id=actor_id, subject=subject, data=canonical(dict(data)).decode())
    entry.save()
    return entry.id
