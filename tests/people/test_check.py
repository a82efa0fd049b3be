"""Checking a roster whole: a table of faults with the row, the column and the words."""

from datetime import date
from string import Formatter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.people.enums import PersonKind, PositionKind
from teladan.people.ranks import clean_rank
from teladan.people.roster.cells import date_of, email_of, kind_of, phone_of, position_kind_of, truth_of
from teladan.people.roster.check import EXAMPLE_NIP, Checked, check, share_a_word
from teladan.people.roster.read import RawRow
from teladan.people.roster.units import UnitLine
from teladan.people.roster.wording import ROW_FAULTS, row_words
from tests.people.rosters import COLUMNS, row

TODAY = date(2026, 11, 23)
FAMILIES = ("kesehatan", "loket")


def checked(*rows: dict[str, Any], known: dict[str, UnitLine] | None = None) -> Checked:
    raw = [RawRow(n, {k: str(v) for k, v in one.items() if v != ""}) for n, one in enumerate(rows, start=2)]
    return check(raw, today=TODAY, known_units=known or {}, families=FAMILIES)


def told(*rows: dict[str, Any], known: dict[str, UnitLine] | None = None) -> list[tuple[int, str, str]]:
    return [(fault.row, fault.column, fault.code) for fault in checked(*rows, known=known).faults]


def test_check_of_a_faultless_row_understands_every_cell() -> None:
    full = row(
        1,
        kepala="Ya",
        email="Sari@Contoh.go.id",
        telepon="+62 812-3456-7890",
        tmt="1 Maret 2024",
        golongan="3a",
        kode_unit="PKM",
        unit="Puskesmas",
        kode_unit_induk="DINKES",
    )
    result = checked(full, row(2))
    assert result.faults == []
    (first, _second) = result.rows
    assert (first.email, first.phone, first.starts, first.rank) == (
        "sari@contoh.go.id",
        "081234567890",
        date(2024, 3, 1),
        "III/a",
    )
    assert (first.kind, first.position_kind, first.is_head) == (PersonKind.PNS, PositionKind.FUNCTIONAL, True)
    assert [unit.code for unit in result.units] == ["DINKES", "PKM"]  # from the top


FAULTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "no nip": ({"nip": ""}, "nip", "missing"),
    "nip and name exchanged": ({"nip": "Sari Dewi", "nama": row(1)["nip"]}, "nip", "nip_is_name"),
    "a formula's error": ({"unit": "#N/A"}, "unit", "cell_error"),
    "rounded nip": ({"nip": "1.99001E+17"}, "nip", "nip_rounded"),
    "nip in letters": ({"nip": "tidak ada"}, "nip", "nip_digits"),
    "short nip": ({"nip": "12345"}, "nip", "nip_length"),
    "nip of no day": ({"nip": "199013012022032001"}, "nip", "nip_born"),
    "nip of no year": ({"nip": "199001011980032001"}, "nip", "nip_since"),
    "nip of no month": ({"nip": "199001012022002001"}, "nip", "nip_contract"),
    "nip of no sex": ({"nip": "199001012022039001"}, "nip", "nip_sex"),
    "nip without serial": ({"nip": "199001012022032000"}, "nip", "nip_serial"),
    "the example": ({"nip": EXAMPLE_NIP}, "nip", "example"),
    "no name": ({"nama": " - "}, "nama", "missing"),
    "long name": ({"nama": "x" * 201}, "nama", "too_long"),
    "formula": ({"nama": "=HYPERLINK(1)"}, "nama", "formula"),
    "plus": ({"jabatan": "+cmd|' /C calc'!A0"}, "jabatan", "formula"),
    "at": ({"unit": "@SUM(1)"}, "unit", "formula"),
    "minus": ({"kode_unit": "-1"}, "kode_unit", "formula"),
    "kind": ({"jenis": "Honorer"}, "jenis", "jenis_unknown"),
    "no unit": ({"kode_unit": ""}, "kode_unit", "missing"),
    "no unit name": ({"unit": ""}, "unit", "missing"),
    "parent": ({"kode_unit_induk": "PEMDA"}, "kode_unit_induk", "parent_unknown"),
    "own parent": ({"kode_unit_induk": "DINKES"}, "kode_unit_induk", "circle"),
    "no position": ({"jabatan": ""}, "jabatan", "missing"),
    "position kind": ({"jenis_jabatan": "Raja"}, "jenis_jabatan", "jenis_jabatan_unknown"),
    "head": ({"kepala": "mungkin"}, "kepala", "kepala_unknown"),
    "family": ({"rumpun": "antariksa"}, "rumpun", "rumpun_unknown"),
    "email": ({"email": "sari@contoh"}, "email", "email_unknown"),
    "phone": ({"telepon": "12"}, "telepon", "telepon_unknown"),
    "no date": ({"tmt": "31-02-2024"}, "tmt", "tmt_unknown"),
    "serial date": ({"tmt": "45352"}, "tmt", "tmt_unknown"),
    "far date": ({"tmt": "01-01-2204"}, "tmt", "tmt_unlikely"),
    "old date": ({"tmt": "01-01-1924"}, "tmt", "tmt_unlikely"),
    "rank": ({"golongan": "V/a"}, "golongan", "golongan_unknown"),
    "rank of a pppk": ({"golongan": "IX"}, "golongan", "golongan_unknown"),
    "birth": ({"tanggal_lahir": "kemarin"}, "tanggal_lahir", "tanggal_lahir_unknown"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_check_of_a_faulty_cell_names_row_and_column(name: str) -> None:
    change, column, code = FAULTS[name]
    assert told(row(1, **change), row(7)) == [(2, column, code)] or (
        # without its own unit the second row cannot complain, but a fault of the unit may stand on the first of both
        (2, column, code) in told(row(1, **change), row(7))
    )
    (fault,) = [fault for fault in checked(row(1, **change)).faults if fault.code == code]
    message, remedy = row_words(fault.code, fault.values)
    assert "%(" not in message + remedy
    assert remedy.endswith(".")


TOGETHER: dict[str, tuple[list[dict[str, Any]], tuple[int, str, str]]] = {
    "nip twice": ([row(1), row(2, nip=row(1)["nip"])], (3, "nip", "nip_doubled")),
    "email twice": ([row(1, email="a@b.id"), row(2, email="A@b.id")], (3, "email", "email_doubled")),
    "two heads": (
        [row(1, kepala="ya", jabatan="Kepala"), row(2, kepala="ya", jabatan="Kepala")],
        (3, "kepala", "two_heads"),
    ),
    "two names of a unit": ([row(1), row(2, unit="Dinkes")], (3, "unit", "unit_differs")),
    "two parents": (
        [
            row(1, kode_unit="P", unit="P", kode_unit_induk="A"),
            row(2, kode_unit="P", unit="P", kode_unit_induk="B"),
            row(3, kode_unit="A", unit="A"),
            row(4, kode_unit="B", unit="B"),
        ],
        (3, "kode_unit_induk", "parent_differs"),
    ),
    "circle of three": (
        [
            row(n, kode_unit=c, unit=c, kode_unit_induk=p)
            for n, (c, p) in enumerate([("A", "B"), ("B", "C"), ("C", "A")])
        ],
        (2, "kode_unit_induk", "circle"),
    ),
    "families of one position": ([row(1), row(2, rumpun="loket")], (3, "rumpun", "position_differs")),
    "kinds of one position": ([row(1), row(2, jenis_jabatan="JPT")], (3, "jenis_jabatan", "position_differs")),
}


@pytest.mark.parametrize("name", TOGETHER)
def test_check_of_rows_that_contradict_each_other_names_the_later_one(name: str) -> None:
    rows, expected = TOGETHER[name]
    assert told(*rows) == [expected]


ODDITIES: dict[str, tuple[dict[str, Any], str]] = {
    "pppk number of a pns": ({"nip": "199001012025212001"}, "kind_differs"),
    "birth": ({"nip": "199001012022032001", "tanggal_lahir": "02-01-1990"}, "born_differs"),
    "young": ({"nip": "200801022026012001"}, "nip_young"),
    "contract": ({"nip": "199001012025302001", "jenis": "PPPK"}, "nip_contract_unusual"),
}


@pytest.mark.parametrize("name", ODDITIES)
def test_check_of_what_is_merely_odd_keeps_the_row(name: str) -> None:
    change, code = ODDITIES[name]
    result = checked(row(1, **change))
    assert [(fault.code, fault.is_error) for fault in result.faults] == [(code, False)]
    assert len(result.rows) == 1


def test_check_of_a_row_without_kind_reads_it_from_the_nip() -> None:
    result = checked(row(1, jenis=""), row(2, nip="199001012025212001", jenis="", golongan="9"))
    assert [one.kind for one in result.rows] == [PersonKind.PNS, PersonKind.PPPK]
    assert result.rows[1].rank == "IX"


def test_check_of_a_part_of_the_agency_knows_the_other_units() -> None:
    known = {"PEMDA": UnitLine("PEMDA", "Pemda"), "DINKES": UnitLine("DINKES", "Dinas Kesehatan", "PEMDA")}
    assert told(row(1, kode_unit="PKM", unit="PKM", kode_unit_induk="DINKES"), known=known) == []
    stays = checked(row(1), known=known)  # no parent stated: it stays where it is
    assert stays.units == [known["DINKES"]]
    assert told(row(1, kode_unit="PEMDA", unit="Pemda", kode_unit_induk="DINKES"), known=known) == [
        (2, "kode_unit_induk", "circle")
    ]


def test_check_of_a_parent_stated_in_one_row_only_counts_for_the_unit() -> None:
    rows = [row(1, kode_unit="P", unit="P"), row(2, kode_unit="P", unit="P", kode_unit_induk="DINKES"), row(3)]
    assert checked(*rows).units[1] == UnitLine("P", "P", "DINKES")


def test_wording_of_every_code_has_message_and_remedy() -> None:
    for code, (message, remedy) in ROW_FAULTS.items():
        assert str(message).rstrip("%()sfound: ")[-1:] or code
        assert str(remedy).endswith((".", "s.")), code
        assert list(Formatter().parse(str(message)))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-03-01", date(2024, 3, 1)),
        ("2024-03-01 00:00:00", date(2024, 3, 1)),
        ("01-03-2024", date(2024, 3, 1)),
        ("1/3/2024", date(2024, 3, 1)),
        ("01.03.2024", date(2024, 3, 1)),
        ("1 Maret 2024", date(2024, 3, 1)),
        ("01-Mar-2024", date(2024, 3, 1)),
        ("17 AGUSTUS 2024", date(2024, 8, 17)),
        ("29-02-2023", None),
        ("1 Brumaire 2024", None),
        ("01-03-24", None),
        ("", None),
    ],
)
def test_date_of_the_ways_people_write_days(text: str, day: date | None) -> None:
    assert date_of(text) == day


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("081234567890", "081234567890"),
        ("81234567890", "081234567890"),
        ("+62 812 3456 7890", "081234567890"),
        ("62812-3456-7890", "081234567890"),
        ("(0741) 123456", "0741123456"),
        ("0812", None),
        ("telepon saya", None),
    ],
)
def test_phone_of_the_ways_people_write_numbers(text: str, phone: str | None) -> None:
    assert phone_of(text) == phone


@pytest.mark.parametrize(
    ("text", "is_pppk", "rank"),
    [
        ("III/a", False, "III/a"),
        ("iiia", False, "III/a"),
        ("3A", False, "III/a"),
        ("IV/e", False, "IV/e"),
        ("III/e", False, None),
        ("V/a", False, None),
        ("IX", True, "IX"),
        ("17", True, "XVII"),
        ("18", True, None),
        ("III/a", True, None),
        ("0", True, None),
    ],
)
def test_clean_rank_writes_it_officially(text: str, is_pppk: bool, rank: str | None) -> None:
    assert clean_rank(text, is_pppk=is_pppk) == rank


def test_words_of_cells_are_understood_in_many_spellings() -> None:
    assert kind_of("P3K Paruh-Waktu") is PersonKind.PPPK_PART_TIME
    assert kind_of("PPPK_PARUH_WAKTU") is PersonKind.PPPK_PART_TIME
    assert position_kind_of(" jabatan  FUNGSIONAL ") is PositionKind.FUNCTIONAL
    assert [truth_of(text) for text in ("YA", "t", "Kepala", "x")] == [True, False, True, None]
    assert email_of(" A.B+c@Dinas.Go.Id ") == "a.b+c@dinas.go.id"
    assert [email_of(text) for text in ("a@b", "a..b@c.id", "a b@c.id", ".a@b.id", "a@-b.id", "é@b.id")] == [None] * 6


texts = st.text(max_size=20)


@given(st.lists(st.dictionaries(st.sampled_from(COLUMNS), texts), max_size=6))
def test_check_of_any_cells_finds_faults_that_have_words(rows: list[dict[str, str]]) -> None:
    for fault in checked(*rows).faults:
        message, remedy = row_words(fault.code, fault.values)
        assert message
        assert remedy


@given(st.emails())
def test_email_of_what_we_take_django_takes_too(address: str) -> None:
    from teladan.accounts.validators import clean_email

    if email_of(address):
        assert clean_email(address) == email_of(address)


@pytest.mark.parametrize(
    ("name", "other", "same"),
    [
        ("Sari Dewi, A.Md.Keb.", "SARI DEWI", True),
        ("dr. Sari Dewi", "Dewi Sari", True),
        ("Sari Déwi", "Dewi", True),
        ("dr. Sari", "dr. Budi", False),
        ("Sari Dewi, S.Kom.", "Budi Santoso, S.Kom.", False),
        ("", "Budi", True),
    ],
)
def test_share_a_word_looks_at_names_and_not_at_titles(name: str, other: str, same: bool) -> None:
    assert share_a_word(name, other) is same
