"""Issue and revoke documents."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django_scopes import scope, scopes_disabled

from teladan.accounts import api as accounts
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.ledger import api as ledger
from teladan.letters.data import DocumentCard
from teladan.letters.models import Counter, Document
from teladan.letters.queries import card


def issue(
    *,
    agency_id: UUID,
    template: str,
    series: str,
    title: str,
    data: Mapping[str, Any],
    public: Mapping[str, Any],
    subject: str,
    by_id: UUID | None,
) -> DocumentCard:
    """Issue a document once per (`template`, `subject`) of the agency; a repeat returns the first.

    The number runs without gaps within series and year of the agency's zone; `data` feeds the template and is frozen.
    """
    agency = accounts.agency_card(agency_id)
    if agency is None:
        raise NotFound(_("Instansi ini tidak ada."))
    with scope(agency=agency_id), transaction.atomic():
        # The counter row is the lock: two issuers of one series wait here, and the second finds the first's document.
        year = clock.now().astimezone(ZoneInfo(agency.zone)).year
        Counter.objects.get_or_create(agency_id=agency_id, series=series, year=year)
        Counter.objects.select_for_update().get(agency_id=agency_id, series=series, year=year)
        if known := Document.objects.filter(agency_id=agency_id, template=template, subject=subject).first():
            return card(known)
        Counter.objects.filter(agency_id=agency_id, series=series, year=year).update(last=F("last") + 1)
        running = Counter.objects.get(agency_id=agency_id, series=series, year=year).last
        document = Document.objects.create(
            agency_id=agency_id,
            template=template,
            subject=subject,
            series=series,
            number=f"{running:04d}/{series}/{year}",
            title=title,
            data=dict(data),
            public=dict(public),
            issued_at=clock.now(),
            issued_by_id=by_id,
        )
        ledger.record(
            act="letters.document_issued",
            agency_id=agency_id,
            actor_id=by_id,
            subject=f"document:{document.pk}",
            data={"number": document.number, "template": template, "for": subject},
        )
        return card(document)


def revoke(*, document_id: UUID, agency_id: UUID, reason: str, by_id: UUID) -> DocumentCard:
    """Withdraw a document; the public page says so, with the reason. A revoked document stays revoked."""
    if not reason.strip():
        raise Invalid(_("Tulis alasan pencabutan."), field="reason")
    with scopes_disabled(), transaction.atomic():
        document = Document.objects.select_for_update().filter(pk=document_id, agency_id=agency_id).first()
        if document is None:
            raise NotFound(_("Dokumen ini tidak ada."))
        if document.revoked_at:
            raise Conflict(_("Dokumen ini sudah dicabut."))
        document.revoked_at, document.revoked_reason = clock.now(), reason.strip()[:300]
        document.save(update_fields=["revoked_at", "revoked_reason"])
        ledger.record(
            act="letters.document_revoked",
            agency_id=agency_id,
            actor_id=by_id,
            subject=f"document:{document.pk}",
            data={"number": document.number},
        )
        return card(document)
