"""Places and the line for them, moving, coming late and back, rules that enrol."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.learning import api as learning
from teladan.learning.domain import rule as rules
from teladan.learning.models import Enrolment, EnrolmentRule, Waiting
from teladan.learning.tasks import enrol_newcomers
from teladan.ledger.models import Entry
from teladan.people import api as people
from tests.learning import story

MakePerson = Callable[..., Any]


@pytest.fixture
def crowd(make_person: MakePerson, agency: Any) -> list[Actor]:
    """Five people of one puskesmas."""
    return [accounts.actor_for(make_person(f"Orang {n}", agency=agency, unit="pkm").account) for n in range(5)]


@pytest.fixture
def small(organiser: Actor, crowd: list[Actor]) -> UUID:
    """A cohort of two places: two have them, three wait."""
    cohort_id = story.open_class(organiser, [])
    learning.set_capacity(cohort_id=cohort_id, places=2, by=organiser)
    joined = learning.enrol(cohort_id=cohort_id, account_ids=[one.account_id for one in crowd], by=organiser)
    assert (joined.added, joined.waiting) == (2, 3)
    return cohort_id


def line(cohort_id: UUID, by: Actor) -> list[str]:
    return [one.name for one in learning.waiting_in(cohort_id, by=by)]


def acts(name: str) -> list[dict[str, Any]]:
    return [json.loads(entry.data) for entry in Entry.objects.filter(act=name)]


def notices(actor: Actor) -> list[str]:
    return [notice.title for notice in desk.notices_visible_to(actor)]


# Places and the line


def test_who_finds_a_cohort_full_waits_in_order_and_reads_their_place(
    small: UUID, organiser: Actor, crowd: list[Actor]
) -> None:
    assert line(small, organiser) == ["Orang 2", "Orang 3", "Orang 4"]
    (mine,) = learning.waiting_visible_to(crowd[3])
    assert (mine.place, mine.total, mine.reason) == (2, 3, "")
    assert notices(crowd[3]) == ["Anda menunggu tempat di Angkatan Uji"]
    assert learning.waiting_visible_to(crowd[0]) == []
    again = learning.enrol(cohort_id=small, account_ids=[crowd[3].account_id], by=organiser)
    assert (again.added, again.waiting) == (0, 0)


def test_a_place_that_frees_goes_to_the_first_in_line(small: UUID, organiser: Actor, crowd: list[Actor]) -> None:
    learning.take_out(enrolment_id=story.enrolment_of(crowd[0]), reason="Cuti besar", by=organiser)
    assert line(small, organiser) == ["Orang 3", "Orang 4"]
    assert story.enrolment_of(crowd[2])
    assert "Anda mendapat tempat di Angkatan Uji" in notices(crowd[2])
    assert len(acts("learning.place_filled")) == 1


def test_who_left_the_agency_is_passed_over_in_line(small: UUID, organiser: Actor, crowd: list[Actor]) -> None:
    accounts.close_accounts(agency_id=organiser.agency_id, account_ids=[crowd[2].account_id], by=None)
    learning.take_out(enrolment_id=story.enrolment_of(crowd[0]), reason="Cuti besar", by=organiser)
    assert story.enrolment_of(crowd[3])
    assert line(small, organiser) == ["Orang 4"]


def test_more_places_take_in_as_many_of_the_line_and_no_limit_all(small: UUID, organiser: Actor) -> None:
    assert learning.set_capacity(cohort_id=small, places=3, by=organiser) == 1
    assert line(small, organiser) == ["Orang 3", "Orang 4"]
    assert learning.set_capacity(cohort_id=small, places=None, by=organiser) == 2
    assert line(small, organiser) == []
    assert acts("learning.capacity_set")[-1]["moved_up"] == 2


@pytest.mark.parametrize("places", [0, 1, 100_001])
def test_fewer_places_than_people_or_absurdly_many_are_refused(small: UUID, organiser: Actor, places: int) -> None:
    with pytest.raises(Invalid) as refusal:
        learning.set_capacity(cohort_id=small, places=places, by=organiser)
    assert refusal.value.field == "capacity"


def test_another_order_needs_a_reason_that_the_person_reads(small: UUID, organiser: Actor, crowd: list[Actor]) -> None:
    last = learning.waiting_in(small, by=organiser)[-1]
    with pytest.raises(Invalid):
        learning.reorder_waiting(waiting_id=last.id, place=1, reason=" ", by=organiser)
    learning.reorder_waiting(waiting_id=last.id, place=1, reason="Segera bertugas", by=organiser)
    assert line(small, organiser) == ["Orang 4", "Orang 2", "Orang 3"]
    (mine,) = learning.waiting_visible_to(crowd[4])
    assert (mine.place, mine.reason) == (1, "Segera bertugas")
    learning.reorder_waiting(waiting_id=last.id, place=99, reason="Keliru", by=organiser)
    assert line(small, organiser) == ["Orang 2", "Orang 3", "Orang 4"]


def test_who_leaves_the_line_is_told_and_asked_again_is_not_there(
    small: UUID, organiser: Actor, crowd: list[Actor]
) -> None:
    first = learning.waiting_in(small, by=organiser)[0]
    learning.end_waiting(waiting_id=first.id, reason="Sudah bersertifikat", by=organiser)
    assert any("tidak lagi menunggu" in title for title in notices(crowd[2]))
    with pytest.raises(NotFound):
        learning.end_waiting(waiting_id=first.id, reason="x", by=organiser)


def test_only_an_organiser_touches_places_and_line(small: UUID, organiser: Actor, crowd: list[Actor]) -> None:
    first = learning.waiting_in(small, by=organiser)[0]
    for attempt in (
        lambda: learning.set_capacity(cohort_id=small, places=9, by=crowd[0]),
        lambda: learning.reorder_waiting(waiting_id=first.id, place=1, reason="x", by=crowd[0]),
        lambda: learning.end_waiting(waiting_id=first.id, reason="x", by=crowd[0]),
    ):
        with pytest.raises((NotFound, NotAllowed)):
            attempt()
    assert learning.waiting_in(small, by=crowd[0]) == []


def test_a_cancelled_cohort_keeps_nobody_waiting(small: UUID, organiser: Actor, crowd: list[Actor]) -> None:
    learning.cancel_cohort(cohort_id=small, reason="Anggaran", by=organiser)
    assert not Waiting.objects.exists()
    assert any("Angkatan dibatalkan" in title for title in notices(crowd[4]))


# Late, moved, gone and back


def test_who_comes_late_may_have_their_own_date_with_its_reason(organiser: Actor, crowd: list[Actor]) -> None:
    cohort_id = story.open_class(organiser, [])
    due = story.later(days=45)
    with pytest.raises(Invalid):
        learning.enrol(cohort_id=cohort_id, account_ids=[crowd[0].account_id], due_at=due, by=organiser)
    learning.enrol(
        cohort_id=cohort_id, account_ids=[crowd[0].account_id], due_at=due, reason="Baru diangkat", by=organiser
    )
    (study,) = learning.studies_visible_to(crowd[0])
    assert (study.due_at, study.due_reason) == (due, "Baru diangkat")
    (told,) = learning.history(study.enrolment_id, by=organiser)
    assert (told.kind, told.reason, told.made_by) == (learning.DecisionKind.LATE, "Baru diangkat", "Ratna Kusuma")
    with pytest.raises(Invalid):  # never before the others
        learning.enrol(
            cohort_id=cohort_id,
            account_ids=[crowd[1].account_id],
            due_at=story.later(days=1),
            reason="x",
            by=organiser,
        )


def test_moving_keeps_progress_and_frees_the_place(small: UUID, organiser: Actor, crowd: list[Actor]) -> None:
    enrolment = story.enrolment_of(crowd[0])
    story.sit(crowd[0], enrolment, learning.PRE_TEST, right=3)
    story.read_all(crowd[0], enrolment, chapters=1)
    (before,) = learning.studies_visible_to(crowd[0])
    other = story.open_class(organiser, [], days=60, title="Angkatan Lain")
    learning.move(enrolment_id=enrolment, to=other, reason="Jadwal dinas", by=organiser)
    learning.move(enrolment_id=enrolment, to=other, reason="Jadwal dinas", by=organiser)
    (after,) = learning.studies_visible_to(crowd[0])
    assert (after.enrolment_id, after.progress, after.stage) == (enrolment, before.progress, before.stage)
    assert (after.cohort_id, after.due_at) == (other, learning.cohort(other, by=organiser).closes_at)
    assert [(one.before, one.after) for one in learning.history(enrolment, by=organiser)] == [
        ("Angkatan Uji", "Angkatan Lain")
    ]
    assert line(small, organiser) == ["Orang 3", "Orang 4"]
    assert len(acts("learning.moved")) == 1


def test_moving_where_there_is_no_place_or_who_has_been_there_is_refused(
    small: UUID, organiser: Actor, crowd: list[Actor]
) -> None:
    outside = story.open_class(organiser, [crowd[4]], title="Angkatan Lain")
    there = story.enrolment_of(crowd[4])
    with pytest.raises(Conflict, match="penuh"):
        learning.move(enrolment_id=there, to=small, reason="x", by=organiser)
    learning.set_capacity(cohort_id=outside, places=None, by=organiser)
    learning.enrol(cohort_id=outside, account_ids=[crowd[0].account_id], by=organiser)
    mine = Enrolment.objects.get(cohort_id=small, account_id=crowd[0].account_id).pk
    with pytest.raises(Conflict, match="pernah terdaftar"):
        learning.move(enrolment_id=mine, to=outside, reason="x", by=organiser)


def test_who_leaves_the_agency_and_comes_back_in_another_unit_goes_on_where_they_were(
    organiser: Actor, make_person: MakePerson, agency: Any
) -> None:
    person = make_person("Wayan Sudarma", agency=agency, unit="pkm")
    member = accounts.actor_for(person.account)
    story.open_class(organiser, [member])
    enrolment = story.enrolment_of(member)
    story.sit(member, enrolment, learning.PRE_TEST, right=3)
    (before,) = learning.studies_visible_to(member)
    people.leave(person_id=person.id, by=None)
    person.refresh_from_db()
    person.left_on = None
    person.save()
    accounts.reopen_accounts(agency_id=agency.id, account_ids=[person.account_id], by=None)
    (after,) = learning.studies_visible_to(member)
    assert (after.enrolment_id, after.progress, after.state) == (enrolment, before.progress, before.state)


def test_who_was_taken_out_and_comes_back_is_in_the_history(organiser: Actor, crowd: list[Actor]) -> None:
    cohort_id = story.open_class(organiser, crowd[:1])
    enrolment = story.enrolment_of(crowd[0])
    learning.take_out(enrolment_id=enrolment, reason="Cuti", by=organiser)
    assert learning.enrol(cohort_id=cohort_id, account_ids=[crowd[0].account_id], by=organiser).added == 1
    assert [one.kind.value for one in learning.history(enrolment, by=organiser)] == ["kembali", "keluar"]


# Rules


def conditions(**told: Any) -> learning.Conditions:
    return learning.Conditions(**told)


def test_a_rule_tells_whom_it_means_before_it_enrols_them_once(
    organiser: Actor, crowd: list[Actor], make_person: MakePerson, agency: Any
) -> None:
    make_person("Orang Dinas", agency=agency, unit="dinkes")
    unit = next(unit.id for unit in people.units_visible_to(organiser) if unit.code == "pkm")
    cohort_id = story.open_class(organiser, crowd[:1])
    mine = conditions(unit_id=unit)
    match = learning.preview_rule(cohort_id=cohort_id, conditions=mine, by=organiser)
    assert (list(match.new), match.here) == ([one.account_id for one in crowd[1:]], 1)
    assert Enrolment.objects.filter(cohort_id=cohort_id).count() == 1
    learning.add_rule(cohort_id=cohort_id, conditions=mine, is_standing=False, by=organiser)
    jobs.run_pending(raise_errors=True)
    assert Enrolment.objects.filter(cohort_id=cohort_id).count() == 5
    assert learning.rules_in(cohort_id, by=organiser) == []
    assert acts("learning.rule_applied") == [{"rule": str(EnrolmentRule.objects.get().pk), "added": 4, "waiting": 0}]
    assert "Kelas baru: Angkatan Uji" in notices(crowd[1])


def test_a_standing_rule_enrols_newcomers_by_night_until_it_is_ended(
    organiser: Actor, crowd: list[Actor], make_person: MakePerson, agency: Any
) -> None:
    cohort_id = story.open_class(organiser, [])
    rule_id = learning.add_rule(
        cohort_id=cohort_id, conditions=conditions(uncertified=True), is_standing=True, by=organiser
    )
    jobs.run_pending(raise_errors=True)
    assert Enrolment.objects.filter(cohort_id=cohort_id).count() == 5
    new = make_person("Pegawai Baru", agency=agency, unit="pkm")
    for _night in range(2):
        enrol_newcomers()
        jobs.run_pending(raise_errors=True)
    assert Enrolment.objects.filter(cohort_id=cohort_id, account_id=new.account_id).exists()
    assert learning.rules_in(cohort_id, by=organiser)[0].added == 6
    assert notices(organiser).count("Aturan mendaftarkan peserta: Angkatan Uji") == 2
    for _twice in range(2):
        learning.end_rule(rule_id=rule_id, by=organiser)
    make_person("Terlambat", agency=agency, unit="pkm")
    enrol_newcomers()
    jobs.run_pending(raise_errors=True)
    assert Enrolment.objects.filter(cohort_id=cohort_id).count() == 6
    assert len(acts("learning.rule_ended")) == 1


def test_a_rule_passes_over_who_was_taken_out_and_who_studies_elsewhere(organiser: Actor, crowd: list[Actor]) -> None:
    cohort_id = story.open_class(organiser, crowd[:1])
    learning.take_out(enrolment_id=story.enrolment_of(crowd[0]), reason="Cuti", by=organiser)
    story.open_class(organiser, crowd[1:2], title="Lain")
    match = learning.preview_rule(cohort_id=cohort_id, conditions=conditions(uncertified=True), by=organiser)
    assert (list(match.new), match.here, match.elsewhere) == ([one.account_id for one in crowd[2:]], 1, 1)


def test_a_rule_for_those_who_began_lately_leaves_out_who_was_here_before(organiser: Actor, crowd: list[Actor]) -> None:
    cohort_id = story.open_class(organiser, [])
    since = {
        days: learning.preview_rule(cohort_id=cohort_id, conditions=conditions(within_days=days), by=organiser).new
        for days in (1, learning.LONGEST_SINCE)
    }
    assert (len(since[1]), len(since[learning.LONGEST_SINCE])) in {(0, 5), (5, 5)}  # by when the fixture appointed them
    with clock.at(clock.now() + timedelta(days=3)):
        later = learning.preview_rule(cohort_id=cohort_id, conditions=conditions(within_days=1), by=organiser)
    assert later.new == ()


def test_a_rule_goes_through_many_in_chunks_and_fills_the_line(
    organiser: Actor, crowd: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "CHUNK", 2)
    cohort_id = story.open_class(organiser, [])
    learning.set_capacity(cohort_id=cohort_id, places=3, by=organiser)
    learning.add_rule(cohort_id=cohort_id, conditions=conditions(uncertified=True), is_standing=False, by=organiser)
    jobs.run_pending(raise_errors=True)
    assert Enrolment.objects.filter(cohort_id=cohort_id).count() == 3
    assert len(line(cohort_id, organiser)) == 2
    assert [(done["added"], done["waiting"]) for done in acts("learning.rule_applied")] == [(2, 0), (1, 1), (0, 1)]


def test_a_rule_without_conditions_or_by_others_is_refused(organiser: Actor, crowd: list[Actor]) -> None:
    cohort_id = story.open_class(organiser, [])
    with pytest.raises(Invalid):
        learning.preview_rule(cohort_id=cohort_id, conditions=conditions(), by=organiser)
    with pytest.raises((NotFound, NotAllowed)):
        learning.add_rule(cohort_id=cohort_id, conditions=conditions(uncertified=True), is_standing=True, by=crowd[0])
