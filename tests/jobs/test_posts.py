"""A post repeated counts once."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction

from teladan.jobs import api, tasks
from teladan.jobs.models import Delivery, Message, Post
from teladan.kernel import clock
from teladan.kernel.errors import Conflict

ACCOUNT = uuid4()


def test_post_repeated_returns_the_first_result_and_runs_once(db: None) -> None:
    ran: list[int] = []

    def run() -> str:
        ran.append(1)
        return "/tugas/7/"

    found = [api.once(key="k", account_id=ACCOUNT, purpose="hand in", run=run) for _ in range(3)]
    assert found == [("/tugas/7/", True), ("/tugas/7/", False), ("/tugas/7/", False)]
    assert ran == [1]


def test_post_that_raises_leaves_nothing_and_may_be_repeated(db: None) -> None:
    def fail() -> str:
        Message.objects.create(name="effect", payload={})
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        api.once(key="k", account_id=ACCOUNT, purpose="hand in", run=fail)
    assert not Message.objects.exists()
    assert api.once(key="k", account_id=ACCOUNT, purpose="hand in", run=lambda: "ok") == ("ok", True)


def test_post_with_the_key_of_another_purpose_is_a_conflict(db: None) -> None:
    api.once(key="k", account_id=ACCOUNT, purpose="hand in", run=lambda: "ok")
    with pytest.raises(Conflict):
        api.once(key="k", account_id=ACCOUNT, purpose="withdraw", run=lambda: "no")


def test_post_with_the_key_of_another_account_runs(db: None) -> None:
    api.once(key="k", account_id=ACCOUNT, purpose="hand in", run=lambda: "mine")
    assert api.once(key="k", account_id=uuid4(), purpose="hand in", run=lambda: "theirs") == ("theirs", True)


@pytest.mark.django_db(transaction=True)
def test_posts_at_the_same_moment_run_once() -> None:
    ran: list[int] = []
    found: list[tuple[str, bool]] = []

    def run() -> str:
        ran.append(1)
        return f"run {len(ran)}"

    def send() -> None:
        found.append(api.once(key="k", account_id=ACCOUNT, purpose="hand in", run=run))
        connection.close()

    crew = [threading.Thread(target=send) for _ in range(5)]
    for thread in crew:
        thread.start()
    for thread in crew:
        thread.join()
    assert sorted(found) == [("run 1", False)] * 4 + [("run 1", True)]


def test_prune_forgets_what_is_a_week_old_and_keeps_what_is_parked(db: None) -> None:
    with clock.at(clock.now() - timedelta(days=8)):
        for state in ("done", "parked", "waiting"):
            message = Message.objects.create(name=state, payload={})
            Delivery.objects.create(message=message, receiver="r", state=state, finished_at=clock.now())
        Message.objects.create(name="nobody listened", payload={})
        api.once(key="old", account_id=ACCOUNT, purpose="p", run=lambda: "")
    fresh = Message.objects.create(name="fresh", payload={})
    Delivery.objects.create(message=fresh, receiver="r", state="done", finished_at=clock.now())
    with transaction.atomic():
        api.once(key="new", account_id=ACCOUNT, purpose="p", run=lambda: "")
    assert tasks.prune() == 4
    assert sorted(Message.objects.values_list("name", flat=True)) == ["fresh", "parked", "waiting"]
    assert list(Post.objects.values_list("key", flat=True)) == ["new"]
