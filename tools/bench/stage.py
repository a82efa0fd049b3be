"""The stage of a benchmark: an installation in a temporary folder, signed-in participants, and the real server on it."""

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from teladan.rulebook.authoring import publish_course

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-m", "teladan.config.command"]


@dataclass(frozen=True)
class Participant:
    """A participant who is signed in: cookies, enrolment, the open test (if one was begun) and its options by question."""

    session: str
    csrf: str
    enrolment: str
    sitting: str
    options: list[list[str]]

    @property
    def headers(self) -> dict[str, str]:
        return {"Cookie": f"sessionid={self.session}; csrftoken={self.csrf}", "X-CSRFToken": self.csrf}


@dataclass(frozen=True)
class Stage:
    """A prepared installation: `env` for every process on it, `port` of its server."""

    home: Path
    port: int
    env: dict[str, str]
    participants: list[Participant]
    officer: Participant | None = None  # of the personnel office; without an enrolment

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def packs_with_long_test(folder: Path, count: int = 30) -> Path:
    """A copy of the packs whose tests have `count` items: the blueprint grows where the bank has room for both forms."""
    packs = folder / "packs"
    shutil.copytree(ROOT / "packs", packs, ignore=shutil.ignore_patterns("versions"))
    path = packs / "id" / "courses" / "berakhlak" / "course.yaml"
    course = yaml.safe_load(path.read_text())
    bank = [
        item
        for file in (path.parent / "items").glob("*.yaml")
        for item in yaml.safe_load(file.read_text())["items"]
        if item["use"] == "tes"
    ]
    test = course["tests"]["tes-awal"]
    test["minutes"] = 240  # a long run must not end because the participants' time does
    for cell in test["blueprint"]:
        room = cell.get("anchors", 0) + min(
            sum(i["form"] == form and (i["value"], i["level"]) == (cell["value"], cell["level"]) for i in bank)
            for form in "AB"
        )
        missing = count - sum(c["count"] for c in test["blueprint"])
        cell["count"] += max(0, min(missing, room - cell["count"]))
    if sum(c["count"] for c in test["blueprint"]) != count:
        raise SystemExit(f"the bank cannot fill a test of {count} items")
    course["tests"]["tes-akhir"]["blueprint"] = [dict(cell) for cell in test["blueprint"]]  # both tests are alike
    path.write_text(yaml.safe_dump(course, allow_unicode=True, sort_keys=False))
    publish_course(path.parent, packs=packs)
    return packs


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@dataclass(frozen=True)
class LargeClass:
    """A class in which everybody has finished both tests: its stage, the organiser's cookies, the cohort, the version of
    the course as in the address, and how long the figures of cohort and version took to compute."""

    stage: Stage
    cookies: str
    cohort: str
    version: str
    computed: float


@contextlib.contextmanager
def stage(*, people: int, begun: bool, read_pages: bool = False, url: str = "") -> Iterator[Stage]:
    """An installation with `people` signed-in participants of one running cohort; `begun`: their first test is open;
    `read_pages`: the first test is done, so that the chapters are open. `url` names an empty PostgreSQL database;
    without it the data lies in SQLite."""
    wanted = json.dumps({"people": people, "begun": begun, "read_pages": read_pages})
    with _prepared("tools.bench.prepare", wanted, packs_with_long_test, url) as (home, port, env, found):
        present = [Participant(**p) for p in found["participants"]]
        yield Stage(home, port, env, present, Participant(**found["officer"]))


@contextlib.contextmanager
def large_class(people: int) -> Iterator[LargeClass]:
    """An installation with one class of `people` who have finished both tests of the shipped course."""
    with _prepared("tools.bench.large_class", str(people), lambda _folder: ROOT / "packs") as (home, port, env, found):
        yield LargeClass(
            Stage(home, port, env, []), found["cookies"], found["cohort"], found["version"], found["computed"]
        )


@contextlib.contextmanager
def _prepared(
    module: str, argument: str, packs: Callable[[Path], Path], url: str = ""
) -> Iterator[tuple[Path, int, dict[str, str], Any]]:
    """A new installation that `module` has filled: home, port, environment, and what the module printed."""
    folder = Path(tempfile.mkdtemp(prefix="teladan-bench-"))
    port = free_port()
    env = {
        **os.environ,
        "TELADAN_HOME": str(folder / "home"),
        "TELADAN_PACKS": str(packs(folder)),
        "TELADAN_SECRET_KEY": "only-for-benchmarks",
        "TELADAN_BIND": f"127.0.0.1:{port}",
        "TELADAN_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "teladan.config.settings",
        "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}",
        "PYTHONUNBUFFERED": "1",
        "TELADAN_DATABASE_URL": url,
    }
    env.pop("TELADAN_DEMO", None)
    try:
        run = [sys.executable, "-m", module, argument]
        done = subprocess.run(run, env=env, cwd=ROOT, check=False, stdout=subprocess.PIPE)
        if done.returncode:
            raise SystemExit("the stage could not be prepared")
        ready = subprocess.run(
            [*COMMAND, "up", "--siapkan-saja"], env=env, cwd=ROOT, check=False, stdout=subprocess.PIPE
        )
        if ready.returncode:  # static files are built here once, so that later starts take seconds
            raise SystemExit(f"the stage could not be prepared: {ready.stdout.decode()[-500:]}")
        yield folder / "home", port, env, json.loads(done.stdout.splitlines()[-1])
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def another_node(prepared: Stage) -> Stage:
    """A second node of the same installation, on a port of its own."""
    port = free_port()
    return replace(prepared, port=port, env={**prepared.env, "TELADAN_BIND": f"127.0.0.1:{port}"})


def start(stage: Stage, log: Path | None = None, *arguments: str) -> subprocess.Popen[bytes]:
    """Start the real server and wait until it answers. `arguments` go to `teladan up`."""
    out = log.open("ab") if log else subprocess.DEVNULL
    process = subprocess.Popen(
        [*COMMAND, "up", *arguments], env=stage.env, cwd=ROOT, stdout=out, stderr=out, start_new_session=True
    )
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{stage.url}/sehat/", timeout=2):
            return process
        if process.poll() is not None:
            raise SystemExit(f"the server ended at its start with {process.returncode}")
        time.sleep(0.05)
    raise SystemExit("the server did not answer within two minutes")


def members(process: subprocess.Popen[bytes]) -> list[int]:
    """The process and everything it started, by reading /proc."""
    parents: dict[int, int] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
    found = [process.pid]
    for pid in found:
        found += [child for child, parent in parents.items() if parent == pid]
    return found


def kill(process: subprocess.Popen[bytes]) -> None:
    """`kill -9` to everything at once, as a power cut would."""
    for pid in members(process):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    process.wait()


def stop(process: subprocess.Popen[bytes]) -> None:
    """End in good order."""
    process.terminate()
    try:
        process.wait(25)
    except subprocess.TimeoutExpired:
        kill(process)
