from enum import StrEnum


class SittingState(StrEnum):
    """Where a sitting stands."""

    OPEN = "berjalan"
    FINISHED = "selesai"  # handed in by the person
    TIMED_OUT = "waktu-habis"  # ended at the deadline; what was saved counts


class PlayState(StrEnum):
    """Where a play of a scene stands."""

    OPEN = "berjalan"
    FINISHED = "selesai"
    LEFT = "ditinggalkan"  # begun again before its end


class FinishReason(StrEnum):
    """Why a sitting ended, as events and ledger name it."""

    FINISHED = "finished"
    TIME = "time"
