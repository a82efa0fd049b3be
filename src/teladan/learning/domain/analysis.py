"""Keeping the analysis of tests up to date: for each cohort, and for each version of a course over all its cohorts."""

from datetime import timedelta
from uuid import UUID

from teladan.accounts import api as accounts
from teladan.instruments import api as instruments
from teladan.jobs import api as jobs
from teladan.kernel import clock
from teladan.learning.enums import POST_TEST, PRE_TEST
from teladan.learning.models import Cohort, Enrolment
from teladan.learning.threshold import smallest_group

TASK = "learning.refresh_analysis"
PATIENCE = timedelta(minutes=10)  # a class that sits together is computed once, not once for each of them
TESTS = (PRE_TEST, POST_TEST)


def subject_of_cohort(cohort_id: UUID) -> str:
    """What the figures of a cohort are kept under."""
    return f"angkatan:{cohort_id}"


def subject_of_version(course_key: str, version: str) -> str:
    """What the figures of a version of a course are kept under."""
    return f"modul:{course_key}:{version}"


def refresh_later(enrolment_id: UUID, *, agency_id: UUID) -> None:
    """Have the figures of this participant's cohort computed soon. Call inside atomic()."""
    cohort_id = Enrolment.objects.filter(pk=enrolment_id).values_list("cohort_id", flat=True).first()
    if cohort_id is not None:
        jobs.enqueue(
            TASK,
            agency_id=agency_id,
            run_at=clock.now() + PATIENCE,
            unique=str(cohort_id),
            agency=str(agency_id),
            cohort=str(cohort_id),
        )


def refresh_cohort(cohort_id: UUID, *, agency_id: UUID) -> int:
    """Compute the figures of a cohort anew where enough has come in; returns how many tests were computed."""
    with accounts.agency_scope(agency_id):
        return instruments.refresh_analysis(
            subject=subject_of_cohort(cohort_id),
            groups=[list(Enrolment.objects.filter(cohort_id=cohort_id).values_list("pk", flat=True))],
            tests=TESTS,
            agency_id=agency_id,
            step=smallest_group(),
        )


def refresh_version(course_key: str, version: str, *, agency_id: UUID) -> int:
    """Compute the figures of a version of a course over all cohorts of the agency; returns how many tests were
    computed."""
    with accounts.agency_scope(agency_id):
        groups: dict[UUID, list[UUID]] = {}
        members = Enrolment.objects.filter(cohort__course_key=course_key, cohort__course_version=version)
        for pk, cohort_id in members.values_list("pk", "cohort_id"):
            groups.setdefault(cohort_id, []).append(pk)
        return instruments.refresh_analysis(
            subject=subject_of_version(course_key, version),
            groups=list(groups.values()),
            tests=TESTS,
            agency_id=agency_id,
            step=smallest_group(),
        )


def refresh_all() -> int:
    """Every cohort and every version of every agency; returns how many tests were computed."""
    done = 0
    for agency in accounts.agencies():
        with accounts.agency_scope(agency.id):
            cohorts = list(Cohort.objects.values_list("pk", "course_key", "course_version"))
        done += sum(refresh_cohort(pk, agency_id=agency.id) for pk, _course, _version in cohorts)
        versions = sorted({(course, version) for _pk, course, version in cohorts})
        done += sum(refresh_version(*version, agency_id=agency.id) for version in versions)
    return done
