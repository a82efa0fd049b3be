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


class CohortState(StrEnum):
    PLANNED = "akan-datang"
    RUNNING = "berjalan"
    CLOSED = "selesai"
    CANCELLED = "dibatalkan"


PRE_TEST = "tes-awal"
POST_TEST = "tes-akhir"
