"""From the first test to the certificate, through the verbs; and what must hold on the way."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from teladan.access.api import Actor
from teladan.desk import api as desk
from teladan.instruments import api as instruments
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotFound
from teladan.learning import api as learning
from teladan.learning.models import Enrolment
from teladan.learning.models import Progress as Row
from teladan.ledger import api as ledger
from teladan.lrs import api as lrs
from teladan.people.models import Person
from tests.learning import story

ZONE = "Asia/Makassar"


def open_tasks(actor: Actor) -> list[str]:
    return [task.title for task in desk.tasks_visible_to(actor, zone=ZONE)]


def test_whole_path_ends_with_certificate_and_hours(enrolment: UUID, member: Actor) -> None:
    assert open_tasks(member) == ["Kerjakan Tes Awal"]
    story.sit(member, enrolment, learning.PRE_TEST, right=8)
    assert open_tasks(member) == ["Lanjutkan Modul Interaktif BerAKHLAK"]
    story.read_all(member, enrolment)
    assert open_tasks(member) == ["Kerjakan Tes Akhir"]
    story.sit(member, enrolment, learning.POST_TEST, right=18)
    assert open_tasks(member) == ["Isi umpan balik"]
    assert learning.certificate(enrolment, by=member) is None
    story.answer_feedback(member, enrolment)
    assert open_tasks(member) == []
    study = learning.study(enrolment, by=member)
    certificate = learning.certificate(enrolment, by=member)
    assert study.stage is learning.Stage.DONE
    assert study.state is learning.EnrolmentState.FINISHED
    assert certificate is not None
    assert certificate.number.startswith("0001/SERT-BERAKHLAK/")
    hours = learning.credit_year(member)
    assert (hours.total, hours.lines[0].document_code) == (study.course.jp, certificate.code)
    assert hours.rule is not None
    assert (hours.rule.is_minimum, hours.missing) == (True, max(0, hours.rule.jp - study.course.jp))
    assert [n.title for n in desk.notices_visible_to(member)] == ["Sertifikat Anda terbit"]
    _card, pdf = learning.certificate_pdf(enrolment, by=member)
    assert pdf.startswith(b"%PDF-")


def test_hours_of_a_course_are_counted_once_a_year(enrolment: UUID, member: Actor, organiser: Actor) -> None:
    story.complete(member, enrolment)
    jp = story.course().jp
    with clock.at(story.later(days=1)):
        story.open_class(organiser, [member], title="Angkatan Ulang")
        again = next(s.enrolment_id for s in learning.studies_visible_to(member) if s.enrolment_id != enrolment)
        story.complete(member, again)
        hours = learning.credit_year(member)
    assert [line.jp for line in hours.lines] == [jp, 0]
    assert hours.total == jp
    assert hours.lines[1].basis == "Jam modul ini sudah dicatat tahun ini; dihitung sekali setahun."
    assert hours.lines[1].document_code != hours.lines[0].document_code
    with clock.at(story.later(days=400)):
        story.open_class(organiser, [member], title="Angkatan Tahun Depan")
        new = next(s for s in learning.studies_visible_to(member) if s.cohort_title == "Angkatan Tahun Depan")
        story.complete(member, new.enrolment_id)
        assert learning.credit_year(member).total == jp


def test_progress_equals_what_the_statements_tell_after_the_whole_path(enrolment: UUID, member: Actor) -> None:
    story.complete(member, enrolment)
    jobs.run_pending()
    kept = Row.objects.get(enrolment_id=enrolment)
    with transaction.atomic():
        learning.rebuild(enrolment)
    anew = Row.objects.get(enrolment_id=enrolment)
    assert (anew.state, anew.last_at) == (kept.state, kept.last_at)


def test_everything_done_twice_counts_once(enrolment: UUID, member: Actor, agency: Any) -> None:
    sitting = story.begin(member, enrolment, learning.PRE_TEST, right=8)
    assert learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member).id == sitting.id
    first = learning.finish_test(sitting_id=sitting.id, by=member)
    assert learning.finish_test(sitting_id=sitting.id, by=member) == first
    for _ in range(2):
        story.read_all(member, enrolment)
    story.sit(member, enrolment, learning.POST_TEST, right=18)
    for _ in range(2):
        story.answer_feedback(member, enrolment)
    jobs.run_pending()
    said = lrs.statements_of(enrolment, agency_id=agency.id)
    assert len(said) == len({s.id for s in said})
    assert len([s for s in said if s.verb_id == lrs.verbs.PASSED.iri]) == 1
    assert len(learning.credit_year(member).lines) == 1
    acts = [entry.act for entry in ledger.entries_of(f"enrolment:{enrolment}", agency_id=agency.id)]
    assert acts == ["learning.course_completed"]


def test_answers_reach_the_record_after_the_test(enrolment: UUID, member: Actor, agency: Any) -> None:
    story.sit(member, enrolment, learning.PRE_TEST, right=8)
    jobs.run_pending()
    said = lrs.statements_of(enrolment, agency_id=agency.id)
    answered = [s for s in said if s.verb_id == lrs.verbs.ANSWERED.iri]
    assert len(answered) == story.course().tests[learning.PRE_TEST].item_count
    assert sum(bool((s.result or {})["success"]) for s in answered) == 8
    assert [s.verb_id for s in said if "/tes/" in s.object_id] == [lrs.verbs.ATTEMPTED.iri, lrs.verbs.COMPLETED.iri]


def test_sitting_ended_by_the_clock_reaches_progress_through_the_outbox(enrolment: UUID, member: Actor) -> None:
    story.begin(member, enrolment, learning.PRE_TEST, right=5)
    with clock.at(story.later(minutes=45)):
        assert instruments.close_overdue() == 1
        assert learning.study(enrolment, by=member).stage is learning.Stage.PRE_TEST
        jobs.run_pending()
        study = learning.study(enrolment, by=member)
    best = study.progress.best(learning.PRE_TEST)
    assert study.stage is learning.Stage.CHAPTERS
    assert best is not None
    assert best.score == 5
    assert open_tasks(member) == ["Lanjutkan Modul Interaktif BerAKHLAK"]


def test_begin_after_the_clock_ended_it_records_the_result_at_once(enrolment: UUID, member: Actor) -> None:
    story.begin(member, enrolment, learning.PRE_TEST, right=5)
    with clock.at(story.later(minutes=45)):
        instruments.close_overdue()
        card = learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member)
        assert not card.is_open
        assert learning.study(enrolment, by=member).stage is learning.Stage.CHAPTERS


def test_late_statement_gives_the_same_progress_as_telling_it_anew(enrolment: UUID, member: Actor) -> None:
    story.begin(member, enrolment, learning.PRE_TEST, right=5)
    with clock.at(story.later(minutes=45)):
        instruments.close_overdue()
        learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member)
        story.read_all(member, enrolment, chapters=1)
        jobs.run_pending()
    kept = Row.objects.get(enrolment_id=enrolment)
    with transaction.atomic():
        learning.rebuild(enrolment)
    assert Row.objects.get(enrolment_id=enrolment).state == kept.state


@pytest.mark.parametrize(
    ("after", "test", "words"),
    [
        ("nothing", learning.POST_TEST, "setelah semua materi"),
        ("pre", learning.PRE_TEST, "sudah Anda selesaikan"),
        ("pre", learning.POST_TEST, "setelah semua materi"),
        ("all", learning.POST_TEST, "sudah lulus"),
        ("nothing", "tes-lain", "tidak ada"),
    ],
)
def test_test_out_of_turn_is_refused_with_its_reason(
    enrolment: UUID, member: Actor, after: str, test: str, words: str
) -> None:
    if after == "pre":
        story.sit(member, enrolment, learning.PRE_TEST, right=3)
    if after == "all":
        story.complete(member, enrolment)
    with pytest.raises((Conflict, NotFound), match=words):
        learning.begin_test(enrolment_id=enrolment, test=test, by=member)


def test_pages_are_closed_before_the_first_test(enrolment: UUID, member: Actor) -> None:
    chapter = story.course().chapters[0]
    with pytest.raises(Conflict, match="setelah Tes Awal"):
        learning.read_page(enrolment_id=enrolment, chapter=chapter.key, page=chapter.pages[0].slug, by=member)
    with pytest.raises(Conflict, match="setelah Tes Awal"):
        learning.reading(enrolment, chapter=chapter.key, page=chapter.pages[0].slug, by=member)


def test_attempts_run_out_and_a_facilitator_opens_one_more(enrolment: UUID, member: Actor, organiser: Actor) -> None:
    story.sit(member, enrolment, learning.PRE_TEST, right=3)
    story.read_all(member, enrolment)
    for _attempt in range(2):
        story.sit(member, enrolment, learning.POST_TEST, right=4)
    assert learning.study(enrolment, by=member).stage is learning.Stage.NOT_PASSED
    with pytest.raises(Conflict, match="sudah terpakai"):
        learning.begin_test(enrolment_id=enrolment, test=learning.POST_TEST, by=member)
    with pytest.raises(Invalid):
        learning.allow_attempt(enrolment_id=enrolment, reason=" ", by=organiser)
    with pytest.raises(NotFound):
        learning.allow_attempt(enrolment_id=enrolment, reason="Sakit saat tes", by=member)
    learning.allow_attempt(enrolment_id=enrolment, reason="Listrik padam saat tes kedua", by=organiser)
    assert open_tasks(member) == ["Kerjakan Tes Akhir"]
    assert "Listrik padam" in desk.notices_visible_to(member)[0].text
    story.sit(member, enrolment, learning.POST_TEST, right=18)
    assert learning.study(enrolment, by=member).stage is learning.Stage.FEEDBACK
    best = learning.own_results(enrolment, by=member).post
    assert best is not None
    assert best.attempt == 3


def use_up(member: Actor, enrolment: UUID) -> None:
    story.sit(member, enrolment, learning.PRE_TEST, right=3)
    story.read_all(member, enrolment)
    for _attempt in range(2):
        story.sit(member, enrolment, learning.POST_TEST, right=4)


def test_attempt_that_was_allowed_is_told_with_its_giver_and_reason(
    enrolment: UUID, member: Actor, organiser: Actor
) -> None:
    use_up(member, enrolment)
    before = learning.attempts(enrolment, by=organiser)
    assert (before.used, before.total, before.may_grow, before.extra) == (2, 2, True, ())
    learning.allow_attempt(enrolment_id=enrolment, reason=" Listrik  padam ", by=organiser)
    after = learning.attempts(enrolment, by=organiser)
    assert (after.used, after.total, after.may_grow) == (2, 3, False)
    [extra] = after.extra
    assert (extra.number, extra.reason, extra.given_by) == (1, "Listrik padam", "Ratna Kusuma")
    with pytest.raises(NotFound):
        learning.attempts(enrolment, by=member)


@pytest.mark.parametrize(
    ("after", "words", "next_step"),
    [
        ("nothing", "belum sampai pada Tes Akhir", "menyelesaikan materinya"),
        ("chapters", "masih mempunyai 2 kesempatan", "Ingatkan peserta"),
        ("all", "sudah lulus", "tidak diperlukan lagi"),
    ],
)
def test_attempt_that_is_not_needed_is_refused_with_what_to_do(
    enrolment: UUID, member: Actor, organiser: Actor, after: str, words: str, next_step: str
) -> None:
    if after == "chapters":
        story.sit(member, enrolment, learning.PRE_TEST, right=3)
        story.read_all(member, enrolment)
    if after == "all":
        story.complete(member, enrolment)
    with pytest.raises(Conflict, match=words) as refusal:
        learning.allow_attempt(enrolment_id=enrolment, reason="Minta lagi", by=organiser)
    assert next_step in refusal.value.next_step
    assert learning.attempts(enrolment, by=organiser).refusal == refusal.value.message


def test_test_after_the_due_date_is_refused_until_extended(enrolment: UUID, member: Actor, organiser: Actor) -> None:
    due = Enrolment.objects.get(pk=enrolment).due_at
    with clock.at(due + timedelta(days=1)):
        with pytest.raises(Conflict, match="sudah lewat"):
            learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member)
        learning.extend(enrolment_id=enrolment, due_at=due + timedelta(days=9), reason="Cuti melahirkan", by=organiser)
        assert learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member).is_open


def test_test_begun_before_the_due_date_can_be_gone_on_with(enrolment: UUID, member: Actor) -> None:
    due = Enrolment.objects.get(pk=enrolment).due_at
    with clock.at(due - timedelta(minutes=5)):
        begun = learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member)
    with clock.at(due + timedelta(minutes=5)):
        assert learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=member).id == begun.id


def test_nobody_else_reaches_an_enrolment(enrolment: UUID, actor: Actor, make_actor: Any, other_agency: Any) -> None:
    from teladan.accounts.api import agency_scope

    stranger = make_actor(agency=other_agency)
    for by in (actor, stranger):
        with agency_scope(by.agency_id):
            for read in (learning.study, learning.certificate, learning.own_results, learning.certificate_pdf):
                with pytest.raises(NotFound):
                    read(enrolment, by=by)
            with pytest.raises(NotFound):
                learning.begin_test(enrolment_id=enrolment, test=learning.PRE_TEST, by=by)
            with pytest.raises(NotFound):
                learning.write(enrolment_id=enrolment, key="bp-refleksi-1", text="halo", by=by)
            assert learning.studies_visible_to(by) == []
            assert learning.writings(enrolment, keys=["bp-refleksi-1"], by=by) == {}


def test_pppk_hours_have_a_maximum_and_others_no_rule(make_person: Any, agency: Any, actor: Actor) -> None:
    from teladan.accounts.api import actor_for

    pppk: Person = make_person("Budi Ngau", agency=agency, kind="PPPK", nip="199001012022211001")
    rule = learning.credit_year(actor_for(pppk.account)).rule
    assert rule is not None
    assert (rule.is_minimum, rule.jp) == (False, 24)
    assert learning.credit_year(actor).rule is None
