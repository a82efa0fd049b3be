"""The pure part of the library: mentions, relations, citations, texts by article."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.library import api as library
from teladan.library.parts import parts_of
from teladan.rulebook.api import rulebook


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("pasal 5 uu 20 2023", ("uu-2023-20", "5")),
        ("Pasal 12C UU Nomor 20 Tahun 2001", ("uu-2001-20", "12C")),
        ("UU 25/2009", ("uu-2009-25", "")),
        ("undang-undang no. 25 tahun 2009 pasal 34", ("uu-2009-25", "34")),
        ("94/2021", ("pp-2021-94", "")),
        ("peraturan pemerintah 94 2021", ("pp-2021-94", "")),
        ("uud 1945", ("uud-1945", "")),
        ("permenpanrb 6 2022", ("permenpanrb-2022-6", "")),
        ("jam kerja", None),
        ("pasal 5", None),
        ("2023", None),
        ("uu 20 2023 dan uu 25 2009", None),
        ("999/2021", None),
    ],
)
def test_regulation_is_recognised_as_people_name_it(typed: str, expected: tuple[str, str] | None) -> None:
    mention = library.mention_in(typed, rulebook())
    assert (mention and (mention.law.key, mention.article)) == expected


@given(st.text(max_size=300))
def test_mention_takes_any_text(typed: str) -> None:
    library.mention_in(typed, rulebook())


def test_every_regulation_is_recognised_by_its_short_name() -> None:
    for law in rulebook().regulations:
        mention = library.mention_in(law.short, rulebook())
        assert mention is not None, law.short
        assert mention.law is law


def test_chain_of_replacements_reads_the_same_both_ways() -> None:
    book = rulebook()
    for law in book.regulations:
        for later in library.successors(law, book):
            assert law in library.predecessors(later, book), law.key


def test_citations_lead_to_pages_that_cite() -> None:
    book = rulebook()
    cited = library.cited_by("uu-2009-25", book)
    assert cited.pages
    assert all("hukum:uu-2009-25" in citing.page.source for citing in cited.pages)
    assert any(citing.places for citing in cited.pages)
    total = sum(len(library.cited_by(law.key, book).pages) for law in book.regulations)
    assert total >= len(
        {citing.page.key for law in book.regulations for citing in library.cited_by(law.key, book).pages}
    )


def test_every_parameter_is_told_at_its_regulation() -> None:
    book = rulebook()
    told = {one.key for law in book.regulations for one, _places in library.cited_by(law.key, book).parameters}
    by_law = {one.key for one in book.parameters if any("kebijakan" not in dated.basis for dated in one.history)}
    assert told == by_law


def test_every_regulation_has_a_subject() -> None:
    book = rulebook()
    assert [law.key for law in book.regulations if not law.subjects] == []
    assert {subject for law in book.regulations for subject in law.subjects} == set(book.subjects)


TEXT = """# UNDANG-UNDANG

Menimbang: bahwa ...

## Pasal 1
Dalam undang-undang ini:

**Pasal 2**

Asas. Lihat Pasal 1.

PENJELASAN

Pasal 1
Cukup jelas.
"""


def test_text_is_cut_at_its_articles() -> None:
    parts = parts_of(TEXT)
    assert [(part.label, part.anchor) for part in parts] == [
        ("", "awal"),
        ("Pasal 1", "pasal-1"),
        ("Pasal 2", "pasal-2"),
        ("Pasal 1", "pasal-1-2"),
    ]
    assert "Lihat Pasal 1." in parts[2].text
    assert not any(sign in part.text for part in parts for sign in "#*")


@given(st.text(max_size=2000))
def test_text_loses_no_words_and_repeats_no_anchor(text: str) -> None:
    parts = parts_of(text)
    anchors = [part.anchor for part in parts]
    assert len(anchors) == len(set(anchors))
    for word in text.split():
        if word.isalnum() and not word.lower().startswith("pasal"):
            assert any(word in part.text or word in part.label for part in parts) or word[0].isdigit() or len(word) == 1


def test_long_article_is_shown_in_parts() -> None:
    parts = parts_of("Pasal 1\n" + "kata " * 5000)
    assert len(parts) == 5
    assert {part.label for part in parts} == {"Pasal 1"}
