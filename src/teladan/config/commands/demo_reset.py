"""Hapus data contoh dan bangun lagi dari awal. Hanya untuk pemasangan contoh (TELADAN_DEMO=1) yang sedang berhenti."""

from argparse import ArgumentParser, Namespace

from django.conf import settings

from teladan.config.commands.up import prepare
from teladan.config.console import Refusal
from teladan.config.home import replaced


def configure(parser: ArgumentParser) -> None:
    """No options."""


def run(options: Namespace) -> int:
    """Remove and rebuild."""
    if not settings.DEMO:
        raise Refusal("Perintah ini hanya untuk pemasangan contoh.", next_step="Pakai: make demo-reset")
    from teladan.config import sample  # noqa: PLC0415  (an installation that is no demo does without it)

    with replaced():
        sample.clear()
        prepare()
    return 0
