"""The table read aloud, and the schedule."""

from types import SimpleNamespace
from uuid import uuid4

import pytest

from teladan.access.api import Actor, Grant, Role
from teladan.instruments.permissions import TABLE
from teladan.jobs import registry

AGENCY, OTHER = uuid4(), uuid4()
ME = Actor(account_id=uuid4(), agency_id=AGENCY)


@pytest.mark.parametrize("permission", TABLE.permissions)
@pytest.mark.parametrize("role", [None, *Role])
def test_everybody_reaches_their_own_things_only(permission: str, role: Role | None) -> None:
    grants = (Grant(role=role),) if role else ()
    actor = Actor(account_id=ME.account_id, agency_id=AGENCY, grants=grants)
    mine = SimpleNamespace(account_id=ME.account_id, agency_id=AGENCY)
    assert TABLE.can(actor, permission, mine)
    assert not TABLE.can(actor, permission, SimpleNamespace(account_id=uuid4(), agency_id=AGENCY))
    assert not TABLE.can(actor, permission, SimpleNamespace(account_id=ME.account_id, agency_id=OTHER))
    assert not TABLE.can(None, permission, mine)


def test_overdue_sittings_are_closed_every_minute() -> None:
    from teladan.instruments import tasks  # noqa: F401

    assert registry.rhythms["instruments.close_overdue"].minutes == 1
