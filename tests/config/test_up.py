"""`teladan up` from an empty folder: prepares, serves, survives a killed server, ends in good order."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")]


class Installation:
    """A home of its own on a free port."""

    def __init__(self, home: Path) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.log = home.with_suffix(".log")
        self.environment = {key: value for key, value in os.environ.items() if not key.startswith("TELADAN_")}
        self.environment |= {
            "TELADAN_HOME": str(home),
            "TELADAN_BIND": f"127.0.0.1:{self.port}",
            "DJANGO_SETTINGS_MODULE": "teladan.config.settings",
            "PYTHONPATH": str(ROOT / "src"),
        }
        self.process: subprocess.Popen[bytes] | None = None

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        call = [sys.executable, "-m", "teladan.config.command", *arguments]
        return subprocess.run(call, env=self.environment, capture_output=True, text=True, timeout=240, check=False)

    def start(self) -> None:
        call = [sys.executable, "-m", "teladan.config.command", "up"]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(call, env=self.environment, stdout=log, stderr=log)

    def status(self, path: str) -> int:
        """The status of an address; 0 when nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def until_said(self, words: str) -> None:
        limit = time.monotonic() + 60
        while words not in self.log.read_text():
            assert time.monotonic() < limit, self.log.read_text()
            time.sleep(0.05)

    def until_served(self, path: str = "/", seconds: float = 180) -> None:
        limit = time.monotonic() + seconds
        while self.status(path) != 200:
            assert self.process is not None
            assert self.process.poll() is None, self.log.read_text()
            assert time.monotonic() < limit, self.log.read_text()
            time.sleep(0.2)

    def children(self) -> list[int]:
        assert self.process is not None
        return [
            int(pid) for pid in Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        ]

    def server(self) -> int:
        (found,) = [pid for pid in self.children() if b"granian" in Path(f"/proc/{pid}/cmdline").read_bytes()]
        return found


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    one = Installation(tmp_path / "data")
    yield one
    if one.process is not None:
        one.process.terminate()
        one.process.wait(60)


def test_up_serves_from_an_empty_folder_and_survives_a_killed_server(installation: Installation) -> None:
    installation.start()
    installation.until_served()
    assert "teladan init" in installation.log.read_text()
    busy = installation.command("up")
    assert (busy.returncode, "Tidak dapat memakai" in busy.stderr) == (1, True)

    os.kill(installation.server(), signal.SIGKILL)
    installation.until_said("dijalankan lagi")  # until then the killed one's orphans may still answer
    installation.until_served()

    assert installation.process is not None
    installation.process.send_signal(signal.SIGINT)
    assert installation.process.wait(60) == 0
    assert installation.status("/") == 0
    said = installation.log.read_text()
    assert said.count("Teladan siap di") == 1
    assert "Berhenti ..." in said
    assert "Traceback" not in said


def test_init_makes_one_agency_with_an_operator_and_shows_the_code_once(installation: Installation) -> None:
    answers = ["--nama", "Dinas Uji", "--slug", "dinas-uji", "--zona", "WITA", "--nip", "199001012020121001"]
    missing = installation.command("init", *answers)
    assert (missing.returncode, "Nama lengkap operator" in missing.stderr) == (1, True)
    made = installation.command("init", *answers, "--nama-operator", "Sari Dewi")
    assert made.returncode == 0, made.stderr
    assert "Kode aktivasi: " in made.stdout
    again = installation.command("init", *answers, "--nama-operator", "Sari Dewi")
    assert (again.returncode, "sudah mempunyai instansi" in again.stderr) == (1, True)
    installation.environment["TELADAN_DEMO"] = "1"
    demo = installation.command("init")
    assert (demo.returncode, "TELADAN_DEMO=1" in demo.stderr) == (1, True)


def test_init_with_an_impossible_answer_makes_nothing(installation: Installation) -> None:
    answers = ["--nama", "Dinas Uji", "--slug", "Dinas Uji!", "--zona", "WITA", "--nip", "199001012020121001"]
    refused = installation.command("init", *answers, "--nama-operator", "Sari Dewi")
    assert refused.returncode == 1
    assert refused.stderr.startswith("teladan: ")
    made = installation.command("init", *answers, "--slug", "dinas-uji", "--nama-operator", "Sari Dewi")
    assert made.returncode == 0, made.stderr
