"""The door of learning: what participants do, what facilitators see, what organisers arrange."""

from teladan.learning.data import (
    ChapterCard,
    CohortCard,
    CreditLine,
    CreditRule,
    CreditYear,
    Gain,
    OwnResults,
    ParticipantRow,
    Place,
    Reread,
    Study,
)
from teladan.learning.domain.cohort import allow_attempt, enrol, extend, open_cohort, open_cohort_with, remind
from teladan.learning.domain.record import rebuild
from teladan.learning.domain.study import (
    answer_check,
    choose_in_scene,
    find_page,
    give_feedback,
    leave,
    read_page,
    start_scene,
    write,
)
from teladan.learning.domain.testing import begin_test, finish_test
from teladan.learning.enums import POST_TEST, PRE_TEST, CohortState, EnrolmentState, Stage
from teladan.learning.export import cohort_xlsx
from teladan.learning.page import Part, paragraphs
from teladan.learning.queries.cohort import (
    ChapterResult,
    CohortResults,
    cohort,
    cohorts_visible_to,
    may_organise,
    may_remind,
    participant,
    participants,
    results,
)
from teladan.learning.queries.course import chapter_cards, keys_in, neighbours, opening_of, parts_of, place
from teladan.learning.queries.path import PathDay, PathStep
from teladan.learning.queries.result import certificate, certificate_pdf, own_results
from teladan.learning.queries.study import credit_year, credit_years, gain, reading, studies_visible_to, study, writings
from teladan.learning.rereading import rereading

__all__ = [
    "POST_TEST",
    "PRE_TEST",
    "ChapterCard",
    "ChapterResult",
    "CohortCard",
    "CohortResults",
    "CohortState",
    "CreditLine",
    "CreditRule",
    "CreditYear",
    "EnrolmentState",
    "Gain",
    "OwnResults",
    "Part",
    "ParticipantRow",
    "PathDay",
    "PathStep",
    "Place",
    "Reread",
    "Stage",
    "Study",
    "allow_attempt",
    "answer_check",
    "begin_test",
    "certificate",
    "certificate_pdf",
    "chapter_cards",
    "choose_in_scene",
    "cohort",
    "cohort_xlsx",
    "cohorts_visible_to",
    "credit_year",
    "credit_years",
    "enrol",
    "extend",
    "find_page",
    "finish_test",
    "gain",
    "give_feedback",
    "keys_in",
    "leave",
    "may_organise",
    "may_remind",
    "neighbours",
    "open_cohort",
    "open_cohort_with",
    "opening_of",
    "own_results",
    "paragraphs",
    "participant",
    "participants",
    "parts_of",
    "place",
    "read_page",
    "reading",
    "rebuild",
    "remind",
    "rereading",
    "results",
    "start_scene",
    "studies_visible_to",
    "study",
    "write",
    "writings",
]
