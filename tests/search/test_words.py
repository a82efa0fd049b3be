"""Words, stems, queries and snippets: the pure part of search."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.search.query import MOST_TERMS, Query, parse
from teladan.search.snippet import WIDTH, marked, snippet
from teladan.search.words import fold, stem, words_of

# What PostgreSQL 15.18 gives for `SELECT ts_lexize('indonesian_stem', word)`.
POSTGRESQL_STEMS = {
    "pengaduan": "adu",
    "melaporkan": "lapor",
    "pelanggaran": "langgar",
    "kewenangan": "wenang",
    "pengawasan": "awas",
    "penyuapan": "suap",
    "pertanggungjawaban": "tanggungjawab",
    "penyalahgunaan": "salahguna",
    "keterbukaan": "terbuka",
    "pegawai": "gawa",
}


@pytest.mark.parametrize(("word", "expected"), POSTGRESQL_STEMS.items())
def test_stem_is_the_one_of_postgresql(word: str, expected: str) -> None:
    assert stem(word) == expected


@pytest.mark.parametrize(("word", "expected"), [("Pelayanan", "pelayanan"), ("CAFÉ", "cafe"), ("½", "12"), ("ﬁ", "fi")])
def test_fold_leaves_small_letters_and_digits(word: str, expected: str) -> None:
    assert fold(word) == expected


@given(st.text())
def test_words_stand_where_they_say(text: str) -> None:
    for word in words_of(text):
        assert fold(text[word.start : word.end]) == word.folded
        assert word.folded.isalnum()
        assert word.stem.isalnum()


def shown(text: str) -> list[str]:
    return [term.shown for term in parse(text).terms]


@pytest.mark.parametrize(
    ("typed", "terms"),
    [
        ("jam kerja", ["jam", "kerja"]),
        ("hak dan kewajiban di kantor", ["hak", "kewajiban", "kantor"]),
        ("dan yang", ["dan", "yang"]),
        ('"hak dan kewajiban" warga', ["hak dan kewajiban", "warga"]),
        ("“dua belas asas”", ["dua belas asas"]),
        ('"belum ditutup', ["belum", "ditutup"]),
        ("UU Nomor 20 Tahun 2023", ["uu", "20", "2023"]),
        ("Undang-Undang No. 25/2009 Pasal 34 huruf a", ["undang undang", "25", "2009", "pasal", "34", "huruf", "a"]),
        ("tahun depan", ["tahun", "depan"]),
        ("kerja kerja kerja", ["kerja"]),
        ("  ?!  ", []),
        ('""', []),
    ],
)
def test_query_is_what_was_meant(typed: str, terms: list[str]) -> None:
    # the last word carries a beginning, so the same word earlier on is another term
    assert list(dict.fromkeys(shown(typed))) == terms


def test_abbreviation_and_full_name_ask_for_the_same() -> None:
    assert parse("uu 1").terms[0].ways == parse("undang-undang 1").terms[0].ways == (("uu",), ("undang", "undang"))


@pytest.mark.parametrize(
    ("typed", "prefixes"),
    [("penga", ("penga",)), ("hak penga", ("penga",)), ("pasal 5", ()), ("pp", ()), ('kata "penga"', ()), ("pe", ())],
)
def test_only_the_last_word_may_go_on(typed: str, prefixes: tuple[str, ...]) -> None:
    assert parse(typed).prefixes == prefixes


@given(st.text(max_size=400))
def test_every_text_gives_a_query_of_plain_words(text: str) -> None:
    query = parse(text)
    assert len(query.terms) <= MOST_TERMS
    for term in query.terms:
        assert term.ways
        assert all(stem.isalnum() for way in term.ways for stem in way)
        assert not term.prefix or term.prefix.isalpha()


TAG = re.compile(r"</?mark>")


@given(st.text(max_size=2000), st.text(max_size=60))
def test_snippet_is_text_with_marks_and_nothing_else(text: str, typed: str) -> None:
    for html in (marked(text, parse(typed)), snippet(text, parse(typed))):
        assert "<" not in TAG.sub("", html)
        assert ">" not in TAG.sub("", html)
        assert unescape(TAG.sub("", html)).removeprefix("… ").removesuffix(" …") in text
    assert unescape(TAG.sub("", marked(text, parse(typed)))) == text


def test_snippet_shows_the_place_with_most_of_the_words() -> None:
    text = f"Pengaduan di awal. {'Kata lain. ' * 80} Di sini pengaduan warga dijawab petugas. {'Penutup. ' * 80}"
    found = snippet(text, parse("pengaduan warga petugas"))
    assert "<mark>pengaduan</mark> <mark>warga</mark> dijawab <mark>petugas</mark>" in found
    assert found.startswith("… ")
    assert len(TAG.sub("", found)) <= WIDTH + 10


def test_snippet_marks_other_forms_of_the_word_and_what_begins_like_the_last() -> None:
    assert marked("Aduan, mengadukan, pengaduan", parse("pengaduan")).count("<mark>") == 3
    assert marked("Pengampu dan pengadilan", parse("penga")).count("<mark>") == 2


def test_snippet_of_hostile_text_stays_text() -> None:
    assert marked("<script>alert(1)</script> & aduan", parse("pengaduan script")) == (
        "&lt;<mark>script</mark>&gt;alert(1)&lt;/<mark>script</mark>&gt; &amp; <mark>aduan</mark>"
    )


def test_empty_query_marks_nothing() -> None:
    assert marked("kata", Query()) == "kata"
