"""Closed lists of accounts."""

from enum import StrEnum


class ResetReason(StrEnum):
    """Why somebody is given a code to set the password anew. It decides what the reset takes away."""

    FIRST = "baru"
    FORGOTTEN = "lupa"
    LOST_CODE = "surat_hilang"
    LOST_DEVICE = "perangkat_hilang"
    SUSPECTED = "dicurigai"

    @property
    def removes_keys(self) -> bool:
        """Are passkeys and codes of the telephone gone with it?"""
        return self in {ResetReason.LOST_DEVICE, ResetReason.SUSPECTED}

    @property
    def kills_password(self) -> bool:
        """Does the old password end now, rather than when the code is used?"""
        return self is ResetReason.SUSPECTED
