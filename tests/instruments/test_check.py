"""Self-checks: all tries kept, reasons given, and never a test item."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

import pytest

from instruments.conftest import COURSE
from teladan.access.api import Actor
from teladan.accounts.models import Agency
from teladan.instruments import api
from teladan.instruments.models import CheckAnswer
from teladan.kernel.errors import Invalid, NotAllowed


def own(actor: Actor, context: UUID, item: str = "bp-cek-01") -> dict[str, Any]:
    return {
        "item": COURSE.items[item],
        "context": context,
        "account_id": actor.account_id,
        "agency_id": actor.agency_id,
        "by": actor,
    }


def test_check_tells_right_or_wrong_and_why(actor: Actor) -> None:
    view = api.check_answer(**own(actor, uuid4()), choice="a")
    assert (view.is_correct, view.correct_key, view.attempt) == (False, "b", 1)
    assert view.rationales == {k: f"sebab {k}" for k in "abcd"}


def test_check_keeps_all_tries(actor: Actor) -> None:
    context = uuid4()
    for choice in "aab":
        api.check_answer(**own(actor, context), choice=choice)
    tries = api.checks_visible_to(actor, context=context)["bp-cek-01"]
    assert [(t.attempt, t.choice, t.is_correct) for t in tries] == [(1, "a", False), (2, "a", False), (3, "b", True)]


def test_check_sent_twice_counts_once(actor: Actor) -> None:
    context = uuid4()
    first = api.check_answer(**own(actor, context), choice="a", attempt=1)
    assert api.check_answer(**own(actor, context), choice="a", attempt=1) == first
    assert api.check_answer(**own(actor, context), choice="b", attempt=9).attempt == 2  # no gaps
    assert CheckAnswer.objects.count() == 2


@pytest.mark.parametrize("choice", ["", "e", "B"])
def test_check_unknown_choice_is_refused(choice: str, actor: Actor) -> None:
    with pytest.raises(Invalid):
        api.check_answer(**own(actor, uuid4()), choice=choice)


def test_check_of_a_test_item_is_refused(actor: Actor) -> None:
    with pytest.raises(Invalid):
        api.check_answer(**own(actor, uuid4(), "bp-001"), choice="a")


def test_check_for_somebody_else_is_refused(
    actor: Actor, agency: Agency, other_agency: Agency, make_actor: Callable[..., Actor]
) -> None:
    context = uuid4()
    api.check_answer(**own(actor, context), choice="a")
    for place in (agency, other_agency):
        intruder = make_actor(agency=place)
        with pytest.raises(NotAllowed):
            api.check_answer(**{**own(actor, context), "by": intruder}, choice="a")
        assert api.checks_visible_to(intruder, context=context) == {}
