"""The door of search: hand documents over, find them.

An engine registers a `Source` while its app is loaded, and calls `changed` in the transaction in which one of its things
comes, goes or changes; the background work then asks the source for what there is now. So a change that was committed is
found a moment later, whatever was killed in between, and asking twice does no harm.
"""

from teladan.search.data import Audience, Document, Found, Hit, Source
from teladan.search.find import find
from teladan.search.index import changed, rebuild, rebuild_source
from teladan.search.sources import register, sources

__all__ = [
    "Audience",
    "Document",
    "Found",
    "Hit",
    "Source",
    "changed",
    "find",
    "rebuild",
    "rebuild_source",
    "register",
    "sources",
]
