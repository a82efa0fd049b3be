"""Susun ulang indeks pencarian: semua yang dapat dicari dibaca lagi dan dibandingkan; yang sama tidak ditulis ulang.

Boleh dijalankan kapan saja dan dihentikan di tengah jalan. Server dan pekerja boleh tetap berjalan."""

from argparse import ArgumentParser, Namespace

from teladan.accounts import api as accounts
from teladan.config.console import say
from teladan.search import api as search


def configure(parser: ArgumentParser) -> None:
    """What to do."""
    parser.add_argument("apa", choices=["rebuild"], help="rebuild: baca lagi semuanya sekarang")


def run(options: Namespace) -> int:
    """Read everything anew, here and now, and say how much there is."""
    total = 0
    for source in search.sources():
        for agency_id in source.agencies():
            with accounts.agency_scope(agency_id):
                total += search.rebuild_source(source.name, agency_id)
    say(f"Indeks pencarian sesuai: {total} dokumen.")
    return 0
