"""What people hands to the search: who works for the agency, in which post and unit; never a NIP or a telephone number."""

from collections.abc import Collection, Iterator
from uuid import UUID

from teladan.accounts import api as accounts
from teladan.people.models import Person
from teladan.people.permissions import TABLE
from teladan.people.queries.person import cards_of
from teladan.search import api as search

PERSON = "people.person"
_CHUNK = 200


def people(agency_id: UUID | None, keys: Collection[str] | None) -> Iterator[search.Document]:
    """Those who have not left, by the id of the person."""
    found = Person.objects.filter(left_on=None)
    if keys is not None:
        found = found.filter(id__in=keys)
    account_ids = list(found.order_by("id").values_list("account_id", flat=True))
    for start in range(0, len(account_ids), _CHUNK):
        for card in cards_of(account_ids[start : start + _CHUNK]).values():
            post = ", ".join(filter(None, (card.position, card.unit_name)))
            yield search.Document(
                key=str(card.person_id),
                kind="person",
                title=card.name,
                text=post,
                address=f"/kepegawaian/pegawai/{card.account_id}/",
                audience=search.Audience.PERMISSION,
                permission="people.see",
                owner_id=card.account_id,
            )


def person_changed(person_id: UUID, agency_id: UUID) -> None:
    """Something about a person is different: in the transaction of the change."""
    search.changed(PERSON, agency_id=agency_id, keys=[str(person_id)])


def everybody_changed(agency_id: UUID) -> None:
    """Many are different, or what stands beside all of them, such as the name of a unit."""
    search.changed(PERSON, agency_id=agency_id)


SOURCES = (
    search.Source(
        name=PERSON,
        documents=people,
        agencies=lambda: [agency.id for agency in accounts.agencies()],
        permissions=TABLE,
    ),
)
