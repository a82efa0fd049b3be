"""Reading statements."""

from uuid import UUID

from django_scopes import scope

from teladan.lrs.data import Statement
from teladan.lrs.models import StoredStatement


def statements_of(registration: UUID, *, agency_id: UUID) -> list[Statement]:
    """The statements of a registration by timestamp, then id. The caller has checked that they may be seen."""
    with scope(agency=agency_id):
        rows = StoredStatement.objects.filter(registration=registration).order_by("timestamp", "statement_id")
        return [Statement(body) for body in rows.values_list("body", flat=True)]
