"""What crosses the door of search."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from uuid import UUID

from teladan.access.api import Table


class Audience(StrEnum):
    """Who finds a document."""

    PUBLIC = "public"  # everybody, also without an account
    SIGNED_IN = "signed_in"  # the people of its agency; of every agency when it belongs to none
    PERMISSION = "permission"  # whom the lines of its source's permission table let see it


@dataclass(frozen=True, kw_only=True)
class Document:
    """Something to be found.

    `key` names it within its source, in the whole installation. `text` is plain text; `caption` is shown below the title
    and not searched. With the audience PERMISSION, lines of the table that reach one's own things compare `owner_id` with
    the account, those that reach a scope compare `scope_id`.
    """

    key: str
    kind: str
    title: str
    text: str
    address: str
    caption: str = ""
    dated_on: date | None = None
    audience: Audience = Audience.PUBLIC
    permission: str = ""
    owner_id: UUID | None = None
    scope_id: UUID | None = None


Documents = Callable[[UUID | None, Collection[str] | None], Iterable[Document]]


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where documents come from: one engine's list of one kind of thing.

    `documents(agency_id, keys)` gives those that exist now, all of them when `keys` is None. It is called inside the scope
    of the agency, which narrows its queries. `agencies` lists for whom there are documents: None alone for what belongs to
    everybody.
    """

    name: str  # "people.person"
    documents: Documents
    agencies: Callable[[], Iterable[UUID | None]] = field(default=lambda: [None])
    permissions: Table | None = None


@dataclass(frozen=True, kw_only=True)
class Hit:
    """A document that was found. The two `_html` are escaped text in which only `<mark>` is markup."""

    source: str
    key: str
    kind: str
    title: str
    title_html: str
    snippet_html: str
    caption: str
    address: str
    dated_on: date | None


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of what was found: `total` in the chosen kinds, `by_kind` in all; counted among what the actor may see.

    `missing` are typed words that stand in no document; `is_loose`: no document has all the others, so these have some.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    by_kind: dict[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    is_loose: bool = False
