"""The clips of a class, from either seat."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.files import api as files
from teladan.kernel.errors import NotFound
from teladan.learning.clip_models import Clip
from teladan.learning.seat import Seat, take


@dataclass(frozen=True, kw_only=True)
class ClipCard:
    """A clip with what its page must say before anybody plays it; `size` in bytes."""

    id: UUID
    title: str
    transcript: str
    media_type: str
    size: int
    added_at: datetime


def clips(seat: Seat, *, by: Actor) -> list[ClipCard]:
    """The clips of a class, the newest first."""
    taken = take(seat, by)
    found = list(Clip.objects.filter(cohort=taken.cohort).order_by("-added_at"))
    cards = {c.pk: files.blob_card(c.media_id, agency_id=c.agency_id) for c in found}  # at most twenty
    return [
        ClipCard(
            id=c.pk,
            title=c.title,
            transcript=c.transcript,
            media_type=cards[c.pk].media_type,
            size=cards[c.pk].size,
            added_at=c.added_at,
        )
        for c in found
    ]


def clip_file(seat: Seat, clip_id: UUID, *, captions: bool = False, by: Actor) -> files.BlobCard:
    """The clip's own file, or that of its captions; NotFound when it is not of this class."""
    taken = take(seat, by)
    clip = Clip.objects.filter(pk=clip_id, cohort=taken.cohort).first()
    if clip is None:
        raise NotFound(_("Klip ini tidak ada pada kelas ini."))
    return files.blob_card(clip.captions_id if captions else clip.media_id, agency_id=clip.agency_id)
