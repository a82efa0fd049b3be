"""Storing, reading and forgetting files."""

import io
import logging
import unicodedata
from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import BinaryIO
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from teladan.files import disk, images
from teladan.files.data import BlobCard, ResponseParts
from teladan.files.kinds import KINDS, detect
from teladan.files.models import Blob
from teladan.kernel.errors import Invalid, NotFound

log = logging.getLogger(__name__)

_MEGABYTE = 1_048_576
DEFAULT_QUOTA_BYTES = 20 * 1024 * _MEGABYTE


def store(
    *, content: bytes | BinaryIO, name: str, agency_id: UUID, purpose: str, kinds: Collection[str], by_id: UUID | None
) -> BlobCard:
    """Check and keep a file. Its type is found from the content and must be among `kinds`; images are drawn anew.

    Invalid when it is empty, too large, of another type, damaged, or beyond the agency's quota. The bytes are on the
    disk before the row is written; a row that is rolled back leaves bytes that the sweep removes a day later.
    """
    data = _take(content)
    kind = detect(data)
    if kind == "csv" and "csv" not in kinds:
        kind = "txt"  # a text may well have a comma in its first line
    elif kind == "txt" and "txt" not in kinds:
        kind = "csv"  # a table may have a single column
    if kind is None or kind not in kinds:
        raise Invalid(
            _("Jenis berkas ini tidak dapat diterima. Yang diterima: %(kinds)s.") % {"kinds": _names(kinds)},
            field="file",
            next_step=_(
                "Simpan ulang berkas dalam salah satu jenis itu (teks dan CSV sebagai UTF-8), lalu unggah lagi."
            ),
        )
    if KINDS[kind].is_image:
        data = _redrawn(data, kind)
    _check_quota(agency_id, data.getbuffer().nbytes)
    sha256, size = disk.write(data)
    with transaction.atomic():
        blob = Blob.objects.create(
            agency_id=agency_id,
            purpose=purpose,
            name=clean_name(name, kind),
            kind=kind,
            size=size,
            sha256=sha256,
            by_id=by_id,
        )
    return card_of(blob)


def blob_card(blob_id: UUID, *, agency_id: UUID) -> BlobCard:
    """A stored file's card; NotFound when this agency has no such file."""
    return card_of(_blob(blob_id, agency_id))


def read(blob_id: UUID, *, agency_id: UUID) -> bytes:
    """The content of a stored file; NotFound when this agency has no such file or its bytes are gone or damaged."""
    return _content(_blob(blob_id, agency_id))


def response_parts(blob_id: UUID, *, agency_id: UUID, inline: bool = False) -> ResponseParts:
    """Body and headers for handing a file to a browser.

    As a download, sandboxed and never guessed at. `inline` shows it in the page, if it is an image
    (drawn anew by us), a clip or captions.
    """
    blob = _blob(blob_id, agency_id)
    return ResponseParts(body=_content(blob), headers=response_headers(card_of(blob), inline=inline))


def response_headers(blob: BlobCard, *, inline: bool = False) -> dict[str, str]:
    """The headers for handing a file to a browser; see `response_parts`."""
    kind = KINDS[blob.kind]
    shown = "inline" if inline and (kind.is_image or kind.is_clip or kind.key == "vtt") else "attachment"
    plain = blob.name.encode("ascii", "replace").decode().replace("?", "_").replace('"', "_").replace("\\", "_")
    return {
        "Content-Type": kind.media_type,
        "Content-Length": str(blob.size),
        "Content-Disposition": f"{shown}; filename=\"{plain}\"; filename*=UTF-8''{quote(blob.name, safe='')}",
        "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, max-age=0, must-revalidate",
        "ETag": f'"{blob.sha256}"',
    }


def chunks(blob_id: UUID, *, agency_id: UUID, first: int, n: int) -> Iterator[bytes]:
    """`n` bytes of a stored file from `first` on, for a player that asks for parts; NotFound as for `read`."""
    blob = _blob(blob_id, agency_id)
    try:
        return disk.chunks(blob.sha256, first=first, n=n)
    except disk.Damaged as error:
        raise _lost(blob, error) from error


def discard(blob_id: UUID, *, agency_id: UUID) -> None:
    """Forget a file at the end of its use; its bytes go with the next sweep unless another row shares them."""
    with transaction.atomic():
        _blob(blob_id, agency_id).delete()


def used_bytes(agency_id: UUID) -> int:
    """What an agency's files take together."""
    return int(Blob.objects.filter(agency_id=agency_id).aggregate(total=Sum("size"))["total"] or 0)


def card_of(blob: Blob) -> BlobCard:
    return BlobCard(
        id=blob.id,
        agency_id=blob.agency_id,
        purpose=blob.purpose,
        name=blob.name,
        kind=blob.kind,
        media_type=KINDS[blob.kind].media_type,
        size=blob.size,
        sha256=blob.sha256,
        created_at=blob.created_at,
    )


def clean_name(name: str, kind: str) -> str:
    """The last part of a given name without control and separator signs, ending in the suffix of what it is."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*').strip(" .")
    suffix = KINDS[kind].suffix
    stem = kept.rsplit(".", 1)[0] if "." in kept else kept
    return f"{stem[: 150 - len(suffix)] or 'berkas'}{suffix}"


def _take(content: bytes | BinaryIO) -> io.BytesIO:
    limit = settings.UPLOAD_LIMIT_BYTES
    data = content if isinstance(content, bytes) else content.read(limit + 1)
    if not data:
        raise Invalid(_("Berkas ini kosong."), field="file", next_step=_("Pilih berkas lain."))
    if len(data) > limit:
        raise Invalid(
            _("Berkas ini terlalu besar. Batasnya %(limit)d MB.") % {"limit": limit // _MEGABYTE},
            field="file",
            next_step=_("Perkecil berkas, lalu unggah lagi."),
        )
    return io.BytesIO(data)


def _redrawn(data: io.BytesIO, kind: str) -> io.BytesIO:
    try:
        return io.BytesIO(images.redraw(data, kind))
    except images.BadImage as error:
        raise Invalid(
            _("Gambar ini rusak atau ukurannya terlalu besar untuk diolah."),
            field="file",
            next_step=_("Simpan ulang gambar dengan ukuran lebih kecil, lalu unggah lagi."),
        ) from error


def _check_quota(agency_id: UUID, size: int) -> None:
    """Two uploads at the same moment may both fit; the quota guards the disk, not an account."""
    quota = getattr(settings, "FILES_QUOTA_BYTES", DEFAULT_QUOTA_BYTES)
    if used_bytes(agency_id) + size > quota:
        raise Invalid(
            _("Ruang penyimpanan instansi Anda sudah penuh (batas %(quota)d MB).") % {"quota": quota // _MEGABYTE},
            field="file",
            next_step=_("Hubungi operator instansi Anda."),
        )


def _blob(blob_id: UUID, agency_id: UUID) -> Blob:
    blob = Blob.objects.filter(id=blob_id, agency_id=agency_id).first()
    if blob is None:
        raise NotFound(_("Berkas ini tidak ada atau bukan milik instansi Anda."))
    return blob


def _content(blob: Blob) -> bytes:
    try:
        return disk.read(blob.sha256)
    except disk.Damaged as error:
        raise _lost(blob, error) from error


def _lost(blob: Blob, error: disk.Damaged) -> NotFound:
    log.error("blob %s: its bytes are %s", blob.id, error)
    return NotFound(
        _("Berkas ini tercatat, tetapi isinya hilang atau rusak di penyimpanan."),
        next_step=_("Beri tahu operator. Berkas dapat dipulihkan dari cadangan."),
    )


def _names(kinds: Collection[str]) -> str:
    return ", ".join(key.upper() for key in KINDS if key in kinds)
