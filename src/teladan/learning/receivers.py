"""What learning does when other engines announce something."""

from uuid import UUID

from teladan.instruments import api as instruments
from teladan.instruments.events import SittingFinished, SittingStarted
from teladan.jobs import api as jobs
from teladan.learning.domain.analysis import refresh_later
from teladan.learning.domain.testing import record_answers, record_result, record_start


@jobs.subscribe(SittingStarted, name="learning.on_sitting_started")
def on_sitting_started(event: SittingStarted, *, message_id: UUID, agency_id: UUID | None) -> None:
    """Write into the learning record that a test was begun."""
    record_start(context=event.context, test=event.test_key, attempt=event.attempt, started_at=event.started_at)


@jobs.subscribe(SittingFinished, name="learning.on_sitting_finished")
def on_sitting_finished(event: SittingFinished, *, message_id: UUID, agency_id: UUID | None) -> None:
    """Write result and answers into the learning record, also when the clock, not the participant, handed in; the
    figures of the cohort follow."""
    result = instruments.result_for_record(event.sitting_id)
    record_result(result)
    record_answers(result)
    if agency_id is not None:
        refresh_later(event.context, agency_id=agency_id)
