"""A file in pieces: what a browser asks for when somebody plays a clip, or goes on with a download (RFC 9110, 14)."""

import re
from collections.abc import Callable, Iterator, Mapping

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

CHUNK = 65_536
Read = Callable[[int, int], Iterator[bytes]]  # first byte, how many
_ONE = re.compile(r"bytes=(?:(\d{1,15})-(\d{1,15})?|-(\d{1,15}))")


def asked_for(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the one range a header asks for. None: no range, or one we answer with the whole file.
    ValueError when nothing of it lies in the file."""
    found = _ONE.fullmatch(header.replace(" ", ""))
    if found is None:
        return None
    first, last, tail = (int(part) if part else None for part in found.groups())
    if first is None:
        first, last = max(size - (tail or 0), 0), size - 1
        if not tail:
            raise ValueError("an empty tail")
    last = size - 1 if last is None else min(last, size - 1)
    if found[2] and int(found[2]) < first:
        return None  # not a range at all: RFC 9110 says to pass it over
    if first >= size:
        raise ValueError("beyond the end")
    return first, last


def ranged(request: HttpRequest, *, size: int, etag: str, read: Read, headers: Mapping[str, str]) -> HttpResponseBase:
    """The file, the asked part of it (206), or the note that the browser has it already (304)."""
    # Named as it is, the content is left alone by the compression of pages: a part is counted in the file's own bytes.
    base = {**headers, "ETag": etag, "Accept-Ranges": "bytes", "Content-Encoding": "identity"}
    if request.headers.get("If-None-Match") == etag:
        return HttpResponse(status=304, headers=base)
    header = request.headers.get("Range", "")
    if request.headers.get("If-Range", etag) != etag:
        header = ""
    try:
        part = asked_for(header, size)
    except ValueError:
        return HttpResponse(status=416, headers={**base, "Content-Range": f"bytes */{size}"})
    first, last = part or (0, size - 1)
    base["Content-Length"] = str(last - first + 1)
    if part:
        base["Content-Range"] = f"bytes {first}-{last}/{size}"
    if request.method == "HEAD":
        return HttpResponse(status=206 if part else 200, headers=base)
    return StreamingHttpResponse(read(first, last - first + 1), status=206 if part else 200, headers=base)
