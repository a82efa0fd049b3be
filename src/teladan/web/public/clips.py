"""The media of a course: clips, their captions and posters, in pieces where a player asks for pieces."""

from collections.abc import Iterator
from pathlib import Path

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from teladan.rulebook.api import media_type, rulebook
from teladan.web.base.ranges import CHUNK, ranged

SEALED = "sandbox; default-src 'none'; style-src 'unsafe-inline'"  # opened by itself, a drawing does nothing


@require_safe
def media(request: HttpRequest, course_key: str, name: str, version: str = "") -> HttpResponseBase:
    """One file of the folder `media` of a course, of a version or of the newest; with `?unduh=1` as a download."""
    path = _path(course_key, version, name)
    kind = media_type(name)
    if path is None or kind is None:
        raise Http404
    stat = path.stat()
    headers = {
        "Content-Type": kind,
        "Content-Security-Policy": SEALED,
        "Cache-Control": "public, max-age=86400",
    }
    if "unduh" in request.GET:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    etag = f'"{stat.st_size:x}-{stat.st_mtime_ns:x}"'
    return ranged(request, size=stat.st_size, etag=etag, read=lambda first, n: slices(path, first, n), headers=headers)


def _path(course_key: str, version: str, name: str) -> Path | None:
    """The file, if the folder of media of that version holds it."""
    try:
        course = rulebook().course(course_key, version or None)
    except KeyError:
        return None
    path = course.folder / "media" / name
    return path if media_type(name) and path.is_file() else None


def slices(path: Path, first: int, n: int) -> Iterator[bytes]:
    """`n` bytes of a file from `first` on, a chunk at a time."""
    with path.open("rb") as file:
        file.seek(first)
        while n > 0 and (chunk := file.read(min(n, CHUNK))):
            n -= len(chunk)
            yield chunk
