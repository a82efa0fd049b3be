"""Fixtures for all rooms: two agencies, accounts, actors, people. Imports of the project stand inside the fixtures,
so that the pure rooms are tested without a database."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from teladan.access.api import Actor
    from teladan.accounts.models import Account, Agency
    from teladan.people.models import Person

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # a Monday, nine o'clock in Makassar
_serial = count(1)


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "unscoped: the test stands outside its agency's scope")


@pytest.fixture
def agency(db: None) -> "Agency":
    """An agency in the zone of Makassar. A test that asks for it stands inside its scope (see `scoped`)."""
    return _make_agency("Dinas Kesehatan Contoh", "dinkes-contoh", "Asia/Makassar")


@pytest.fixture
def other_agency(db: None) -> "Agency":
    """Another agency: nothing of it may ever be seen."""
    return _make_agency("Badan Kepegawaian Tetangga", "bkd-tetangga", "Asia/Jayapura")


@pytest.fixture
def planned_chapter(tmp_path: Path) -> "Iterator[str]":
    """The shipped packs with the last chapter still to come, on Monday 11 January 2027; its key."""
    from teladan.rulebook.api import default_packs, set_packs
    from teladan.rulebook.authoring import publish_course

    packs = tmp_path / "packs"
    shutil.copytree(default_packs(), packs, ignore=shutil.ignore_patterns("versions"))
    path = packs / "id" / "courses" / "berakhlak" / "course.yaml"
    text = path.read_text(encoding="utf-8")
    folder = "folder: 08-kolaboratif, title: Kolaboratif, value: KL, jp: 3"
    assert folder in text
    path.write_text(text.replace(folder, "title: Kolaboratif, value: KL, planned: 2027-01-11"), encoding="utf-8")
    publish_course(path.parent, packs=packs)
    set_packs(packs)
    yield "kolaboratif"
    set_packs(None)


@pytest.fixture(autouse=True)
def scoped(request: pytest.FixtureRequest) -> Iterator[None]:
    """Stand inside the scope of `agency` when the test asks for it, unless it is marked `unscoped`. For another scope:
    `with agency_scope(other_agency.id):`."""
    if "agency" not in request.fixturenames or request.node.get_closest_marker("unscoped"):
        yield
        return
    from teladan.accounts.api import agency_scope

    with agency_scope(request.getfixturevalue("agency").id):
        yield


@pytest.fixture
def make_account(db: None) -> "Callable[..., Account]":
    """`make_account(name, *, agency, roles=(), username="", email="", password="")`: an account with whole-agency
    roles."""
    from teladan.access.api import Role
    from teladan.accounts import api
    from teladan.accounts.models import Account

    def make(
        name: str = "Sari Dewi",
        *,
        agency: "Agency",
        roles: Any = (),
        username: str = "",
        email: str = "",
        password: str = "",
    ) -> "Account":
        login = username or f"pegawai-{next(_serial)}"
        account_id = api.create_account(agency_id=agency.id, username=login, name=name, email=email, by=None)
        for role in roles:
            if role is Role.EMPLOYEE:  # everybody is one
                continue
            api.grant_role(account_id=account_id, role=role, by=None)
        account = Account.objects.get(id=account_id)
        if password:
            account.set_password(password)
            account.must_activate = False
            account.save()
        return account

    return make


@pytest.fixture
def make_actor(make_account: "Callable[..., Account]") -> "Callable[..., Actor]":
    """`make_actor(*roles, agency, name="...")`: the actor of a new account with these roles."""
    from teladan.accounts import api

    def make(*roles: Any, agency: "Agency", name: str = "Sari Dewi") -> "Actor":
        return api.actor_for(make_account(name, agency=agency, roles=roles))

    return make


@pytest.fixture
def actor(make_actor: "Callable[..., Actor]", agency: "Agency") -> "Actor":
    """An employee of `agency` without any granted role."""
    return make_actor(agency=agency)


@pytest.fixture
def make_person(make_account: "Callable[..., Account]") -> "Callable[..., Person]":
    """`make_person(name, *, agency, unit, title, is_head, job_family, kind, nip, since, roles)`: an account with its
    person and an appointment since a day. `unit` is a code; the unit is made when missing, below the unit with code
    `parent`."""
    from django.db import transaction

    from teladan.accounts.api import agency_scope
    from teladan.people.models import Appointment, Person, Position, Unit

    def make(
        name: str = "Sari Dewi",
        *,
        agency: "Agency",
        unit: str = "dinkes",
        parent: str = "",
        title: str = "Bidan Terampil",
        is_head: bool = False,
        job_family: str = "kesehatan",
        kind: str = "PNS",
        nip: str = "",
        since: date = date(2024, 1, 1),
        roles: Any = (),
        account: "Account | None" = None,
    ) -> "Person":
        nip = nip or make_nip(next(_serial))
        account = account or make_account(name, agency=agency, roles=roles, username=nip)
        with agency_scope(agency.id), transaction.atomic():
            above = Unit.objects.get(code=parent) if parent else None
            place, _new = Unit.objects.get_or_create(
                agency=agency, code=unit, defaults={"name": unit.title(), "parent": above}
            )
            position, _new = Position.objects.get_or_create(
                agency=agency, unit=place, title=title, is_head=is_head, defaults={"job_family": job_family}
            )
            person = Person.objects.create(agency=agency, account=account, name=account.name, nip=nip, kind=kind)
            Appointment.objects.create(agency=agency, person=person, position=position, starts=since)
        return person

    return make


def make_nip(number: int) -> str:
    """A synthetic NIP of the pattern of PNS, another one for each number below 25,000."""
    return f"19900101{2001 + number // 999:04d}03{1 + number % 2}{number % 999 + 1:03d}"


def _make_agency(name: str, slug: str, zone: str) -> "Agency":
    from teladan.accounts import api
    from teladan.accounts.models import Agency

    agency_id: UUID = api.create_agency(name=name, slug=slug, zone=zone, by=None)
    return Agency.objects.get(id=agency_id)
