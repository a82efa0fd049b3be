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


PRE_TEST = "tes-awal"
POST_TEST = "tes-akhir"
