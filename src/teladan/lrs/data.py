"""A statement as it crosses the door: xAPI JSON with the readings that everybody needs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from teladan.lrs.formats import to_moment


@dataclass(frozen=True)
class Statement:
    """One xAPI statement. `body` is its JSON; the properties suppose a valid body (see `validation.faults`)."""

    body: Mapping[str, Any] = field(repr=False)

    @property
    def id(self) -> UUID:
        return UUID(self.body["id"])

    @property
    def verb_id(self) -> str:
        return str(self.body["verb"]["id"])

    @property
    def object_id(self) -> str:
        """The IRI of the activity (or the id of the statement) it is about; empty for people and sub-statements."""
        return str(self.body["object"].get("id", ""))

    @property
    def object_name(self) -> str:
        """The activity's name in the first language it is given in."""
        names = self.body["object"].get("definition", {}).get("name", {})
        return str(next(iter(names.values()), ""))

    @property
    def account_id(self) -> UUID | None:
        """The account that acted; None when the actor is not an account of this house."""
        name = self.body["actor"].get("account", {}).get("name", "")
        try:
            return UUID(name)
        except ValueError:
            return None

    @property
    def registration(self) -> UUID | None:
        given = self.body.get("context", {}).get("registration")
        return UUID(given) if given else None

    @property
    def timestamp(self) -> datetime:
        """When it happened (UTC); ValueError for a statement without a timestamp."""
        moment = to_moment(self.body.get("timestamp", ""))
        if moment is None:
            raise ValueError("the statement has no timestamp")
        return moment

    @property
    def result(self) -> Mapping[str, Any] | None:
        found: Mapping[str, Any] | None = self.body.get("result")
        return found

    @property
    def extensions(self) -> Mapping[str, Any]:
        """The extensions of its context."""
        found: Mapping[str, Any] = self.body.get("context", {}).get("extensions", {})
        return found
