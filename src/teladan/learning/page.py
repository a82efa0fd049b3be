"""A course page as parts: Markdown becomes HTML, directives become typed parts that the web draws. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from teladan.rulebook.api import Rulebook, course_of, media_folder, media_type
from teladan.rulebook.data import Page
from teladan.rulebook.directives import TEXT, Block, parse

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
_words = MarkdownIt("zero", {"html": False}).enable("emphasis")
_STEP = re.compile(r"^\*\*(?P<label>.+?)\*\*\s*(?:—\s*(?P<note>.+))?$", re.S)
_CELL = re.compile(r"(<td[^>]*>)(.*?)</td>", re.S)
SCHEME = "hukum:"
BOX = "☐"


@dataclass(frozen=True, kw_only=True)
class Part:
    """A piece of a page. `kind` is "teks" (then `html`) or a directive's name; `steps` are a diagram's."""

    kind: str
    title: str = ""
    attrs: dict[str, str] = field(default_factory=dict)
    html: str = ""
    parts: tuple["Part", ...] = ()
    steps: tuple[tuple[str, str], ...] = ()

    def find(self, kind: str) -> list["Part"]:
        """This part and those inside it that are of `kind`."""
        return [self] * (self.kind == kind) + [found for p in self.parts for found in p.find(kind)]


@lru_cache(maxsize=512)
def render(page: Page, book: Rulebook) -> tuple[Part, ...]:
    """The parts of a page; cached, because packs do not change while the process runs."""
    return tuple(_part(block, book, page) for block in parse(page.source))


def _part(block: Block, book: Rulebook, page: Page) -> Part:
    if block.name == TEXT:
        return Part(kind=TEXT, html=to_html(block.text, book))
    children = tuple(_part(child, book, page) for child in block.children)
    steps = _steps("\n".join(c.text for c in block.children)) if block.name == "diagram" else ()
    if block.name == "klip":
        return _clip(block, children, page)
    return Part(kind=block.name, title=block.title, attrs=block.attrs, parts=children, steps=steps)


def _clip(block: Block, transcript: tuple[Part, ...], page: Page) -> Part:
    """A clip with what the page must say before anybody asks for it: its course, type and size in bytes. Of one whose
    files are missing (a fault of the course) the transcript stays."""
    folder = media_folder(page.path)
    file, captions = (folder / block.attrs.get(name, "") for name in ("berkas", "takarir"))
    if not file.is_file() or not captions.is_file():
        return Part(kind="sisip", title=block.title, parts=transcript)
    course, version = course_of(page.path)
    told = {"modul": course, "versi": version, "jenis": media_type(file.name) or "", "ukuran": str(file.stat().st_size)}
    return Part(kind=block.name, title=block.title, attrs={**block.attrs, **told}, parts=transcript)


def _steps(text: str) -> tuple[tuple[str, str], ...]:
    """The items of a diagram's numbered list as (label, note)."""
    found = []
    tokens = _markdown.parse(text)
    for before, token in pairwise(tokens):
        if token.type == "inline" and before.type == "paragraph_open":
            match = _STEP.match(token.content)
            found.append((match["label"], match["note"] or "") if match else (token.content, ""))
    return tuple((label.strip(), note.strip().replace("\n", " ")) for label, note in found)


def to_html(text: str, book: Rulebook) -> str:
    """Markdown to HTML: no raw HTML, citations as links to the law, table cells labelled for narrow screens."""
    tokens = _markdown.parse(text)
    _label_cells(tokens)
    _mark_boxes(tokens)
    for token in tokens:
        if token.children:
            token.children = _cite(token.children, book)
    html: str = _markdown.renderer.render(tokens, _markdown.options, {})
    html = _CELL.sub(r"\1<span>\2</span></td>", html)  # a stacked cell has two columns: its label and one thing
    return html.replace("<table>", '<div class="gulir"><table class="susun">').replace("</table>", "</table></div>")


def _cite(children: Sequence[Token], book: Rulebook) -> list[Token]:
    """Links with the scheme `hukum:` become citations; an empty text is filled from the library."""
    out: list[Token] = []
    waiting: str | None = None
    for token in children:
        href = str(token.attrGet("href") or "") if token.type == "link_open" else ""
        if href.startswith(SCHEME):
            citation = book.cite(href.removeprefix(SCHEME))
            token.attrs = {"href": citation.url, "class": "kutip", "data-panel": "hukum", "title": citation.title}
            waiting = citation.label
        elif waiting is not None:
            if token.type == "link_close":
                out.append(Token("text", "", 0, content=waiting))
            waiting = None
        out.append(token)
    return out


def _label_cells(tokens: Sequence[Token]) -> None:
    """Give each cell its column's heading, so that CSS can stack the table on a phone."""
    headings: list[str] = []
    column, in_head = 0, False
    for index, token in enumerate(tokens):
        if token.type == "thead_open":
            headings, in_head = [], True
        elif token.type == "thead_close":
            in_head = False
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open" and in_head:
            headings.append(_plain(tokens[index + 1]))
            token.attrSet("scope", "col")
        elif token.type == "td_open":
            token.attrSet("data-label", headings[column] if column < len(headings) else "")
            column += 1


def _mark_boxes(tokens: Sequence[Token]) -> None:
    """List items that begin with a box to tick need no bullet."""
    item: Token | None = None
    for token in tokens:
        if token.type == "list_item_open":
            item = token
        elif token.type == "inline" and item is not None:
            if token.content.startswith(BOX):
                item.attrSet("class", "kotak")
            item = None


def _plain(token: Token) -> str:
    return "".join(t.content for t in token.children or ()) or token.content


def paragraphs(text: str) -> str:
    """A scene's words as paragraphs of HTML. Of Markdown only *emphasis* and **strong** mean anything."""
    html: str = _words.render(text)
    return html


def phrase(text: str) -> str:
    """A scene's words as HTML inside a line: what `paragraphs` does, without the paragraph."""
    html: str = _words.renderInline(text.strip())
    return html


def plain(text: str) -> str:
    """A scene's words without their emphasis, where only text can stand."""
    return "".join(_plain(token) for token in _words.parseInline(text.strip()))
