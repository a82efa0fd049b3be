"""A generated column of `search_document` with the stems as PostgreSQL's text-search vector. The stems are ours, so the
`simple` configuration takes them as they are; no extension is needed."""

from django.db.models import FloatField, QuerySet
from django.db.models.expressions import RawSQL

from teladan.search.models import Document
from teladan.search.query import Query, Term

_VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, left({column}, 700000)), '{weight}')"  # a vector ends at one megabyte
    for column, weight in (("title_stems", "A"), ("text_stems", "B"), ("words", "D"))
)
INSTALL = (
    f"ALTER TABLE search_document ADD COLUMN vector tsvector GENERATED ALWAYS AS ({_VECTOR}) STORED",
    "CREATE INDEX search_document_vector ON search_document USING gin (vector)",
)
REMOVE = ("ALTER TABLE search_document DROP COLUMN vector",)
_WEIGHTS = "'{0.05, 0.1, 0.2, 1.0}'"  # D, C, B, A
_BY_LENGTH = 1  # divide by 1 + log(length), so that long texts do not win by length


def matching(documents: QuerySet[Document], query: Query) -> QuerySet[Document]:
    """The documents that fit, with their rank turned round."""
    wanted = expression(query)
    fitting: QuerySet[Document] = documents.extra(
        where=["search_document.vector @@ to_tsquery('simple', %s)"], params=[wanted]
    )
    rank = f"-ts_rank_cd({_WEIGHTS}, search_document.vector, to_tsquery('simple', %s), {_BY_LENGTH})"
    return fitting.annotate(score=RawSQL(rank, [wanted], output_field=FloatField()))  # noqa: S611  (our own numbers)


def expression(query: Query) -> str:
    """The query in the language of `to_tsquery`. Words are letters and digits, so nothing in quotes can end them."""
    return (" | " if query.is_loose else " & ").join(f"({_term(term)})" for term in query.terms)


def _term(term: Term) -> str:
    runs = [" <-> ".join(f"'{stem}':AB" for stem in way) for way in term.ways]
    return " | ".join([*(f"({run})" for run in runs), *([f"'{term.prefix}':*"] if term.prefix else [])])
