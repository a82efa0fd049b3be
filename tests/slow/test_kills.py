"""`kill -9` at any moment loses no acknowledged answer and doubles none.

The client keeps its own journal: an answer is written there only after the server acknowledged it. The server and its worker
are killed together at random moments under load; in the end the journal must equal what is stored. The number of kills comes from
TELADAN_KILLS (25 here; docs/benchmarks.md tells of 200).
"""

import asyncio
import json
import os
import random
import sqlite3

import pytest

from tools.bench.client import Connection, Lost
from tools.bench.stage import Participant, Stage, kill, stage, start, stop
from tools.bench.suites import JSON, answer_body

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("TELADAN_KILLS", "25"))
PEOPLE = 8


class Journal:
    """What one participant's client knows: per question the acknowledged answer, and the one under way at a kill."""

    def __init__(self, person: Participant) -> None:
        self.person = person
        self.revision = 0
        self.acknowledged: dict[int, tuple[str, int]] = {}
        self.uncertain: dict[int, tuple[str, int]] = {}

    async def answer(self, port: int, draw: random.Random, stopped: asyncio.Event) -> None:
        connection = Connection("127.0.0.1", port, self.person.headers)
        while not stopped.is_set():
            self.revision += 1
            number = draw.randint(1, len(self.person.options))
            choice = draw.choice(self.person.options[number - 1])
            self.uncertain[number] = (choice, self.revision)
            try:
                status, _headers, body = await connection.ask(
                    "POST", f"/tes/{self.person.sitting}/jawab/", answer_body(number, choice, self.revision), JSON
                )
            except Lost:
                return
            if status == 200:
                saved = json.loads(body)
                assert (saved["number"], saved["choice"]) == (number, choice)
                self.acknowledged[number] = (choice, self.revision)
                self.uncertain.pop(number, None)
        connection.close()

    def check(self, stored: dict[int, tuple[str, int]]) -> list[str]:
        """What does not fit. An answer under way when the server died may be stored or not; never anything older."""
        wrong = []
        for number in range(1, len(self.person.options) + 1):
            known, maybe, found = self.acknowledged.get(number), self.uncertain.get(number), stored.get(number)
            if found != known and not (maybe is not None and found == maybe):
                wrong.append(f"question {number}: acknowledged {known}, under way {maybe}, stored {found}")
        return wrong


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
                for number in list(journal.uncertain):  # settled now: what is stored is what counts from here on
                    if number in mine:
                        journal.acknowledged[number] = mine[number]
                journal.uncertain.clear()
        server = start(prepared)
        stop(server)
        assert sum(len(j.acknowledged) for j in journals) > PEOPLE
