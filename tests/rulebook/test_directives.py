"""Directives, tables and citations of a page read from its Markdown."""

from hypothesis import given
from hypothesis import strategies as st

from teladan.rulebook.directives import TEXT, Outline, parse, read


def outline(body: str) -> tuple[Outline, list[tuple[int, str]]]:
    told: list[tuple[int, str]] = []
    return read(body, lambda line, message, _: told.append((line, message))), told


def test_directive_with_title_attributes_and_body_is_read() -> None:
    found, told = outline('::: diagram Alur kerja {jenis="alur" judul="Tiga langkah"}\n1. **A** — satu\n:::\n')
    [directive] = found.directives
    assert told == []
    assert (directive.name, directive.title, directive.line) == ("diagram", "Alur kerja", 1)
    assert directive.attributes == {"jenis": "alur", "judul": "Tiga langkah"}
    assert directive.numbered() == ["**A** — satu"]


def test_nested_directive_belongs_to_its_holder() -> None:
    found, told = outline(':::: analisis {kunci="k"}\nTanya\n\n::: pembahasan\nJawab\n:::\n::::\n')
    assert told == []
    [holder] = found.directives
    assert [child.name for child in holder.children] == ["pembahasan"]
    assert [directive.name for directive in found.walk()] == ["analisis", "pembahasan"]


def test_citations_carry_their_line_and_words() -> None:
    found, _ = outline("Teks [](hukum:uu-2009-25#4)\n\n::: wajib\n[kata](hukum:uu-2014-30#35/1)\n:::\n")
    assert [(c.line, c.ref, c.text) for c in found.citations] == [
        (1, "uu-2009-25#4", ""),
        (4, "uu-2014-30#35/1", "kata"),
    ]
    assert [c.ref for c in found.directives[0].citations()] == ["uu-2014-30#35/1"]


def test_code_fences_hide_what_is_in_them() -> None:
    found, told = outline("```\n::: bukan\n[](hukum:x)\n```\n")
    assert (found.directives, found.citations, told) == ([], [], [])


def test_tables_show_their_headings() -> None:
    found, _ = outline('::: rumpun {nama="loket"}\n| Terlihat | Tidak terlihat |\n|---|:--|\n| a | b |\n:::\n')
    assert found.directives[0].table_headings() == [["Terlihat", "Tidak terlihat"]]


def test_unreadable_attributes_are_told() -> None:
    _, told = outline("::: cek {soal=tanpa-kutip}\n:::\n")
    assert told == [(1, "Atribut blok 'cek' tidak dapat dibaca.")]


def test_opening_without_a_name_is_told() -> None:
    _, told = outline('::: {kunci="k"}\n')
    assert told == [(1, "Baris pembuka blok tidak dapat dibaca.")]


@given(st.text(alphabet=':` a{}="\n|-[]()hukum', max_size=200))
def test_any_text_is_read_without_breaking(body: str) -> None:
    found, _ = outline(body)
    assert all(directive.line >= 1 for directive in found.walk())


def test_parse_gives_text_and_directives_in_reading_order() -> None:
    body = 'Awal\n\n:::: analisis {kunci="k"}\nTanya\n\n::: pembahasan\nJawab\n:::\n::::\n\n```\n::: bukan\n```\n'
    first, case, last = parse(body)
    assert (first.name, first.text) == (TEXT, "Awal")
    assert (case.name, case.attrs) == ("analisis", {"kunci": "k"})
    assert [(block.name, block.text) for block in case.children] == [(TEXT, "Tanya"), ("pembahasan", "")]
    assert case.children[1].children[0].text == "Jawab"
    assert "::: bukan" in last.text


@given(st.text(alphabet=':` a{}="\n|-[]()hukum', max_size=200))
def test_any_text_is_parsed_into_blocks(body: str) -> None:
    assert all(block.name for block in parse(body))
