"""Which database the environment names; a URL that cannot be used stops the start and keeps its password to itself."""

from pathlib import Path

import pytest

from teladan.config.database_url import database
from teladan.config.environment import BadSetting

HOME = Path("/srv/teladan")


def test_without_a_url_the_data_lies_in_the_home() -> None:
    found = database("", home=HOME, pool=4)
    assert (found["ENGINE"], found["NAME"]) == ("teladan.config.sqlite_gate", HOME / "teladan.sqlite3")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("postgresql://siti:r%40hasia@db:5433/isi", ("isi", "siti", "r@hasia", "db", "5433")),
        ("postgres://db/isi", ("isi", "", "", "db", "")),
        ("postgresql://siti@/isi?host=/run/postgresql", ("isi", "siti", "", "/run/postgresql", "")),
    ],
)
def test_url_is_taken_apart(url: str, expected: tuple[str, ...]) -> None:
    found = database(url, home=HOME, pool=4)
    assert tuple(found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == expected
    assert found["ENGINE"] == "django.db.backends.postgresql"


def test_connections_are_limited_and_waits_end() -> None:
    url = "postgresql://db/isi?sslmode=require&options=-c%20search_path%3Dteladan"
    options = database(url, home=HOME, pool=7)["OPTIONS"]
    assert options["pool"]["max_size"] == 7
    assert options["sslmode"] == "require"
    assert "-c lock_timeout=10000" in options["options"]
    assert "-c idle_in_transaction_session_timeout=60000" in options["options"]
    assert options["options"].endswith("-c search_path=teladan")


@pytest.mark.parametrize(
    "url",
    ["mysql://siti:rahasia@db/isi", "postgresql://siti:rahasia@db", "postgresql://siti:rahasia@db:x y/isi", "rahasia"],
)
def test_url_that_cannot_be_used_stops_with_a_sentence_without_the_password(url: str) -> None:
    with pytest.raises(BadSetting, match="TELADAN_DATABASE_URL must be postgresql://") as stop:
        database(url, home=HOME, pool=4)
    assert "rahasia" not in str(stop.value)


def test_pool_of_nothing_is_refused() -> None:
    with pytest.raises(BadSetting, match="TELADAN_DATABASE_POOL"):
        database("postgresql://db/isi", home=HOME, pool=0)
