"""Whom an enrolment rule means now, and which rules are in force."""

from datetime import timedelta
from uuid import UUID

from django.db.models import Q

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel import clock
from teladan.learning.conditions import Conditions, from_json
from teladan.learning.data import RuleCard, RuleMatch
from teladan.learning.enums import EnrolmentState
from teladan.learning.models import Cohort, Enrolment, EnrolmentRule, Waiting
from teladan.learning.permissions import TABLE
from teladan.letters import api as letters
from teladan.people import api as people


def matches(cohort: Cohort, conditions: Conditions) -> RuleMatch:
    """The people a rule means, and those of them it passes over: in the cohort or its line already (also who was taken
    out: a rule brings nobody back), taking the course in another cohort, or with a valid certificate when that
    counts."""
    agency = accounts.agency_card(cohort.agency_id)
    today = clock.today(agency.zone if agency else "Asia/Jakarta")
    found = people.accounts_matching(
        day=today,
        unit_id=conditions.unit_id,
        position_kinds=conditions.position_kinds,
        ranks=conditions.ranks,
        begun_since=today - timedelta(days=conditions.within_days) if conditions.within_days else None,
    )
    here = set(Enrolment.objects.filter(cohort=cohort).values_list("account_id", flat=True))
    here |= set(Waiting.objects.filter(cohort=cohort).values_list("account_id", flat=True))
    taking = Q(state=EnrolmentState.ACTIVE, cohort__closes_at__gte=clock.now(), cohort__cancelled_at=None)
    of_course = Enrolment.objects.filter(cohort__course_key=cohort.course_key).exclude(cohort=cohort)
    elsewhere = set(of_course.filter(taking).values_list("account_id", flat=True)) - here
    certified = _certified(cohort) if conditions.uncertified else set()
    passed_over = here | elsewhere | certified
    return RuleMatch(
        new=tuple(one for one in found if one not in passed_over),
        here=len(here.intersection(found)),
        elsewhere=len(elsewhere.intersection(found)),
        certified=len((certified - here - elsewhere).intersection(found)),
    )


def _certified(cohort: Cohort) -> set[UUID]:
    """Accounts with a certificate of the course that was not revoked."""
    passed = Enrolment.objects.filter(cohort__course_key=cohort.course_key, state=EnrolmentState.FINISHED)
    owners = {f"enrolment:{pk}": account for pk, account in passed.values_list("pk", "account_id")}
    revoked = letters.revoked_subjects(agency_id=cohort.agency_id, template="sertifikat")
    return {account for subject, account in owners.items() if subject not in revoked}


def rules_in(cohort_id: UUID, *, by: Actor) -> list[RuleCard]:
    """The rules of a cohort that still work, for who may watch it, the latest first."""
    found = TABLE.visible(by, "learning.watch", EnrolmentRule.objects.filter(cohort_id=cohort_id, ended_at=None), Q)
    return [
        RuleCard(
            id=one.pk,
            conditions=from_json(one.conditions),
            is_standing=one.is_standing,
            added=one.added,
            made_at=one.made_at,
        )
        for one in found.order_by("-made_at")
    ]
