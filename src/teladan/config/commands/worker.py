"""Jalankan pekerja: antrean dan jadwal. Boleh lebih dari satu. Berhenti dengan Ctrl-C atau SIGTERM."""

import os
import signal
import threading
from argparse import ArgumentParser, Namespace

from teladan.config.console import Refusal
from teladan.config.database import pending
from teladan.config.home import home, used
from teladan.jobs import api as jobs


def configure(parser: ArgumentParser) -> None:
    """How often to look."""
    parser.add_argument("--selang", type=float, default=0.5, metavar="DETIK", help="jeda saat antrean kosong (0.5)")


def run(options: Namespace) -> int:
    """Work until told to stop, or until the process that started it (`teladan up`) is gone."""
    home()
    if pending():
        raise Refusal("Basis data belum diperbarui.", next_step="Jalankan: teladan migrate")
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if parent := os.environ.get("TELADAN_SUPERVISOR"):
        threading.Thread(target=_watch, args=(int(parent), stop), daemon=True).start()
    with used():
        jobs.work(stop=stop, interval=options.selang)
    return 0


def _watch(parent: int, stop: threading.Event) -> None:
    while not stop.wait(1):
        if os.getppid() != parent:
            stop.set()
