"""A clip as the page shows it (`c-clip`): where its parts are, and what fetching it costs."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.urls import reverse

from teladan.web.ui.formats import number_text


@dataclass(frozen=True, kw_only=True)
class Clip:
    """A video or a sound with its captions. `size` in bytes."""

    title: str
    url: str
    captions_url: str
    download_url: str
    media_type: str
    size: int
    poster_url: str = ""

    @property
    def is_sound(self) -> bool:
        return self.media_type.startswith("audio/")

    @property
    def weight(self) -> str:
        """What it costs to fetch, such as "620 kB" or "1,4 MB"."""
        if self.size < 1_000_000:
            return f"{max(1, round(self.size / 1000))} kB"
        return f"{number_text(self.size / 1_000_000, 1)} MB"


def clip_of_course(title: str, attrs: Mapping[str, str]) -> Clip:
    """The clip of a course's page, from what the page says about it (`learning.page`)."""

    def url(name: str) -> str:
        place = {"course_key": attrs["modul"], "name": name} | ({"version": v} if (v := attrs.get("versi")) else {})
        return reverse("public:media", kwargs=place) if name else ""

    return Clip(
        title=title,
        url=url(attrs["berkas"]),
        captions_url=url(attrs["takarir"]),
        download_url=f"{url(attrs['berkas'])}?unduh=1",
        media_type=attrs["jenis"],
        size=int(attrs["ukuran"]),
        poster_url=url(attrs.get("poster", "")),
    )
