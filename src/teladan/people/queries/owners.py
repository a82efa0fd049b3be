"""Whose account belongs to a person: for pages that find only the number of a person."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from teladan.people.models import Person


def person_accounts(*, person_ids: Collection[UUID] = (), account_ids: Collection[UUID] = ()) -> dict[UUID, UUID]:
    """Person -> account, of these people and of these accounts, in the agency one stands in. The caller knows that its
    reader may see them."""
    found = Person.objects.filter(Q(pk__in=person_ids) | Q(account_id__in=account_ids))
    return dict(found.values_list("pk", "account_id"))
