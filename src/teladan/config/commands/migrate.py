"""Perbarui basis data sampai sesuai dengan versi ini. Tidak melakukan apa-apa bila sudah sesuai."""

from argparse import ArgumentParser, Namespace

from teladan.config.console import say
from teladan.config.database import migrate, pending
from teladan.config.home import home, used


def configure(parser: ArgumentParser) -> None:
    """Only looking, or doing it."""
    parser.add_argument("--periksa", action="store_true", help="hanya periksa; kode keluar 1 bila perlu diperbarui")


def run(options: Namespace) -> int:
    """Migrate, or look."""
    home()
    waiting = pending()
    if options.periksa or not waiting:
        say(f"Perlu diperbarui: {len(waiting)} langkah." if waiting else "Basis data sudah sesuai.")
        return int(bool(waiting))
    with used():
        migrate(say)
    return 0
