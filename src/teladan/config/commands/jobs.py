"""Lihat antrean: berapa yang menunggu, dan apa yang terparkir sesudah gagal berkali-kali.

teladan jobs               ringkasan dan daftar yang terparkir
teladan jobs retry NOMOR   ulangi satu yang terparkir"""

from argparse import ArgumentParser, Namespace

from teladan.config.console import Refusal, say
from teladan.jobs import api as jobs


def configure(parser: ArgumentParser) -> None:
    """Looking, or one to retry."""
    parser.add_argument("apa", nargs="?", choices=["retry"], help="retry: ulangi yang terparkir")
    parser.add_argument("nomor", nargs="*", type=int, help="nomor yang terparkir")


def run(options: Namespace) -> int:
    """Show, or retry."""
    if options.apa == "retry":
        return _retry(options.nomor)
    counts = jobs.counts()
    say(
        f"Menunggu {counts['waiting']}, berjalan {counts['running']}, selesai {counts['done']} (tujuh hari terakhir), "
        f"terparkir {counts['parked']}."
    )
    for card in jobs.parked():
        say(f"  {card.id}  {card.receiver}  {card.attempts} kali dicoba  {card.error}")
    return 0


def _retry(numbers: list[int]) -> int:
    if not numbers:
        raise Refusal("Sebutkan nomor yang diulangi.", next_step="Nomornya tampil pada: teladan jobs")
    missing = [number for number in numbers if not jobs.requeue(number)]
    if missing:
        raise Refusal(f"Tidak ada yang terparkir dengan nomor {', '.join(map(str, missing))}.")
    say("Akan diulangi.")
    return 0
