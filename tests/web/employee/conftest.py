from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from teladan.access.api import Actor, Role
from tests.learning import story

BACKEND = "teladan.accounts.backend.Backend"


@pytest.fixture
def sign_in() -> Callable[[Any], Client]:
    """`sign_in(account)`: a browser in which this account is signed in."""

    def make(account: Any) -> Client:
        client = Client()
        client.force_login(account, backend=BACKEND)
        return client

    return make


@dataclass(frozen=True)
class Desk:
    """A participant at work: who they are, their browser, their enrolment and its address."""

    actor: Actor
    client: Client
    enrolment: UUID

    @property
    def home(self) -> str:
        return f"/belajar/{self.enrolment}/"


@pytest.fixture
def organiser(make_actor: Callable[..., Actor], agency: Any) -> Actor:
    return make_actor(Role.ORGANISER, agency=agency, name="Ratna Kusuma")


@pytest.fixture
def siti(make_person: Callable[..., Any], agency: Any, organiser: Actor, sign_in: Callable[[Any], Client]) -> Desk:
    """Siti, a midwife, in a running class that she has not begun."""
    from teladan.accounts.api import actor_for

    person = make_person("Siti Rahmawati, A.Md.Keb.", agency=agency)
    actor = actor_for(person.account)
    story.open_class(organiser, [actor])
    return Desk(actor, sign_in(person.account), story.enrolment_of(actor))


@pytest.fixture
def reading(siti: Desk) -> Desk:
    """Siti after the first test: the pages are open."""
    story.sit(siti.actor, siti.enrolment, "tes-awal", right=8)
    return siti


@pytest.fixture
def finished(siti: Desk) -> Desk:
    """Siti with her certificate."""
    story.complete(siti.actor, siti.enrolment)
    return siti
