from enum import StrEnum


class EnrolmentState(StrEnum):
    ACTIVE = "aktif"
    FINISHED = "lulus"
    WITHDRAWN = "berhenti"


class Stage(StrEnum):
    """Where a participant stands; the order is the order of the course."""

    PRE_TEST = "tes-awal"
    CHAPTERS = "materi"
    POST_TEST = "tes-akhir"
    FEEDBACK = "umpan-balik"
    DONE = "selesai"
    NOT_PASSED = "belum-lulus"


class DecisionKind(StrEnum):
    """What can be decided about one participant beyond the cohort's own rule, and its `terms`."""

    TIME = "waktu"  # before, due_at (moments)
    ATTEMPT = "kesempatan"  # number: 1 is the first beyond the cohort's own
    MOVED = "pindah"  # before, after (titles of cohorts)
    LATE = "menyusul"  # due_at
    TAKEN_OUT = "keluar"
    BROUGHT_BACK = "kembali"


class CohortState(StrEnum):
    PLANNED = "akan-datang"
    RUNNING = "berjalan"
    CLOSED = "selesai"
    CANCELLED = "dibatalkan"


class QuestionKind(StrEnum):
    """What is put to a room; never an item of a test."""

    OWN = "sendiri"  # the facilitator's, with their options
    CHECK = "cek"
    SCENE = "adegan"  # the first step of it


class QuestionState(StrEnum):
    """A question in a room; the order is its course."""

    OPEN = "terbuka"
    CLOSED = "ditutup"
    REVEALED = "dibahas"


PRE_TEST = "tes-awal"
POST_TEST = "tes-akhir"
