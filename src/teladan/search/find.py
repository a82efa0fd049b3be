"""Finding. What the actor may not see is left out before anything is counted, ranked or cut."""

from collections.abc import Collection

from django.db import connection
from django.db.models import Count, Q, QuerySet

from teladan.access.api import Actor, Line, Reach
from teladan.search import backends
from teladan.search.data import Audience, Found, Hit
from teladan.search.models import Document
from teladan.search.query import Query, parse
from teladan.search.snippet import marked, snippet
from teladan.search.sources import lines

FARTHEST = 1_000  # hits; nobody reads on for so long, and the database need not


def find(text: str, actor: Actor | None, *, kinds: Collection[str] = (), limit: int = 20, offset: int = 0) -> Found:
    """What was found for `text` among what `actor` (None: a visitor) may see, best first; `kinds` narrows it.

    Any text is taken. When no document has all the words, words that stand nowhere are left out and named in `missing`;
    when that does not help either, documents with some of the words are given.
    """
    query = parse(text)
    if not query:
        return Found()
    seen = visible_to(actor)
    counts = _counts(seen, query)
    missing: tuple[str, ...] = ()
    if not counts:
        known = [term for term in query.terms if _counts(seen, Query((term,)))]
        missing = tuple(term.shown for term in query.terms if term not in known)
        query = Query(tuple(known))
        counts = _counts(seen, query) if missing and known else {}
        if known and not counts:
            query = Query(tuple(known), is_loose=True)
            counts = _counts(seen, query)
    total = sum(n for kind, n in counts.items() if not kinds or kind in kinds)
    hits = _page(seen, query, kinds, limit, offset) if total > offset and offset < FARTHEST else ()
    return Found(hits=hits, total=total, by_kind=counts, missing=missing, is_loose=query.is_loose)


def visible_to(actor: Actor | None) -> QuerySet[Document]:
    """The documents that `actor` may see: the twin of the permission tables that their sources named."""
    seen = Q(audience=Audience.PUBLIC)
    if actor is not None:
        here = Q(agency_id=actor.agency_id)
        seen |= Q(audience=Audience.SIGNED_IN) & (here | Q(agency_id=None))
        for line in lines():
            if line.applies(actor):
                seen |= Q(audience=Audience.PERMISSION, permission=line.permission) & here & _reached(line, actor)
    return Document.objects.filter(seen)


def _reached(line: Line, actor: Actor) -> Q:
    if line.reach is Reach.OWN:
        return Q(owner_id=actor.account_id)
    if line.reach is Reach.SCOPE:
        return Q(scope_id__in=sorted(actor.scopes(line.role)))
    return Q()


def _counts(seen: QuerySet[Document], query: Query) -> dict[str, int]:
    """How many documents of each kind fit."""
    fitting = backends.of(connection).matching(seen, query)
    return dict(fitting.order_by().values("kind").annotate(n=Count("pk")).values_list("kind", "n"))


def _page(seen: QuerySet[Document], query: Query, kinds: Collection[str], limit: int, offset: int) -> tuple[Hit, ...]:
    fitting = backends.of(connection).matching(seen.filter(kind__in=kinds) if kinds else seen, query)
    shown = fitting.defer("title_stems", "text_stems", "words").order_by("score", "-dated_on", "pk")
    return tuple(_hit(one, query) for one in shown[offset : min(offset + limit, FARTHEST)])


def _hit(one: Document, query: Query) -> Hit:
    return Hit(
        source=one.source,
        key=one.key,
        kind=one.kind,
        title=one.title,
        title_html=marked(one.title, query),
        snippet_html=snippet(one.text, query),
        caption=one.caption,
        address=one.address,
        dated_on=one.dated_on,
    )
