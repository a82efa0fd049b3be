"""A participant's client that keeps its own journal: an answer stands there only after the server acknowledged it."""

import asyncio
import json
import random

from tools.bench.client import Connection, Lost
from tools.bench.stage import Participant
from tools.bench.suites import JSON, answer_body


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

    def settle(self, stored: dict[int, tuple[str, int]]) -> None:
        """What was under way is decided now: what is stored counts from here on."""
        for number in list(self.uncertain):
            if number in stored:
                self.acknowledged[number] = stored[number]
        self.uncertain.clear()

    def check(self, stored: dict[int, tuple[str, int]]) -> list[str]:
        """What does not fit. An answer under way when the server died may be stored or not; never anything older."""
        wrong = []
        for number in range(1, len(self.person.options) + 1):
            known, maybe, found = self.acknowledged.get(number), self.uncertain.get(number), stored.get(number)
            if found != known and not (maybe is not None and found == maybe):
                wrong.append(f"question {number}: acknowledged {known}, under way {maybe}, stored {found}")
        return wrong
