"""The measurements. Each returns lines for the table: what, target, median (spread), and whether it was met."""

import asyncio
import gzip
import json
import random
import re
import statistics
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import cycle
from urllib.parse import urlencode

import brotli

from tools.bench.client import Connection, Lost, Times
from tools.bench.stage import LargeClass, Participant, Stage, stage, start, stop

RUNS = 5
JSON = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@dataclass(frozen=True)
class Line:
    """One line of the table. `value` is the median of the runs, `low` and `high` their spread."""

    what: str
    target: str
    value: str
    spread: str
    met: bool | None  # None: reported without a target


def _line(what: str, target: str, values: list[float], unit: str, ok: Callable[[float], bool] | None) -> Line:
    middle = statistics.median(values)
    digits = 0 if middle >= 100 else 1
    return Line(
        what,
        target,
        f"{middle:.{digits}f} {unit}",
        f"{min(values):.{digits}f}–{max(values):.{digits}f}",
        None if ok is None else ok(middle),
    )


def page(stage_: Stage) -> list[Line]:
    """The heaviest page of a chapter (cold with CSS, scripts and font; warm alone), and the server's time for all its
    pages in turn at 8 connections."""
    lines = asyncio.run(_weight(stage_))
    p95, rates = [], []
    for run in range(RUNS + 1):
        times = asyncio.run(_hammer(stage_, 6.0, _read))
        if run:  # the first is the warm-up
            p95.append(times.percentile(0.95))
            rates.append(len(times.seconds) / 6.0)
            if set(times.statuses) != {200}:
                raise SystemExit(f"module page answered {times.statuses}")
    lines.append(_line("Module pages in turn, server p95 at 8 connections", "< 60 ms", p95, "ms", lambda v: v < 60))
    lines.append(_line("Module pages in turn, requests per second at 8 connections", "–", rates, "/s", None))
    return lines


async def _weight(stage_: Stage) -> list[Line]:
    person = stage_.participants[0]
    connection = Connection("127.0.0.1", stage_.port, {**person.headers, "Accept-Encoding": "gzip, br"})
    weights = [await _weigh(connection, path) for path in await _pages(connection, person)]
    connection.close()
    cold, warm = max(w[0] for w in weights), max(w[1] for w in weights)
    what = "Heaviest module page"
    return [
        Line(
            f"{what}, cold (page, CSS, scripts, font, icons)", "≤ 60 kB", f"{cold / 1000:.1f} kB", "–", cold <= 60_000
        ),
        Line(f"{what}, warm (page alone)", "≤ 15 kB", f"{warm / 1000:.1f} kB", "–", warm <= 15_000),
    ]


async def _weigh(connection: Connection, path: str) -> tuple[int, int]:
    """Bytes sent for a page with everything it names, and for the page alone."""
    status, headers, body = await connection.ask("GET", path)
    assert status == 200, status
    html, cold = _plain(headers, body), len(body)
    for address in sorted(set(re.findall(rb'(?:href|src)="(/statis/[^"]+?\.(?:css|js|woff2|svg))(?:#[^"]*)?"', html))):
        cold += await _fetch(connection, address.decode(), set())
    return cold, len(body)


def _plain(headers: dict[str, str], body: bytes) -> bytes:
    match headers.get("content-encoding"):
        case "gzip":
            return gzip.decompress(body)
        case "br":
            return bytes(brotli.decompress(body))
    return body


async def _fetch(connection: Connection, path: str, seen: set[str]) -> int:
    """Bytes of a static file and of the scripts it imports."""
    if path in seen:
        return 0
    seen.add(path)
    status, headers, body = await connection.ask("GET", path)
    assert status == 200, path
    size = len(body)
    if path.endswith(".js"):
        folder = path.rsplit("/", 1)[0]
        for name in re.findall(rb'(?:from|import)\s*["\']\./([^"\']+)["\']', _plain(headers, body)):
            size += await _fetch(connection, f"{folder}/{name.decode()}", seen)
    return size


async def _pages(connection: Connection, person: Participant) -> list[str]:
    """The addresses of the value chapter's pages (they follow from its menu)."""
    menu = f"/belajar/{person.enrolment}/materi/berorientasi-pelayanan/"
    _status, _headers, body = await connection.ask("GET", menu, more={"Accept-Encoding": "identity"})
    found = re.findall(rb'href="(/belajar/[^"]+/materi/berorientasi-pelayanan/[^"/]+/)"', body)
    if not found:
        raise SystemExit("the menu of the chapter has no pages")
    return sorted({path.decode() for path in found})


async def _hammer(
    stage_: Stage, seconds: float, act: Callable[[Connection, Participant, Times, float], Awaitable[None]], n: int = 8
) -> Times:
    times, until = Times(), time.perf_counter() + seconds
    people = stage_.participants[:n]
    connections = [Connection("127.0.0.1", stage_.port, {**p.headers, "Accept-Encoding": "gzip"}) for p in people]
    await asyncio.gather(*(act(c, p, times, until) for c, p in zip(connections, people, strict=True)))
    for connection in connections:
        connection.close()
    return times


async def _read(connection: Connection, person: Participant, times: Times, until: float) -> None:
    for path in cycle(await _pages(connection, person)):
        if time.perf_counter() >= until:
            return
        began = time.perf_counter()
        status, _headers, _body = await connection.ask("GET", path)
        times.add(began, status)


_revision = 0


def answer_body(number: int, choice: str, revision: int) -> bytes:
    return urlencode({"nomor": number, "pilihan": choice, "revisi": revision}).encode()


async def _answer(connection: Connection, person: Participant, times: Times, until: float) -> None:
    global _revision  # noqa: PLW0603  (one counter for the whole run: revisions only grow)
    while time.perf_counter() < until:
        _revision += 1
        number = _revision % len(person.options) + 1
        choice = random.choice(person.options[number - 1])
        began = time.perf_counter()
        status, _headers, _body = await connection.ask(
            "POST", f"/tes/{person.sitting}/jawab/", answer_body(number, choice, _revision), JSON
        )
        times.add(began, status)


def answers(stage_: Stage, database: str = "SQLite") -> list[Line]:
    """Saving one answer through the real server, eight connections at full speed."""
    rates, p50, p99 = [], [], []
    for run in range(RUNS + 1):
        times = asyncio.run(_hammer(stage_, 8.0, _answer))
        if set(times.statuses) != {200}:
            raise SystemExit(f"saving answered {times.statuses}")
        if run:
            rates.append(len(times.seconds) / 8.0)
            p50.append(times.percentile(0.5))
            p99.append(times.percentile(0.99))
    return [
        _line(f"Saving one answer, {database}, 8 connections", "≥ 300/s", rates, "/s", lambda v: v >= 300),
        _line("Saving one answer, p50", "–", p50, "ms", None),
        _line("Saving one answer, p99", "< 300 ms", p99, "ms", lambda v: v < 300),
    ]


async def _exam(stage_: Stage, questions: int) -> tuple[Times, Times, Times, int]:
    """Everybody begins within ten seconds, thinks 5 to 15 seconds a question, and hands in."""
    begin, save, finish = Times(), Times(), Times()
    lost = 0

    async def sit(person: Participant) -> None:
        nonlocal lost
        draw = random.Random(person.session)
        await asyncio.sleep(draw.uniform(0, 10))
        connection = Connection("127.0.0.1", stage_.port, person.headers)
        began = time.perf_counter()
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        status, headers, _b = await connection.ask("POST", f"/belajar/{person.enrolment}/tes/tes-awal/", b"", form)
        begin.add(began, status)
        sitting = headers["location"].strip("/").split("/")[1]
        for number in range(1, questions + 1):
            _s, _h, body = await connection.ask("GET", f"/tes/{sitting}/soal/{number}/")
            options = re.findall(rb'name="pilihan"[^>]*value="([^"]+)"', body)
            await asyncio.sleep(draw.uniform(5, 15))
            began = time.perf_counter()
            try:
                status, _h, body = await connection.ask(
                    "POST",
                    f"/tes/{sitting}/jawab/",
                    answer_body(number, draw.choice(options).decode(), number),
                    JSON,
                )
            except Lost:
                lost += 1
                continue
            save.add(began, status)
            if status == 200 and json.loads(body)["number"] != number:
                lost += 1
        began = time.perf_counter()
        status, _h, _b = await connection.ask("POST", f"/tes/{sitting}/selesai/", b"", form)
        finish.add(began, status)
        connection.close()

    await asyncio.gather(*(sit(p) for p in stage_.participants))
    return begin, save, finish, lost


def analysis(found: LargeClass, people: int) -> list[Line]:
    """The pages of a class of `people` who have finished both tests, one request after the other, and the computing
    behind them."""
    cohort = f"/pengampu/{found.cohort}"
    pages = {
        "items to look at": f"{cohort}/soal/",
        "all items of the first test, page 3": f"{cohort}/soal/?tes=tes-awal&lihat=semua&hal=3",
        "items over all cohorts": f"/pengampu/soal/{found.version}/",
        "results with class gain": f"{cohort}/hasil/",
    }
    lines = []
    for what, path in pages.items():
        p50, p95 = [], []
        for run in range(RUNS + 1):
            times = asyncio.run(_ask_often(found, path, 20))
            if set(times.statuses) != {200}:
                raise SystemExit(f"{path} answered {times.statuses}")
            if run:
                p50.append(times.percentile(0.5))
                p95.append(times.percentile(0.95))
        name = f"Class of {people}: {what}"
        lines.append(_line(f"{name}, p50", "< 300 ms", p50, "ms", lambda v: v < 300))
        lines.append(_line(f"{name}, p95", "–", p95, "ms", None))
    what = f"Class of {people}: computing both tests, cohort and version (in the background)"
    lines.append(Line(what, "–", f"{found.computed:.1f} s", "once", None))
    return lines


async def _ask_often(found: LargeClass, path: str, n: int) -> Times:
    times = Times()
    connection = Connection("127.0.0.1", found.stage.port, {"Cookie": found.cookies, "Accept-Encoding": "gzip"})
    for _ in range(n):
        began = time.perf_counter()
        status, _headers, _body = await connection.ask("GET", path)
        times.add(began, status)
    connection.close()
    return times


def exam(people: int = 500, questions: int = 30) -> list[Line]:
    """The common start. One run: it takes as long as the test."""
    with stage(people=people, begun=False) as prepared:
        server = start(prepared)
        try:
            begin, save, finish, lost = asyncio.run(_exam(prepared, questions))
        finally:
            stop(server)
    name = f"{people} participants, {questions} items"
    odd = {**begin.statuses, **save.statuses, **finish.statuses}
    lines = [
        Line(f"{name}: {what}, p50 / p95 / p99", "–",
             f"{t.percentile(.5):.0f} / {t.percentile(.95):.0f} / {t.percentile(.99):.0f} ms", f"n = {len(t.seconds)}", None)
        for what, t in (("begin", begin), ("save an answer", save), ("hand in", finish))
    ]  # fmt: skip
    expected = people * questions
    lines.append(Line(f"{name}: answers lost", "0", str(expected - save.statuses.get(200, 0) + lost), str(odd),
                      save.statuses.get(200, 0) == expected and not lost))  # fmt: skip
    return lines
