from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from teladan.access.api import Actor, Role


@pytest.fixture
def organiser(make_actor: Callable[..., Actor], agency: Any) -> Actor:
    return make_actor(Role.ORGANISER, agency=agency, name="Ratna Kusuma")


@pytest.fixture
def member(make_person: Callable[..., Any], agency: Any) -> Actor:
    """A participant: a PNS midwife."""
    from teladan.accounts.api import actor_for

    return actor_for(make_person("Siti Rahmawati", agency=agency).account)


@pytest.fixture
def enrolment(organiser: Actor, member: Actor) -> UUID:
    """The member's enrolment in a running class."""
    from tests.learning.story import enrolment_of, open_class

    open_class(organiser, [member])
    return enrolment_of(member)
