"""Tasks and notices: asked once per source, settled, seen by their owner only."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from teladan.access.api import Actor
from teladan.desk import api as desk
from teladan.desk.queries import urgency
from teladan.kernel import clock
from teladan.kernel.errors import NotFound

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # noon in Makassar
ZONE = "Asia/Makassar"


def ask(agency: Any, actor: Actor, source: str = "uji:1", **more: Any) -> None:
    words: dict[str, Any] = {
        "kind": "uji",
        "title": "Kerjakan",
        "reason": "Karena perlu.",
        "url": "/x/",
        "due_at": None,
    }
    desk.ask(agency_id=agency.id, assignee_id=actor.account_id, source=source, **{**words, **more})


def titles(actor: Actor, **more: Any) -> list[str]:
    return [card.title for card in desk.tasks_visible_to(actor, zone=ZONE, **more)]


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, desk.Urgency.NONE),
        (NOON - timedelta(seconds=1), desk.Urgency.LATE),
        (NOON + timedelta(hours=11), desk.Urgency.TODAY),
        (NOON + timedelta(hours=13), desk.Urgency.SOON),
        (NOON + timedelta(days=3), desk.Urgency.SOON),
        (NOON + timedelta(days=3, seconds=1), desk.Urgency.LATER),
    ],
)
def test_urgency_counts_days_of_the_zone(due: datetime | None, expected: desk.Urgency) -> None:
    with clock.at(NOON):
        assert urgency(due_at=due, zone=ZONE) is expected


def test_asking_again_brings_the_same_task_up_to_date(agency: Any, actor: Actor) -> None:
    ask(agency, actor)
    ask(agency, actor, title="Lanjutkan")
    assert titles(actor) == ["Lanjutkan"]


def test_nearest_due_date_comes_first_and_none_last(agency: Any, actor: Actor) -> None:
    ask(agency, actor, "a", title="tanpa")
    ask(agency, actor, "b", title="nanti", due_at=NOON + timedelta(days=9))
    ask(agency, actor, "c", title="segera", due_at=NOON)
    assert titles(actor) == ["segera", "nanti", "tanpa"]


def test_settled_task_is_done_and_stays_so(agency: Any, actor: Actor) -> None:
    ask(agency, actor)
    assert desk.settle(source="uji:1", assignee_id=actor.account_id) == 1
    assert desk.settle(source="uji:1") == 0
    ask(agency, actor)
    assert titles(actor) == []
    assert titles(actor, state=desk.TaskState.DONE) == ["Kerjakan"]


def test_withdrawn_task_is_neither_open_nor_done(agency: Any, actor: Actor) -> None:
    ask(agency, actor)
    assert desk.withdraw(source="uji:1") == 1
    assert titles(actor) == []
    assert titles(actor, state=desk.TaskState.DONE) == []


def test_task_is_seen_by_its_assignee_only(agency: Any, actor: Actor, make_actor: Any, other_agency: Any) -> None:
    from teladan.accounts.api import agency_scope

    ask(agency, actor)
    assert titles(make_actor(agency=agency)) == []
    stranger = make_actor(agency=other_agency)
    with agency_scope(other_agency.id):
        assert titles(stranger) == []
    assert desk.tasks_visible_to(None, zone=ZONE) == []


def test_notice_comes_once_per_source_and_is_read_by_its_reader(agency: Any, actor: Actor, make_actor: Any) -> None:
    for _ in range(2):
        desk.notify(agency_id=agency.id, account_id=actor.account_id, source="n", title="Kabar", text="Isi", url="/x/")
    (notice,) = desk.notices_visible_to(actor)
    with pytest.raises(NotFound):
        desk.mark_read(notice_id=notice.id, by=make_actor(agency=agency))
    for _ in range(2):
        desk.mark_read(notice_id=notice.id, by=actor)
    assert desk.notices_visible_to(actor, unread_only=True) == []
    assert desk.notices_visible_to(actor)[0].is_read
