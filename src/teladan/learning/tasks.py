"""What happens later, or by the clock."""

from datetime import time
from uuid import UUID

from django.db import transaction
from django_scopes import scopes_disabled

from teladan.jobs import api as jobs
from teladan.learning.domain import analysis
from teladan.learning.domain.discussion_news import tell_news
from teladan.learning.domain.rule import apply_rule
from teladan.learning.models import EnrolmentRule


@jobs.task(analysis.TASK, in_transaction=False, lease_seconds=300)
def refresh_analysis(*, agency: str, cohort: str) -> None:
    """Compute the figures of a cohort in which somebody has finished a test."""
    analysis.refresh_cohort(UUID(cohort), agency_id=UUID(agency))


@jobs.daily("learning.refresh_analyses", at=time(2, 10))
def refresh_analyses() -> None:
    """Bring all figures up to date, those over all cohorts of a course among them."""
    analysis.refresh_all()


@jobs.task("learning.apply_rule", in_transaction=False, lease_seconds=120)
def apply(rule_id: str) -> None:
    """The next chunk of a rule; it announces the one after it."""
    apply_rule(UUID(rule_id))


@jobs.daily("learning.enrol_newcomers", at=time(3, 10))
def enrol_newcomers() -> None:
    """Every rule in force looks for those who have come since: newcomers wait for nobody to remember them."""
    with scopes_disabled():
        rules = list(EnrolmentRule.objects.filter(ended_at=None).values_list("pk", "agency_id"))
    for rule_id, agency_id in rules:
        with transaction.atomic():
            jobs.enqueue("learning.apply_rule", agency_id=agency_id, unique=str(rule_id), rule_id=str(rule_id))


@jobs.daily("learning.discussion_news", at=time(5, 30))
def discussion_news() -> None:
    """Tell each class what was written in its discussions."""
    tell_news()
