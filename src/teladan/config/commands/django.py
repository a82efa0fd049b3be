"""Teruskan perintah ke Django, misalnya: teladan django shell"""

from argparse import ArgumentParser, Namespace

from django.core.management import execute_from_command_line

from teladan.config.home import home


def configure(parser: ArgumentParser) -> None:
    """Everything after the name goes to Django."""


def run(options: Namespace) -> int:
    """Hand over."""
    home()
    execute_from_command_line(["teladan django", *options.arguments])
    return 0
