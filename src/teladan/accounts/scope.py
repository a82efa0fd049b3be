"""Standing inside an agency: what the web and the background work enter before they touch an agency's data."""

from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from django_scopes import scope


def agency_scope(agency_id: UUID | None) -> AbstractContextManager[None]:
    """Inside, queries see this agency only. With None nothing is opened: a query of an agency's data raises."""
    if agency_id is None:
        return nullcontext()
    inside: AbstractContextManager[None] = scope(agency=agency_id)
    return inside
