"""The door of the learning record store: compose, record and read statements of xAPI 2.0."""

from teladan.lrs import verbs
from teladan.lrs.building import fingerprint, score, statement_id
from teladan.lrs.data import Statement
from teladan.lrs.domain import record, statement
from teladan.lrs.formats import to_duration, to_moment, to_timestamp
from teladan.lrs.queries import statements_of
from teladan.lrs.validation import Fault, faults
from teladan.lrs.verbs import Verb

__all__ = [
    "Fault",
    "Statement",
    "Verb",
    "faults",
    "fingerprint",
    "record",
    "score",
    "statement",
    "statement_id",
    "statements_of",
    "to_duration",
    "to_moment",
    "to_timestamp",
    "verbs",
]
