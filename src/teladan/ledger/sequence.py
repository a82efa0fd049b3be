"""The sequencer: gives entries their numbers and links them, in the background, so that who records never waits."""

import json

from django.db import connection, transaction

from teladan.ledger.canonical import GENESIS, chain_hash, leaf_hash
from teladan.ledger.models import Entry, Head

_STEP = 500  # entries in one transaction


def leaf_of(entry: Entry) -> bytes:
    """The leaf hash of an entry as it stands in the database."""
    return leaf_hash(
        entry_id=entry.id,
        act=entry.act,
        agency_id=entry.agency_id,
        actor_id=entry.actor_id,
        subject=entry.subject,
        data=json.loads(entry.data),
        at=entry.at,
    )


def sequence(*, limit: int = 1000) -> int:
    """Number and link up to `limit` waiting entries, oldest first; how many. Safe beside another sequencer."""
    done = 0
    while done < limit and Entry.objects.filter(number__isnull=True).exists():
        step = _sequence_step(min(_STEP, limit - done))
        if not step:
            break
        done += step
    return done


def _sequence_step(limit: int) -> int:
    with transaction.atomic():
        head = _locked_head()
        number, chain, rows = head.number, bytes(head.chain), []
        for entry in Entry.objects.filter(number__isnull=True).order_by("at", "id")[:limit]:
            leaf = leaf_of(entry)
            number, chain = number + 1, chain_hash(chain, leaf)
            rows.append([number, leaf, chain, Entry._meta.pk.get_db_prep_value(entry.id, connection)])
        if rows:
            with connection.cursor() as cursor:  # the one change an entry ever sees; the querysets refuse it
                cursor.executemany("UPDATE ledger_entry SET number = %s, leaf = %s, chain = %s WHERE id = %s", rows)
            Head.objects.filter(pk=head.pk).update(number=number, chain=chain)
    return len(rows)


def _locked_head() -> Head:
    Head.objects.get_or_create(pk=1, defaults={"number": 0, "chain": GENESIS})
    return Head.objects.select_for_update().get(pk=1)
