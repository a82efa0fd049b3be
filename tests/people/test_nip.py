"""NIP: eighteen digits taken apart, with the faults and oddities that occur."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.kernel import clock
from teladan.people.nip import Nip, NipFault, age_on, mask, normal, parse_nip

TODAY = date(2026, 11, 23)


def test_parse_nip_of_a_pns_as_in_the_fact_sheet() -> None:
    assert parse_nip("199001012022032001", today=TODAY) == Nip(
        digits="199001012022032001",
        pattern="PNS",
        born=date(1990, 1, 1),
        since=date(2022, 3, 1),
        sex="P",
        serial=1,
    )


def test_parse_nip_of_a_pppk_as_in_the_fact_sheet() -> None:
    assert parse_nip("199001012025242001", today=TODAY) == Nip(
        digits="199001012025242001",
        pattern="PPPK",
        born=date(1990, 1, 1),
        since=date(2025, 1, 1),
        sex="P",
        serial=1,
        contract=24,
    )


@pytest.mark.parametrize(
    "typed",
    ["19900101 202203 2 001", " 199001012022032001\n", "'199001012022032001", "19900101\u00a0202203\u00a02\u00a0001"],
)
def test_parse_nip_however_printed_keeps_the_digits(typed: str) -> None:
    nip = parse_nip(typed, today=TODAY)
    assert isinstance(nip, Nip)
    assert nip.digits == "199001012022032001"
    assert nip.printed == "19900101 202203 2 001"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "empty"),
        (" ' ", "empty"),
        ("1.99001E+17", "rounded"),
        ("1,99001012022032E+17", "rounded"),
        ("199001012022032000.0", "rounded"),
        ("19900101202203200A", "digits"),
        ("١٩٩٠٠١٠١٢٠٢٢٠٣٢٠٠١", "digits"),
        ("1990-01-01 202203 2 001", "digits"),
        ("19900101202203200", "length"),
        ("1990010120220320011", "length"),
        ("131234567", "length"),
        ("199002302022032001", "born"),
        ("199000002022032001", "born"),
        ("189901012022032001", "born"),
        ("202611232026032001", "born"),
        ("199001011989032001", "since"),
        ("199001011990032001", "since"),
        ("199001012028032001", "since"),
        ("199001012022002001", "contract"),
        ("199001012022033001", "sex"),
        ("199001012022030001", "sex"),
        ("199001012022032000", "serial"),
    ],
)
def test_parse_nip_that_cannot_be_one_says_which_part(typed: str, code: str) -> None:
    fault = parse_nip(typed, today=TODAY)
    assert isinstance(fault, NipFault)
    assert fault.code == code


@pytest.mark.parametrize(
    ("digits", "warnings"),
    [
        ("200801022026012001", ("young",)),
        ("200712312026012001", ()),
        ("196701012025122001", ()),
        ("196612012025122001", ("old",)),
        ("199001012025302001", ("contract_unusual",)),
        ("199001012025132001", ("contract_unusual",)),
        ("199001012025212001", ()),
        ("199001012025292001", ()),
    ],
)
def test_parse_nip_that_looks_odd_is_taken_with_a_warning(digits: str, warnings: tuple[str, ...]) -> None:
    nip = parse_nip(digits, today=TODAY)
    assert isinstance(nip, Nip)
    assert nip.warnings == warnings


def test_parse_nip_without_a_day_uses_the_clock() -> None:
    with clock.at(datetime(2020, 6, 1, tzinfo=UTC)):
        assert isinstance(parse_nip("199001012022032001"), NipFault)
        assert isinstance(parse_nip("199001012021032001"), Nip)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("199001012022032001", "•••••••• 2022•• • 001"),
        ("19900101 202203 2 001", "•••••••• 2022•• • 001"),
        ("131234567", "••••••567"),
        ("ab", "•••"),
        ("", "•••"),
    ],
)
def test_mask_hides_birth_and_sex(text: str, masked: str) -> None:
    assert mask(text) == masked


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        (date(2000, 2, 29), date(2018, 2, 28), 17),
        (date(2000, 2, 29), date(2018, 3, 1), 18),
        (date(2000, 2, 29), date(2020, 2, 29), 20),
        (date(1990, 5, 5), date(2026, 5, 4), 35),
        (date(1990, 5, 5), date(2026, 5, 5), 36),
    ],
)
def test_age_on_counts_full_years(born: date, day: date, age: int) -> None:
    assert age_on(born, day) == age


def build(born: date, since: date, middle: int, sex: str, serial: int) -> str:
    return f"{born:%Y%m%d}{since.year:04d}{middle:02d}{sex}{serial:03d}"


parts = st.tuples(
    st.dates(date(1940, 1, 1), date(2005, 12, 31)),
    st.dates(date(2006, 1, 1), date(2026, 12, 31)),
    st.integers(1, 99),
    st.sampled_from("12"),
    st.integers(1, 999),
)


@given(parts)
def test_parse_nip_of_any_valid_number_gives_its_parts_back(given_parts: tuple[date, date, int, str, int]) -> None:
    born, since, middle, sex, serial = given_parts
    nip = parse_nip(build(*given_parts), today=TODAY)
    assert isinstance(nip, Nip)
    assert (nip.born, nip.since.year, nip.sex, nip.serial) == (born, since.year, "LP"["12".index(sex)], serial)
    assert nip.pattern == ("PNS" if middle <= 12 else "PPPK")
    assert nip.contract == (None if middle <= 12 else middle)
    assert nip.since == date(since.year, middle if middle <= 12 else 1, 1)
    assert normal(nip.printed) == nip.digits


@given(st.text(max_size=40))
def test_parse_nip_of_any_text_never_breaks(text: str) -> None:
    found = parse_nip(text, today=TODAY)
    if isinstance(found, Nip):
        assert len(found.digits) == 18
        assert found.born < found.since <= date(2027, 12, 31)


@given(parts)
def test_mask_of_any_number_tells_neither_birth_nor_sex(given_parts: tuple[date, date, int, str, int]) -> None:
    digits = build(*given_parts)
    shown = mask(digits)
    assert digits[:8] not in shown
    other_sex = digits[:14] + ("2" if digits[14] == "1" else "1") + digits[15:]
    assert mask(other_sex) == shown
