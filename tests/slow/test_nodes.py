"""Two nodes and one worker on one PostgreSQL: writes go through both, one is killed under load, nothing acknowledged is
lost and everything announced is done."""

import asyncio
import itertools
import json
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from tests.slow.journal import Journal
from tests.slow.postgres_server import postgres_server
from tools.bench.client import Connection
from tools.bench.stage import ROOT, Stage, another_node, kill, stage, start, stop

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]
PEOPLE, KILLS = 6, 6


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    """An empty database; commits wait for the disk, as in production."""
    with postgres_server(tmp_path / "server") as url:
        yield url


def query(url: str, sql: str, *values: Any) -> list[Any]:
    with psycopg.connect(url) as connection:
        return connection.execute(sql, values).fetchall()


def stored(url: str) -> dict[str, dict[int, tuple[str, int]]]:
    found: dict[str, dict[int, tuple[str, int]]] = {}
    for sitting, number, choice, revision in query(
        url, "SELECT sitting_id, number, choice, revision FROM instruments_answer"
    ):
        found.setdefault(str(sitting), {})[number] = (choice, revision)
    return found


async def keep_answering(journal: Journal, ports: list[int], draw: random.Random, stopped: asyncio.Event) -> None:
    """Answer through one node; when it is gone, through the other, as a proxy in front would lead there."""
    for port in itertools.cycle(ports):
        if stopped.is_set():
            return
        await journal.answer(port, draw, stopped)


async def one_kill(journals: list[Journal], ports: list[int], victim: Any, draw: random.Random) -> int:
    """All answer at full speed through both nodes while one dies; how many answers came through afterwards."""
    stopped = asyncio.Event()
    clients = [
        asyncio.create_task(keep_answering(journal, ports[place % 2 :] + ports[: place % 2], draw, stopped))
        for place, journal in enumerate(journals)
    ]
    await asyncio.sleep(draw.uniform(0.3, 1.0))
    await asyncio.to_thread(kill, victim)
    before = sum(journal.revision for journal in journals)
    await asyncio.sleep(0.7)
    stopped.set()
    await asyncio.gather(*clients)
    return sum(journal.revision for journal in journals) - before


async def hand_in(prepared: Stage, port: int, place: int) -> None:
    person = prepared.participants[place]
    connection = Connection("127.0.0.1", port, person.headers)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    status, _headers, _body = await connection.ask("POST", f"/tes/{person.sitting}/selesai/", b"", form)
    connection.close()
    assert status == 302


def until_drained(url: str, seconds: float = 120) -> None:
    """Until nothing is left that is due; work put off to a later hour may wait."""
    limit = time.monotonic() + seconds
    while query(url, "SELECT 1 FROM jobs_delivery WHERE state <> 'done' AND run_at <= now() LIMIT 1"):
        assert time.monotonic() < limit, "deliveries are still open"
        time.sleep(0.2)


def test_node_killed_under_load_loses_no_acknowledged_answer(url: str) -> None:
    draw = random.Random(20261122)
    with stage(people=PEOPLE, begun=True, url=url) as one:
        two = another_node(one)
        nodes, arguments = [one, two], [(), ("--tanpa-pekerja",)]
        servers = [start(node, None, *more) for node, more in zip(nodes, arguments, strict=True)]
        journals = [Journal(person) for person in one.participants]
        try:
            for turn in range(KILLS):
                victim = turn % 2
                ports = [one.port, two.port]
                went_on = asyncio.run(one_kill(journals, ports, servers[victim], draw))
                assert went_on > PEOPLE, "nobody got through after the kill"
                now = stored(url)
                for journal in journals:
                    mine = now.get(journal.person.sitting, {})
                    assert journal.check(mine) == []
                    journal.settle(mine)
                servers[victim] = start(nodes[victim], None, *arguments[victim])
            for place in range(PEOPLE):
                asyncio.run(hand_in(one, nodes[place % 2].port, place))
            until_drained(url)
        finally:
            for server in servers:
                stop(server)
        told = query(url, "SELECT count(*) FROM lrs_storedstatement WHERE body->'verb'->>'id' LIKE '%%answered'")
        assert told == [(sum(len(journal.acknowledged) for journal in journals),)]
        assert stored(url) == {}
        proof = subprocess.run(
            [sys.executable, "-m", "teladan.config.command", "ledger", "verify", "--json"],
            env=one.env,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert json.loads(proof.stdout)["is_whole"]
