"""`kill -9` at any moment loses no acknowledged answer and doubles none.

The client keeps its own journal: an answer is written there only after the server acknowledged it. The server and its worker
are killed together at random moments under load; in the end the journal must equal what is stored. The number of kills comes from
TELADAN_KILLS (25 here; docs/benchmarks.md tells of 200).
"""

import asyncio
import os
import random
import sqlite3

import pytest

from tests.slow.journal import Journal
from tools.bench.stage import Stage, kill, stage, start, stop

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("TELADAN_KILLS", "25"))
PEOPLE = 8


async def _round(prepared: Stage, journals: list[Journal], server: object, draw: random.Random) -> None:
    stopped = asyncio.Event()
    clients = [asyncio.create_task(j.answer(prepared.port, draw, stopped)) for j in journals]
    await asyncio.sleep(draw.uniform(0.05, 0.9))
    await asyncio.to_thread(kill, server)
    stopped.set()
    await asyncio.gather(*clients)


def _stored(prepared: Stage) -> dict[str, dict[int, tuple[str, int]]]:
    with sqlite3.connect(prepared.home / "teladan.sqlite3") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = database.execute("SELECT sitting_id, number, choice, revision FROM instruments_answer").fetchall()
    found: dict[str, dict[int, tuple[str, int]]] = {}
    for sitting, number, choice, revision in rows:
        answers = found.setdefault(str(sitting).replace("-", ""), {})
        assert number not in answers, "an answer is stored twice"
        answers[number] = (choice, revision)
    return found


@pytest.mark.enable_socket
def test_kill_nine_under_load_loses_no_acknowledged_answer() -> None:
    draw = random.Random(20261121)
    with stage(people=PEOPLE, begun=True) as prepared:
        journals = [Journal(p) for p in prepared.participants]
        for _kill in range(KILLS):
            asyncio.run(_round(prepared, journals, start(prepared), draw))
            stored = _stored(prepared)
            for journal in journals:
                mine = stored.get(journal.person.sitting.replace("-", ""), {})
                assert journal.check(mine) == []
                journal.settle(mine)
        server = start(prepared)
        stop(server)
        assert sum(len(j.acknowledged) for j in journals) > PEOPLE
