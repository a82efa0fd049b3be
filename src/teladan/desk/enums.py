from enum import StrEnum


class TaskState(StrEnum):
    OPEN = "terbuka"
    DONE = "selesai"
    WITHDRAWN = "ditarik"


class Urgency(StrEnum):
    """How near the due date is; the word stands beside the colour."""

    LATE = "lewat"
    TODAY = "hari-ini"
    SOON = "segera"
    LATER = "nanti"
    NONE = "tanpa-tenggat"
