"""Recording, sequencing, proving; what is recorded stays, and what is changed by force is found."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from teladan.jobs import registry
from teladan.kernel import clock
from teladan.ledger import api, triggers
from teladan.ledger.models import AppendOnly, Entry, Head

AGENCY, ACTOR = uuid4(), uuid4()
ZEROS = {"sqlite": "zeroblob(32)", "postgresql": "decode(repeat('00', 32), 'hex')"}
NOON = datetime(2026, 11, 23, 5, 0, tzinfo=UTC)


def write(number: int = 1, *, start: int = 0, **kwargs: Any) -> list[UUID]:
    """Record `number` acts a second apart."""
    ids = []
    for n in range(start, start + number):
        with clock.at(NOON + timedelta(seconds=n)), transaction.atomic():
            given = {"act": "tests.lamp_lit", "subject": f"lamp:{n}", "data": {"n": n, "dari": "loket–3"}, **kwargs}
            ids.append(api.record(agency_id=AGENCY, actor_id=ACTOR, **given))
    return ids


def force(*statements: str) -> None:
    """Change the database as somebody would who owns it: without its guard."""
    with connection.cursor() as cursor:
        for trigger in ("entry_kept", "entry_sealed", "entry_new", "head_kept", "head_forward"):
            on = f" ON ledger_{trigger.split('_')[0]}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS ledger_{trigger}{on}")
        for statement in statements:
            cursor.execute(statement.replace("ZEROS", ZEROS[connection.vendor]))


@pytest.fixture
def chained(db: None) -> None:
    write(7)
    assert api.sequence() == 7


def test_acts_of_an_agency_are_listed_without_those_of_another(db: None) -> None:
    (own,) = write(1)
    with clock.at(NOON), transaction.atomic():
        api.record(act="tests.lamp_lit", agency_id=uuid4(), actor_id=ACTOR, subject="lamp:9", data={})
    cards, total = api.entries_in(agency_id=AGENCY, narrowing=api.Narrowing(accounts=(ACTOR,), subjects=("lamp:9",)))
    assert ([card.id for card in cards], total) == ([own], 1)
    assert api.entries_in(agency_id=AGENCY) == (cards, total)


def test_recorded_act_is_found_by_subject_and_agency(db: None) -> None:
    (first,) = write(1, subject="lamp:1")
    (second,) = write(1, start=1, subject="lamp:1", act="tests.lamp_broken")
    cards = api.entries_of("lamp:1", agency_id=AGENCY)
    assert [(c.id, c.act, c.number, c.actor_id) for c in cards] == [
        (first, "tests.lamp_lit", None, ACTOR),
        (second, "tests.lamp_broken", None, ACTOR),
    ]
    assert cards[0].data == {"n": 0, "dari": "loket–3"}
    assert cards[0].at == NOON
    assert api.entries_of("lamp:1", agency_id=uuid4()) == []


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_raises() -> None:
    with pytest.raises(RuntimeError, match="atomic"):
        api.record(act="tests.lamp_lit", agency_id=None, actor_id=None, subject="lamp:1", data={})


@pytest.mark.django_db(transaction=True)
def test_record_in_a_transaction_that_fails_is_not_there() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        api.record(act="tests.lamp_lit", agency_id=None, actor_id=None, subject="lamp:1", data={})
        raise ZeroDivisionError
    assert not Entry.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"act": "lamp_lit"},
        {"act": "Tests.Lit"},
        {"subject": "lamp"},
        {"subject": "lamp:"},
        {"subject": "lamp:a b"},
        {"data": {"score": 0.5}},
    ],
)
def test_record_of_something_malformed_is_refused(db: None, given: dict[str, Any]) -> None:
    with pytest.raises((ValueError, TypeError)):
        write(1, **given)


def test_entry_refuses_to_be_changed_through_its_class(chained: None) -> None:
    entry = Entry.objects.get(number=3)
    refused: list[Callable[[], object]] = [
        entry.save,
        entry.delete,
        lambda: Entry.objects.update(act="x.y"),
        lambda: Entry.objects.all().delete(),
        lambda: Entry.objects.bulk_update([entry], ["act"]),
    ]
    for attempt in refused:
        with pytest.raises(AppendOnly):
            attempt()


@pytest.mark.parametrize(
    "statement",
    [
        "DELETE FROM ledger_entry WHERE number = 3",
        "DELETE FROM ledger_entry WHERE number IS NULL",
        "UPDATE ledger_entry SET data = '{}' WHERE number = 3",
        "UPDATE ledger_entry SET number = 99 WHERE number = 3",
        "UPDATE ledger_entry SET actor_id = NULL WHERE number IS NULL",
        "UPDATE ledger_entry SET at = '2020-01-01' WHERE number IS NULL",
        (
            "INSERT INTO ledger_entry (id, act, subject, data, at, number) "
            f"VALUES ('{AGENCY.hex}', 'a.b', 'c:d', '{{}}', '2026-01-01', 9)"
        ),
        (
            "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE number IS NULL "
            "ON CONFLICT (id) DO UPDATE SET act = 'x.y'"
        ),
        "DELETE FROM ledger_head",
        "UPDATE ledger_head SET number = number - 1",
    ],
)
def test_database_refuses_to_change_what_is_recorded(chained: None, statement: str) -> None:
    write(1, start=50)
    with pytest.raises(IntegrityError, match="ledger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert api.verify().is_whole


def test_database_refuses_to_replace_or_empty_what_is_recorded(chained: None) -> None:
    write(1, start=50)
    statements = {
        "sqlite": ["INSERT OR REPLACE INTO ledger_entry SELECT * FROM ledger_entry WHERE number IS NULL"],
        "postgresql": ["TRUNCATE ledger_entry", "TRUNCATE ledger_head", "TRUNCATE ledger_entry CASCADE"],
    }[connection.vendor]
    for statement in statements:
        with pytest.raises(IntegrityError, match="ledger"), transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL teladan.flush = off")  # the suite's own connections may empty tables
            cursor.execute(statement)
    assert api.verify().is_whole


def test_sequencer_numbers_in_order_of_time_and_links_each_to_the_one_before(db: None) -> None:
    write(3, start=10)
    write(2)
    assert [api.sequence(limit=4), api.sequence(), api.sequence()] == [4, 1, 0]
    rows = list(Entry.objects.order_by("number"))
    assert [(r.number, json.loads(r.data)["n"]) for r in rows] == [(1, 0), (2, 1), (3, 10), (4, 11), (5, 12)]
    previous = bytes(32)
    for row in rows:
        previous = hashlib.sha256(previous + bytes(row.leaf or b"")).digest()
        assert bytes(row.chain or b"") == previous
    head = Head.objects.get()
    assert (head.number, bytes(head.chain)) == (5, previous)


def test_whole_chain_is_verified_with_its_head_and_what_waits(chained: None) -> None:
    write(2, start=20)
    found = api.verify()
    assert (found.is_whole, found.checked, found.waiting, found.head_number, found.broken) == (True, 7, 2, 7, None)
    assert found.head == bytes(Head.objects.get().chain).hex()


def test_empty_ledger_is_whole(db: None) -> None:
    assert api.verify() == api.Verification(is_whole=True, checked=0, waiting=0, head_number=0, head="00" * 32)


@pytest.mark.parametrize(
    ("statements", "broken", "reason"),
    [
        (["UPDATE ledger_entry SET data = replace(data, '3}', '4}') WHERE number = 4"], 4, "bukan yang dahulu dicatat"),
        (["UPDATE ledger_entry SET data = '{' WHERE number = 4"], 4, "tidak lagi terbaca"),
        (["UPDATE ledger_entry SET at = '2020-01-01 00:00:00' WHERE number = 2"], 2, "bukan yang dahulu dicatat"),
        (["UPDATE ledger_entry SET actor_id = NULL WHERE number = 7"], 7, "bukan yang dahulu dicatat"),
        (["DELETE FROM ledger_entry WHERE number = 5"], 5, "nomor 6 langsung menyusul nomor 4"),
        (["DELETE FROM ledger_entry WHERE number = 1"], 1, "hilang"),
        (["DELETE FROM ledger_entry WHERE number = 7"], 7, "berakhir pada nomor 7"),
        (["DELETE FROM ledger_entry"], 1, "hilang"),
        (
            [
                "DELETE FROM ledger_entry WHERE number = 3",
                "UPDATE ledger_entry SET number = number - 1 WHERE number > 3",
                "UPDATE ledger_head SET number = 6",
            ],
            3,
            "tidak menyambung",
        ),
        (
            [
                "UPDATE ledger_entry SET number = 100 WHERE number = 3",
                "UPDATE ledger_entry SET number = 3 WHERE number = 4",
                "UPDATE ledger_entry SET number = 4 WHERE number = 100",
            ],
            3,
            "tidak menyambung",
        ),
        (["UPDATE ledger_entry SET chain = ZEROS WHERE number = 6"], 6, "tidak menyambung"),
        (["UPDATE ledger_head SET chain = ZEROS"], 7, "Ujung rantai"),
        (["DELETE FROM ledger_head"], 1, "sesudah ujung rantai"),
        (
            ["UPDATE ledger_head SET number = 5, chain = (SELECT chain FROM ledger_entry WHERE number = 5)"],
            6,
            "sesudah ujung rantai",
        ),
    ],
)
def test_change_by_force_is_found_at_its_number(chained: None, statements: list[str], broken: int, reason: str) -> None:
    force(*statements)
    found = api.verify()
    assert (found.is_whole, found.broken) == (False, broken)
    assert reason in found.reason


def test_every_changed_byte_of_an_entry_is_found(chained: None) -> None:
    force()
    entry = Entry.objects.get(number=4)
    for place in range(len(entry.data)):
        changed = entry.data[:place] + chr(ord(entry.data[place]) ^ 1) + entry.data[place + 1 :]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_entry SET data = %s WHERE number = 4", [changed])
            assert api.verify().broken == 4, changed
            cursor.execute("UPDATE ledger_entry SET data = %s WHERE number = 4", [entry.data])
    assert api.verify().is_whole


def test_entry_by_force_between_two_is_found(chained: None) -> None:
    (late,) = write(1, start=99)
    force(
        "UPDATE ledger_entry SET number = number + 1000 WHERE number > 3",
        "UPDATE ledger_entry SET number = number - 999 WHERE number > 1000",
        f"UPDATE ledger_entry SET number = 4, leaf = ZEROS, chain = ZEROS WHERE id = '{late.hex}'",
        "UPDATE ledger_head SET number = 8",
    )
    assert api.verify().broken == 4


@pytest.mark.django_db(transaction=True)
def test_ledger_is_guarded_again_after_a_test_emptied_it() -> None:
    write(1)
    api.sequence()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT count(*) FROM pg_trigger WHERE tgrelid::regclass::text LIKE 'ledger_%%' AND tgenabled = 'O'"
            )
            assert cursor.fetchone() == (len(triggers.POSTGRESQL) - 1,)  # one statement makes the function
        else:
            cursor.execute("SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'ledger_%%'")
            assert cursor.fetchone() == (len(triggers.SQLITE),)


def test_sequencer_is_scheduled_and_runs_early_after_deliveries(db: None) -> None:
    assert registry.rhythms["ledger.sequence"].minutes == 1
    write(3)
    registry.after_batch["ledger.sequence_early"]()
    assert api.verify().waiting == 0
    write(2, start=10)
    registry.receivers["ledger.sequence"].call(uuid4(), None, {})
    assert api.verify().head_number == 5
