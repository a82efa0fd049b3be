"""Text formats: round trips."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.lrs import formats

moments = st.datetimes(
    min_value=datetime(1970, 1, 2),  # noqa: DTZ001  (hypothesis wants naive bounds)
    max_value=datetime(2200, 1, 1),  # noqa: DTZ001  (the same)
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=7)), timezone(timedelta(hours=-3, minutes=-30))]),
)


@given(moments)
def test_timestamp_comes_back_to_the_millisecond(moment: datetime) -> None:
    text = formats.to_timestamp(moment)
    assert text.endswith("Z")
    back = formats.to_moment(text)
    assert back is not None
    assert timedelta(0) <= moment - back < timedelta(milliseconds=1)


@given(moments)
def test_moment_understands_offsets(moment: datetime) -> None:
    assert formats.to_moment(moment.isoformat()) == moment


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=400)))
def test_duration_written_is_a_duration(length: timedelta) -> None:
    assert formats.is_duration(formats.to_duration(length))


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "PT0S"), (5.3, "PT5.3S"), (60, "PT1M"), (725.25, "PT12M5.25S"), (3600, "PT1H"), (90061, "PT25H1M1S")],
)
def test_duration_is_written_short(seconds: float, text: str) -> None:
    assert formats.to_duration(timedelta(seconds=seconds)) == text


def test_duration_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        formats.to_duration(timedelta(seconds=-1))


@pytest.mark.parametrize("tag", ["id", "id-ID", "jv-Latn-ID", "de-1996", "sl-rozaj-biske", "en-a-bbb-x-a", "i-klingon"])
def test_language_tags_that_are_well_formed(tag: str) -> None:
    assert formats.is_language(tag)


@pytest.mark.parametrize("tag", ["", "i", "bahasa_id", "id-", "-id", "a-DE", "abcdefghi", "id--ID"])
def test_language_tags_that_are_not(tag: str) -> None:
    assert not formats.is_language(tag)


@pytest.mark.parametrize("iri", ["https://contoh.go.id/a?b#c", "urn:uuid:1", "mailto:a@b.id", "tag:x,2026:y", "x:é"])
def test_iris_that_are_absolute(iri: str) -> None:
    assert formats.is_iri(iri)


@pytest.mark.parametrize("iri", ["", "a", "/a", "http:", "://a", "1http://a", "http://a b", "http://<a>", "http://a\n"])
def test_iris_that_are_not(iri: str) -> None:
    assert not formats.is_iri(iri)
