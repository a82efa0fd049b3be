"""Which database: `TELADAN_DATABASE_URL` names a PostgreSQL, without it SQLite lies in the data folder."""

from pathlib import Path
from typing import Any

from teladan.config.environment import BadSetting

NAME = "TELADAN_DATABASE_URL"
LONGEST_WAIT_MS = 10_000  # for a lock, as for the gate of SQLite; then the request is refused and nothing is changed
LONGEST_PAUSE_MS = 60_000  # inside an open transaction: a node that lost its power must not keep its locks


def database(url: str, *, home: Path, pool: int) -> dict[str, Any]:
    """Django's description of the database. BadSetting for a URL that cannot be used.

    `pool` is how many connections one process may hold at a time: a server process needs one for each of its threads.
    """
    return _postgresql(url, pool) if url else _sqlite(home)


def _sqlite(home: Path) -> dict[str, Any]:
    return {
        "ENGINE": "teladan.config.sqlite_gate",  # Django's SQLite behind one fair gate for writers
        "NAME": home / "teladan.sqlite3",
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 5,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY; PRAGMA mmap_size=134217728;"
                "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-8000;"
            ),
        },
    }


def _postgresql(url: str, pool: int) -> dict[str, Any]:
    from psycopg import ProgrammingError  # noqa: PLC0415  (an installation on SQLite does without it)
    from psycopg.conninfo import conninfo_to_dict  # noqa: PLC0415

    if pool < 1:
        raise BadSetting("TELADAN_DATABASE_POOL must be at least 1")
    try:
        given: dict[str, Any] = conninfo_to_dict(url) if url.startswith(("postgresql://", "postgres://")) else {}
    except ProgrammingError:  # its words would show the password
        given = {}
    if not given.get("dbname"):
        raise BadSetting(f"{NAME} must be postgresql://user:password@host:port/name, or empty for SQLite")
    limits = f"-c lock_timeout={LONGEST_WAIT_MS} -c idle_in_transaction_session_timeout={LONGEST_PAUSE_MS}"
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": given.pop("dbname"),
        "USER": given.pop("user", ""),
        "PASSWORD": given.pop("password", ""),
        "HOST": given.pop("host", ""),
        "PORT": given.pop("port", ""),
        "CONN_HEALTH_CHECKS": True,  # a connection that died with the server is replaced before a request sees it
        "OPTIONS": {
            "connect_timeout": 5,
            **given,  # sslmode and the like
            "options": f"{limits} {given.get('options', '')}".strip(),
            "pool": {"min_size": 0, "max_size": pool, "timeout": LONGEST_WAIT_MS / 1000},
        },
    }
