"""Verbs that meet: the same thing done from several connections at the same moment. SQLite lets one writer in after the
other, PostgreSQL lets them meet; what must hold is the same on both."""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import OperationalError, connection, connections, transaction
from django_scopes import scopes_disabled

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.accounts.models import ActivationCode, Agency, Grant
from teladan.desk import api as desk
from teladan.desk.models import Task
from teladan.jobs import api as jobs
from teladan.jobs import deliver, registry
from teladan.jobs.models import Delivery, Post
from teladan.kernel.errors import Conflict, NotAllowed, TooMany
from teladan.learning import api as learning
from teladan.learning.enums import DecisionKind
from teladan.learning.models import Decision, Enrolment
from teladan.ledger import api as ledger
from teladan.letters import api as letters
from teladan.people import api as people
from teladan.people.models import RosterFault, Unit
from tests.learning import story
from tests.people import rosters

pytestmark = pytest.mark.django_db(transaction=True)
MakeActor = Callable[..., Actor]
PATIENCE = 30  # seconds


def at_once(agency: Agency, *acts: Callable[[], Any]) -> list[Any]:
    """What the acts gave or raised, each from a thread and a connection of its own, begun at the same moment."""
    barrier = threading.Barrier(len(acts))
    found: list[Any] = [None] * len(acts)

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            with accounts.agency_scope(agency.id):
                barrier.wait(PATIENCE)
                found[place] = act()
        except Exception as error:
            found[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return found


def errors_in(found: list[Any]) -> list[Exception]:
    return [one for one in found if isinstance(one, Exception)]


@pytest.fixture
def receivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(registry, "receivers", dict(registry.receivers))
    yield


def test_documents_issued_at_once_are_numbered_without_gaps(agency: Agency) -> None:
    def issue(subject: str) -> letters.DocumentCard:
        return letters.issue(
            agency_id=agency.id,
            template="sertifikat",
            series="UJI",
            title="Uji",
            data={},
            public={},
            subject=subject,
            by_id=None,
        )

    # Each subject twice: the second asks for a document that is just being made.
    found = at_once(agency, *[lambda s=f"thing:{n // 2}": issue(s) for n in range(12)])
    assert errors_in(found) == []
    assert sorted({card.number.split("/")[0] for card in found}) == [f"{n:04d}" for n in range(1, 7)]
    assert {card.number for card in found[0:2]} == {found[0].number}


def test_deliveries_taken_by_four_workers_are_each_done_once(agency: Agency, receivers: None) -> None:
    @jobs.task("tests.mark")
    def mark(n: int) -> None:
        Post.objects.create(account_id=agency.id, key=f"{n}", purpose="x")  # a second time would fail

    with transaction.atomic():
        for n in range(60):
            jobs.enqueue("tests.mark", agency_id=agency.id, n=n)
    done = at_once(agency, *[jobs.run_pending] * 4)
    assert errors_in(done) == []
    jobs.run_pending()  # what a worker passed over because another one held it
    mine = Delivery.objects.filter(receiver="tests.mark")
    assert Counter(mine.values_list("state", "attempts")) == {("done", 1): 60}
    assert Post.objects.filter(purpose="x").count() == 60


def test_task_that_waits_is_not_run_before_its_second_cause_can_be_seen(agency: Agency, receivers: None) -> None:
    """Swallowing an announcement is right only if the one that waits runs after what was announced is there."""
    seen: list[bool] = []

    @jobs.task("tests.look")
    def look() -> None:
        seen.append(Post.objects.filter(key="cause").exists())

    with transaction.atomic():
        jobs.enqueue("tests.look", agency_id=None, unique="one")
    announced, may_commit = threading.Event(), threading.Event()

    def announce() -> None:
        with transaction.atomic():
            Post.objects.create(account_id=agency.id, key="cause", purpose="x")
            jobs.enqueue("tests.look", agency_id=None, unique="one")
            announced.set()
            may_commit.wait(PATIENCE if connection.vendor == "postgresql" else 0.2)

    def work() -> None:
        announced.wait(PATIENCE)
        try:
            jobs.run_pending()
        finally:
            may_commit.set()

    assert errors_in(at_once(agency, announce, work)) == []
    jobs.run_pending()
    assert seen == [True]


def test_sequencers_at_once_with_writers_keep_the_chain_whole(agency: Agency) -> None:
    def write() -> None:
        for n in range(15):
            with transaction.atomic():
                ledger.record(act="tests.lit", agency_id=agency.id, actor_id=None, subject=f"lamp:{n}", data={})

    def number() -> None:
        for _ in range(8):
            ledger.sequence()

    before = ledger.verify().checked + ledger.verify().waiting
    assert errors_in(at_once(agency, write, write, write, number, number)) == []
    ledger.sequence()
    found = ledger.verify()
    assert (found.is_whole, found.checked, found.waiting) == (True, before + 45, 0)


def test_attempts_at_once_are_all_counted(agency: Agency) -> None:
    def attempt() -> None:
        accounts.throttle(action="uji", keys=["a", "b"], limit=5, period=timedelta(minutes=5))

    found = at_once(agency, *[attempt] * 12)
    assert Counter(type(one) for one in found) == {type(None): 5, TooMany: 7}


def test_two_operators_who_take_the_role_from_each_other_leave_one(agency: Agency, make_actor: MakeActor) -> None:
    one, other = make_actor(Role.OPERATOR, agency=agency), make_actor(Role.OPERATOR, agency=agency)
    grants = {g.account_id: g.pk for g in Grant.objects.filter(role=Role.OPERATOR)}
    found = at_once(
        agency,
        lambda: accounts.revoke_grant(grant_id=grants[other.account_id], by=one),
        lambda: accounts.revoke_grant(grant_id=grants[one.account_id], by=other),
    )
    assert Grant.objects.filter(role=Role.OPERATOR, revoked_at=None).count() == 1
    assert [type(error) in {Conflict, NotAllowed} for error in errors_in(found)] == [True]


def test_codes_made_at_once_leave_one_that_works(agency: Agency, make_account: Callable[..., Any]) -> None:
    account = make_account(agency=agency)
    found = at_once(agency, *[lambda: accounts.issue_activation(account_id=account.id, by=None)] * 5)
    assert errors_in(found) == []
    with scopes_disabled():
        assert ActivationCode.objects.filter(account=account, withdrawn_at=None).count() == 1


def test_task_asked_for_at_once_is_one_with_the_words_of_one_of_them(agency: Agency, actor: Actor) -> None:
    def ask(title: str) -> None:
        desk.ask(
            agency_id=agency.id,
            assignee_id=actor.account_id,
            source="tests:1",
            kind="tests",
            title=title,
            reason=title,
            url="/",
            due_at=None,
        )

    assert errors_in(at_once(agency, *[lambda t=f"Judul {n}": ask(t) for n in range(6)])) == []
    task = Task.objects.get(source="tests:1")
    assert task.title == task.reason


@pytest.fixture
def organiser(agency: Agency, make_actor: MakeActor) -> Actor:
    return make_actor(Role.ORGANISER, agency=agency)


def test_time_given_while_the_closing_moves_is_not_lost(agency: Agency, organiser: Actor, actor: Actor) -> None:
    cohort_id = story.open_class(organiser, [actor])
    enrolment = Enrolment.objects.get()
    opens, closes = enrolment.cohort.opens_at, enrolment.cohort.closes_at
    for turn in range(1, 6):
        late = closes + timedelta(days=20 + turn)
        found = at_once(
            agency,
            lambda due=late: learning.extend(enrolment_id=enrolment.pk, due_at=due, reason="Bencana", by=organiser),
            lambda n=turn: learning.change_cohort(
                cohort_id=cohort_id, title="Baru", opens_at=opens, closes_at=closes + timedelta(days=n), by=organiser
            ),
        )
        assert errors_in(found) == []
        enrolment.refresh_from_db()
        assert enrolment.due_at == late
        assert Decision.objects.filter(kind=DecisionKind.TIME).count() == turn


def test_class_cancelled_while_somebody_finishes_is_either_finished_or_stopped(
    agency: Agency, organiser: Actor, actor: Actor
) -> None:
    cohort_id = story.open_class(organiser, [actor])
    enrolment_id = story.enrolment_of(actor)
    story.sit(actor, enrolment_id, learning.PRE_TEST, right=8)
    story.read_all(actor, enrolment_id)
    story.sit(actor, enrolment_id, learning.POST_TEST, right=18)
    at_once(
        agency,
        lambda: story.answer_feedback(actor, enrolment_id),
        lambda: learning.cancel_cohort(cohort_id=cohort_id, reason="Pagu berubah", by=organiser),
    )
    enrolment = Enrolment.objects.get()
    is_finished = enrolment.finished_at is not None
    assert (enrolment.state == learning.EnrolmentState.FINISHED) == is_finished == (enrolment.withdrawn_at is None)
    paper = letters.of_subject(agency_id=agency.id, template="sertifikat", subject=f"enrolment:{enrolment_id}")
    assert (paper is not None) == is_finished


@pytest.fixture
def personnel(agency: Agency, make_actor: MakeActor) -> Actor:
    return make_actor(Role.PERSONNEL, agency=agency)


def test_units_moved_below_each_other_at_once_make_no_circle(agency: Agency, personnel: Actor) -> None:
    def unit(code: str) -> UUID:
        return people.create_unit(agency_id=agency.id, code=code, name=code, by=personnel)

    for turn in range(4):
        one, other = unit(f"a{turn}"), unit(f"b{turn}")
        found = at_once(
            agency,
            lambda a=one, b=other: people.move_unit(unit_id=a, parent_id=b, by=personnel),
            lambda a=one, b=other: people.move_unit(unit_id=b, parent_id=a, by=personnel),
        )
        assert len(errors_in(found)) == 1
        assert Unit.objects.filter(id__in=[one, other], parent=None).count() == 1


def test_roster_checked_twice_at_once_tells_each_fault_once(agency: Agency, personnel: Actor) -> None:
    content = rosters.csv(*[rosters.row(n, jenis="entah") for n in range(20)])
    import_id = people.stage_roster(content=content, name="a.csv", by=personnel)
    faults = RosterFault.objects.count()
    assert faults
    for _turn in range(3):
        checks = [lambda: people.check_roster(import_id=import_id, by=personnel, again=True)] * 3
        found = at_once(agency, *checks)
        assert [error for error in errors_in(found) if not isinstance(error, Conflict)] == []
        assert RosterFault.objects.count() == faults


@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite a writer waits before it looks")
def test_worker_passes_over_what_another_one_holds(agency: Agency, receivers: None) -> None:
    jobs.task("tests.nothing")(lambda: None)
    with transaction.atomic():
        jobs.enqueue("tests.nothing", agency_id=None)
        jobs.enqueue("tests.nothing", agency_id=None)
    with transaction.atomic():
        held = Delivery.objects.select_for_update().order_by("run_at", "id").first()
        (taken,) = at_once(agency, deliver.claim)
    assert held is not None
    assert [delivery.pk for delivery in taken] == list(
        Delivery.objects.exclude(pk=held.pk).filter(receiver="tests.nothing").values_list("pk", flat=True)
    )


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite's gate has its own test")
def test_wait_for_a_lock_ends_with_an_error_that_pages_know(agency: Agency) -> None:
    from teladan.web.base.refusals import is_store_busy

    def late() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '200ms'")
            Agency.objects.select_for_update().get(id=agency.id)

    with transaction.atomic():
        Agency.objects.select_for_update().get(id=agency.id)
        (refused,) = at_once(agency, late)
    assert isinstance(refused, OperationalError)
    assert is_store_busy(refused)
