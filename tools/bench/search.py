"""The search over 5,000 documents: in the process, and as the page through the real server."""

import asyncio
import json
import random
import subprocess
import sys
import time
from urllib.parse import quote_plus

from tools.bench.client import Connection, Times
from tools.bench.stage import ROOT, Stage
from tools.bench.suites import RUNS, Line, _line

DOCUMENTS = 5_000
QUERIES = (
    "pengaduan masyarakat", "pelayanan", "konflik kepentingan", "pasal 34 uu 25 2009", '"hak dan kewajiban"', "jam kerja",
    "hukuman disiplin berat", "gratif", "pegawai negeri sipil", "tenggat keberatan", "kata zzzz", "pejabat wajib melaporkan",
    "uu 20 2023", "asas",
)  # fmt: skip


def search(stage_: Stage) -> list[Line]:
    """p95 of finding a page of twenty for queries in turn, very common words among them; and of the whole page."""
    run = [sys.executable, "-m", "tools.bench.search", str(DOCUMENTS)]
    done = subprocess.run(run, env=stage_.env, cwd=ROOT, check=True, stdout=subprocess.PIPE)
    found = json.loads(done.stdout.splitlines()[-1])
    name = f"Search over {found['documents']:,} documents"
    lines = [
        _line(f"{name}, found in the process, p95", "< 50 ms", found["p95"], "ms", lambda v: v < 50),
        _line(f"{name}, found in the process, p50", "–", found["p50"], "ms", None),
    ]
    alone = [asyncio.run(_ask(stage_, 1)).percentile(0.95) for _run in range(RUNS + 1)][1:]
    lines.append(_line(f"{name}, the whole page, p95, one reader", "< 50 ms", alone, "ms", lambda v: v < 50))
    many = [asyncio.run(_ask(stage_, 8)).percentile(0.95) for _run in range(RUNS + 1)][1:]
    lines.append(_line(f"{name}, the whole page, p95 at 8 connections", "–", many, "ms", None))
    return lines


async def _ask(stage_: Stage, connections: int) -> Times:
    """Participants who ask again at once, for five seconds."""
    times, until = Times(), time.perf_counter() + 5.0

    async def one(number: int) -> None:
        person = stage_.participants[number]
        connection = Connection("127.0.0.1", stage_.port, {**person.headers, "Accept-Encoding": "gzip"})
        at = number
        while time.perf_counter() < until:
            began = time.perf_counter()
            path = f"/cari/?cari={quote_plus(QUERIES[at % len(QUERIES)])}"
            status, _headers, _body = await connection.ask("GET", path)
            times.add(began, status)
            at += 1
        connection.close()

    await asyncio.gather(*(one(number) for number in range(connections)))
    if set(times.statuses) != {200}:
        raise SystemExit(f"the search answered {times.statuses}")
    return times


def fill(wanted: int) -> None:
    """All that can be found in the stage, and texts of real words from the course up to `wanted` documents."""
    from teladan.accounts import api as accounts
    from teladan.search import api as engine
    from teladan.search import sources

    there = 0
    for source in engine.sources():
        for agency_id in source.agencies():
            with accounts.agency_scope(agency_id):
                there += engine.rebuild_source(source.name, agency_id)
    lessons = sources.source("learning.lesson").documents(None, None)
    words = [word for lesson in lessons for word in lesson.text.split()]
    draw, more = random.Random(1), []
    for number in range(wanted - there):
        at = draw.randrange(len(words) - 130)
        more.append(
            engine.Document(
                key=f"ukur-{number}",
                kind="term",
                title=" ".join(words[at : at + 6]),
                text=" ".join(words[at + 6 : at + 126]),
                address="/cari/",
            )
        )
    engine.register(engine.Source(name="ukur", documents=lambda _agency, _keys: more))
    engine.rebuild_source("ukur", None)


def main() -> None:
    """Runs in the stage's environment: fill, then find in this process."""
    import django

    django.setup()
    from teladan.search import api as engine
    from teladan.search.models import Document

    fill(int(sys.argv[1]))
    p50, p95 = [], []
    for run in range(RUNS + 1):
        seconds = []
        for text in QUERIES * 10:
            began = time.perf_counter()
            engine.find(text, None)
            seconds.append(time.perf_counter() - began)
        if run:
            seconds.sort()
            p50.append(seconds[len(seconds) // 2] * 1000)
            p95.append(seconds[int(len(seconds) * 0.95)] * 1000)
    print(json.dumps({"documents": Document.objects.count(), "p50": p50, "p95": p95}))


if __name__ == "__main__":
    main()
