"""A facilitator's view of a cohort: who is where, who is stuck, one participant's path."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel import clock
from teladan.kernel.errors import NotFound
from teladan.learning.data import CohortCard, CohortName, ParticipantRow, TakenOut
from teladan.learning.domain.record import stage_of
from teladan.learning.domain.reminder import is_reminded_today
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import POST_TEST, PRE_TEST, CohortState, EnrolmentState, Stage
from teladan.learning.models import Cohort, Enrolment
from teladan.learning.permissions import TABLE
from teladan.learning.progress import Progress
from teladan.learning.queries.course import pace_of, place
from teladan.learning.queries.path import PathDay, told
from teladan.lrs import api as lrs
from teladan.people import api as people
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course

STUCK_AFTER = timedelta(days=3)  # our own choice of when a facilitator should look; no rule of law
STATES = (CohortState.RUNNING, CohortState.PLANNED, CohortState.CLOSED, CohortState.CANCELLED)  # the order of lists
STANDINGS = {  # in the order in which a facilitator should look
    "macet": gettext_lazy("Perlu disapa"),
    "lewat": gettext_lazy("Lewat tenggat"),
    "umpan-balik": gettext_lazy("Tinggal umpan balik"),
    "belum-mulai": gettext_lazy("Belum mulai"),
    "lancar": gettext_lazy("Berjalan"),
    "selesai": gettext_lazy("Selesai"),
    "berhenti": gettext_lazy("Dihentikan"),
}


def cohort_state(cohort: Cohort) -> CohortState:
    if cohort.cancelled_at is not None:
        return CohortState.CANCELLED
    now = clock.now()
    if now < cohort.opens_at:
        return CohortState.PLANNED
    return CohortState.RUNNING if now <= cohort.closes_at else CohortState.CLOSED


def _card(cohort: Cohort, states: Counter[str], by: Actor | None) -> CohortCard:
    """The card of a cohort with its enrolments counted by state. In a cancelled one everybody stays counted, and nobody
    is written to."""
    state = cohort_state(cohort)
    gone = 0 if state is CohortState.CANCELLED else states[EnrolmentState.WITHDRAWN]
    return CohortCard(
        id=cohort.pk,
        agency_id=cohort.agency_id,
        course_key=cohort.course_key,
        course_version=cohort.course_version,
        course_title=rulebook().course(cohort.course_key, cohort.course_version).title,
        title=cohort.title,
        opens_at=cohort.opens_at,
        closes_at=cohort.closes_at,
        state=state,
        is_sample=cohort.is_sample,
        enrolled=states.total() - gone,
        finished=states[EnrolmentState.FINISHED],
        attempts=cohort.attempts,
        capacity=cohort.capacity,
        cancel_reason=cohort.cancel_reason,
        may_remind=state is not CohortState.CANCELLED and TABLE.can(by, "learning.remind", cohort),
    )


def cohorts_visible_to(actor: Actor | None) -> list[CohortCard]:
    """Cohorts the actor watches: the running ones first, then those to come, closed and cancelled; of each the newest
    first."""
    seen = list(TABLE.visible(actor, "learning.see_cohort", Cohort.objects.all(), Q).order_by("-opens_at")[:200])
    states: dict[UUID, Counter[str]] = {c.pk: Counter() for c in seen}
    counted = Enrolment.objects.filter(cohort__in=states).values_list("cohort_id", "state").annotate(n=Count("pk"))
    for cohort_id, state, n in counted:
        states[cohort_id][state] = n
    return sorted((_card(c, states[c.pk], actor) for c in seen), key=lambda card: STATES.index(card.state))


def cohort_names(actor: Actor | None) -> list[CohortName]:
    """Name and dates of the agency's cohorts, the newest first, also for those who may not look into them."""
    found = TABLE.visible(actor, "learning.name_cohort", Cohort.objects.all(), Q).order_by("-opens_at")
    return [
        CohortName(
            id=c.pk, title=c.title, opens_at=c.opens_at, closes_at=c.closes_at, is_cancelled=c.cancelled_at is not None
        )
        for c in found[:200]
    ]


def cohort(cohort_id: UUID, *, by: Actor) -> CohortCard:
    """One cohort the actor watches; NotFound otherwise."""
    found = Cohort.objects.filter(pk=cohort_id).first()
    if found is None or not TABLE.can(by, "learning.see_cohort", found):
        raise NotFound(_("Angkatan ini tidak ada pada daftar Anda."))
    return _card(found, Counter(Enrolment.objects.filter(cohort=found).values_list("state", flat=True)), by)


def standing(
    progress: Progress, *, stage: Stage, opens_at: datetime, due_at: datetime, now: datetime
) -> tuple[str, str]:
    """How somebody is doing, and why we say so. `opens_at`: since when they could have begun."""
    if stage is Stage.DONE:
        return "selesai", _("Semua bagian selesai.")
    if stage is Stage.FEEDBACK:
        return "umpan-balik", _("Lulus Tes Akhir; sertifikat menunggu umpan balik.")
    if due_at < now:
        return "lewat", _("Batas waktu sudah lewat dan modul belum selesai.")
    if stage is Stage.NOT_PASSED:
        return "macet", _("Kesempatan Tes Akhir sudah terpakai.")
    return _pace(progress.last_at, opens_at=opens_at, now=now)


def _pace(last_at: datetime | None, *, opens_at: datetime, now: datetime) -> tuple[str, str]:
    """Is somebody moving who can go on?"""
    days = (now - (last_at or opens_at)).days
    if last_at is None:
        if days < STUCK_AFTER.days:
            return "belum-mulai", _("Belum membuka apa pun.")
        return "macet", _("Belum mulai, %(days)d hari sejak dibuka.") % {"days": days}
    if days >= STUCK_AFTER.days:
        return "macet", _("%(days)d hari tanpa kegiatan.") % {"days": days}
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


def leads(cohort_id: UUID, *, by: Actor) -> bool:
    """May the actor lead this class: moderate its discussions, add clips, open its room?"""
    found = Cohort.objects.filter(pk=cohort_id).first()
    return found is not None and TABLE.can(by, "learning.lead_class", found)


def may_organise(actor: Actor | None) -> bool:
    """May the actor open cohorts and enrol?"""
    return TABLE.can(actor, "learning.organise")


def sort_name(name: str) -> str:
    """A name for sorting: without the titles before it and without regard to capitals."""
    words = name.split()
    while len(words) > 1 and words[0].endswith("."):
        words.pop(0)
    return " ".join(words).casefold()


def members_of(card: CohortCard) -> QuerySet[Enrolment]:
    """The enrolments of a cohort; who was taken out is not among them, unless the whole cohort was cancelled."""
    found = Enrolment.objects.filter(cohort_id=card.id)
    return found if card.state is CohortState.CANCELLED else found.exclude(state=EnrolmentState.WITHDRAWN)


def participants(cohort_id: UUID, *, by: Actor) -> list[ParticipantRow]:
    """Everybody of a cohort, those who need a look first."""
    card = cohort(cohort_id, by=by)
    found = list(members_of(card).select_related("cohort", "progress"))
    ids = [e.account_id for e in found]
    names = {a: found.name for a, found in accounts.account_cards(ids).items() if found.agency_id == by.agency_id}
    cards = people.cards_of(ids)
    course, now = rulebook().course(card.course_key, card.course_version), clock.now()
    rows = [_row(e, names.get(e.account_id, ""), cards.get(e.account_id), course, now) for e in found]
    order = list(STANDINGS)
    return sorted(rows, key=lambda r: (order.index(r.standing), sort_name(r.name)))


def needing_word(actor: Actor | None) -> list[tuple[CohortCard, int]]:
    """The running cohorts the actor may remind in, with how many participants need a word; those without any are left
    out. Two queries."""
    now = clock.now()
    running = Cohort.objects.filter(opens_at__lte=now, closes_at__gte=now, cancelled_at=None)
    cohorts = {c.pk: c for c in TABLE.visible(actor, "learning.remind", running, Q).order_by("closes_at")[:50]}
    if not cohorts:
        return []
    waiting: Counter[UUID] = Counter()
    states: dict[UUID, Counter[str]] = {pk: Counter() for pk in cohorts}
    active = Enrolment.objects.filter(cohort__in=cohorts, state=EnrolmentState.ACTIVE)
    for enrolment in active.select_related("cohort", "progress"):
        states[enrolment.cohort_id][enrolment.state] += 1
        how, _why = _standing(enrolment, progress_of(enrolment), now)
        waiting[enrolment.cohort_id] += how in {"macet", "umpan-balik"}
    return [(_card(cohorts[pk], states[pk], actor), n) for pk, n in waiting.items() if n]


def _standing(enrolment: Enrolment, progress: Progress, now: datetime) -> tuple[str, str]:
    if enrolment.state == EnrolmentState.WITHDRAWN:
        return "berhenti", enrolment.withdrawn_reason
    opened = max(enrolment.cohort.opens_at, enrolment.enrolled_at)
    stage = stage_of(enrolment, progress)
    return standing(progress, stage=stage, opens_at=opened, due_at=enrolment.due_at, now=now)


def taken_out(cohort_id: UUID, *, by: Actor) -> list[TakenOut]:
    """Who was taken out of a cohort that goes on, the latest first."""
    card = cohort(cohort_id, by=by)
    if card.state is CohortState.CANCELLED:
        return []
    gone = list(
        Enrolment.objects.filter(cohort_id=card.id, state=EnrolmentState.WITHDRAWN).order_by("-withdrawn_at")[:200]
    )
    names = accounts.account_cards([e.account_id for e in gone]) if gone else {}
    return [
        TakenOut(
            enrolment_id=e.pk,
            name=names[e.account_id].name if e.account_id in names else "",
            reason=e.withdrawn_reason,
            at=e.withdrawn_at or e.enrolled_at,
        )
        for e in gone
    ]


def _row(
    enrolment: Enrolment, name: str, person: people.PersonCard | None, course: Course, now: datetime
) -> ParticipantRow:
    progress = progress_of(enrolment)
    stage = stage_of(enrolment, progress)
    how, why = _standing(enrolment, progress, now)
    pre, post = progress.best(PRE_TEST), progress.best(POST_TEST)
    opened = [c for c in course.chapters if c.pages]
    how_fast = pace_of(progress, course)
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
        reminded_today=is_reminded_today(enrolment),
        chapters=tuple((c.title, progress.pages_done(c.key), len(c.pages)) for c in opened),
        seconds_per_page=how_fast.median_seconds,
        hasty=tuple(c.title for c in opened if c.key in how_fast.hasty),
    )


def participant(enrolment_id: UUID, *, by: Actor) -> tuple[ParticipantRow, list[PathDay]]:
    """One participant's row and path, told from their statements. What they wrote is not in it."""
    enrolment = Enrolment.objects.select_related("cohort", "progress").filter(pk=enrolment_id).first()
    if enrolment is None or not TABLE.can(by, "learning.watch", enrolment):
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    account = accounts.account_card(enrolment.account_id)
    person = people.person_of(enrolment.account_id)
    course = rulebook().course(enrolment.cohort.course_key, enrolment.cohort.course_version)
    row = _row(enrolment, account.name if account else "", person, course, clock.now())
    said = lrs.statements_of(enrolment.pk, agency_id=enrolment.agency_id)
    return row, told(said, course)
