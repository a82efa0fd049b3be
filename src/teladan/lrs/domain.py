"""Recording statements."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from teladan.jobs.api import require_transaction
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid
from teladan.lrs import building, privacy, validation
from teladan.lrs.data import Statement
from teladan.lrs.formats import to_timestamp
from teladan.lrs.models import StoredStatement

BATCH = 200  # rows or ids in one statement of SQL


def record(statements: Sequence[Statement], *, agency_id: UUID) -> list[Statement]:
    """Keep statements of an agency; returns those that are new. One that is kept already and says the same is passed
    over.

    Belongs inside `transaction.atomic()` (RuntimeError otherwise). Invalid for a statement that is not xAPI 2.0, has
    no id or timestamp, or tells who somebody is; Conflict for a kept id that says something else. Then nothing is
    kept.
    """
    require_transaction("record()")
    now = clock.now()
    rows: dict[UUID, StoredStatement] = {}
    for given in statements:
        _check(given.body)
        row = _row(given, agency_id, now)
        if rows.setdefault(row.statement_id, row).fingerprint != row.fingerprint:
            raise _contradiction(row.statement_id)
    with scope(agency=agency_id):
        fresh = _unkept(rows)
        try:
            with transaction.atomic():
                StoredStatement.objects.bulk_create(fresh, batch_size=BATCH)
        except IntegrityError:  # PostgreSQL: another transaction kept one of them a moment earlier
            fresh = _unkept(rows)
            StoredStatement.objects.bulk_create(fresh, batch_size=BATCH)
    return [Statement(row.body) for row in fresh]


def _unkept(rows: Mapping[UUID, StoredStatement]) -> list[StoredStatement]:
    """The rows that are not kept yet, by id: always in the same order, so that two batches cannot wait crosswise."""
    ids, kept = sorted(rows), set()
    for start in range(0, len(ids), BATCH):
        found = StoredStatement.objects.filter(statement_id__in=ids[start : start + BATCH])
        for statement_id, fingerprint in found.values_list("statement_id", "fingerprint"):
            if fingerprint != rows[statement_id].fingerprint:
                raise _contradiction(statement_id)
            kept.add(statement_id)
    return [rows[i] for i in ids if i not in kept]


def statement(
    *,
    verb: tuple[str, str],
    object_id: str,
    actor_account: UUID,
    registration: UUID | None,
    timestamp: datetime,
    object_type: str = "",
    object_name: str = "",
    definition: Mapping[str, Any] | None = None,
    again: str = "",
    result: Mapping[str, Any] | None = None,
    extensions: Mapping[str, Any] | None = None,
    context: Mapping[str, Any] | None = None,
) -> Statement:
    """A statement about an account of this house (`building.compose` with the house's own address). Not kept yet."""
    return building.compose(
        home_page=settings.BASE_URL,
        verb=verb,
        object_id=object_id,
        actor_account=actor_account,
        registration=registration,
        timestamp=timestamp,
        object_type=object_type,
        object_name=object_name,
        definition=definition,
        again=again,
        result=result,
        extensions=extensions,
        context=context,
    )


def _check(body: Mapping[str, Any]) -> None:
    found = validation.faults(body)
    if not found:
        found = privacy.faults(body)
        found += [validation.Fault(name, "is required") for name in ("id", "timestamp") if name not in body]
    if found:
        raise Invalid(
            _("Catatan belajar ini tidak dapat disimpan: %(path)s %(message)s.")
            % {"path": found[0].path, "message": found[0].message},
            field=found[0].path,
        )


def _row(given: Statement, agency_id: UUID, now: datetime) -> StoredStatement:
    authority = building.agent(settings.BASE_URL, building.HOUSE)
    body = {"authority": authority, "version": building.VERSION, **given.body, "stored": to_timestamp(now)}
    return StoredStatement(
        agency_id=agency_id,
        statement_id=given.id,
        registration=given.registration,
        verb=given.verb_id,
        object_id=given.object_id,
        timestamp=given.timestamp,
        stored=now,
        fingerprint=building.fingerprint(given.body),
        body=body,
    )


def _contradiction(statement_id: UUID) -> Conflict:
    return Conflict(
        _("Catatan belajar %(id)s sudah ada dengan isi yang lain.") % {"id": statement_id},
    )
