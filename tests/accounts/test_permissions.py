"""Who may do what with accounts."""

from uuid import UUID

import pytest

from teladan.access.api import Actor, Grant, Role
from teladan.accounts.permissions import TABLE

HERE, THERE, ME, SOMEBODY = (UUID(int=n) for n in range(1, 5))


class Thing:
    def __init__(self, account_id: UUID, agency_id: UUID = HERE) -> None:
        self.id = self.account_id = account_id
        self.agency_id = agency_id


#                          see    manage activate grant  share  facilitator
TRUTH = {
    Role.EMPLOYEE: (False, False, False, False, False, False),
    Role.FACILITATOR: (False, False, False, False, False, False),
    Role.ORGANISER: (False, False, False, False, False, True),
    Role.PERSONNEL: (True, False, True, False, False, False),
    Role.LEADER: (False, False, False, False, False, False),
    Role.AUDITOR: (True, False, False, False, False, False),
    Role.OPERATOR: (True, True, True, True, True, True),
}
NAMES = (
    "accounts.see",
    "accounts.manage",
    "accounts.activate_others",
    "accounts.grant",
    "accounts.share",
    "accounts.grant_facilitator",
)


@pytest.mark.parametrize("role", Role)
def test_table_for_each_role_as_written(role: Role) -> None:
    actor = Actor(account_id=ME, agency_id=HERE, grants=(Grant(role=role),))
    assert tuple(TABLE.can(actor, name, Thing(SOMEBODY)) for name in NAMES) == TRUTH[role]
    assert not any(TABLE.can(actor, name, Thing(SOMEBODY, THERE)) for name in NAMES)


def test_table_for_everybody_shows_the_own_account() -> None:
    assert TABLE.can(Actor(account_id=ME, agency_id=HERE), "accounts.see", Thing(ME))


def test_table_has_no_permission_without_a_truth() -> None:
    assert set(TABLE.permissions) == set(NAMES)
