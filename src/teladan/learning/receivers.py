"""What learning does when other engines announce something."""

from uuid import UUID

from teladan.instruments import api as instruments
from teladan.instruments.events import SittingFinished
from teladan.jobs import api as jobs
from teladan.learning.domain.testing import record_answers, record_result


@jobs.subscribe(SittingFinished, name="learning.on_sitting_finished")
def on_sitting_finished(event: SittingFinished, *, message_id: UUID, agency_id: UUID | None) -> None:
    """Write result and answers into the learning record: also when the clock, not the participant, handed in."""
    result = instruments.result_for_record(event.sitting_id)
    record_result(result)
    record_answers(result)
