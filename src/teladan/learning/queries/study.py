"""A participant's own view: enrolments, progress, writings, gain, learning hours."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.instruments import api as instruments
from teladan.kernel import clock
from teladan.learning.data import CreditLine, CreditRule, CreditYear, Gain, Study
from teladan.learning.domain.record import attempts_of, course_read_by, own_enrolment, stage_of
from teladan.learning.domain.study import find_page, progress_of, refuse_closed
from teladan.learning.enums import POST_TEST, PRE_TEST, EnrolmentState
from teladan.learning.models import Credit, Enrolment, Feedback, Writing
from teladan.learning.permissions import TABLE
from teladan.learning.progress import Progress
from teladan.people import api as people
from teladan.rulebook.api import NoValueYet, rulebook
from teladan.rulebook.data import Chapter, Page


def _study(enrolment: Enrolment) -> Study:
    progress = progress_of(enrolment)
    return Study(
        enrolment_id=enrolment.pk,
        agency_id=enrolment.agency_id,
        account_id=enrolment.account_id,
        cohort_id=enrolment.cohort_id,
        cohort_title=enrolment.cohort.title,
        is_sample=enrolment.cohort.is_sample,
        state=EnrolmentState(enrolment.state),
        course=course_read_by(enrolment),
        course_version=enrolment.cohort.course_version,
        progress=progress,
        stage=stage_of(enrolment, progress),
        opens_at=enrolment.cohort.opens_at,
        due_at=enrolment.due_at,
        due_reason=enrolment.due_reason,
        attempts=attempts_of(enrolment),
    )


def studies_visible_to(actor: Actor | None) -> list[Study]:
    """The actor's enrolments, the newest first; not those that were ended early."""
    going = Enrolment.objects.exclude(state=EnrolmentState.WITHDRAWN).select_related("cohort", "progress", "agency")
    mine = TABLE.visible(actor, "learning.study", going, Q)
    return [_study(e) for e in mine.order_by("-enrolled_at")[:50]]


def study(enrolment_id: UUID, *, by: Actor) -> Study:
    """One enrolment of the actor; NotFound otherwise."""
    return _study(own_enrolment(enrolment_id, by))


def reading(enrolment_id: UUID, *, chapter: str, page: str, by: Actor) -> tuple[Study, Chapter, Page]:
    """An enrolment of the actor with a page that is open to them. NotFound or Conflict, with the reason, otherwise."""
    found = study(enrolment_id, by=by)
    refuse_closed(enrolment_id, opens_at=found.opens_at, stage=found.stage)
    return found, *find_page(found.course, chapter, page)


def writings(enrolment_id: UUID, *, keys: Collection[str], by: Actor) -> dict[str, str]:
    """What the actor wrote, by key."""
    if not keys:
        return {}
    mine = Writing.objects.filter(enrolment_id=enrolment_id, enrolment__account_id=by.account_id, key__in=keys)
    return dict(mine.values_list("key", "text"))


def has_feedback(enrolment_id: UUID) -> bool:
    return Feedback.objects.filter(pk=enrolment_id).exists()


def gain(progress: Progress, *, is_real: bool = True) -> Gain:
    """One person's change between the two tests (Marx & Cummings 2007), in words that promise no more than it shows: how
    much of what was missing was learned is told only of a change that `is_real`."""
    pre, post = progress.best(PRE_TEST), progress.best(POST_TEST)
    before, after = (pre.percent if pre else None), (post.percent if post else None)
    if before is None or after is None:
        return Gain(pre=before, post=after, points=None, normalised=None, words="", caution="")
    points = after - before
    change = instruments.normalised_change(before, after)
    if points > 0 and change is not None and after == 100:
        words = _(
            "Nilai Anda naik %(points)d angka: dari %(pre)d menjadi %(post)d dari 100. "
            "Semua soal Tes Akhir tepat; tes ini hanya memuat sebagian dari isi modul."
        ) % {"points": points, "pre": before, "post": after}
    elif points > 0 and change is not None and is_real:
        words = _(
            "Nilai Anda naik %(points)d angka: dari %(pre)d menjadi %(post)d dari 100. "
            "Dari yang belum Anda kuasai pada Tes Awal, sekitar %(share)d persen sudah Anda kuasai pada Tes Akhir."
        ) % {"points": points, "pre": before, "post": after, "share": round(100 * change)}
    elif points > 0:
        words = _("Nilai Anda naik %(points)d angka, menjadi %(post)d dari 100.") % {"points": points, "post": after}
    elif points == 0:
        words = _("Nilai Anda tetap: %(post)d dari 100 pada kedua tes.") % {"post": after}
    else:
        words = _("Nilai Anda turun %(points)d angka: dari %(pre)d menjadi %(post)d dari 100.") % {
            "points": -points,
            "pre": before,
            "post": after,
        }
    caution = _(
        "Kedua tes memakai soal yang berbeda dengan kisi-kisi yang sama; hanya beberapa soal jangkar ada pada keduanya. "
        "Satu tes dua puluhan soal bisa meleset beberapa angka ke atas atau ke bawah, jadi selisih kecil belum berarti."
    )
    return Gain(pre=before, post=after, points=points, normalised=change, words=words, caution=caution)


def credit_year(actor: Actor, *, year: int | None = None, person: people.PersonCard | None = None) -> CreditYear:
    """The actor's learning hours of a calendar year (the present one when left out) against the rule for their kind of
    employment. `person` saves looking the actor up when the caller has done so."""
    year = year or _this_year(actor)
    mine = TABLE.visible(actor, "learning.see_credits", Credit.objects.filter(earned_on__year=year), Q)
    lines = tuple(
        CreditLine(
            title=c.title,
            form=c.form,
            jp=c.jp,
            earned_on=c.earned_on,
            basis=c.basis,
            document_code=c.document_code,
        )
        for c in mine.order_by("earned_on", "pk")
    )
    person = person or people.person_of(actor.account_id)
    rule = _rule_for(str(person.kind) if person else "", date(year, 12, 31))
    return CreditYear(year=year, total=sum(line.jp for line in lines), lines=lines, rule=rule)


def credit_years(actor: Actor) -> list[int]:
    """The years in which the actor earned hours, and the present one; the latest first."""
    mine = TABLE.visible(actor, "learning.see_credits", Credit.objects.all(), Q)
    years = {day.year for day in mine.dates("earned_on", "year")}
    return sorted(years | {_this_year(actor)}, reverse=True)


def _this_year(actor: Actor) -> int:
    agency = accounts.agency_card(actor.agency_id)
    return clock.today(agency.zone if agency else "UTC").year


def _rule_for(kind: str, day: date) -> CreditRule | None:
    """The yearly rule as dated data: a minimum for PNS, a maximum for PPPK; None for others and where none is known."""
    key = {"PNS": "asn.pns.jp-minimum", "PPPK": "asn.pppk.jp-maksimum"}.get(kind)
    if key is None:
        return None
    try:
        value = rulebook().value_at(key, day)
    except NoValueYet:
        return None
    if not isinstance(value.value, int):
        return None
    text = (
        _("PNS mengembangkan kompetensi paling sedikit %(jp)s JP setahun.")
        if kind == "PNS"
        else _("PPPK mengembangkan kompetensi paling banyak %(jp)s JP setahun masa perjanjian kerja.")
    )
    return CreditRule(
        jp=value.value,
        is_minimum=kind == "PNS",
        text=text % {"jp": value.value},
        basis=value.basis,
        confidence=value.confidence,
        note=value.note,
    )
