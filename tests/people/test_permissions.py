"""Who may do what with people."""

from uuid import UUID

import pytest

from teladan.access.api import Actor, Grant, Role
from teladan.people.permissions import TABLE

HERE, THERE, ME, SOMEBODY = (UUID(int=n) for n in range(1, 5))


class Thing:
    def __init__(self, account_id: UUID, agency_id: UUID = HERE) -> None:
        self.account_id = account_id
        self.agency_id = agency_id


#                      see    export nip    units manage import roster
TRUTH = {
    Role.EMPLOYEE: (False, False, False, True, False, False, False, False),
    Role.FACILITATOR: (False, False, False, True, False, False, False, False),
    Role.ORGANISER: (True, False, False, True, False, False, False, True),
    Role.PERSONNEL: (True, True, True, True, True, True, True, True),
    Role.LEADER: (True, False, False, True, False, False, False, False),
    Role.AUDITOR: (True, True, False, True, False, False, True, False),
    Role.OPERATOR: (True, True, False, True, False, False, False, False),
}
NAMES = (
    "people.see",
    "people.export",
    "people.see_nip",
    "people.see_units",
    "people.manage",
    "people.import_roster",
    "people.see_roster",
    "people.find_by_nip",
)


@pytest.mark.parametrize("role", Role)
def test_table_for_each_role_as_written(role: Role) -> None:
    actor = Actor(account_id=ME, agency_id=HERE, grants=(Grant(role=role),))
    assert tuple(TABLE.can(actor, name, Thing(SOMEBODY)) for name in NAMES) == TRUTH[role]
    assert not any(TABLE.can(actor, name, Thing(SOMEBODY, THERE)) for name in NAMES)


def test_table_for_everybody_shows_oneself() -> None:
    me = Actor(account_id=ME, agency_id=HERE)
    assert TABLE.can(me, "people.see", Thing(ME))
    assert TABLE.can(me, "people.see_nip", Thing(ME))


def test_table_has_no_permission_without_a_truth() -> None:
    assert set(TABLE.permissions) == set(NAMES)
