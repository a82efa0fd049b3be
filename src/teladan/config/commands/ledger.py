"""Buktikan bahwa catatan tidak berubah: setiap catatan bernomor dihitung ulang dan dicocokkan dengan rantainya.

Simpan nilai "ujung" di tempat lain: kelak ia membuktikan bahwa semua catatan sampai nomor itu masih sama."""

import dataclasses
import json
from argparse import ArgumentParser, Namespace

from teladan.config.console import say
from teladan.ledger import api as ledger


def configure(parser: ArgumentParser) -> None:
    """What to do, and in which form to say it."""
    parser.add_argument("apa", choices=["verify"], help="verify: periksa seluruh rantai")
    parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")


def run(options: Namespace) -> int:
    """Verify; exit code 0 when the chain is whole."""
    found = ledger.verify()
    if options.json:
        say(json.dumps(dataclasses.asdict(found), ensure_ascii=False))
    elif found.is_whole:
        say(f"Utuh: {found.checked} catatan cocok, {found.waiting} menunggu nomor. Ujung: {found.head}")
    else:
        say(f"RUSAK pada catatan nomor {found.broken}: {found.reason}")
        say(f"{found.checked} catatan sebelumnya cocok.")
    return 0 if found.is_whole else 1
