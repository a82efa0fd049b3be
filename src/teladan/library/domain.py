"""Official texts are imported, replaced and removed."""

from typing import BinaryIO

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.files import api as files
from teladan.kernel import clock
from teladan.kernel.errors import Invalid
from teladan.ledger import api as ledger
from teladan.library.models import OfficialText
from teladan.library.permissions import demand
from teladan.library.queries import law_named
from teladan.search import api as search

KINDS = ("pdf", "txt")
LONGEST_TEXT = 3_000_000  # letters; the longest laws of the state have about one million


def import_text(*, key: str, content: bytes | BinaryIO, name: str, by: Actor) -> bool:
    """Keep the official text of regulation `key` for the actor's agency: a PDF to download, or a text (Markdown or plain,
    UTF-8) that is searched as well; one of each. What stood there before is replaced. False when it is the same file.

    NotAllowed unless an operator; NotFound for an unknown regulation; Invalid (field `file`) for another type of file, one
    that is too large or empty. Then nothing has changed.
    """
    demand(by, "library.keep_text")
    law_named(key)
    with transaction.atomic():
        blob = files.store(
            content=content,
            name=name,
            agency_id=by.agency_id,
            purpose="library.text",
            kinds=KINDS,
            by_id=by.account_id,
        )
        text = _text_of(blob, by) if blob.kind == "txt" else ""
        old = OfficialText.objects.select_for_update().filter(regulation=key, kind=blob.kind).first()
        if old is not None and old.sha256 == blob.sha256:
            files.discard(blob.id, agency_id=by.agency_id)
            return False
        if old is not None:
            _forget(old)
        OfficialText.objects.create(
            agency_id=by.agency_id,
            regulation=key,
            kind=blob.kind,
            blob_id=blob.id,
            name=blob.name,
            size=blob.size,
            sha256=blob.sha256,
            text=text,
            imported_at=clock.now(),
            imported_by_id=by.account_id,
        )
        data: dict[str, ledger.JSON] = {"kind": blob.kind, "size": blob.size, "sha256": blob.sha256}
        if old is not None:
            _record("library.text_replaced", key, by, {**data, "before": old.sha256})
        else:
            _record("library.text_imported", key, by, data)
        if text or (old is not None and old.text):
            search.changed("library.text", agency_id=by.agency_id)
    return True


def remove_text(*, key: str, kind: str, by: Actor) -> bool:
    """Take the official text of a kind away again; False when there is none (any more)."""
    demand(by, "library.keep_text")
    with transaction.atomic():
        old = OfficialText.objects.select_for_update().filter(regulation=key, kind=kind).first()
        if old is None:
            return False
        _forget(old)
        _record("library.text_removed", key, by, {"kind": kind, "sha256": old.sha256})
        if old.text:
            search.changed("library.text", agency_id=by.agency_id)
    return True


def _text_of(blob: files.BlobCard, by: Actor) -> str:
    text = files.read(blob.id, agency_id=by.agency_id).decode("utf-8-sig")
    if len(text) > LONGEST_TEXT:
        raise Invalid(
            _("Naskah ini terlalu panjang: %(n)d huruf, batasnya %(limit)d.") % {"n": len(text), "limit": LONGEST_TEXT},
            field="file",
            next_step=_("Unggah tanpa lampirannya, atau unggah sebagai PDF."),
        )
    return text


def _forget(old: OfficialText) -> None:
    files.discard(old.blob_id, agency_id=old.agency_id)
    OfficialText.objects.filter(pk=old.pk).delete()


def _record(act: str, key: str, by: Actor, data: dict[str, ledger.JSON]) -> None:
    ledger.record(act=act, agency_id=by.agency_id, actor_id=by.account_id, subject=f"regulation:{key}", data=data)
