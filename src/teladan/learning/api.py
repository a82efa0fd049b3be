"""The door of learning: what participants do, what facilitators see, what organisers arrange."""

from teladan.learning.data import (
    Attempts,
    ChapterCard,
    CohortCard,
    CreditLine,
    CreditRule,
    CreditYear,
    ExtensionCard,
    ExtraAttemptCard,
    FacilitatorCard,
    Gain,
    OwnResults,
    ParticipantRow,
    Place,
    Reminded,
    Reread,
    Study,
    TakenOut,
)
from teladan.learning.domain.cohort import cancel_cohort, change_cohort, check_dates, open_cohort
from teladan.learning.domain.enrolment import allow_attempt, enrol, extend, open_cohort_with, take_out
from teladan.learning.domain.facilitator import appoint_facilitator, dismiss_facilitator
from teladan.learning.domain.record import rebuild
from teladan.learning.domain.reminder import remind
from teladan.learning.domain.study import (
    LONGEST_WRITING,
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
from teladan.learning.queries.attempts import attempts, extensions
from teladan.learning.queries.cohort import (
    STANDINGS,
    cohort,
    cohorts_visible_to,
    may_organise,
    may_remind,
    needing_word,
    participant,
    participants,
    taken_out,
)
from teladan.learning.queries.cohort_results import ChapterResult, CohortResults, results
from teladan.learning.queries.course import chapter_cards, keys_in, neighbours, opening_of, parts_of, place
from teladan.learning.queries.facilitator import facilitators_of, known_facilitators
from teladan.learning.queries.overlap import enrolled_in, running_elsewhere
from teladan.learning.queries.owners import enrolment_owners
from teladan.learning.queries.path import PathDay, PathStep
from teladan.learning.queries.result import certificate, certificate_pdf, own_results
from teladan.learning.queries.study import credit_year, credit_years, gain, reading, studies_visible_to, study, writings
from teladan.learning.rereading import rereading

__all__ = [
    "LONGEST_WRITING",
    "POST_TEST",
    "PRE_TEST",
    "STANDINGS",
    "Attempts",
    "ChapterCard",
    "ChapterResult",
    "CohortCard",
    "CohortResults",
    "CohortState",
    "CreditLine",
    "CreditRule",
    "CreditYear",
    "EnrolmentState",
    "ExtensionCard",
    "ExtraAttemptCard",
    "FacilitatorCard",
    "Gain",
    "OwnResults",
    "Part",
    "ParticipantRow",
    "PathDay",
    "PathStep",
    "Place",
    "Reminded",
    "Reread",
    "Stage",
    "Study",
    "TakenOut",
    "allow_attempt",
    "answer_check",
    "appoint_facilitator",
    "attempts",
    "begin_test",
    "cancel_cohort",
    "certificate",
    "certificate_pdf",
    "change_cohort",
    "chapter_cards",
    "check_dates",
    "choose_in_scene",
    "cohort",
    "cohort_xlsx",
    "cohorts_visible_to",
    "credit_year",
    "credit_years",
    "dismiss_facilitator",
    "enrol",
    "enrolled_in",
    "enrolment_owners",
    "extend",
    "extensions",
    "facilitators_of",
    "find_page",
    "finish_test",
    "gain",
    "give_feedback",
    "keys_in",
    "known_facilitators",
    "leave",
    "may_organise",
    "may_remind",
    "needing_word",
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
    "running_elsewhere",
    "start_scene",
    "studies_visible_to",
    "study",
    "take_out",
    "taken_out",
    "write",
    "writings",
]
