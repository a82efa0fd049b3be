"""Course Markdown read for its directives, citations and tables: structure only, nothing is rendered here.

A directive is fenced by colons: `::: name Title {attribute="value"}` up to a line with as many colons. A fence that
holds another has more colons than it. Lines inside code fences are left alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

_OPEN = re.compile(
    r"^(?P<colons>:{3,})[ \t]*(?P<name>[^\s{]+)[ \t]*(?P<title>[^{]*?)[ \t]*(?P<attributes>\{.*\})?[ \t]*$"
)
_CLOSE = re.compile(r"^(?P<colons>:{3,})[ \t]*$")
_ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
_CODE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CITATION = re.compile(r"\[(?P<text>[^\]]*)\]\(hukum:(?P<ref>[^)\s]*)\)")
_NUMBERED = re.compile(r"^\s*\d+[.)]\s+(?P<item>.+)$")
_LABELLED = re.compile(r"^\*\*[^*]+\*\*")


class Report(Protocol):
    """Takes what is wrong: line of the body, message, remedy."""

    def __call__(self, line: int, message: str, remedy: str, *, warning: bool = False) -> None: ...


@dataclass(frozen=True)
class Citing:
    """A `hukum:` link: line of the body, reference, the words written for it ("" is filled in)."""

    line: int
    ref: str
    text: str


@dataclass
class Directive:
    """A directive with the lines it holds. `line` is that of its opening fence, counted from 1 in the body."""

    name: str
    title: str
    attributes: dict[str, str]
    line: int
    colons: int
    parent: "Directive | None" = None
    body: list[tuple[int, str]] = field(default_factory=list)
    children: list["Directive"] = field(default_factory=list)

    @property
    def has_text(self) -> bool:
        """Is there anything in it?"""
        return any(text.strip() for _, text in self.body) or bool(self.children)

    def numbered(self) -> list[str]:
        """The items of the numbered list in the body."""
        return [found["item"] for _, text in self.body if (found := _NUMBERED.match(text))]

    def unlabelled(self) -> list[tuple[int, str]]:
        """Numbered items that do not begin with a **label**."""
        found = ((line, match["item"]) for line, text in self.body if (match := _NUMBERED.match(text)))
        return [(line, item) for line, item in found if not _LABELLED.match(item)]

    def table_headings(self) -> list[list[str]]:
        """The headings of every table in the body."""
        rows = [text for _, text in self.body]
        return [columns(head) for head, rule in pairwise(rows) if "|" in head and is_rule(rule)]

    def citations(self) -> list[Citing]:
        """The citations in this directive and in those it holds."""
        own = [citing for line, text in self.body for citing in _citations(line, text)]
        return own + [citing for child in self.children for citing in child.citations()]


@dataclass
class Outline:
    """What a body consists of: its directives in order, its citations, and its plain lines."""

    directives: list[Directive]
    citations: list[Citing]
    lines: list[tuple[int, str]]  # outside code fences

    def walk(self) -> Iterator[Directive]:
        """Every directive, a holder before what it holds."""
        waiting = list(reversed(self.directives))
        while waiting:
            directive = waiting.pop()
            yield directive
            waiting.extend(reversed(directive.children))


def read(body: str, report: Report) -> Outline:
    """The structure of a body; unbalanced fences are told to `report`."""
    outline, open_fences = Outline([], [], []), list[Directive]()
    for line, text in outside_code(body):
        outline.lines.append((line, text))
        outline.citations.extend(_citations(line, text))
        if closing := _CLOSE.match(text):
            _close(open_fences, line, len(closing["colons"]), report)
        elif opening := _OPEN.match(text):
            _open(outline, open_fences, _directive(opening, line, report), report)
        elif text.startswith(":::"):
            report(line, "Baris pembuka blok tidak dapat dibaca.", 'Tulis ::: nama Judul {atribut="nilai"}.')
        elif open_fences:
            open_fences[-1].body.append((line, text))
    for fence in open_fences:
        report(
            fence.line, f"Blok '{fence.name}' tidak ditutup.", f"Tambahkan baris {':' * fence.colons} di akhir blok."
        )
    return outline


def _open(outline: Outline, open_fences: list[Directive], directive: Directive, report: Report) -> None:
    holder = open_fences[-1] if open_fences else None
    if holder and directive.colons >= holder.colons:
        report(
            directive.line,
            f"Blok '{directive.name}' berada di dalam '{holder.name}' yang titik duanya tidak lebih banyak.",
            f"Tutup dahulu '{holder.name}', atau beri '{holder.name}' satu titik dua lebih banyak daripada isinya.",
        )
    directive.parent = holder
    (holder.children if holder else outline.directives).append(directive)
    open_fences.append(directive)


def _close(open_fences: list[Directive], line: int, colons: int, report: Report) -> None:
    if not open_fences:
        report(line, "Baris penutup blok tanpa pembuka.", "Hapus baris ini, atau tulis pembukanya.")
        return
    fence = open_fences.pop()
    if fence.colons != colons:
        report(
            line,
            f"Blok '{fence.name}' dibuka dengan {fence.colons} titik dua, tetapi ditutup dengan {colons}.",
            f"Tutup dengan {':' * fence.colons}.",
        )


def _directive(opening: re.Match[str], line: int, report: Report) -> Directive:
    written = (opening["attributes"] or "")[1:-1]
    if _ATTRIBUTE.sub("", written).strip():
        report(line, f"Atribut blok '{opening['name']}' tidak dapat dibaca.", 'Tulis sebagai {nama="nilai"}.')
    attributes = dict(_ATTRIBUTE.findall(written))
    if len(attributes) < len(_ATTRIBUTE.findall(written)):
        report(line, f"Atribut blok '{opening['name']}' ditulis dua kali.", "Hapus salah satunya.")
    return Directive(opening["name"], opening["title"], attributes, line, len(opening["colons"]))


def outside_code(body: str) -> Iterator[tuple[int, str]]:
    """The lines of a body with their numbers, without what stands in code fences."""
    fence = ""
    for line, text in enumerate(body.split("\n"), 1):
        found = _CODE.match(text)
        if fence:
            if found and found[1].startswith(fence):
                fence = ""
        else:
            fence = found[1] if found else ""
            yield line, text  # the opening fence itself counts as text of the block around it


def _citations(line: int, text: str) -> list[Citing]:
    return [Citing(line, found["ref"], found["text"]) for found in _CITATION.finditer(text)]


def columns(row: str) -> list[str]:
    """The cells of a row of a table."""
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def is_rule(row: str) -> bool:
    """Is this the line between the headings and the rows of a table?"""
    return "-" in row and "|" in row and not set(row) - set("|:- \t")


# --- the same body in reading order, for whoever renders it -----------------------------------------------------------

TEXT = "teks"


@dataclass(frozen=True)
class Block:
    """A piece of a body: Markdown (`name` is TEXT, then `text`) or a directive with the blocks it holds."""

    name: str
    title: str = ""
    attrs: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: tuple["Block", ...] = ()


@dataclass
class _Open:
    """A directive whose closing fence has not come yet."""

    block: Block
    found: list[Block] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)

    def end_text(self) -> None:
        text = "\n".join(self.lines).strip("\n")
        if text.strip():
            self.found.append(Block(TEXT, text=text))
        self.lines = []


def parse(body: str) -> tuple[Block, ...]:
    """The blocks of a body that `read` found sound, in reading order. A fence left open ends with the body."""
    outside = {line for line, _ in outside_code(body)}
    stack = [_Open(Block(""))]
    for line, text in enumerate(body.split("\n"), 1):
        in_code = line not in outside
        if not in_code and _CLOSE.match(text) and len(stack) > 1:
            _end(stack)
        elif not in_code and (opening := _OPEN.match(text)):
            stack[-1].end_text()
            attrs = dict(_ATTRIBUTE.findall(opening["attributes"] or ""))
            stack.append(_Open(Block(opening["name"], opening["title"], attrs)))
        else:
            stack[-1].lines.append(text)
    while len(stack) > 1:
        _end(stack)
    stack[0].end_text()
    return tuple(stack[0].found)


def _end(stack: list[_Open]) -> None:
    done = stack.pop()
    done.end_text()
    block = done.block
    stack[-1].found.append(Block(block.name, block.title, block.attrs, "", tuple(done.found)))


def passages(body: str) -> list[tuple[int, str]]:
    """The first line and the text of each outermost directive, and of each stretch of Markdown between them."""
    outside = dict(outside_code(body))
    found: list[tuple[int, list[str]]] = [(1, [])]
    depth = 0
    for line, text in enumerate(body.split("\n"), 1):
        opening = line in outside and _OPEN.match(text)
        if opening and depth == 0:
            found.append((line, []))
        found[-1][1].append(text)
        if opening:
            depth += 1
        elif depth and line in outside and _CLOSE.match(text):
            depth -= 1
            if depth == 0:
                found.append((line + 1, []))
    return [(line, "\n".join(lines)) for line, lines in found if any(text.strip() for text in lines)]
