"""Documents come and go. Everything here may be done twice: what is the same is not written again."""

import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from uuid import UUID

from django.db import transaction

from teladan.jobs import api as jobs
from teladan.search.data import Audience
from teladan.search.data import Document as Given
from teladan.search.models import Document
from teladan.search.sources import source, sources
from teladan.search.words import words_of

CHUNK = 100  # documents in one transaction: a tenth of a second of the only writer
LONGEST_TITLE = 300
_NUL = "\x00"  # PostgreSQL keeps no such sign
_MAKING = 1  # raise it when the same document is to be indexed differently


def changed(name: str, *, agency_id: UUID | None, keys: Collection[str] | None = None) -> None:
    """Documents of a source came, went or changed: in the transaction of the change, have them read anew. Without `keys`,
    all of the agency's. KeyError for a source nobody registered."""
    source(name)
    owner = str(agency_id) if agency_id else None
    if keys is None:
        jobs.enqueue("search.rebuild_source", agency_id=agency_id, unique=name, source=name, agency=owner)
    elif keys:
        jobs.enqueue("search.refresh", agency_id=agency_id, source=name, agency=owner, keys=sorted(keys))


def rebuild() -> None:
    """Have all documents of all agencies read anew in the background; what has not changed is not written again."""
    for one in sources():
        for agency_id in one.agencies():
            with transaction.atomic():
                changed(one.name, agency_id=agency_id)


@transaction.atomic
def refresh(name: str, agency_id: UUID | None, keys: Collection[str]) -> None:
    """Bring the documents with these keys up to date; those that do not exist any more are forgotten."""
    mine = Document.objects.filter(source=name, key__in=keys)
    list(
        mine.select_for_update().values_list("pk", flat=True)
    )  # who comes second reads what the first one's cause left
    given = list(source(name).documents(agency_id, keys))
    _put(name, agency_id, given)
    mine.exclude(key__in=[one.key for one in given]).delete()


def rebuild_source(name: str, agency_id: UUID | None) -> int:
    """Bring all documents of a source up to date, in short transactions; how many there are. Can be killed anywhere."""
    mine = Document.objects.filter(source=name, agency_id=agency_id)
    before = set(mine.values_list("key", flat=True))
    seen: set[str] = set()
    waiting = iter(source(name).documents(agency_id, None))
    while chunk := list(islice(waiting, CHUNK)):
        with transaction.atomic():
            _put(name, agency_id, chunk)
        seen.update(one.key for one in chunk)
    gone = sorted(before - seen)
    for start in range(0, len(gone), CHUNK):
        with transaction.atomic():
            mine.filter(key__in=gone[start : start + CHUNK]).delete()
    return len(seen)


def _put(name: str, agency_id: UUID | None, given: Iterable[Given]) -> None:
    by_key = {one.key: one for one in given}
    digests = {key: _digest(one, agency_id) for key, one in by_key.items()}
    known = dict(Document.objects.filter(source=name, key__in=by_key).values_list("key", "digest"))
    rows = [_row(name, agency_id, one, digests[key]) for key, one in by_key.items() if known.get(key) != digests[key]]
    Document.objects.bulk_create(rows, update_conflicts=True, unique_fields=["source", "key"], update_fields=_FIELDS)


_FIELDS: Sequence[str] = [
    field.name for field in Document._meta.concrete_fields if field.name not in {"id", "source", "key"}
]


def _row(name: str, agency_id: UUID | None, given: Given, digest: str) -> Document:
    if (given.audience is Audience.PERMISSION) != bool(given.permission):
        raise ValueError(f"{name} {given.key}: an audience by permission names the permission, and only that one does")
    title, text = given.title[:LONGEST_TITLE].replace(_NUL, ""), given.text.replace(_NUL, "")
    in_title, in_text = list(words_of(title)), list(words_of(text))
    whole = dict.fromkeys(word.folded for word in (*in_title, *in_text) if word.folded != word.stem)
    return Document(
        source=name,
        key=given.key,
        agency_id=agency_id,
        kind=given.kind,
        audience=given.audience.value,
        permission=given.permission,
        owner_id=given.owner_id,
        scope_id=given.scope_id,
        title=title,
        caption=given.caption[:LONGEST_TITLE],
        text=text,
        address=given.address,
        dated_on=given.dated_on,
        title_stems=" ".join(word.stem for word in in_title),
        text_stems=" ".join(word.stem for word in in_text),
        words=" ".join(whole),
        digest=digest,
    )


def _digest(given: Given, agency_id: UUID | None) -> str:
    parts = [_MAKING, str(agency_id), *(str(value) for value in vars(given).values())]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
