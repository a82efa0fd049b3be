"""Periksa paket peraturan dan materi. Setiap galat menyebut berkas, baris, dan perbaikannya (kode keluar 1)."""

from argparse import ArgumentParser, Namespace

from teladan.rulebook import cli


def configure(parser: ArgumentParser) -> None:
    """The folder of packs."""
    parser.add_argument("folder", nargs="?", help="folder paket; tanpa ini, paket bawaan")


def run(options: Namespace) -> int:
    """Check."""
    return cli.main([options.folder] if options.folder else [])
