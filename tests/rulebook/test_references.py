"""References read into parts and spelt out."""

import pytest

from teladan.rulebook import refs


@pytest.mark.parametrize(
    ("ref", "label", "fragment"),
    [
        ("uu-2009-25", "", ""),
        ("uu-2009-25#34", "Pasal 34", "#pasal-34"),
        ("uu-2009-25#34/a", "Pasal 34 huruf a", "#pasal-34"),
        ("uu-2014-30#35/1", "Pasal 35 ayat (1)", "#pasal-35"),
        ("uu-2014-30#35/1/c", "Pasal 35 ayat (1) huruf c", "#pasal-35"),
        ("pp-2021-94#11/2/d/4", "Pasal 11 ayat (2) huruf d angka 4", "#pasal-11"),
        ("uu-2009-25#1/5", "Pasal 1 angka 5", "#pasal-1"),
        ("uu-2014-30#1/19a", "Pasal 1 angka 19a", "#pasal-1"),
        ("uu-2001-20#12C/2", "Pasal 12C ayat (2)", "#pasal-12c"),
        ("permenpanrb-2022-6#lampiran", "Lampiran", "#lampiran"),
        ("permenpanrb-2022-6#lampiran-ii", "Lampiran II", "#lampiran-ii"),
        ("se-menpanrb-2021-20", "", ""),
        ("uud-1945#28", "Pasal 28", "#pasal-28"),
    ],
)
def test_reference_is_spelt_out(ref: str, label: str, fragment: str) -> None:
    parsed = refs.parse(ref)
    assert parsed is not None
    assert (parsed.place_label, parsed.fragment) == (label, fragment)
    assert ref == parsed.key + (f"#{parsed.place}" if parsed.place else "")


@pytest.mark.parametrize(
    "ref",
    ["", "UU 25/2009", "uu-25", "uu-2009-25#", "uu-2009-25#a", "uu-2009-25#34/", "uu-2009-25#34//a", "uu-2009-25#34 a"],
)
def test_malformed_reference_is_not_guessed(ref: str) -> None:
    assert refs.parse(ref) is None


def test_unknown_key_says_what_looks_like_it() -> None:
    error = refs.UnknownReference("uu-2009-52", refs.near("uu-2009-52", ["uu-2009-25", "pp-2021-94"]))
    assert isinstance(error, KeyError)
    assert str(error) == "rujukan 'uu-2009-52' tidak dikenal. Mungkin maksudnya: uu-2009-25."
