"""Whose an enrolment is: for pages that speak of people and find only the number of an enrolment."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from teladan.learning.models import Enrolment


def enrolment_owners(
    *, enrolment_ids: Collection[UUID] = (), account_ids: Collection[UUID] = ()
) -> dict[UUID, tuple[UUID, UUID]]:
    """Enrolment -> (account, cohort), of these enrolments and of these accounts, in the agency one stands in. The caller
    knows that its reader may see them."""
    found = Enrolment.objects.filter(Q(pk__in=enrolment_ids) | Q(account_id__in=account_ids))
    return {pk: (account, cohort) for pk, account, cohort in found.values_list("pk", "account_id", "cohort_id")}
