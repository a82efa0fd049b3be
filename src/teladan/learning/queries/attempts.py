"""What was decided about a participant, as a facilitator sees it: attempts, time, and how they came and went."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel.errors import NotFound
from teladan.learning.data import Attempts, DecisionCard, ExtensionCard, ExtraAttemptCard
from teladan.learning.domain.enrolment import attempt_refusal, extension_refusal
from teladan.learning.domain.record import attempts_of
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import POST_TEST, DecisionKind
from teladan.learning.models import Decision, Enrolment
from teladan.learning.permissions import TABLE


def attempts(enrolment_id: UUID, *, by: Actor) -> Attempts:
    """A participant's attempts at the final test; NotFound for who may not watch them."""
    enrolment = Enrolment.objects.select_related("cohort", "progress").filter(pk=enrolment_id).first()
    if enrolment is None or not TABLE.can(by, "learning.watch", enrolment):
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    progress = progress_of(enrolment)
    refusal, next_step = attempt_refusal(enrolment, progress) or ("", "")
    given = _decisions(enrolment, DecisionKind.ATTEMPT)
    return Attempts(
        used=len(progress.tests.get(POST_TEST, ())),
        total=attempts_of(enrolment),
        extra=tuple(
            ExtraAttemptCard(number=one.terms["number"], reason=one.reason, given_by=name, given_at=one.made_at)
            for one, name in given
        ),
        refusal=refusal,
        next_step=next_step,
    )


def extensions(enrolment_id: UUID, *, by: Actor) -> tuple[list[ExtensionCard], str]:
    """The time that was added for a participant, the latest first; and why no more can be given now (empty: it can).
    NotFound for who may not watch them."""
    enrolment = Enrolment.objects.select_related("cohort").filter(pk=enrolment_id).first()
    if enrolment is None or not TABLE.can(by, "learning.watch", enrolment):
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    when = datetime.fromisoformat
    cards = [
        ExtensionCard(
            before=when(one.terms["before"]),
            due_at=when(one.terms["due_at"]),
            reason=one.reason,
            given_by=name,
            given_at=one.made_at,
        )
        for one, name in _decisions(enrolment, DecisionKind.TIME)
    ]
    return cards, extension_refusal(enrolment)


def history(enrolment_id: UUID, *, by: Actor) -> list[DecisionCard]:
    """Why somebody came late, left, came back or changed cohorts, the latest first. NotFound for who may not watch."""
    enrolment = Enrolment.objects.select_related("cohort").filter(pk=enrolment_id).first()
    if enrolment is None or not TABLE.can(by, "learning.watch", enrolment):
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    ways = (DecisionKind.LATE, DecisionKind.MOVED, DecisionKind.TAKEN_OUT, DecisionKind.BROUGHT_BACK)
    return [
        DecisionCard(
            kind=DecisionKind(one.kind),
            before=one.terms.get("before", ""),
            after=one.terms.get("after", ""),
            reason=one.reason,
            made_by=name,
            made_at=one.made_at,
        )
        for one, name in _decisions(enrolment, *ways)
    ]


def _decisions(enrolment: Enrolment, *kinds: DecisionKind) -> list[tuple[Decision, str]]:
    """Decisions of these kinds with the name of who made them, the latest first."""
    made = list(Decision.objects.filter(enrolment=enrolment, kind__in=kinds).order_by("-made_at", "-id"))
    names = accounts.account_cards([one.made_by_id for one in made]) if made else {}
    return [(one, names[one.made_by_id].name if one.made_by_id in names else "") for one in made]
