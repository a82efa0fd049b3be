"""`python -m tools.bench [page answers exam visit roster]`: run benchmarks and write their lines into docs/benchmarks.md."""

import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from tools.bench import roster, suites
from tools.bench.stage import ROOT, stage, start, stop
from tools.bench.suites import Line

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


def main() -> None:
    chosen = sys.argv[1:] or ["page", "answers", "visit", "exam", "roster"]
    where = machine()
    if "page" in chosen:
        with stage(people=8, begun=False, read_pages=True) as prepared:
            server = start(prepared)
            try:
                write("page", suites.page(prepared), where)
            finally:
                stop(server)
    if "answers" in chosen:
        with stage(people=8, begun=True) as prepared:
            server = start(prepared)
            try:
                write("answers", suites.answers(prepared), where)
            finally:
                stop(server)
    if "visit" in chosen:
        from tools.bench.visit import first_visit  # needs Chromium

        with stage(people=1, begun=False, read_pages=True) as prepared:
            server = start(prepared)
            try:
                write("visit", first_visit(prepared), where)
            finally:
                stop(server)
    if "exam" in chosen:
        write("exam", suites.exam(), where)
    if "roster" in chosen:
        lines = []
        for kind in ("csv", "xlsx"):
            with stage(people=8, begun=True) as prepared:
                server = start(prepared)
                try:
                    lines += roster.roster(prepared, server, kind)
                finally:
                    stop(server)
        write("roster", lines, f"{where}, load after {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
