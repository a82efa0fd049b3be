"""Read documents: by their public code (anyone) or by id (the agency)."""

from uuid import UUID

from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from teladan.kernel.errors import NotFound
from teladan.letters.data import DocumentCard
from teladan.letters.models import Document
from teladan.letters.typesetting import typeset


def card(document: Document) -> DocumentCard:
    return DocumentCard(
        id=document.pk,
        agency_id=document.agency_id,
        agency_name=document.agency.name,
        agency_zone=document.agency.zone,
        code=document.code,
        number=document.number,
        title=document.title,
        issued_at=document.issued_at,
        public=document.public,
        revoked_at=document.revoked_at,
        revoked_reason=document.revoked_reason,
    )


def by_code(code: str) -> DocumentCard | None:
    """The public facts of the document with this code, or None. Small letters, blanks and dashes are forgiven."""
    typed = "".join(c for c in code.upper() if c.isalnum())[:16]
    with scopes_disabled():  # the whole point of the code is that anyone may ask, of any agency
        document = Document.objects.select_related("agency").filter(code=typed).first()
        return card(document) if document else None


def of_subject(*, agency_id: UUID, template: str, subject: str) -> DocumentCard | None:
    """The document issued for a subject, such as an enrolment; None when there is none yet."""
    with scopes_disabled():  # narrowed by agency_id
        found = Document.objects.select_related("agency").filter(
            agency_id=agency_id, template=template, subject=subject
        )
        document = found.first()
        return card(document) if document else None


def revoked_subjects(*, agency_id: UUID, template: str) -> set[str]:
    """The subjects whose document of this template was revoked: few among many."""
    with scopes_disabled():  # narrowed by agency_id
        found = Document.objects.filter(agency_id=agency_id, template=template).exclude(revoked_at=None)
        return set(found.values_list("subject", flat=True))


def pdf(*, document_id: UUID, agency_id: UUID) -> bytes:
    """The PDF/A of a document. Made anew from its frozen data (a few milliseconds), so there is no file to lose.
    NotFound when the agency has no such document."""
    with scopes_disabled():  # narrowed by agency_id
        document = Document.objects.select_related("agency").filter(pk=document_id, agency_id=agency_id).first()
    if document is None:
        raise NotFound(_("Dokumen ini tidak ada."))
    return typeset(
        template=document.template,
        number=document.number,
        code=document.code,
        issued_at=document.issued_at,
        zone=document.agency.zone,
        data=document.data,
        is_revoked=document.revoked_at is not None,
    )
