"""Saves and finishes at the same moment, from several threads on one database file: no acknowledged answer is lost."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections

from instruments.conftest import COURSE
from teladan.access.api import Actor
from teladan.instruments import api
from teladan.instruments.events import SittingFinished, SittingStarted
from teladan.instruments.models import Answer, Sitting
from teladan.jobs.models import Message
from teladan.kernel.errors import Conflict

Begin = Callable[..., api.SittingCard]
Save = Callable[..., Any]
pytestmark = pytest.mark.django_db(transaction=True)


def together(*jobs: Callable[[], object]) -> None:
    """Run the jobs in threads that start at the same moment; the first error is raised."""
    barrier, errors = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], object]) -> None:
        barrier.wait()
        try:
            job()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]


@pytest.mark.parametrize("round_", range(5))
def test_finish_among_saves_counts_every_acknowledged_answer(
    round_: int, actor: Actor, begin: Begin, answer: Save
) -> None:
    sitting = begin(actor)
    acknowledged: dict[int, str] = {}
    results: list[api.ResultCard] = []

    def saver(number: int) -> Callable[[], None]:
        def save() -> None:
            with suppress(Conflict):
                for revision in range(1, 40):
                    choice = "abcd"[revision % 4]
                    answer(actor, sitting, number, choice, revision)
                    acknowledged[number] = choice

        return save

    def finish() -> None:
        threading.Event().wait(0.01 + 0.01 * round_)
        results.append(api.finish_sitting(sitting_id=sitting.id, by=actor))

    together(saver(1), saver(2), saver(3), finish, finish)
    assert results[0] == results[1]
    counted = {o.number: o.chosen for o in results[0].per_item if o.chosen}
    assert counted == acknowledged
    assert not Answer.objects.exists()
    assert Message.objects.filter(name=SittingFinished.name).count() == 1


def test_two_devices_on_one_question_keep_the_newest(actor: Actor, begin: Begin, answer: Save) -> None:
    sitting = begin(actor)

    def device(revisions: range) -> Callable[[], None]:
        def save() -> None:
            for revision in revisions:
                answer(actor, sitting, 1, "abcd"[revision % 4], revision)

        return save

    together(device(range(1, 60, 2)), device(range(2, 61, 2)))
    row = Answer.objects.get()
    assert (row.revision, row.choice) == (60, "a")


def test_start_at_the_same_moment_is_one_sitting(actor: Actor, begin: Begin) -> None:
    context, found = uuid4(), []
    together(*[lambda: found.append(begin(actor, context=context).id)] * 6)
    assert len(set(found)) == 1
    assert Sitting.objects.count() == 1
    assert Message.objects.filter(name=SittingStarted.name).count() == 1


def test_scene_choice_at_the_same_moment_is_one_choice(actor: Actor) -> None:
    scene = COURSE.scenes["bersalin-pukul-dua"]
    context, views, refused = uuid4(), [], []
    start = {"scene": scene, "account_id": actor.account_id, "agency_id": actor.agency_id, "context": context}
    play = api.start_play(**start, by=actor)

    def choose(choice: str) -> Callable[[], None]:
        def run() -> None:
            try:
                views.append(api.choose(play_id=play.play_id, step=1, choice=choice, by=actor, scene=scene))
            except Conflict:
                refused.append(choice)

        return run

    together(choose("a"), choose("b"), choose("a"), choose("b"))
    assert len(views) == len(refused) == 2
    assert len({v.trail[0].choice for v in views}) == 1
