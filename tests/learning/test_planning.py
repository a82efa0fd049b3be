"""Cohorts are opened within reason, changed, cancelled; people are taken out, brought back, reminded and given time."""

import json
from typing import Any
from uuid import UUID

import pytest

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound, TeladanError
from teladan.learning import api as learning
from teladan.learning.models import Cohort, Decision, Enrolment
from teladan.ledger.models import Entry
from tests.learning import story

ZONE = "Asia/Makassar"


@pytest.fixture
def cohort_id(enrolment: UUID) -> UUID:
    return Enrolment.objects.get(pk=enrolment).cohort_id


def tasks(actor: Actor) -> list[str]:
    return [task.title for task in desk.tasks_visible_to(actor, zone=ZONE)]


def acts(name: str) -> list[dict[str, Any]]:
    return [json.loads(entry.data) for entry in Entry.objects.filter(act=name)]


def change(cohort_id: UUID, by: Actor, **new: Any) -> None:
    card = learning.cohort(cohort_id, by=by)
    kept = {"title": card.title, "opens_at": card.opens_at, "closes_at": card.closes_at}
    learning.change_cohort(cohort_id=cohort_id, by=by, **{**kept, **new})


# Opening


@pytest.mark.parametrize(
    ("opens", "closes", "field"),
    [(-40, -10, "closes_at"), (0, -1, "closes_at"), (0, 400, "closes_at"), (400, 420, "opens_at")],
)
def test_cohort_with_impossible_dates_is_refused(organiser: Actor, opens: int, closes: int, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        learning.open_cohort(
            course=story.COURSE,
            title="X",
            opens_at=story.later(days=opens),
            closes_at=story.later(days=closes),
            by=organiser,
        )
    assert refusal.value.field == field


# Changing


def test_change_moves_due_dates_and_tasks_and_tells_participants(
    cohort_id: UUID, enrolment: UUID, organiser: Actor, member: Actor
) -> None:
    closes = story.later(days=40)
    for _twice in range(2):
        change(cohort_id, organiser, title="Angkatan Baru", closes_at=closes)
    found = Enrolment.objects.get(pk=enrolment)
    assert (found.due_at, "Angkatan Baru" in found.due_reason) == (closes, True)
    assert [task.due_at for task in desk.tasks_visible_to(member, zone=ZONE)] == [closes]
    assert [n.title for n in desk.notices_visible_to(member)] == ["Batas waktu kelas Anda berubah"]
    assert len(acts("learning.cohort_changed")) == 1


def test_opening_stays_once_somebody_has_begun(
    cohort_id: UUID, enrolment: UUID, organiser: Actor, member: Actor
) -> None:
    change(cohort_id, organiser, opens_at=story.later(days=-1))
    story.begin(member, enrolment, learning.PRE_TEST, right=1)
    with pytest.raises(Invalid) as refusal:
        change(cohort_id, organiser, opens_at=story.later(days=1))
    assert refusal.value.field == "opens_at"
    change(cohort_id, organiser, title="Nama lain")  # the name still may


def test_closing_in_the_past_or_before_an_extension_is_refused(
    cohort_id: UUID, enrolment: UUID, organiser: Actor
) -> None:
    with pytest.raises(Invalid):
        change(cohort_id, organiser, closes_at=story.later(hours=-1))
    learning.extend(enrolment_id=enrolment, due_at=story.later(days=30), reason="Cuti", by=organiser)
    with pytest.raises(Invalid) as refusal:
        change(cohort_id, organiser, closes_at=story.later(days=10))
    assert "diberi waktu sampai" in refusal.value.message


def test_extension_outlasts_a_later_closing_until_that_is_later_still(
    cohort_id: UUID, enrolment: UUID, organiser: Actor
) -> None:
    due = story.later(days=30)
    learning.extend(enrolment_id=enrolment, due_at=due, reason="Cuti", by=organiser)
    change(cohort_id, organiser, closes_at=story.later(days=25))
    assert Enrolment.objects.get(pk=enrolment).due_at == due
    closes = story.later(days=35)
    change(cohort_id, organiser, closes_at=closes)
    assert Enrolment.objects.get(pk=enrolment).due_at == closes


# Cancelling


def test_cancelled_cohort_tells_its_participants_and_stays_readable(
    cohort_id: UUID, enrolment: UUID, organiser: Actor, member: Actor
) -> None:
    story.sit(member, enrolment, learning.PRE_TEST, right=3)
    for _twice in range(2):
        learning.cancel_cohort(cohort_id=cohort_id, reason="Anggaran dipotong", by=organiser)
    card = learning.cohort(cohort_id, by=organiser)
    assert (card.state, card.cancel_reason, card.enrolled) == (
        learning.CohortState.CANCELLED,
        "Anggaran dipotong",
        1,
    )
    (row,) = learning.participants(cohort_id, by=organiser)
    assert (row.standing, row.pre is None) == ("berhenti", False)
    assert tasks(member) == []
    assert learning.studies_visible_to(member) == []
    assert [n.title for n in desk.notices_visible_to(member)] == ["Angkatan dibatalkan: Angkatan Uji"]
    assert learning.study(enrolment, by=member).progress.tests
    assert acts("learning.cohort_cancelled") == [{"stopped": 1}]


def test_cancelled_cohort_takes_nothing_more(cohort_id: UUID, enrolment: UUID, organiser: Actor, member: Actor) -> None:
    learning.cancel_cohort(cohort_id=cohort_id, reason="Anggaran dipotong", by=organiser)
    later = story.later(days=30)
    refused = [
        lambda: learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member),
        lambda: learning.give_feedback(enrolment_id=enrolment, answers={}, by=member),
        lambda: learning.enrol(cohort_id=cohort_id, account_ids=[organiser.account_id], by=organiser),
        lambda: learning.extend(enrolment_id=enrolment, due_at=later, reason="x", by=organiser),
        lambda: learning.remind(cohort_id=cohort_id, enrolment_ids=[enrolment], text="x", by=organiser),
        lambda: change(cohort_id, organiser, title="Lain"),
        lambda: learning.appoint_facilitator(cohort_id=cohort_id, account_id=member.account_id, by=organiser),
    ]
    for act in refused:
        with pytest.raises(Conflict):
            act()


def test_finished_participant_keeps_everything_when_the_cohort_is_cancelled(
    cohort_id: UUID, enrolment: UUID, organiser: Actor, member: Actor
) -> None:
    story.complete(member, enrolment)
    learning.cancel_cohort(cohort_id=cohort_id, reason="Sisa peserta pindah", by=organiser)
    assert learning.study(enrolment, by=member).state is learning.EnrolmentState.FINISHED
    assert len(learning.studies_visible_to(member)) == 1
    assert learning.certificate(enrolment, by=member) is not None


def test_closed_cohort_cannot_be_cancelled_nor_grow(cohort_id: UUID, organiser: Actor) -> None:
    with clock.at(story.later(days=30)):
        with pytest.raises(Conflict):
            learning.cancel_cohort(cohort_id=cohort_id, reason="Terlambat", by=organiser)
        with pytest.raises(Conflict):
            learning.enrol(cohort_id=cohort_id, account_ids=[organiser.account_id], by=organiser)
    with pytest.raises(Invalid):
        learning.cancel_cohort(cohort_id=cohort_id, reason=" \n", by=organiser)


# Taking out


def test_taken_out_before_the_beginning_and_brought_back(
    cohort_id: UUID, enrolment: UUID, organiser: Actor, member: Actor
) -> None:
    for _twice in range(2):
        learning.take_out(enrolment_id=enrolment, reason="Salah unit", by=organiser)
    assert learning.participants(cohort_id, by=organiser) == []
    assert learning.cohort(cohort_id, by=organiser).enrolled == 0
    assert [one.reason for one in learning.taken_out(cohort_id, by=organiser)] == ["Salah unit"]
    assert (tasks(member), learning.studies_visible_to(member)) == ([], [])
    assert len(desk.notices_visible_to(member)) == 1
    assert len(acts("learning.taken_out")) == 1
    with pytest.raises(Conflict) as refusal:
        learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member)
    assert "Salah unit" in refusal.value.message
    assert learning.enrol(cohort_id=cohort_id, account_ids=[member.account_id], by=organiser).added == 1
    assert story.enrolment_of(member) == enrolment
    assert tasks(member) == ["Kerjakan Tes Awal"]


def test_nobody_is_taken_out_who_has_begun(enrolment: UUID, organiser: Actor, member: Actor) -> None:
    story.begin(member, enrolment, learning.PRE_TEST, right=1)
    with pytest.raises(Conflict):
        learning.take_out(enrolment_id=enrolment, reason="Salah unit", by=organiser)


# Reminding


def test_reminder_counts_those_it_reached_once_a_day(
    cohort_id: UUID, enrolment: UUID, organiser: Actor, member: Actor
) -> None:
    def send() -> learning.Reminded:
        return learning.remind(cohort_id=cohort_id, enrolment_ids=[enrolment], text="Ayo", by=organiser)

    assert send() == learning.Reminded(sent=1, already=0)
    assert send() == learning.Reminded(sent=0, already=1)
    assert [row.reminded_today for row in learning.participants(cohort_id, by=organiser)] == [True]
    assert acts("learning.reminded") == [{"count": 1}]
    with clock.at(story.later(days=1)):
        assert [row.reminded_today for row in learning.participants(cohort_id, by=organiser)] == [False]
        assert send() == learning.Reminded(sent=1, already=0)


# More time


def test_more_time_is_later_than_the_present_due_date_unless_it_corrects(
    enrolment: UUID, organiser: Actor, member: Actor
) -> None:
    far, near = story.later(days=60), story.later(days=40)
    with pytest.raises(Invalid) as refused:  # the closing day itself: there is nothing yet to be corrected
        learning.extend(
            enrolment_id=enrolment, due_at=Enrolment.objects.get(pk=enrolment).due_at, reason="Cuti", by=organiser
        )
    assert "centang" not in refused.value.message
    learning.extend(enrolment_id=enrolment, due_at=far, reason="Cuti", by=organiser)
    for due in (near, far):
        with pytest.raises(Invalid, match="centang “Membetulkan batas yang keliru”"):
            learning.extend(enrolment_id=enrolment, due_at=due, reason="Cuti", by=organiser)
    learning.extend(enrolment_id=enrolment, due_at=near, reason="Salah bulan", is_correction=True, by=organiser)
    cards, refusal = learning.extensions(enrolment, by=organiser)
    assert [(card.due_at, card.reason, card.given_by) for card in cards] == [
        (near, "Salah bulan", "Ratna Kusuma"),
        (far, "Cuti", "Ratna Kusuma"),
    ]
    assert refusal == ""
    assert len(desk.notices_visible_to(member)) == 2


def test_more_time_for_who_has_finished_is_refused(enrolment: UUID, organiser: Actor, member: Actor) -> None:
    story.complete(member, enrolment)
    assert learning.extensions(enrolment, by=organiser)[1]
    with pytest.raises(Conflict):
        learning.extend(enrolment_id=enrolment, due_at=story.later(days=60), reason="Cuti", by=organiser)
    assert not Decision.objects.exists()


def test_who_was_taken_out_is_given_no_attempt_and_nobody_is_told_to_remind_them(
    enrolment: UUID, organiser: Actor
) -> None:
    learning.take_out(enrolment_id=enrolment, reason="Pindah tugas", by=organiser)
    found = learning.attempts(enrolment, by=organiser)
    assert (found.refusal, found.next_step) == ("Peserta ini tidak lagi mengikuti angkatan.", "")
    with pytest.raises(Conflict):
        learning.allow_attempt(enrolment_id=enrolment, reason="Coba", by=organiser)


# Standing


def test_cohorts_are_listed_by_what_goes_on_in_them(organiser: Actor, cohort_id: UUID) -> None:
    made = [story.open_class(organiser, [], title=title) for title in ("Batal", "Berjalan")]
    Cohort.objects.filter(pk=made[0]).update(opens_at=story.later(days=-1))  # newer than the others
    learning.cancel_cohort(cohort_id=made[0], reason="Anggaran", by=organiser)
    listed = [card.title for card in learning.cohorts_visible_to(organiser)]
    assert listed.index("Batal") == len(listed) - 1


def test_passed_without_feedback_is_a_state_of_its_own_and_never_late(
    cohort_id: UUID, enrolment: UUID, organiser: Actor, member: Actor
) -> None:
    story.sit(member, enrolment, learning.PRE_TEST, right=8)
    story.read_all(member, enrolment)
    story.sit(member, enrolment, learning.POST_TEST, right=18)
    with clock.at(story.later(days=30)):
        (row,) = learning.participants(cohort_id, by=organiser)
    assert row.standing == "umpan-balik"


def test_not_begun_some_days_after_the_opening_needs_a_word(cohort_id: UUID, organiser: Actor) -> None:
    assert learning.participants(cohort_id, by=organiser)[0].standing == "belum-mulai"
    assert learning.needing_word(organiser) == []
    with clock.at(story.later(days=5)):
        (row,) = learning.participants(cohort_id, by=organiser)
        assert (row.standing, row.needs_word) == ("macet", True)
        assert row.counts_as("macet")
        assert row.counts_as("belum-mulai")
        assert not row.counts_as("lancar")
        assert [(card.id, n) for card, n in learning.needing_word(organiser)] == [(cohort_id, 1)]


# Facilitators


def test_facilitator_is_appointed_told_and_dismissed_by_the_organiser(
    cohort_id: UUID, organiser: Actor, make_account: Any, agency: Any
) -> None:
    chosen = make_account("Pengampu Baru", agency=agency)
    for _twice in range(2):
        learning.appoint_facilitator(cohort_id=cohort_id, account_id=chosen.id, by=organiser)
    card = learning.cohort(cohort_id, by=organiser)
    (held,) = learning.facilitators_of([card], by=organiser)[cohort_id]
    assert held.name == "Pengampu Baru"
    actor = accounts.actor_for(chosen)
    assert learning.may_remind(cohort_id, by=actor)
    assert [n.title for n in desk.notices_visible_to(actor)] == ["Anda mengampu Angkatan Uji"]
    for _twice in range(2):
        learning.dismiss_facilitator(cohort_id=cohort_id, grant_id=held.grant_id, by=organiser)
    assert learning.facilitators_of([card], by=organiser)[cohort_id] == []
    assert not learning.may_remind(cohort_id, by=accounts.actor_for(chosen))


def test_facilitator_from_another_agency_or_another_grant_is_not_found(
    cohort_id: UUID, organiser: Actor, other_agency: Any, make_account: Any, agency: Any
) -> None:
    stranger = make_account("Orang Lain", agency=other_agency)
    with pytest.raises(NotFound):
        learning.appoint_facilitator(cohort_id=cohort_id, account_id=stranger.id, by=organiser)
    auditor = make_account("Pemeriksa", agency=agency)
    grant = accounts.grant_role(account_id=auditor.id, role=Role.AUDITOR, by=None)
    with pytest.raises(NotFound):
        learning.dismiss_facilitator(cohort_id=cohort_id, grant_id=grant, by=organiser)


# Who may


@pytest.mark.parametrize(
    ("who", "error"),
    [("facilitator", NotAllowed), ("auditor", NotAllowed), ("employee", NotFound), ("stranger", NotFound)],
)
def test_planning_is_for_organisers_of_the_agency(
    who: str,
    error: type[TeladanError],
    cohort_id: UUID,
    enrolment: UUID,
    make_account: Any,
    agency: Any,
    other_agency: Any,
) -> None:
    account = make_account(who, agency=other_agency if who == "stranger" else agency)
    role = {"facilitator": Role.FACILITATOR, "auditor": Role.AUDITOR, "stranger": Role.ORGANISER}.get(who)
    if role is not None:
        scope = cohort_id if role is Role.FACILITATOR else None
        accounts.grant_role(account_id=account.id, role=role, scope_id=scope, by=None)
    by = accounts.actor_for(account)
    card = Cohort.objects.get(pk=cohort_id)
    for act in (
        lambda: learning.change_cohort(
            cohort_id=cohort_id, title="X", opens_at=card.opens_at, closes_at=card.closes_at, by=by
        ),
        lambda: learning.cancel_cohort(cohort_id=cohort_id, reason="x", by=by),
        lambda: learning.take_out(enrolment_id=enrolment, reason="x", by=by),
        lambda: learning.appoint_facilitator(cohort_id=cohort_id, account_id=account.id, by=by),
        lambda: learning.dismiss_facilitator(cohort_id=cohort_id, grant_id=enrolment, by=by),
    ):
        with pytest.raises(error):
            act()
    found = Enrolment.objects.get(pk=enrolment)
    assert found.state == learning.EnrolmentState.ACTIVE
    assert Cohort.objects.get(pk=cohort_id).cancelled_at is None
