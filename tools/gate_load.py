"""Load several processes x threads of writers onto one SQLite file, with and without the gate, and report.

    .venv/bin/python -m tools.gate_load [--processes 3] [--threads 4] [--seconds 8] [--work 1] [--rows 20] [--think 0]

Each transaction reads a row, adds one to it and inserts rows; what was counted must be what was acknowledged. Around it
stands `--work` milliseconds of computing, as a request does it, and `--think` seconds of waiting.
"""

import argparse
import json
import multiprocessing
import sqlite3
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-8000;"
ENGINES = {"gate": "teladan.config.sqlite_gate", "plain": "django.db.backends.sqlite3"}


def configure(engine: str, path: Path) -> None:
    """Django with nothing but one database."""
    from django.conf import settings

    if not settings.configured:
        options = {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": PRAGMAS}
        settings.configure(
            DATABASES={"default": {"ENGINE": ENGINES[engine], "NAME": path, "CONN_MAX_AGE": 60, "OPTIONS": options}},
            USE_TZ=True,
        )
        import django

        django.setup()


def compute(milliseconds: float) -> None:
    until = time.thread_time() + milliseconds / 1000
    while time.thread_time() < until:
        sum(range(200))


def write_once(rows: int) -> None:
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT n FROM counter")
        (n,) = cursor.fetchone()
        cursor.execute("UPDATE counter SET n = %s", [n + 1])
        for _ in range(rows):
            cursor.execute("INSERT INTO row (text) VALUES (%s)", ["x" * 200])


def process(engine: str, path: Path, given: dict[str, Any], results: Any) -> None:
    configure(engine, path)
    from django.db import OperationalError, connection

    waits: list[float] = []
    failures: list[str] = []
    until = time.monotonic() + given["seconds"]

    def writer() -> None:
        mine = []
        while time.monotonic() < until:
            compute(given["work"])
            began = time.monotonic()
            try:
                write_once(given["rows"])
            except OperationalError as error:
                failures.append(str(error))
            else:
                mine.append(time.monotonic() - began)
            if given["think"]:
                time.sleep(given["think"])
        connection.close()
        waits.extend(mine)

    crew = [threading.Thread(target=writer) for _ in range(given["threads"])]
    for one in crew:
        one.start()
    for one in crew:
        one.join()
    results.put((waits, failures))


def measure(
    engine: str, *, processes: int, threads: int, seconds: float, work: float = 0, rows: int = 1, think: float = 0
) -> dict[str, Any]:
    """Run one engine; numbers in seconds, throughput in transactions a second."""
    given = {"threads": threads, "seconds": seconds, "work": work, "rows": rows, "think": think}
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "load.sqlite3"
        setup = context.Process(target=_prepare, args=(engine, path))
        setup.start()
        setup.join()
        results = context.Queue()
        crew = [context.Process(target=process, args=(engine, path, given, results)) for _ in range(processes)]
        for one in crew:
            one.start()
        found = [results.get(timeout=seconds * 3 + 60) for _ in crew]
        for one in crew:
            one.join()
        counted = _count(path, rows)
    waits = sorted(wait for mine, _ in found for wait in mine)
    return {
        "engine": engine,
        "per_second": round(len(waits) / seconds),
        "p50": round(waits[len(waits) // 2], 4),
        "p99": round(waits[int(len(waits) * 0.99)], 4),
        "worst": round(waits[-1], 4),
        "failed": sum(len(failures) for _, failures in found),
        "per_process": [len(mine) for mine, _ in found],
        "lost": len(waits) - counted,
    }


def _prepare(engine: str, path: Path) -> None:
    configure(engine, path)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE counter (n INTEGER)")
        cursor.execute("INSERT INTO counter VALUES (0)")
        cursor.execute("CREATE TABLE row (id INTEGER PRIMARY KEY, text TEXT)")
    connection.close()


def _count(path: Path, rows: int) -> int:
    with sqlite3.connect(path) as connection:
        (n,) = connection.execute("SELECT n FROM counter").fetchone()
        (inserted,) = connection.execute("SELECT count(*) FROM row").fetchone()
    connection.close()
    return int(n) if n * rows == inserted else -1


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--work", type=float, default=0, help="milliseconds of computing before each transaction")
    parser.add_argument("--rows", type=int, default=1, help="rows inserted in each transaction")
    parser.add_argument("--think", type=float, default=0, help="seconds of other work between two transactions")
    given = parser.parse_args()
    for engine in ENGINES:
        print(json.dumps(measure(engine, **vars(given))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
