"""The packs checked from the command line: all faults and exit 1, or one line of summary."""

import sys
from pathlib import Path
from time import perf_counter

from teladan.rulebook.api import default_packs
from teladan.rulebook.book import Rulebook, load
from teladan.rulebook.faults import Fault


def main(argv: list[str] | None = None) -> int:
    """Check the packs at the path given (the default ones without it). Returns the exit code."""
    given = sys.argv[1:] if argv is None else argv
    packs = Path(given[0]) if given else default_packs()
    started = perf_counter()
    book = load(packs)
    seconds = perf_counter() - started
    for fault in book.faults:
        _say(told(fault))
    errors = sum(fault.is_error for fault in book.faults)
    warnings = len(book.faults) - errors
    if errors:
        _say(f"{errors} galat, {warnings} peringatan. Paket belum dapat dipakai.")
        return 1
    _say(f"Paket dapat dipakai: {_summary(book)}; {warnings} peringatan; {seconds:.1f} detik.")
    return 0


def _summary(book: Rulebook) -> str:
    courses = book.courses()
    return ", ".join(
        f"{count} {what}"
        for count, what in (
            (len(book.regulations), "peraturan"),
            (sum(len(regulation.outline) for regulation in book.regulations), "garis besar pasal"),
            (len(book.parameters), "parameter"),
            (len(book.calendar_years), "kalender"),
            (len(book.glossary), "istilah"),
            (len(courses), "modul"),
            (sum(len(chapter.pages) for course in courses for chapter in course.chapters), "halaman"),
            (sum(len(course.items) for course in courses), "soal"),
            (sum(len(course.scenes) for course in courses), "adegan"),
        )
    )


def told(fault: Fault) -> str:
    """A fault with its path as seen from here."""
    here = Path.cwd()
    path = fault.path.resolve()
    shown = path.relative_to(here) if path.is_relative_to(here) else fault.path
    return str(Fault(shown, fault.line, fault.message, fault.remedy, fault.severity))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    sys.exit(main())
