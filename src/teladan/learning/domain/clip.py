"""Clips of a class: added whole or not at all, removed with their bytes."""

from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.files import api as files
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.learning.clip_models import Clip
from teladan.learning.domain.cohort import cohort_for, refuse_cancelled
from teladan.ledger import api as ledger
from teladan.rulebook.captions import read_captions
from teladan.rulebook.clips import CLIP_TYPES, LONGEST_CLIP

LONGEST_TRANSCRIPT = 20_000  # characters
LARGEST_CAPTIONS = 200_000  # bytes
MOST_CLIPS = 20  # of a class
PURPOSE = "learning.clip"


def add_clip(*, cohort_id: UUID, title: str, transcript: str, clip: BinaryIO, captions: BinaryIO, by: Actor) -> UUID:
    """Add a clip for the participants of a cohort. Invalid, at its field, for a missing transcript, captions that no
    browser would show, another type or too large a file; then nothing is kept."""
    cohort = cohort_for(cohort_id, "learning.lead_class", by)
    refuse_cancelled(cohort)
    name, words = " ".join(title.replace("\x00", "").split()), transcript.replace("\x00", "").strip()
    if not name or len(name) > 120:
        raise Invalid(_("Beri klip ini judul, paling panjang 120 karakter."), field="title")
    if not words or len(words) > LONGEST_TRANSCRIPT:
        raise Invalid(
            _("Tulis transkripnya, paling panjang %(most)d karakter: sebagian peserta membaca, tidak memutar.")
            % {"most": LONGEST_TRANSCRIPT},
            field="transcript",
        )
    spoken = _captions(captions)
    if Clip.objects.filter(cohort=cohort).count() >= MOST_CLIPS:
        raise Conflict(_("Kelas ini sudah punya %(n)d klip. Hapus satu dahulu.") % {"n": MOST_CLIPS})
    content = clip.read(LONGEST_CLIP + 1)
    if len(content) > LONGEST_CLIP:
        raise Invalid(
            _("Klip lebih besar dari %(most)d MB. Mampatkan atau pendekkan; peserta memutarnya dengan kuota sendiri.")
            % {"most": LONGEST_CLIP // 1_048_576},
            field="clip",
        )
    with transaction.atomic():
        kept: dict[str, Any] = {"agency_id": cohort.agency_id, "purpose": PURPOSE, "by_id": by.account_id, "name": name}
        try:
            clip_blob = files.store(content=content, kinds=list(CLIP_TYPES), **kept)
        except Invalid as error:
            raise Invalid(error.message, field="clip", next_step=error.next_step) from error
        captions_blob = files.store(content=spoken, kinds=["vtt"], **kept)
        added = Clip.objects.create(
            agency_id=cohort.agency_id,
            cohort=cohort,
            title=name,
            transcript=words,
            media_id=clip_blob.id,
            captions_id=captions_blob.id,
            added_by_id=by.account_id,
            added_at=clock.now(),
        )
        _record("learning.clip_added", added, by)
    return added.pk


def _captions(file: BinaryIO) -> bytes:
    """The bytes of a captions file that browsers will show; Invalid with the line otherwise."""
    content = file.read(LARGEST_CAPTIONS + 1)
    if len(content) > LARGEST_CAPTIONS:
        raise Invalid(_("Berkas takarir lebih besar dari 200 kB; pilih berkas .vtt."), field="captions")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Invalid(
            _("Takarir bukan teks UTF-8. Simpan ulang sebagai WebVTT (.vtt), UTF-8."), field="captions"
        ) from None
    if faults := read_captions(text)[1]:
        raise Invalid(
            _("Takarir baris %(line)d: %(message)s %(remedy)s")
            % {"line": faults[0].line, "message": faults[0].message, "remedy": faults[0].remedy},
            field="captions",
        )
    return text.encode()


@transaction.atomic
def remove_clip(*, cohort_id: UUID, clip_id: UUID, by: Actor) -> None:
    """Take a clip away from its class, with its bytes."""
    cohort = cohort_for(cohort_id, "learning.lead_class", by)
    clip = Clip.objects.select_for_update().filter(pk=clip_id, cohort=cohort).first()
    if clip is None:
        raise NotFound(_("Klip ini tidak ada pada kelas ini."))
    _record("learning.clip_removed", clip, by)
    for blob in (clip.media_id, clip.captions_id):
        files.discard(blob, agency_id=clip.agency_id)
    clip.delete()


def _record(act: str, clip: Clip, by: Actor) -> None:
    ledger.record(
        act=act,
        agency_id=clip.agency_id,
        actor_id=by.account_id,
        subject=f"cohort:{clip.cohort_id}",
        data={"clip": str(clip.pk)},
    )
