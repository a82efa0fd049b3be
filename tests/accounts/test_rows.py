"""Many rows at once are what the ORM would have written one by one."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from teladan.accounts.api import insert_rows
from teladan.accounts.models import Account
from teladan.kernel.ids import uuid7


def rows(agency: Any, *names: str) -> list[dict[str, Any]]:
    return [{"id": uuid7(), "agency_id": agency.id, "username": name, "name": name.title()} for name in names]


def test_insert_rows_equals_what_models_write(agency: Any) -> None:
    told = rows(agency, "sari.dewi", "budi.santoso")
    with transaction.atomic():
        insert_rows(Account, told[:1])
    Account.objects.create(**told[1])
    first, second = (Account.objects.get(id=one["id"]) for one in told)
    own = {"id", "username", "name", "created_at"}
    for field in Account._meta.concrete_fields:
        if field.attname not in own:
            assert getattr(first, field.attname) == getattr(second, field.attname), field.attname
    assert (first.username, first.name) == ("sari.dewi", "Sari.Dewi")
    assert first.created_at.tzinfo is not None


def test_insert_rows_of_nobody_does_nothing(agency: Any) -> None:
    with transaction.atomic():
        insert_rows(Account, [])


def test_insert_rows_keeps_the_constraints_and_all_or_nothing(agency: Any) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows(Account, rows(agency, "satu", "dua", "satu"))
    assert not Account.objects.filter(username__in=["satu", "dua"]).exists()


@pytest.mark.django_db(transaction=True)
def test_insert_rows_outside_a_transaction_is_refused(agency: Any) -> None:
    with pytest.raises(RuntimeError):
        insert_rows(Account, rows(agency, "satu"))
