"""What the library hands to the search: regulations, their articles, terms, and each agency's official texts."""

from collections.abc import Collection, Iterator
from uuid import UUID

from teladan.accounts import api as accounts
from teladan.library import paths
from teladan.library.models import OfficialText
from teladan.library.outline import sections_of
from teladan.library.parts import parts_of
from teladan.library.words import KINDS
from teladan.rulebook.api import Regulation, rulebook
from teladan.search.api import Audience, Document, Source

LAW, TERM, TEXT = "library.law", "library.term", "library.text"


def laws(agency_id: UUID | None, keys: Collection[str] | None) -> Iterator[Document]:
    """Each regulation, and each of its articles ("uu-2009-25#pasal-34")."""
    for law in rulebook().regulations:
        for document in _of(law):
            if keys is None or document.key in keys:
                yield document


def _of(law: Regulation) -> Iterator[Document]:
    kind = str(KINDS.get(law.kind, law.kind))
    yield Document(
        key=law.key,
        kind="law",
        title=f"{law.short} {law.title}" if law.title not in law.short else law.title,
        text=f"{law.summary} {kind} Nomor {law.number} Tahun {law.year}." if law.number else law.summary,
        caption=kind,
        address=paths.law(law.key),
        dated_on=law.in_force_from,
    )
    for section in sections_of(law.key, rulebook()):
        lines = (f"{line.label}: {line.text}" if line.label != section.label else line.text for line in section.lines)
        yield Document(
            key=f"{law.key}#{section.anchor}",
            kind="law",
            title=f"{law.short} {section.label}",
            text=" ".join(lines),
            caption=law.title,
            address=paths.article(law.key, section.anchor),
            dated_on=law.in_force_from,
        )


def terms(agency_id: UUID | None, keys: Collection[str] | None) -> Iterator[Document]:
    """The terms of the glossary."""
    for term in rulebook().glossary:
        if keys is None or term.code_name in keys:
            name = f"{term.term} ({term.abbreviation})" if term.abbreviation else term.term
            yield Document(
                key=term.code_name, kind="term", title=name, text=term.meaning, address=paths.term(term.code_name)
            )


def texts(agency_id: UUID | None, keys: Collection[str] | None) -> Iterator[Document]:
    """The official texts of an agency, article by article."""
    for row in OfficialText.objects.exclude(text="").order_by("regulation"):
        law = next((one for one in rulebook().regulations if one.key == row.regulation), None)
        if law is None:  # the pack has dropped it
            continue
        for part in parts_of(row.text):
            document = Document(
                key=f"{agency_id}/{law.key}#{part.anchor}",
                kind="text",
                title=" ".join(filter(None, (law.short, part.label))),
                text=part.text,
                caption=law.title,
                address=paths.text(law.key, part.anchor),
                dated_on=law.in_force_from,
                audience=Audience.SIGNED_IN,
            )
            if keys is None or document.key in keys:
                yield document


SOURCES = (
    Source(name=LAW, documents=laws),
    Source(name=TERM, documents=terms),
    Source(name=TEXT, documents=texts, agencies=lambda: [agency.id for agency in accounts.agencies()]),
)
