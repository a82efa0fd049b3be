"""Siapkan basis data, terjemahan, dan berkas statis, lalu jalankan server dan pekerja sampai dihentikan (Ctrl-C).

Lingkungan: TELADAN_HOME (folder data), TELADAN_BIND (127.0.0.1:8000), TELADAN_URL (alamat yang dilihat orang),
TELADAN_DEMO=1 (data contoh, hanya di komputer ini sendiri)."""

import sys
from argparse import ArgumentParser, Namespace
from time import monotonic

from django.conf import settings

from teladan.accounts import api as accounts
from teladan.config.bind import Bind, bind
from teladan.config.console import Refusal, say
from teladan.config.database import disconnect, migrate
from teladan.config.home import home, used
from teladan.config.static import build_if_changed
from teladan.config.supervise import Child, supervise
from teladan.rulebook import cli as packs
from teladan.search import api as search
from teladan.web.ui.catalogue import compile_all

WORKERS, THREADS = 2, 4
# Connections a server process keeps, idle ones of browsers included. Requests wait for one of the threads in any case.
BACKPRESSURE = 512


def configure(parser: ArgumentParser) -> None:
    """Parts that can be left out."""
    parser.add_argument("--siapkan-saja", action="store_true", help="siapkan semuanya, lalu berhenti")
    parser.add_argument("--tanpa-pekerja", action="store_true", help="hanya server; pekerja berjalan di tempat lain")


def run(options: Namespace) -> int:
    """Prepare and run; the exit code of the supervisor."""
    began = monotonic()
    where = bind()
    if settings.DEMO and not where.is_loopback:
        raise Refusal(
            f"Data contoh tidak boleh dibuka dari luar komputer ini ({where.host}).",
            next_step="Hapus TELADAN_DEMO, atau pakai TELADAN_BIND=127.0.0.1:8000.",
        )
    home()
    where.require_free()
    with used():
        prepare()
        disconnect()
        if options.siapkan_saja:
            return 0
        children = _children(where)[: 1 if options.tanpa_pekerja else None]
        return supervise(children, say, while_running=_Greeting(where, began))


def prepare() -> None:
    """Everything that must stand before the first request."""
    if packs.main([str(settings.PACKS)] if settings.PACKS else []):
        raise Refusal("Paket belum dapat dipakai.", next_step="Perbaiki galat di atas, lalu ulangi.")
    migrate(say)
    if compiled := compile_all():
        say(f"Terjemahan disusun: {len(compiled)} berkas.")
    build_if_changed(say)
    if settings.DEMO:
        from teladan.config import sample  # noqa: PLC0415  (an installation that is no demo does without it)

        sample.build_if_empty(say)
    elif not accounts.agencies():
        say("Belum ada instansi. Buat dengan perintah: teladan init")
    search.rebuild()  # in the background: packs may have changed since the last start


def _children(where: Bind) -> list[Child]:
    server = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"),
        *("--host", where.host, "--port", str(where.port)),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--backpressure", str(BACKPRESSURE)),
        *("--respawn-failed-workers", "--workers-kill-timeout", "15", "--log-level", "warning"),
        "teladan.config.wsgi:application",
    ]
    worker = [sys.executable, "-m", "teladan.config.command", "worker"]
    return [Child("Server", server), Child("Pekerja", worker)]


class _Greeting:
    """Says once that the server answers."""

    def __init__(self, where: Bind, began: float) -> None:
        self.where, self.began, self.is_said = where, began, False

    def __call__(self) -> None:
        if not self.is_said and self.where.answers():
            self.is_said = True
            say(f"Teladan siap di {self.where.url} ({monotonic() - self.began:.1f} detik). Hentikan dengan Ctrl-C.")
