"""A participant's own results: tests, what to read again, the certificate."""

from uuid import UUID

from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel.errors import NotFound
from teladan.learning.data import OwnResults
from teladan.learning.domain.completion import TEMPLATE
from teladan.learning.domain.record import own_enrolment
from teladan.learning.enums import POST_TEST, PRE_TEST
from teladan.letters import api as letters


def own_results(enrolment_id: UUID, *, by: Actor) -> OwnResults:
    """The actor's results in one enrolment; NotFound for everybody else."""
    enrolment = own_enrolment(enrolment_id, by)
    sittings = [s for s in instruments.sittings_visible_to(by, context=enrolment.pk) if not s.is_open]
    return OwnResults(
        pre=_best(sittings, PRE_TEST, by),
        post=_best(sittings, POST_TEST, by),
        sittings=tuple(sorted(sittings, key=lambda s: s.started_at)),
    )


def _best(sittings: list[instruments.SittingCard], test: str, by: Actor) -> instruments.ResultCard | None:
    done = [s for s in sittings if s.test_key == test]
    if not done:
        return None
    best = max(done, key=lambda s: (s.score or 0, -s.attempt))  # of equal attempts the earlier
    return instruments.result_of(best.id, by=by)


def certificate(enrolment_id: UUID, *, by: Actor) -> letters.DocumentCard | None:
    """The actor's certificate of an enrolment, None before it is issued; NotFound when the enrolment is not theirs."""
    enrolment = own_enrolment(enrolment_id, by)
    return letters.of_subject(agency_id=enrolment.agency_id, template=TEMPLATE, subject=f"enrolment:{enrolment.pk}")


def certificate_pdf(enrolment_id: UUID, *, by: Actor) -> tuple[letters.DocumentCard, bytes]:
    """The actor's certificate as PDF/A; NotFound when it is not theirs or not issued yet."""
    found = certificate(enrolment_id, by=by)
    if found is None:
        raise NotFound(
            _("Sertifikat ini belum terbit."), next_step=_("Halaman hasil menyebutkan apa yang masih kurang.")
        )
    return found, letters.pdf(document_id=found.id, agency_id=found.agency_id)
