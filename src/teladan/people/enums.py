"""Closed lists of people."""

from enum import StrEnum


class PersonKind(StrEnum):
    """The legal status of somebody who works for an agency (UU 20/2023; PPPK paruh waktu since 2025)."""

    PNS = "PNS"
    CPNS = "CPNS"
    PPPK = "PPPK"
    PPPK_PART_TIME = "PPPK_PARUH_WAKTU"


class PositionKind(StrEnum):
    """Kinds of positions (UU 5/2014 and PP 11/2017; UU 20/2023 groups the first three as managerial)."""

    JPT = "jpt"
    ADMINISTRATOR = "administrator"
    SUPERVISOR = "pengawas"
    EXECUTIVE = "pelaksana"
    FUNCTIONAL = "fungsional"


class AppointmentKind(StrEnum):
    """How somebody holds a position: for good, acting while it is vacant, standing in while the holder is away."""

    DEFINITIF = "definitif"
    PLT = "plt"
    PLH = "plh"


class RosterState(StrEnum):
    """Where an import stands."""

    STAGED = "staged"  # read and kept, not yet checked
    CHECKED = "checked"
    APPLYING = "applying"
    APPLIED = "applied"
    DISCARDED = "discarded"


class Outcome(StrEnum):
    """What a row of an import would do, or did."""

    UNKNOWN = "unknown"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    FAULTY = "faulty"
