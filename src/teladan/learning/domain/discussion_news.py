"""News of a class's discussions: once a day, not one for each entry."""

from collections import Counter
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils.translation import gettext as _

from teladan.access.api import Role
from teladan.accounts import api as accounts
from teladan.desk import api as desk
from teladan.kernel import clock
from teladan.learning import paths
from teladan.learning.discussion_models import Entry
from teladan.learning.models import Cohort, Enrolment

DAY = timedelta(days=1)


def tell_news() -> None:
    """Tell facilitators what was written since yesterday, and participants that they were answered: at most one notice
    per class and day for each. Told again by a repeated run, nobody hears it twice."""
    now = clock.now()
    for agency in accounts.agencies():
        with accounts.agency_scope(agency.id), transaction.atomic():
            fresh = Entry.objects.filter(written_at__gt=now - DAY, withdrawn_at=None)
            for cohort in Cohort.objects.filter(pk__in=fresh.values("thread__cohort_id"), cancelled_at=None):
                _tell_leaders(cohort, now, clock.today(agency.zone).isoformat())
                _tell_answered(cohort, now, clock.today(agency.zone).isoformat())


def _tell_leaders(cohort: Cohort, now: datetime, day: str) -> None:
    """Whoever facilitates; without a facilitator the agency's organisers. What they wrote themselves is no news."""
    grants = accounts.grants_on([cohort.pk], role=Role.FACILITATOR, agency_id=cohort.agency_id)
    leaders = {grant.account_id for grant in grants} or set(
        accounts.accounts_with_role(agency_id=cohort.agency_id, role=Role.ORGANISER)
    )
    written = _fresh(cohort, now).values_list("author_id", "thread_id")
    for leader in leaders:
        theirs = [thread for author, thread in written if author != leader]
        if theirs:
            words = _("%(n)d tulisan baru dalam %(topics)d bahan diskusi sejak kemarin.")
            desk.notify(
                agency_id=cohort.agency_id,
                account_id=leader,
                source=f"learning:{cohort.pk}:discussion:{day}",
                title=_("Diskusi %(cohort)s") % {"cohort": cohort.title},
                text=words % {"n": len(theirs), "topics": len(set(theirs))},
                url=paths.cohort_discussions(cohort.pk),
            )


def _tell_answered(cohort: Cohort, now: datetime, day: str) -> None:
    """Participants whose entries others answered."""
    answers = _fresh(cohort, now).exclude(answers_to=None).exclude(answers_to__author_id=F("author_id"))
    counts: Counter[UUID] = Counter(
        answers.filter(hidden_at=None, answers_to__is_by_participant=True).values_list(
            "answers_to__author_id", flat=True
        )
    )
    enrolments = dict(Enrolment.objects.filter(cohort=cohort, account_id__in=counts).values_list("account_id", "pk"))
    for account_id, n in counts.items():
        if account_id in enrolments:
            desk.notify(
                agency_id=cohort.agency_id,
                account_id=account_id,
                source=f"learning:{cohort.pk}:answers:{day}",
                title=_("Tulisan Anda dijawab"),
                text=_("%(n)d jawaban baru di diskusi %(cohort)s.") % {"n": n, "cohort": cohort.title},
                url=paths.discussions(enrolments[account_id]),
            )


def _fresh(cohort: Cohort, now: datetime) -> QuerySet[Entry]:
    return Entry.objects.filter(thread__cohort=cohort, written_at__gt=now - DAY, withdrawn_at=None)
