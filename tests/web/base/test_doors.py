"""The doors of the navigation."""

from uuid import uuid4

import pytest

from teladan.access.api import Actor, Grant, Role
from teladan.web.base.doors import Door, links

EMPLOYEE = Actor(account_id=uuid4(), agency_id=uuid4())
ORGANISER = Actor(account_id=uuid4(), agency_id=uuid4(), grants=(Grant(role=Role.ORGANISER),))
DOORS = [
    Door(key="galeri", label="Galeri", url_name="base:gallery", icon="mata", order=20),
    Door(key="tes", label="Tes", url_name="base:gallery-focus", icon="tes", order=10),
    Door(key="kelola", label="Kelola", url_name="base:health", icon="atur", roles=frozenset({Role.ORGANISER})),
    Door(key="hukum", label="Hukum", url_name="base:gallery-panel", icon="hukum", public=True, order=90),
    Door(key="masuk", label="Masuk", url_name="base:language", icon="masuk", public_only=True, order=99),
    Door(key="saya", label="Saya", url_name="base:theme", icon="orang", place="akun"),
]


@pytest.mark.parametrize(
    ("actor", "keys"),
    [
        (None, ["hukum", "masuk"]),
        (EMPLOYEE, ["tes", "galeri", "hukum"]),
        (ORGANISER, ["tes", "galeri", "hukum", "kelola"]),
    ],
)
def test_doors_open_by_role_in_order(actor: Actor | None, keys: list[str]) -> None:
    assert [link.key for link in links(actor, "/", doors=DOORS)] == keys


def test_the_longest_fitting_door_is_current() -> None:
    found = links(EMPLOYEE, "/galeri/tes/soal/3/", doors=DOORS)
    assert [link.key for link in found if link.is_current] == ["tes"]


def test_account_sheet_has_its_own_doors() -> None:
    assert [link.key for link in links(EMPLOYEE, "/", place="akun", doors=DOORS)] == ["saya"]
