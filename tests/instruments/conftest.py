from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from instruments.courses import POST, PRE, make_course

if TYPE_CHECKING:
    from teladan.access.api import Actor
    from teladan.instruments.api import SittingCard

COURSE = make_course()


@pytest.fixture
def begin() -> "Callable[..., SittingCard]":
    """`begin(actor, post=True, context=..., **more)`: a sitting of the actor's own."""
    from teladan.instruments import api

    def start(by: "Actor", *, post: bool = True, context: UUID | None = None, **more: Any) -> "SittingCard":
        given: dict[str, Any] = {"course": COURSE, "account_id": by.account_id, "agency_id": by.agency_id, **more}
        return api.start_sitting(spec=POST if post else PRE, context=context or uuid4(), by=by, **given)

    return start


@pytest.fixture
def answer() -> "Callable[..., Any]":
    """`answer(actor, sitting, number, choice, revision)`: save one answer."""
    from teladan.instruments import api

    def save(
        by: "Actor", sitting: "SittingCard", number: int, choice: str | None, revision: int = 1, **more: Any
    ) -> Any:
        return api.save_answer(sitting_id=sitting.id, number=number, choice=choice, revision=revision, by=by, **more)

    return save
