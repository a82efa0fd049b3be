from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.learning import api as learning
from tests.learning import story

BACKEND = "teladan.accounts.backend.Backend"


@dataclass
class Room:
    """A class at work: two readers and a facilitator with their browsers; the number of a participant is their place."""

    cohort: UUID
    members: list[Actor]
    enrolments: list[UUID]
    clients: list[Client]
    facilitator: Actor
    lead: Client

    def at(self, number: int) -> str:
        return f"/belajar/{self.enrolments[number]}/"

    @property
    def beside(self) -> str:
        return f"/pengampu/{self.cohort}/"


@pytest.fixture
def room(make_actor: Callable[..., Actor], make_person: Any, make_account: Any, agency: Any) -> Room:
    organiser = make_actor(Role.ORGANISER, agency=agency)
    people = [make_person(f"Peserta {n}", agency=agency) for n in range(2)]
    facilitator = make_account("Pengampu Contoh", agency=agency)
    members = [accounts.actor_for(p.account) for p in people]
    cohort = story.open_class(organiser, members)
    accounts.grant_role(account_id=facilitator.id, role=Role.FACILITATOR, scope_id=cohort, by=None)
    enrolments = [story.enrolment_of(m) for m in members]
    for member, enrolment in zip(members, enrolments, strict=True):
        story.sit(member, enrolment, learning.PRE_TEST, right=8)
    clients = [Client() for _ in range(3)]
    for client, account in zip(clients, [*(p.account for p in people), facilitator], strict=True):
        client.force_login(account, backend=BACKEND)
    return Room(cohort, members, enrolments, clients[:2], accounts.actor_for(facilitator), clients[2])
