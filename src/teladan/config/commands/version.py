"""Tampilkan versi Teladan, Python, Django, SQLite, dan psycopg."""

import platform
import sqlite3
from argparse import ArgumentParser, Namespace
from importlib.metadata import version

import django

from teladan import __version__
from teladan.config.console import say


def configure(parser: ArgumentParser) -> None:
    """No options."""


def run(options: Namespace) -> int:
    """Say it."""
    say(
        f"Teladan {__version__} (Python {platform.python_version()}, Django {django.__version__}, "
        f"SQLite {sqlite3.sqlite_version}, psycopg {version('psycopg')})"
    )
    return 0
