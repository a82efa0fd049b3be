"""The history of what was decided about a participant."""

from typing import Any

from teladan.access.api import Actor
from teladan.kernel import clock
from teladan.learning.enums import DecisionKind
from teladan.learning.models import Decision, Enrolment


def decide(enrolment: Enrolment, kind: DecisionKind, *, reason: str, by: Actor, **terms: Any) -> Decision:
    """Note a decision with its terms; in the transaction that carries it out, which also records the act."""
    return Decision.objects.create(
        agency_id=enrolment.agency_id,
        enrolment=enrolment,
        kind=kind,
        terms=terms,
        reason=reason,
        made_by_id=by.account_id,
        made_at=clock.now(),
    )
