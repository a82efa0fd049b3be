"""Interface messages: `.po` files are what people edit, `.mo` files what the program reads."""

import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings


def compile_if_changed(report: Callable[[str], object]) -> int:
    """Compile every catalogue that is newer than its compiled form; how many."""
    stale = [po for po in catalogues() if not _is_fresh(po)]
    if not stale:
        return 0
    try:
        from babel.messages.mofile import write_mo  # noqa: PLC0415  (a tool: an installed package brings compiled ones)
        from babel.messages.pofile import read_po  # noqa: PLC0415  (the same)
    except ModuleNotFoundError:
        report("Terjemahan belum disusun ulang karena paket babel tidak terpasang.")
        return 0
    for po in stale:
        with po.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
        compiled = io.BytesIO()
        write_mo(compiled, catalogue)
        new = po.with_suffix(f".mo.{os.getpid()}")
        new.write_bytes(compiled.getvalue())
        new.replace(po.with_suffix(".mo"))
    report(f"Terjemahan disusun: {len(stale)} berkas.")
    return len(stale)


def catalogues() -> Iterator[Path]:
    """Every `.po` file of the project."""
    for folder in settings.LOCALE_PATHS:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def _is_fresh(po: Path) -> bool:
    mo = po.with_suffix(".mo")
    return mo.exists() and mo.stat().st_mtime >= po.stat().st_mtime
