"""What crosses the door of the library."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from teladan.rulebook.api import Chapter, Course, Page, Parameter, Regulation, Term


@dataclass(frozen=True, kw_only=True)
class Line:
    """An article's outline as a page shows it: "Pasal 44 ayat (3)" and our words."""

    label: str
    text: str
    confidence: str
    is_read: bool
    amended_by: str


@dataclass(frozen=True, kw_only=True)
class Section:
    """All that the library outlines of one article; `anchor` is where citations of it lead."""

    anchor: str
    label: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class CitingPage:
    """A page of a course that cites a regulation, at these places ("Pasal 34 huruf a"; none: as a whole)."""

    course: Course
    chapter: Chapter
    page: Page
    places: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CitedBy:
    """Where a regulation is cited from. Parameters come with the places of this regulation that they rest on."""

    pages: tuple[CitingPage, ...] = ()
    parameters: tuple[tuple[Parameter, tuple[str, ...]], ...] = ()
    terms: tuple[tuple[Term, tuple[str, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Mention:
    """A regulation that somebody named, and the article if one was named ("34", "12C"); `anchor` leads to its outline."""

    law: Regulation
    article: str = ""
    label: str = ""
    anchor: str = ""


@dataclass(frozen=True, kw_only=True)
class TextCard:
    """An official text that an agency has imported; `kind` pdf or txt, `size` in bytes."""

    regulation: str
    kind: str
    name: str
    size: int
    sha256: str
    imported_at: datetime
    imported_by: str
    blob_id: UUID


@dataclass(frozen=True, kw_only=True)
class TextPart:
    """A part of an official text: an article, or what stands before the first ("" as its label)."""

    label: str
    anchor: str
    text: str
