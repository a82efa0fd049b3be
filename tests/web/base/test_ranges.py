"""Files in pieces, by RFC 9110 section 14."""

from collections.abc import Iterator

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from teladan.web.base.ranges import asked_for, ranged

BODY = bytes(range(100))


def read(first: int, n: int) -> Iterator[bytes]:
    yield BODY[first : first + n]


def answer(**headers: str) -> tuple[int, bytes, dict[str, str]]:
    request = RequestFactory().get("/x", headers=headers)
    found = ranged(request, size=100, etag='"e"', read=read, headers={"Content-Type": "video/mp4"})
    body = b"".join(found.streaming_content) if found.streaming else found.content  # type: ignore[attr-defined]
    return found.status_code, body, dict(found.items())


def test_whole_file_says_that_parts_are_possible() -> None:
    status, body, headers = answer()
    assert (status, body, headers["Accept-Ranges"], headers["Content-Length"]) == (200, BODY, "bytes", "100")


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=90-", 90, 99),
        ("bytes=-5", 95, 99),
        ("bytes=-500", 0, 99),
        ("bytes=98-5000", 98, 99),
    ],
)
def test_part_is_answered_with_its_place(asked: str, first: int, last: int) -> None:
    status, body, headers = answer(Range=asked)
    assert (status, body) == (206, BODY[first : last + 1])
    assert headers["Content-Range"] == f"bytes {first}-{last}/100"
    assert headers["Content-Length"] == str(len(body))


@pytest.mark.parametrize("asked", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_part_beyond_the_end_is_refused_with_the_size(asked: str) -> None:
    status, _body, headers = answer(Range=asked)
    assert (status, headers["Content-Range"]) == (416, "bytes */100")


@pytest.mark.parametrize("asked", ["bytes=5-2", "bytes=0-1,5-6", "items=0-1", "bytes=a-b", "bytes=-", ""])
def test_what_is_no_single_range_gets_the_whole_file(asked: str) -> None:
    assert answer(Range=asked)[:2] == (200, BODY)


def test_known_file_is_not_sent_and_an_old_part_not_mixed_in() -> None:
    assert answer(**{"If-None-Match": '"e"'})[0] == 304
    assert answer(Range="bytes=0-9", **{"If-Range": '"other"'})[0] == 200
    assert answer(Range="bytes=0-9", **{"If-Range": '"e"'})[0] == 206


@given(st.text(max_size=40), st.integers(1, 10_000))
def test_any_header_gives_a_part_of_the_file_or_none(header: str, size: int) -> None:
    for asked in (header, f"bytes={header}"):
        try:
            part = asked_for(asked, size)
        except ValueError:
            continue
        assert part is None or 0 <= part[0] <= part[1] < size
