"""FTS5 over the stems. The index keeps no text of its own: it reads the columns of `search_document`, and triggers keep
the two in step in whichever transaction changes a row."""

from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL

from teladan.search.models import Document
from teladan.search.query import Query, Term

_COLUMNS = "title_stems, text_stems, words"
_OLD = "old.title_stems, old.text_stems, old.words"
_NEW = "new.title_stems, new.text_stems, new.words"
_FORGET = f"INSERT INTO search_index (search_index, rowid, {_COLUMNS}) VALUES ('delete', old.id, {_OLD})"  # noqa: S608  (our words)
_LEARN = f"INSERT INTO search_index (rowid, {_COLUMNS}) VALUES (new.id, {_NEW})"  # noqa: S608  (the same)
_WEIGHTS = "12.0, 1.0, 0.4"  # of the title, the text, and words by their beginning

_TABLE = f"{_COLUMNS}, content='search_document', content_rowid='id', tokenize='unicode61 remove_diacritics 0'"

INSTALL = (
    f"CREATE VIRTUAL TABLE search_index USING fts5({_TABLE})",
    f"CREATE TRIGGER search_document_added AFTER INSERT ON search_document BEGIN {_LEARN}; END",
    f"CREATE TRIGGER search_document_removed AFTER DELETE ON search_document BEGIN {_FORGET}; END",
    f"CREATE TRIGGER search_document_changed AFTER UPDATE ON search_document BEGIN {_FORGET}; {_LEARN}; END",
)
REMOVE = (
    "DROP TRIGGER search_document_added",
    "DROP TRIGGER search_document_removed",
    "DROP TRIGGER search_document_changed",
    "DROP TABLE search_index",
)


def matching(documents: QuerySet[Document], query: Query) -> QuerySet[Document]:
    """The documents that fit, with their BM25 score."""
    fitting: QuerySet[Document] = documents.extra(
        tables=["search_index"],
        where=["search_index.rowid = search_document.id", "search_index MATCH %s"],
        params=[expression(query)],
    )
    score = RawSQL(f"bm25(search_index, {_WEIGHTS})", [], output_field=FloatField())  # noqa: S611  (our own numbers)
    return fitting.annotate(score=score)


def expression(query: Query) -> str:
    """The query in FTS5's language. Words are letters and digits, so nothing in quotes can end them."""
    return (" OR " if query.is_loose else " AND ").join(f"({_term(term)})" for term in query.terms)


def _term(term: Term) -> str:
    runs = " OR ".join(f'"{" ".join(way)}"' for way in term.ways)
    return f"{{title_stems text_stems}} : ({runs})" + (f' OR "{term.prefix}" *' if term.prefix else "")
