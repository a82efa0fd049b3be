"""An agency lets another one read named fields of one thing, for a purpose and a time."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from teladan.access.api import Actor
from teladan.accounts.models import Agency, Share
from teladan.accounts.permissions import Of, demand, within
from teladan.accounts.scope import agency_scope
from teladan.accounts.validators import clean_name
from teladan.kernel import clock
from teladan.kernel.errors import Invalid, NotFound
from teladan.ledger import api as ledger


def give_share(
    *,
    object_type: str,
    object_id: UUID,
    agency_id: UUID,
    with_agency_id: UUID,
    fields: Sequence[str],
    purpose: str,
    until: datetime,
    by: Actor | None,
) -> UUID:
    """Let `with_agency_id` read `fields` of a thing of `agency_id` until a moment (aware); the share's id. The caller
    has made sure that the thing belongs to the agency. Invalid without purpose, fields or a future end."""
    demand(by, "accounts.share", Of(agency_id))
    if not fields:
        raise Invalid(_("Pilih sedikitnya satu isian yang dibagikan."), field="fields")
    if until <= clock.now():
        raise Invalid(_("Akhir masa berbagi harus di waktu yang akan datang."), field="until")
    if agency_id == with_agency_id or not Agency.objects.filter(id=with_agency_id).exists():
        raise Invalid(_("Pilih instansi lain sebagai penerima."), field="with_agency")
    with agency_scope(agency_id), transaction.atomic():
        row = Share.objects.create(
            agency_id=agency_id,
            with_agency_id=with_agency_id,
            object_type=object_type,
            object_id=object_id,
            fields=sorted(set(fields)),
            purpose=clean_name(purpose, field="purpose", longest=500),
            until=until,
            given_by_id=by.account_id if by else None,
        )
        _record("accounts.shared", row, by)
    return row.id


def end_share(*, share_id: UUID, by: Actor | None) -> None:
    """End a share before its time; nothing happens when it has ended already."""
    with scopes_disabled(), transaction.atomic():
        row = Share.objects.select_for_update().filter(id=share_id, **within(by)).first()
        if row is None:
            raise NotFound(
                _("Izin berbagi data ini tidak ditemukan."),
                next_step=_("Periksa lagi daftar izin berbagi instansi Anda; mungkin izin itu milik instansi lain."),
            )
        demand(by, "accounts.share", row)
        if row.ended_at is None:
            row.ended_at = clock.now()
            row.save(update_fields=["ended_at"])
            _record("accounts.share_ended", row, by)


def _record(act: str, row: Share, by: Actor | None) -> None:
    ledger.record(
        act=act,
        agency_id=row.agency_id,
        actor_id=by.account_id if by else None,
        subject=f"share:{row.id}",
        data={
            "object": f"{row.object_type}:{row.object_id}",
            "with_agency": str(row.with_agency_id),
            "fields": row.fields,
            "until": row.until.isoformat(),
        },
    )
