"""Attempts at the final test, and time that was added, as a facilitator sees them."""

from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.kernel.errors import NotFound
from teladan.learning.data import Attempts, ExtensionCard, ExtraAttemptCard
from teladan.learning.domain.enrolment import attempt_refusal, extension_refusal
from teladan.learning.domain.record import attempts_of
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import POST_TEST
from teladan.learning.models import Enrolment, Extension, ExtraAttempt
from teladan.learning.permissions import TABLE


def attempts(enrolment_id: UUID, *, by: Actor) -> Attempts:
    """A participant's attempts at the final test; NotFound for who may not watch them."""
    enrolment = Enrolment.objects.select_related("cohort", "progress").filter(pk=enrolment_id).first()
    if enrolment is None or not TABLE.can(by, "learning.watch", enrolment):
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    progress = progress_of(enrolment)
    refusal, next_step = attempt_refusal(enrolment, progress) or ("", "")
    given = list(ExtraAttempt.objects.filter(enrolment=enrolment).order_by("-number"))
    names = accounts.account_cards([one.given_by_id for one in given]) if given else {}
    return Attempts(
        used=len(progress.tests.get(POST_TEST, ())),
        total=attempts_of(enrolment),
        extra=tuple(
            ExtraAttemptCard(
                number=one.number,
                reason=one.reason,
                given_by=names[one.given_by_id].name if one.given_by_id in names else "",
                given_at=one.given_at,
            )
            for one in given
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
    given = list(Extension.objects.filter(enrolment=enrolment).order_by("-given_at"))
    names = accounts.account_cards([one.given_by_id for one in given]) if given else {}
    cards = [
        ExtensionCard(
            before=one.before,
            due_at=one.due_at,
            reason=one.reason,
            given_by=names[one.given_by_id].name if one.given_by_id in names else "",
            given_at=one.given_at,
        )
        for one in given
    ]
    return cards, extension_refusal(enrolment)
