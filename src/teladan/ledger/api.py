"""The door of the ledger: record acts (started, finished, decided, changed; not each answer) and prove them later."""

from teladan.ledger.canonical import JSON
from teladan.ledger.data import EntryCard, Narrowing, Verification
from teladan.ledger.queries import entries_in, entries_of
from teladan.ledger.record import record
from teladan.ledger.sequence import sequence
from teladan.ledger.verify import verify

__all__ = ["JSON", "EntryCard", "Narrowing", "Verification", "entries_in", "entries_of", "record", "sequence", "verify"]
