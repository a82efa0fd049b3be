"""Course pages: every shipped page renders; citations, tables and diagrams become what the web draws."""

import re
from dataclasses import replace

import pytest

from teladan.learning import api as learning
from teladan.learning.page import render, to_html
from teladan.rulebook.api import Page, rulebook
from teladan.rulebook.directives import parse

PAGES = [page for chapter in rulebook().course("berakhlak").chapters for page in chapter.pages]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.slug)
def test_shipped_page_renders_without_leftovers(page: Page) -> None:
    def walk(parts: tuple[learning.Part, ...]) -> str:
        return "".join(part.html + walk(part.parts) for part in parts)

    html = walk(learning.parts_of(page))
    assert ":::" not in html
    assert "hukum:" not in html
    assert not re.search(r"<a [^>]*></a>", html), "a citation without words"
    assert "<script" not in html


def test_citation_without_words_is_filled_in_and_opens_the_panel() -> None:
    html = to_html("Wajib adil ([](hukum:uu-2009-25#34/a)).", rulebook())
    assert 'href="/hukum/uu-2009-25/' in html
    assert 'data-panel="hukum"' in html
    assert "UU 25/2009 Pasal 34 huruf a</a>" in html


def test_html_in_markdown_stays_text() -> None:
    assert "<b>" not in to_html("<b onclick=x>tebal</b>", rulebook())


def test_words_of_a_scene_know_emphasis_and_nothing_else() -> None:
    words = "Tulisan kecil: *RUSMAN*, **penting**.\n\n<b>bukan</b> [tautan](https://a.test) & 3 * 4 nama_berkas_x"
    assert learning.paragraphs(words) == (
        "<p>Tulisan kecil: <em>RUSMAN</em>, <strong>penting</strong>.</p>\n"
        "<p>&lt;b&gt;bukan&lt;/b&gt; [tautan](https://a.test) &amp; 3 * 4 nama_berkas_x</p>\n"
    )
    assert learning.phrase("Label *menyusul* <i>") == "Label <em>menyusul</em> &lt;i&gt;"
    assert learning.plain("Label *menyusul* <i>") == "Label menyusul <i>"


def test_no_scene_of_the_packs_shows_a_bare_asterisk() -> None:
    for scene in rulebook().course("berakhlak").scenes.values():
        words = [scene.page, scene.debrief]
        for node in scene.nodes.values():
            words += [node.text, *(echo.text for echo in node.echoes)]
            words += [text for c in node.choices for text in (c.text, c.outcome, c.feedback)]
        for text in words:
            assert "*" not in learning.paragraphs(text), text


def test_table_cells_carry_their_heading() -> None:
    html = to_html("| Terlihat | Tidak terlihat |\n|---|---|\n| senyum | acuh |", rulebook())
    assert 'data-label="Tidak terlihat"' in html


def test_blocks_keep_reading_order_nesting_and_code() -> None:
    body = 'awal\n\n:::: analisis {kunci="k"}\ntanya\n\n::: pembahasan\njawab\n:::\n::::\n\n'
    body += "```\n::: bukan blok\n```\nakhir"
    blocks = parse(body)
    assert [b.name for b in blocks] == ["teks", "analisis", "teks"]
    assert [c.name for c in blocks[1].children] == ["teks", "pembahasan"]
    assert blocks[1].attrs == {"kunci": "k"}
    assert "::: bukan blok" in blocks[2].text


def test_diagram_steps_are_label_and_note() -> None:
    page = next(p for p in PAGES if p.slug == "memahami-kebutuhan")
    (diagram,) = [d for part in learning.parts_of(page) for d in part.find("diagram")]
    assert diagram.steps[0] == ("Permintaan", "surat keterangan dari kecamatan")


def test_clip_whose_files_are_missing_leaves_its_transcript() -> None:
    source = '::: klip Loket {berkas="hilang.mp4" takarir="hilang.vtt"}\nPetugas menyapa.\n:::'
    (part,) = render(replace(PAGES[0], source=source), rulebook())
    assert (part.kind, part.title) == ("sisip", "Loket")
    assert "Petugas menyapa." in part.parts[0].html
