"""How dates, distances, numbers and names are written."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from teladan.web.ui import formats

MONDAY = date(2026, 11, 23)


def test_date_in_indonesian_names_the_weekday() -> None:
    assert formats.date_text(MONDAY) == "Senin, 23 November 2026"
    assert formats.date_text(MONDAY, "pendek") == "Sen, 23 Nov 2026"
    assert formats.date_text(MONDAY, "bulan") == "November 2026"
    assert formats.day_parts(MONDAY) == ("Sen", "23", "Nov")


def test_date_in_english_names_the_weekday() -> None:
    with translation.override("en"):
        assert formats.date_text(MONDAY) == "Monday, 23 November 2026"


@pytest.mark.parametrize(
    ("zone", "written"),
    [("Asia/Jakarta", "06.30 WIB"), ("Asia/Makassar", "07.30 WITA"), ("Asia/Jayapura", "08.30 WIT")],
)
def test_moment_is_written_in_the_zone_given(zone: str, written: str) -> None:
    moment = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
    assert formats.moment_text(moment, zone, "pukul") == written
    assert formats.moment_text(moment, zone) == "Senin, 23 November 2026"
    assert formats.moment_text(moment, zone, "jam") == f"Senin, 23 November 2026 pukul {written}"


@pytest.mark.parametrize(
    ("days", "written"),
    [
        (0, "hari ini"),
        (1, "besok"),
        (3, "3 hari lagi"),
        (-1, "kemarin"),
        (-4, "4 hari lalu"),
        (1200, "1.200 hari lagi"),
    ],
)
def test_distance_in_days_is_said_in_words(days: int, written: str) -> None:
    assert formats.days_text(MONDAY + timedelta(days=days), MONDAY) == written


@pytest.mark.parametrize(
    ("number", "decimals", "written"),
    [
        (1234.5, None, "1.234,5"),
        (14, None, "14"),
        (14.0, None, "14"),
        (81.44, 1, "81,4"),
        (-3, None, "−3"),
        (0, 2, "0,00"),
    ],
)
def test_number_in_indonesian(number: float, decimals: int | None, written: str) -> None:
    assert formats.number_text(number, decimals) == written


@given(st.integers(min_value=-(10**12), max_value=10**12))
def test_number_in_both_languages_keeps_its_digits(number: int) -> None:
    ours = formats.number_text(number)
    with translation.override("en"):
        theirs = formats.number_text(number)
    assert int(ours.replace(".", "").replace("−", "-")) == int(theirs.replace(",", "").replace("−", "-")) == number


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Siti Rahmawati", "SR"),
        ("dr. Siti Rahmawati, S.Keb.", "SR"),
        ("Suharno", "S"),
        ("Ni Luh Ayu Pratiwi", "NP"),
        ("H.", "H"),
    ],
)
def test_initials_leave_degrees_out(name: str, letters: str) -> None:
    assert formats.initials(name) == letters
