"""Announcing, delivering, retrying and parking."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from django.db import OperationalError, transaction

from teladan.jobs import api, deliver, registry, schedule, worker
from teladan.jobs.models import Delivery, Message
from teladan.kernel import clock
from teladan.kernel.events import Event

NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class LampLit(Event):
    name: ClassVar[str] = "tests.lamp_lit"
    lamp_id: UUID
    on: date
    by: UUID | None = None


@pytest.fixture
def heard() -> list[Any]:
    """What a subscriber to LampLit heard."""
    heard: list[Any] = []

    @api.subscribe(LampLit, name="tests.on_lamp_lit")
    def listen(event: LampLit, *, message_id: UUID, agency_id: UUID | None) -> None:
        heard.append((event, message_id, agency_id))

    return heard


def collector(ran: list[int]) -> Callable[..., None]:
    """A task that notes the number it was given."""

    def collect(n: int) -> None:
        ran.append(n)

    return collect


def states() -> list[str]:
    return list(Delivery.objects.order_by("id").values_list("state", flat=True))


def enqueue(name: str, **kwargs: Any) -> None:
    with transaction.atomic():
        api.enqueue(name, **{"agency_id": None, **kwargs})


@pytest.mark.django_db(transaction=True)
def test_publish_outside_a_transaction_raises() -> None:
    with pytest.raises(RuntimeError, match="atomic"):
        api.publish(LampLit(lamp_id=uuid4(), on=date(2026, 1, 1)), agency_id=None)
    with pytest.raises(RuntimeError, match="atomic"):
        api.enqueue("jobs.prune", agency_id=None)


@pytest.mark.django_db(transaction=True)
def test_publish_in_a_transaction_that_fails_announces_nothing(heard: list[Any]) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        api.publish(LampLit(lamp_id=uuid4(), on=date(2026, 1, 1)), agency_id=None)
        raise ZeroDivisionError
    assert api.run_pending() == 0
    assert heard == []


def test_event_reaches_each_subscriber_once_with_its_fields(db: None, heard: list[Any]) -> None:
    others: list[UUID] = []

    @api.subscribe(LampLit, name="tests.second")
    def second(event: LampLit, *, message_id: UUID, agency_id: UUID | None) -> None:
        others.append(message_id)

    event, agency = LampLit(lamp_id=uuid4(), on=date(2026, 2, 3)), uuid4()
    api.publish(event, agency_id=agency)
    assert api.run_pending() == 2
    assert api.run_pending() == 0
    message = Message.objects.get()
    assert heard == [(event, message.id, agency)]
    assert others == [message.id]
    assert states() == ["done", "done"]


def test_event_published_by_a_handler_is_delivered_too(db: None, heard: list[Any]) -> None:
    @api.task("tests.light")
    def light(lamp: str) -> None:
        api.publish(LampLit(lamp_id=UUID(lamp), on=date(2026, 1, 1)), agency_id=None)

    enqueue("tests.light", lamp=str(uuid4()))
    assert api.run_pending() == 2
    assert len(heard) == 1


def test_task_unknown_to_everybody_is_refused_when_enqueued(db: None) -> None:
    with pytest.raises(KeyError, match=r"tests\.nobody"):
        enqueue("tests.nobody")


def test_receiver_named_twice_is_refused() -> None:
    api.task("tests.same")(lambda: None)
    with pytest.raises(ValueError, match=r"tests\.same"):
        api.task("tests.same")(lambda: None)


def test_task_with_a_time_waits_for_it(db: None) -> None:
    ran: list[int] = []
    api.task("tests.later")(collector(ran))
    with clock.at(NOON):
        enqueue("tests.later", n=1, run_at=NOON + timedelta(hours=1))
        assert api.run_pending() == 0
    with clock.at(NOON + timedelta(hours=1)):
        assert api.run_pending() == 1
    assert ran == [1]


def test_task_with_unique_collapses_while_one_waits_and_comes_forward(db: None) -> None:
    ran: list[int] = []
    api.task("tests.sum")(collector(ran))
    with clock.at(NOON):
        enqueue("tests.sum", n=1, unique="a", run_at=NOON + timedelta(hours=2))
        enqueue("tests.sum", n=2, unique="a", run_at=NOON + timedelta(hours=1))
        enqueue("tests.sum", n=3, unique="a", run_at=NOON + timedelta(hours=3))
        enqueue("tests.sum", n=4, unique="b", run_at=NOON)
        enqueue("tests.sum", n=5, unique="a", agency_id=uuid4(), run_at=NOON)
    with clock.at(NOON + timedelta(hours=1)):
        assert api.run_pending() == 3
        enqueue("tests.sum", n=6, unique="a")
        assert api.run_pending() == 1
    assert sorted(ran) == [1, 4, 5, 6]


def test_task_enqueued_while_its_like_runs_or_retries_is_not_swallowed(db: None) -> None:
    ran: list[int] = []

    @api.task("tests.again")
    def again(n: int) -> None:
        if n == 1:
            api.enqueue("tests.again", agency_id=None, unique="k", n=2)
        ran.append(n)

    enqueue("tests.again", n=1, unique="k")
    assert api.run_pending() == 2
    assert ran == [1, 2]


def test_failing_handler_is_rolled_back_waits_longer_each_time_and_is_parked(
    db: None, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR)
    waits: list[float] = []

    @api.task("tests.fails", attempts=4)
    def fails() -> None:
        Message.objects.create(name="effect", payload={})
        raise ValueError("Sari Dewi, NIP 199001012020122001")

    moment = NOON
    with clock.at(moment):
        enqueue("tests.fails")
    for _ in range(3):
        with clock.at(moment):
            assert api.run_pending() == 1
        row = Delivery.objects.get()
        assert row.state == "waiting"
        waits.append((row.run_at - moment).total_seconds())
        moment = row.run_at
    with clock.at(moment):
        assert api.run_pending() == 1
        assert api.run_pending() == 0
    assert waits == [5, 20, 80]
    assert not Message.objects.filter(name="effect").exists()
    (card,) = api.parked()
    assert (card.receiver, card.attempts, card.state) == ("tests.fails", 4, "parked")
    assert card.error.startswith("ValueError")
    assert "Sari" not in card.error + caplog.text
    assert api.counts() == {"waiting": 0, "running": 0, "done": 0, "parked": 1}


def test_error_inside_the_house_is_described_by_its_place() -> None:
    try:
        api.enqueue("tests.nobody", agency_id=None)
    except RuntimeError as error:
        assert deliver.describe(error).startswith("RuntimeError at jobs/outbox.py:")


def test_parked_delivery_can_start_over(db: None) -> None:
    broken = [True]
    ran: list[bool] = []

    @api.task("tests.mended", attempts=1)
    def mended() -> None:
        if broken[0]:
            raise ValueError
        ran.append(True)

    enqueue("tests.mended", unique="x")
    api.run_pending()
    (card,) = api.parked()
    broken[0] = False
    assert api.requeue(card.id)
    assert not api.requeue(card.id)
    assert not api.requeue(card.id + 1)
    assert api.run_pending() == 1
    assert (ran, states()) == ([True], ["done"])


def test_unique_task_that_keeps_failing_leaves_one_parked_row(db: None) -> None:
    @api.task("tests.hopeless", attempts=1)
    def hopeless() -> None:
        raise ValueError

    for _ in range(3):
        enqueue("tests.hopeless", unique="x")
        api.run_pending()
    assert states() == ["parked"]


def test_run_pending_with_raise_errors_raises_what_failed(db: None) -> None:
    @api.task("tests.loud")
    def loud() -> None:
        raise ZeroDivisionError

    enqueue("tests.loud")
    with pytest.raises(ZeroDivisionError):
        api.run_pending(raise_errors=True)
    assert states() == ["waiting"]


def test_run_pending_with_a_limit_stops_there(db: None) -> None:
    api.task("tests.many")(lambda: None)
    for _ in range(5):
        enqueue("tests.many")
    assert api.run_pending(limit=3) == 3
    assert api.run_pending() == 2


def test_delivery_of_a_receiver_that_is_gone_waits_for_its_return(db: None) -> None:
    api.task("tests.gone")(lambda: None)
    enqueue("tests.gone")
    del registry.receivers["tests.gone"]
    assert api.run_pending() == 1
    row = Delivery.objects.get()
    assert (row.state, row.error.split()[0]) == ("waiting", "LookupError")


def test_expired_lease_is_claimed_again_and_the_slow_one_has_no_effect(db: None) -> None:
    ran: list[str] = []
    api.task("tests.slow")(lambda: ran.append("ran"))
    with clock.at(NOON):
        enqueue("tests.slow")
        (lost,) = deliver.claim()
        assert deliver.claim() == []
    with clock.at(NOON + timedelta(seconds=61)):
        (found,) = deliver.claim()
        assert not deliver.deliver(lost)
        assert deliver.deliver(found)
    assert (ran, found.attempts, states()) == (["ran"], 2, ["done"])


def test_delivery_that_kills_its_worker_each_time_is_parked(db: None) -> None:
    api.task("tests.deadly", attempts=2)(lambda: None)
    moment = NOON
    with clock.at(moment):
        enqueue("tests.deadly")
    for _ in range(2):
        with clock.at(moment):
            assert len(deliver.claim()) == 1
        moment += timedelta(minutes=2)
    with clock.at(moment):
        assert deliver.claim() == []
    assert "worker died" in api.parked()[0].error


def test_task_outside_a_transaction_keeps_what_it_did_before_it_failed(db: None) -> None:
    @api.task("tests.chunks", in_transaction=False)
    def chunks() -> None:
        with transaction.atomic():
            Message.objects.create(name="effect", payload={})
        raise ValueError

    enqueue("tests.chunks")
    api.run_pending()
    assert Message.objects.filter(name="effect").exists()
    assert states() == ["waiting"]


def test_task_outside_a_transaction_whose_lease_was_lost_is_not_begun(db: None) -> None:
    ran: list[int] = []
    api.task("tests.own", in_transaction=False)(lambda: ran.append(1))
    enqueue("tests.own")
    (claimed,) = deliver.claim()
    Delivery.objects.update(lease=uuid4())
    assert not deliver.deliver(claimed)
    assert ran == []


def test_claim_given_back_is_claimed_again(db: None) -> None:
    api.task("tests.back")(lambda: None)
    enqueue("tests.back")
    (claimed,) = deliver.claim()
    deliver.release(claimed)
    assert states() == ["waiting"]
    assert api.run_pending() == 1


def test_handler_runs_in_the_scope_of_its_agency(db: None, heard: list[Any]) -> None:
    scopes: list[UUID | None] = []

    @contextmanager
    def scope(agency_id: UUID | None) -> Iterator[None]:
        scopes.append(agency_id)
        yield

    api.set_scope(scope)
    agency = uuid4()
    api.publish(LampLit(lamp_id=uuid4(), on=date(2026, 1, 1)), agency_id=agency)
    api.run_pending()
    assert scopes == [agency]


@pytest.mark.django_db(transaction=True)
def test_worker_delivers_ticks_and_does_upkeep_until_stopped() -> None:
    stop, ran = threading.Event(), list[str]()
    api.every("tests.tick", minutes=1)(lambda: ran.append("tick"))
    api.between("tests.upkeep")(lambda: (ran.append("upkeep"), stop.set()))
    schedule.sync()
    schedule.Schedule.objects.update(next_at=clock.now() - timedelta(minutes=5))
    thread = threading.Thread(target=api.work, kwargs={"stop": stop, "interval": 0.05})
    thread.start()
    thread.join(20)
    assert not thread.is_alive()
    assert ran == ["tick", "upkeep"]


@pytest.mark.django_db(transaction=True)
def test_worker_stopped_in_a_batch_gives_the_rest_back() -> None:
    stop = threading.Event()
    api.task("tests.stopper")(stop.set)
    enqueue("tests.stopper")
    enqueue("tests.stopper")
    assert worker.round_of_work(stop)
    assert states() == ["done", "waiting"]


def test_worker_outlives_a_database_that_is_away_and_upkeep_that_fails(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    stop, rounds = threading.Event(), list[int]()

    def round_of_work(_: threading.Event) -> bool:
        rounds.append(1)
        if len(rounds) == 3:
            stop.set()
        raise OperationalError("gate timeout")

    @api.between("tests.broken")
    def broken() -> None:
        raise ValueError

    monkeypatch.setattr(worker, "round_of_work", round_of_work)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    monkeypatch.setattr(worker, "connections", type("None_", (), {"close_all": staticmethod(lambda: None)}))
    api.work(stop=stop, interval=0.01)
    worker._upkeep()
    assert len(rounds) == 3
    assert "not available: OperationalError" in caplog.text
    assert "tests.broken failed: ValueError" in caplog.text
