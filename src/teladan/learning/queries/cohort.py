"""A facilitator's view of a cohort: who is where, who is stuck, what the tests say, one participant's path."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.kernel.errors import NotFound
from teladan.learning.data import CohortCard, ParticipantRow
from teladan.learning.domain.record import stage_of
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import POST_TEST, PRE_TEST, CohortState, EnrolmentState, Stage
from teladan.learning.models import Cohort, Enrolment, Feedback
from teladan.learning.permissions import TABLE
from teladan.learning.progress import Progress
from teladan.learning.queries.course import place
from teladan.learning.queries.path import PathDay, told
from teladan.lrs import api as lrs
from teladan.people import api as people
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course

STUCK_AFTER = timedelta(days=3)  # our own choice of when a facilitator should look; no rule of law


def cohort_state(opens_at: datetime, closes_at: datetime) -> CohortState:
    now = clock.now()
    if now < opens_at:
        return CohortState.PLANNED
    return CohortState.RUNNING if now <= closes_at else CohortState.CLOSED


def _card(cohort: Cohort, enrolled: int, finished: int) -> CohortCard:
    return CohortCard(
        id=cohort.pk,
        agency_id=cohort.agency_id,
        course_key=cohort.course_key,
        course_title=rulebook().course(cohort.course_key).title,
        title=cohort.title,
        opens_at=cohort.opens_at,
        closes_at=cohort.closes_at,
        state=cohort_state(cohort.opens_at, cohort.closes_at),
        is_sample=cohort.is_sample,
        enrolled=enrolled,
        finished=finished,
    )


def cohorts_visible_to(actor: Actor | None) -> list[CohortCard]:
    """Cohorts the actor watches, the newest first."""
    seen = list(TABLE.visible(actor, "learning.see_cohort", Cohort.objects.all(), Q).order_by("-opens_at")[:200])
    states: dict[UUID, Counter[str]] = {c.pk: Counter() for c in seen}
    counted = Enrolment.objects.filter(cohort__in=states).values_list("cohort_id", "state").annotate(n=Count("pk"))
    for cohort_id, state, n in counted:
        states[cohort_id][state] = n
    return [_card(c, states[c.pk].total(), states[c.pk][EnrolmentState.FINISHED]) for c in seen]


def cohort(cohort_id: UUID, *, by: Actor) -> CohortCard:
    """One cohort the actor watches; NotFound otherwise."""
    found = Cohort.objects.filter(pk=cohort_id).first()
    if found is None or not TABLE.can(by, "learning.see_cohort", found):
        raise NotFound(_("Angkatan ini tidak ada pada daftar Anda."))
    states = Counter(Enrolment.objects.filter(cohort=found).values_list("state", flat=True))
    return _card(found, sum(states.values()), states[EnrolmentState.FINISHED])


def standing(progress: Progress, *, stage: Stage, due_at: datetime, now: datetime) -> tuple[str, str]:
    """How somebody is doing, and why we say so."""
    if stage is Stage.DONE:
        return "selesai", _("Semua bagian selesai.")
    if due_at < now:
        return "lewat", _("Batas waktu sudah lewat dan modul belum selesai.")
    if progress.last_at is None:
        return "belum-mulai", _("Belum membuka apa pun.")
    if stage is Stage.NOT_PASSED:
        return "macet", _("Kesempatan Tes Akhir sudah terpakai.")
    if now - progress.last_at >= STUCK_AFTER:
        return "macet", _("Tidak ada kegiatan selama %(days)d hari.") % {"days": (now - progress.last_at).days}
    return "lancar", _("Ada kegiatan dalam tiga hari terakhir.")


def _where(stage: Stage, progress: Progress, course: Course) -> str:
    if stage is Stage.CHAPTERS and (at := place(course, progress)):
        return _("%(chapter)s, halaman %(n)d dari %(total)d") % {
            "chapter": at.chapter.title,
            "n": at.page.number,
            "total": len(at.chapter.pages),
        }
    return {
        Stage.PRE_TEST: _("Tes Awal"),
        Stage.CHAPTERS: _("Materi"),
        Stage.POST_TEST: _("Tes Akhir"),
        Stage.FEEDBACK: _("Umpan balik"),
        Stage.DONE: _("Selesai"),
        Stage.NOT_PASSED: _("Tes Akhir belum lulus"),
    }[stage]


def may_remind(cohort_id: UUID, *, by: Actor) -> bool:
    """May the actor write to this cohort's participants (and extend their time)?"""
    found = Cohort.objects.filter(pk=cohort_id).first()
    return found is not None and TABLE.can(by, "learning.remind", found)


def may_organise(actor: Actor | None) -> bool:
    """May the actor open cohorts and enrol?"""
    return TABLE.can(actor, "learning.organise")


def participants(cohort_id: UUID, *, by: Actor) -> list[ParticipantRow]:
    """Everybody of a cohort, those who need a look first."""
    card = cohort(cohort_id, by=by)
    found = list(Enrolment.objects.filter(cohort_id=card.id).select_related("cohort", "progress"))
    ids = [e.account_id for e in found]
    names = {a: found.name for a, found in accounts.account_cards(ids).items() if found.agency_id == by.agency_id}
    cards = people.cards_of(ids)
    course, now = rulebook().course(card.course_key), clock.now()
    rows = [_row(e, names.get(e.account_id, ""), cards.get(e.account_id), course, now) for e in found]
    order = {"macet": 0, "lewat": 1, "belum-mulai": 2, "lancar": 3, "selesai": 4}
    return sorted(rows, key=lambda r: (order[r.standing], r.name))


def _row(
    enrolment: Enrolment, name: str, person: people.PersonCard | None, course: Course, now: datetime
) -> ParticipantRow:
    progress = progress_of(enrolment)
    stage = stage_of(enrolment, progress)
    how, why = standing(progress, stage=stage, due_at=enrolment.due_at, now=now)
    pre, post = progress.best(PRE_TEST), progress.best(POST_TEST)
    opened = [c for c in course.chapters if c.pages]
    return ParticipantRow(
        enrolment_id=enrolment.pk,
        cohort_id=enrolment.cohort_id,
        account_id=enrolment.account_id,
        name=name,
        unit=person.unit_name if person else "",
        position=person.position if person else "",
        stage=stage,
        where=_where(stage, progress, course),
        pages_done=sum(progress.pages_done(c.key) for c in opened),
        pages_total=sum(len(c.pages) for c in opened),
        pre=pre.percent if pre else None,
        post=post.percent if post else None,
        last_at=progress.last_at,
        due_at=enrolment.due_at,
        standing=how,
        standing_why=why,
    )


@dataclass(frozen=True, kw_only=True)
class ChapterResult:
    """How far a cohort is with one chapter."""

    title: str
    value: str | None
    n: int
    begun: int
    done: int


@dataclass(frozen=True, kw_only=True)
class CohortResults:
    """Results of a cohort: chapters, both tests, class gain, items, feedback."""

    chapters: tuple[ChapterResult, ...]
    pre: tuple[int, ...]
    post: tuple[int, ...]
    gain: instruments.ClassGain
    items: dict[str, list[instruments.ItemResult]]
    feedback_n: int
    feedback: dict[str, tuple[int, ...]]  # question -> how many gave 1..5; empty below the threshold
    min_n: int


def results(cohort_id: UUID, *, by: Actor) -> CohortResults:
    """What tests, chapters and feedback say about a cohort; figures below the threshold are left out."""
    card = cohort(cohort_id, by=by)
    course = rulebook().course(card.course_key)
    found = list(Enrolment.objects.filter(cohort_id=card.id).select_related("cohort", "progress"))
    states = [progress_of(e) for e in found]
    min_n = _threshold()
    pairs = [(a.percent, b.percent) for p in states if (a := p.best(PRE_TEST)) and (b := p.best(POST_TEST))]
    contexts = [e.pk for e in found]
    answers = list(Feedback.objects.filter(enrolment__cohort_id=card.id).values_list("answers", flat=True))
    return CohortResults(
        chapters=tuple(
            ChapterResult(
                title=c.title,
                value=c.value,
                n=len(found),
                begun=sum(1 for p in states if p.pages_done(c.key)),
                done=sum(1 for p in states if c.key in p.chapters_done),
            )
            for c in course.chapters
            if c.pages
        ),
        pre=tuple(t.percent for p in states if (t := p.best(PRE_TEST))),
        post=tuple(t.percent for p in states if (t := p.best(POST_TEST))),
        gain=instruments.class_gain([a for a, _b in pairs], [b for _a, b in pairs], min_n),
        items={key: instruments.item_results(contexts, key, min_n) for key in (PRE_TEST, POST_TEST)},
        min_n=min_n,
        feedback_n=len(answers),
        feedback=_spread(answers, course) if len(answers) >= min_n else {},
    )


def _threshold() -> int:
    """The smallest group whose figures are shown."""
    value = rulebook().value_at("teladan.penerbitan.kelompok-minimum", clock.now().date()).value
    if not isinstance(value, int):
        raise TypeError("the smallest group to publish must be a whole number")
    return value


def _spread(answers: Sequence[Mapping[str, object]], course: Course) -> dict[str, tuple[int, ...]]:
    """For each five-point question how many gave 1 to 5."""
    counts: dict[str, tuple[int, ...]] = {}
    for item in course.feedback:
        if item.kind == "skala5":
            given = Counter(a.get(item.key) for a in answers)
            counts[item.key] = tuple(given[n] for n in range(1, 6))
    return counts


def participant(enrolment_id: UUID, *, by: Actor) -> tuple[ParticipantRow, list[PathDay]]:
    """One participant's row and path, told from their statements. What they wrote is not in it."""
    enrolment = Enrolment.objects.select_related("cohort", "progress").filter(pk=enrolment_id).first()
    if enrolment is None or not TABLE.can(by, "learning.watch", enrolment):
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    account = accounts.account_card(enrolment.account_id)
    person = people.person_of(enrolment.account_id)
    course = rulebook().course(enrolment.cohort.course_key)
    row = _row(enrolment, account.name if account else "", person, course, clock.now())
    said = lrs.statements_of(enrolment.pk, agency_id=enrolment.agency_id)
    return row, told(said, course)
