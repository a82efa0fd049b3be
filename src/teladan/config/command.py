"""The `teladan` command: one door for whoever runs an installation.

Each subcommand is a module of `config.commands` with `configure(parser)` and `run(options) -> int`; it is imported once
the settings stand, so it may import whatever it needs.
"""

import argparse
import os
import sys
from importlib import import_module

from teladan.config.console import Refusal, complain

COMMANDS = {
    "up": "siapkan basis data dan berkas statis, lalu jalankan server dan pekerja",
    "init": "buat basis data dan satu instansi dengan satu akun operator",
    "worker": "jalankan pekerja saja (antrean, jadwal)",
    "migrate": "perbarui basis data",
    "packs": "periksa paket peraturan dan materi",
    "course": "mulai, periksa, atau terbitkan satu modul",
    "ledger": "buktikan bahwa catatan tidak berubah",
    "search": "susun ulang indeks pencarian",
    "jobs": "lihat antrean; ulangi yang terparkir",
    "backup": "buat cadangan selagi sistem berjalan",
    "restore": "pulihkan dari cadangan",
    "demo-reset": "hapus data contoh dan bangun lagi",
    "django": "perintah Django, untuk pengembang",
    "version": "tampilkan versi",
}


def main(argv: list[str] | None = None) -> int:
    """Run one subcommand; the exit code."""
    given = sys.argv[1:] if argv is None else argv
    name = given[0] if given else ""
    if name not in COMMANDS:
        overview = _overview()
        if name in {"-h", "--help", "bantuan", ""}:
            overview.print_help()
            return 0 if name else 2
        overview.error(f"tidak ada perintah {name!r}. Yang ada: {', '.join(COMMANDS)}")
    try:
        return _run(name, given[1:])
    except Refusal as refusal:
        complain(refusal.message, refusal.next_step)
        return 1
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader of our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(name: str, rest: list[str]) -> int:
    module = f"teladan.config.commands.{name.replace('-', '_')}"
    if name not in {"version", "packs", "course"}:
        _set_up(name)
    command = import_module(module)
    parser = argparse.ArgumentParser(prog=f"teladan {name}", description=command.__doc__, formatter_class=_Help)
    command.configure(parser)
    options = argparse.Namespace(arguments=rest) if name == "django" else parser.parse_args(rest)
    os.umask(0o077)  # what a command writes is for its owner only
    try:
        return int(command.run(options))
    finally:
        _close_database()


def _set_up(name: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "teladan.config.settings")
    if name == "up":
        import_module("teladan.config.bind").announce()
    import django  # noqa: PLC0415  (after the environment)

    django.setup()


def _close_database() -> None:
    from django.conf import settings  # noqa: PLC0415  (there may be none)

    if settings.configured:
        from teladan.config.database import disconnect  # noqa: PLC0415  (the same)

        disconnect()


class _Help(argparse.RawDescriptionHelpFormatter):
    """Descriptions as they are written."""


def _overview() -> argparse.ArgumentParser:
    width = max(map(len, COMMANDS)) + 2
    lines = "\n".join(f"  {name:<{width}}{text}" for name, text in COMMANDS.items())
    return argparse.ArgumentParser(
        prog="teladan",
        description="Menjalankan dan merawat satu pemasangan Teladan. Data ada di folder TELADAN_HOME.",
        epilog=f"perintah:\n{lines}\n\nBantuan satu perintah: teladan PERINTAH --help",
        usage="teladan PERINTAH [pilihan]",
        formatter_class=_Help,
    )


if __name__ == "__main__":
    sys.exit(main())
