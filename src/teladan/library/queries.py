"""Reads of the library."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.files import api as files
from teladan.kernel.errors import NotFound
from teladan.library.data import TextCard, TextPart
from teladan.library.models import OfficialText
from teladan.library.parts import parts_of
from teladan.library.permissions import TABLE, Of
from teladan.rulebook.api import Regulation, UnknownKey, rulebook


def law_named(key: str) -> Regulation:
    """The regulation `key`; NotFound when the library has none."""
    try:
        return rulebook().regulation(key)
    except UnknownKey:
        raise NotFound(
            _("Peraturan ini tidak ada di perpustakaan."), next_step=_("Cari di daftar peraturan.")
        ) from None


def may_keep_texts(actor: Actor | None) -> bool:
    """May the actor import and remove official texts?"""
    return actor is not None and TABLE.can(actor, "library.keep_text", Of(actor.agency_id))


def texts_visible_to(actor: Actor | None, *, key: str) -> list[TextCard]:
    """The official texts of a regulation that the actor's agency has imported."""
    found = _visible(actor).filter(regulation=key).select_related("imported_by").defer("text")
    return [
        TextCard(
            regulation=one.regulation,
            kind=one.kind,
            name=one.name,
            size=one.size,
            sha256=one.sha256,
            imported_at=one.imported_at,
            imported_by=one.imported_by.name,
            blob_id=one.blob_id,
        )
        for one in found.order_by("kind")
    ]


def regulations_with_text(actor: Actor | None) -> frozenset[str]:
    """The regulations of which the actor's agency has an official text."""
    return frozenset(_visible(actor).values_list("regulation", flat=True))


def text_parts(actor: Actor | None, *, key: str) -> list[TextPart]:
    """The official text of a regulation by article, for reading; [] when the agency has none as text."""
    text = _visible(actor).filter(regulation=key, kind="txt").values_list("text", flat=True).first()
    return parts_of(text) if text else []


def text_file(actor: Actor | None, *, key: str, kind: str) -> files.ResponseParts:
    """The official text as a download; NotFound when the actor's agency has none of this kind."""
    found = _visible(actor).filter(regulation=key, kind=kind).first()
    if found is None:
        raise NotFound(
            _("Instansi Anda belum memasang naskah ini."),
            next_step=_("Baca ringkasannya, atau cari naskah resminya di JDIH."),
        )
    return files.response_parts(found.blob_id, agency_id=found.agency_id)


def _visible(actor: Actor | None) -> QuerySet[OfficialText]:
    return TABLE.visible(actor, "library.read_text", OfficialText.objects.all(), Q)
