"""What happens later, or by the clock."""

from datetime import time
from uuid import UUID

from teladan.jobs import api as jobs
from teladan.learning.domain import analysis


@jobs.task(analysis.TASK, in_transaction=False, lease_seconds=300)
def refresh_analysis(*, agency: str, cohort: str) -> None:
    """Compute the figures of a cohort in which somebody has finished a test."""
    analysis.refresh_cohort(UUID(cohort), agency_id=UUID(agency))


@jobs.daily("learning.refresh_analyses", at=time(2, 10))
def refresh_analyses() -> None:
    """Bring all figures up to date, those over all cohorts of a course among them."""
    analysis.refresh_all()
