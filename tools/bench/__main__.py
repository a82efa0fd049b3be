"""`python -m tools.bench [NAME ...]`: run benchmarks (all of SUITES) and write their lines into docs/benchmarks.md."""

import contextlib
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from tools import postgres
from tools.bench import roster, suites
from tools.bench.search import search
from tools.bench.stage import ROOT, Stage, large_class, stage, start, stop
from tools.bench.suites import Line

CLASS = 2000  # people in the large class
PAGE = ROOT / "docs" / "benchmarks.md"


def machine() -> str:
    """What this was measured on."""
    model = next((line.split(":", 1)[1].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
                  if line.startswith("model name")), platform.machine())  # fmt: skip
    memory = int(Path("/proc/meminfo").read_text().split()[1]) / 1_048_576
    load = os.getloadavg()[0]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return (
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores ({model}), {memory:.0f} GiB, Python {platform.python_version()}, "
        f"load before {load:.1f}, commit {commit.stdout.strip() or '-'}"
    )


def write(section: str, lines: list[Line], where: str) -> None:
    """Replace the section's table in docs/benchmarks.md."""
    begin, end = f"<!-- {section} -->", f"<!-- /{section} -->"
    rows = ["| what | target | median | spread | met |", "|---|---|---|---|---|"]
    marks = {True: "yes", False: "**no**", None: "–"}
    rows += [f"| {line.what} | {line.target} | {line.value} | {line.spread} | {marks[line.met]} |" for line in lines]
    table = "\n".join([begin, f"_{where}_", "", *rows, end])
    text = PAGE.read_text()
    if begin in text:
        before, rest = text.split(begin, 1)
        text = before + table + rest.split(end, 1)[1]
    else:
        text = text.rstrip() + f"\n\n## {section}\n\n{table}\n"
    PAGE.write_text(text)
    print("\n".join(rows))


@contextlib.contextmanager
def served(prepared: Stage) -> Iterator["subprocess.Popen[bytes]"]:
    """The server of the stage, running."""
    server = start(prepared)
    try:
        yield server
    finally:
        stop(server)


def page() -> list[Line]:
    with stage(people=8, begun=False, read_pages=True) as prepared, served(prepared):
        return suites.page(prepared)


def answers() -> list[Line]:
    with stage(people=8, begun=True) as prepared, served(prepared):
        return suites.answers(prepared)


def visit() -> list[Line]:
    from tools.bench.visit import first_visit  # needs Chromium

    with stage(people=1, begun=False, read_pages=True) as prepared, served(prepared):
        return first_visit(prepared)


def analysis() -> list[Line]:
    with large_class(CLASS) as found, served(found.stage):
        return suites.analysis(found, CLASS)


def searching() -> list[Line]:
    with stage(people=8, begun=False, read_pages=True) as prepared, served(prepared):
        return search(prepared)


def rosters() -> list[Line]:
    lines: list[Line] = []
    for kind in ("csv", "xlsx"):
        with stage(people=8, begun=True) as prepared, served(prepared) as server:
            lines += roster.roster(prepared, server, kind)
    return lines


def on_postgres() -> list[Line]:
    """Pages and answers as above, each on a new database of one server."""
    with tempfile.TemporaryDirectory() as folder, postgres.server(Path(folder) / "server") as url:
        with (
            stage(people=8, begun=False, read_pages=True, url=postgres.another(url, "page")) as prepared,
            served(prepared),
        ):
            lines = suites.page(prepared)[2:]  # the weight of a page does not depend on the database
        with stage(people=8, begun=True, url=postgres.another(url, "answers")) as prepared, served(prepared):
            return [*lines, *suites.answers(prepared, "PostgreSQL 18")]


SUITES: dict[str, Callable[[], list[Line]]] = {  # in the order in which all of them run
    "page": page,
    "answers": answers,
    "search": searching,
    "visit": visit,
    "analysis": analysis,
    "exam": suites.exam,
    "roster": rosters,
    "postgres": on_postgres,
}


def main() -> None:
    where = machine()
    for name in sys.argv[1:] or SUITES:
        write(name, SUITES[name](), where)


if __name__ == "__main__":
    main()
