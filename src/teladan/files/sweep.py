"""Removing bytes that no row names: leftovers of rolled back and interrupted uploads, and of discarded files."""

from teladan.files import disk
from teladan.files.models import Blob

KEPT_SECONDS = 24 * 3600  # an upload may still be on its way to its row


def sweep(*, seconds: float = KEPT_SECONDS) -> int:
    """Remove every unnamed file that nobody stored anew for `seconds`; how many."""
    removed = 0
    for path in list(disk.stored()):
        is_named = not path.name.startswith(".") and Blob.objects.filter(sha256=path.name).exists()
        removed += not is_named and disk.remove_if_old(path, seconds=seconds)
    return removed
