"""A roster of a hundred thousand people comes in through its page while eight people answer a test."""

import asyncio
import csv
import io
import itertools
import random
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from tools.bench.client import Connection, Times
from tools.bench.stage import Participant, Stage, members
from tools.bench.suites import JSON, Line, answer_body

PEOPLE = 100_000
UNITS = 2_000
PAUSE = 0.25  # seconds between the answers of one person: eight of them make about thirty a second
HEAD = ("nip", "nama", "jenis", "kode_unit", "unit", "kode_unit_induk", "jabatan", "jenis_jabatan", "rumpun", "email",
        "telepon", "tmt", "golongan")  # fmt: skip
STATE = "SELECT state FROM people_rosterimport ORDER BY made_at DESC LIMIT 1"


def rows(people: int = PEOPLE) -> Iterator[tuple[str, ...]]:
    """The same people every time: two thousand units of fifty, four positions in each."""
    for n in range(people):
        unit = n * UNITS // people
        serial, rest = n % 999 + 1, n // 999
        nip = f"{1966 + rest // 12 % 30}{rest % 12 + 1:02d}15{2000 + rest // 360 % 20}03{1 + n % 2}{serial:03d}"
        above = "" if unit == 0 else f"U{unit // 40 * 40:05d}" if unit % 40 else "U00000"
        title = ("Perawat Terampil", "Bidan Terampil", "Pengadministrasi Umum", "Penata Layanan Operasional")[n % 4]
        kind = "Pelaksana" if n % 4 > 1 else "Fungsional"
        yield (nip, f"Pegawai Ukur {n:06d}, S.Tr.Keb.", "PNS", f"U{unit:05d}", f"Unit Kerja Ukur {unit:05d}", above,
               title, kind, "", f"pegawai{n}@ukur.go.id", f"0812{n:08d}", "01-03-2024", "III/a")  # fmt: skip


def file_of(kind: str) -> bytes:
    """The roster as "csv" or "xlsx"."""
    if kind == "csv":
        text = io.StringIO(newline="")
        made = csv.writer(text, delimiter=";")
        made.writerow(HEAD)
        made.writerows(rows())
        return text.getvalue().encode()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "roster.xlsx"
        with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
            sheet = book.add_worksheet("Pegawai")
            for line, row in enumerate([HEAD, *rows()]):
                for column, cell in enumerate(row):
                    sheet.write_string(line, column, cell)
        return path.read_bytes()


def roster(stage: Stage, server: "subprocess.Popen[bytes]", kind: str) -> list[Line]:
    """Upload, check and apply; how long each took, what memory, and what those who answered meanwhile felt."""
    content = file_of(kind)
    times, marks, memory = asyncio.run(_run(stage, server, kind, content))
    if set(times.statuses) != {200}:
        raise SystemExit(f"saving answered {times.statuses}")
    with sqlite3.connect(stage.home / "teladan.sqlite3") as database:
        (people,) = database.execute("SELECT count(*) FROM people_person").fetchone()
    if people != PEOPLE:
        raise SystemExit(f"{people} people instead of {PEOPLE}")
    name = f"{PEOPLE:,} people, {kind.upper()} of {len(content) / 1e6:.1f} MB"
    sent, checked, applied = (b - a for a, b in itertools.pairwise(marks))
    total, p99 = marks[-1] - marks[0], times.percentile(0.99)
    parts = f"upload {sent:.0f}, check {checked:.0f}, apply {applied:.0f}"
    return [
        Line(f"{name}: from the upload to the last person", "< 120 s", f"{total:.0f} s", parts, total < 120),
        Line(
            f"{name}: memory of the largest process, at its highest", "< 600 MB", f"{memory:.0f} MB", "–", memory < 600
        ),
        Line(
            f"{name}: saving an answer meanwhile, p99",
            "< 1000 ms",
            f"{p99:.0f} ms",
            f"p50 {times.percentile(0.5):.0f}, longest {times.percentile(1):.0f} ms, n = {len(times.seconds)}",
            p99 < 1000,
        ),
    ]


async def _run(
    stage: Stage, server: "subprocess.Popen[bytes]", kind: str, content: bytes
) -> tuple[Times, list[float], float]:
    times, over = Times(), asyncio.Event()
    answering = [asyncio.create_task(_answer(stage, person, times, over)) for person in stage.participants]
    await asyncio.sleep(2)
    times.seconds.clear()  # the first answers warm the server up
    marks = [time.perf_counter()]
    address = await _upload(stage, kind, content)
    marks.append(time.perf_counter())
    await _until(stage, "checked")
    marks.append(time.perf_counter())
    connection = Connection("127.0.0.1", stage.port, stage.officer.headers)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _headers, _body = await connection.ask("POST", f"{address}terapkan/", b"", form)
    connection.close()
    if status != 302:
        raise SystemExit(f"applying answered {status}")
    await _until(stage, "applied")
    marks.append(time.perf_counter())
    over.set()
    await asyncio.gather(*answering)
    return times, marks, max(_highest(pid) for pid in members(server))


async def _upload(stage: Stage, kind: str, content: bytes) -> str:
    mark = "teladan-ukur-7f3a9c"
    head = f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="roster.{kind}"\r\n\r\n'
    body = head.encode() + content + f"\r\n--{mark}--\r\n".encode()
    connection = Connection("127.0.0.1", stage.port, stage.officer.headers)
    more = {"Content-Type": f"multipart/form-data; boundary={mark}"}
    status, headers, _body = await connection.ask("POST", "/kepegawaian/impor/", body, more)
    connection.close()
    if status != 302:
        raise SystemExit(f"the upload answered {status}")
    return headers["location"]


async def _until(stage: Stage, wanted: str) -> None:
    while True:
        with sqlite3.connect(stage.home / "teladan.sqlite3") as database:
            found = database.execute(STATE).fetchone()
        if found and found[0] == wanted:
            return
        await asyncio.sleep(0.2)


async def _answer(stage: Stage, person: Participant, times: Times, over: asyncio.Event) -> None:
    connection = Connection("127.0.0.1", stage.port, person.headers)
    draw, revision = random.Random(person.session), 0
    while not over.is_set():
        revision += 1
        number = revision % len(person.options) + 1
        body = answer_body(number, draw.choice(person.options[number - 1]), revision)
        began = time.perf_counter()
        status, _headers, _body = await connection.ask("POST", f"/tes/{person.sitting}/jawab/", body, JSON)
        times.add(began, status)
        await asyncio.sleep(draw.uniform(0.5, 1.5) * PAUSE)
    connection.close()


def _highest(pid: int) -> float:
    """The most memory a process has held, in MB."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)
