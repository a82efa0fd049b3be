"""What the desk hands to the search: notices, each for the person it was for."""

from collections.abc import Collection, Iterator
from uuid import UUID
from zoneinfo import ZoneInfo

from teladan.accounts import api as accounts
from teladan.desk.models import Notice
from teladan.desk.permissions import TABLE
from teladan.search import api as search

NOTICE = "desk.notice"


def notices(agency_id: UUID | None, keys: Collection[str] | None) -> Iterator[search.Document]:
    """Every notice of an agency by its id."""
    found = Notice.objects.all()
    if keys is not None:
        found = found.filter(id__in=keys)
    zone = next((ZoneInfo(one.zone) for one in accounts.agencies() if one.id == agency_id), None)
    for notice in found.order_by("id").iterator(chunk_size=200):
        yield search.Document(
            key=str(notice.pk),
            kind="notice",
            title=notice.title,
            text=notice.text,
            address=notice.url,
            dated_on=notice.made_at.astimezone(zone).date(),
            audience=search.Audience.PERMISSION,
            permission="desk.notice",
            owner_id=notice.account_id,
        )


SOURCES = (
    search.Source(
        name=NOTICE,
        documents=notices,
        agencies=lambda: [agency.id for agency in accounts.agencies()],
        permissions=TABLE,
    ),
)
