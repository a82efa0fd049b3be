from enum import StrEnum


class SittingState(StrEnum):
    OPEN = "berjalan"
    FINISHED = "selesai"  # handed in by the person
    TIMED_OUT = "waktu-habis"  # closed at the deadline; what was saved counts


class PlayState(StrEnum):
    OPEN = "berjalan"
    FINISHED = "selesai"
    LEFT = "ditinggalkan"  # begun again before its end


class FinishReason(StrEnum):
    FINISHED = "finished"
    TIME = "time"
