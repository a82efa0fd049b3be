"""Item analysis as facilitators and organisers see it; and how exact the first test is, for one person's change."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel.errors import NotFound
from teladan.learning.domain.analysis import (
    TESTS,
    refresh_cohort,
    refresh_version,
    subject_of_cohort,
    subject_of_version,
)
from teladan.learning.enums import PRE_TEST
from teladan.learning.models import Cohort
from teladan.learning.permissions import TABLE
from teladan.learning.threshold import smallest_group
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course


@dataclass(frozen=True, kw_only=True)
class CourseVersion:
    """A version of a course that cohorts of the agency took: how many, and whether all of them are samples."""

    course: Course
    version: str
    cohorts: int
    is_sample: bool


@dataclass(frozen=True, kw_only=True)
class TestAnalysis:
    """What is kept about both tests of a subject, by test; a test nobody (or hardly anybody) has finished is left out.
    `step`: so many more have to finish before the figures change."""

    __test__ = False  # not a test class

    course: Course
    tests: dict[str, instruments.KeptFigures]
    step: int


@dataclass(frozen=True, kw_only=True)
class Exactness:
    """How exact the first test is, from all cohorts of a version: what one person's change is judged by. `sd` in points
    of 100, `reliability` of plain scores."""

    n: int
    sd: float
    reliability: float
    keys: tuple[str, ...]
    made_at: datetime


def cohort_analysis(cohort_id: UUID, *, by: Actor) -> TestAnalysis:
    """The kept figures of a cohort, computed at once when they never were. NotFound for who may not see them."""
    cohort = Cohort.objects.filter(pk=cohort_id).first()
    if cohort is None or not TABLE.can(by, "learning.see_cohort", cohort):
        raise NotFound(_("Angkatan ini tidak ada pada daftar Anda."))
    subject = subject_of_cohort(cohort_id)
    tests = instruments.analysis_of(subject, TESTS)
    if not tests and refresh_cohort(cohort_id, agency_id=by.agency_id):
        tests = instruments.analysis_of(subject, TESTS)
    return TestAnalysis(
        course=rulebook().course(cohort.course_key, cohort.course_version), tests=tests, step=smallest_group()
    )


def version_analysis(course_key: str, version: str, *, by: Actor) -> tuple[CourseVersion, TestAnalysis]:
    """The kept figures of a version of a course over all cohorts of the agency, computed at once when they never were.
    NotFound for who may not see them, and when no cohort took this version."""
    found = next((v for v in versions_visible_to(by) if (v.course.key, v.version) == (course_key, version)), None)
    if found is None:
        raise NotFound(
            _("Versi modul ini tidak ada pada daftar Anda."),
            next_step=_("Analisis gabungan dibuka oleh penyelenggara, dari halaman sebuah angkatan."),
        )
    subject = subject_of_version(course_key, version)
    tests = instruments.analysis_of(subject, TESTS)
    if not tests and refresh_version(course_key, version, agency_id=by.agency_id):
        tests = instruments.analysis_of(subject, TESTS)
    return found, TestAnalysis(course=found.course, tests=tests, step=smallest_group())


def versions_visible_to(actor: Actor | None) -> list[CourseVersion]:
    """The versions of courses whose figures over all cohorts the actor may see, the latest first."""
    counts: dict[tuple[str, str], list[bool]] = {}
    seen = TABLE.visible(actor, "learning.see_all_analyses", Cohort.objects.all(), Q)
    for course, version, is_sample in seen.values_list("course_key", "course_version", "is_sample"):
        counts.setdefault((course, version), []).append(is_sample)
    return [
        CourseVersion(
            course=rulebook().course(key, version), version=version, cohorts=len(samples), is_sample=all(samples)
        )
        for (key, version), samples in sorted(counts.items(), reverse=True)
    ]


def exactness(course_key: str, version: str) -> Exactness | None:
    """How exact the first test of a version is, in the active scope; None while too few have taken it."""
    kept = instruments.exactness_of(subject_of_version(course_key, version), PRE_TEST)
    if kept is None:
        return None
    sd, plain = kept.whole.sd, kept.whole.plain.value
    if not sd or plain is None:
        return None
    return Exactness(n=kept.whole.n, sd=sd, reliability=max(0.0, plain), keys=kept.keys, made_at=kept.made_at)
