"""Canonical bytes and hashes: fixed vectors, refusals, properties."""

import hashlib
import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.ledger.canonical import GENESIS, LARGEST, canonical, chain_hash, leaf_hash

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-LARGEST, LARGEST) | texts,
    lambda inner: st.lists(inner) | st.dictionaries(texts, inner),
    max_leaves=20,
)


def test_canonical_form_is_sorted_tight_and_utf8() -> None:
    value = {"z": [1, None, True], "a": "Ganjil–é", "b": {"y": "", "x": -5}}
    assert canonical(value) == '{"a":"Ganjil–é","b":{"x":-5,"y":""},"z":[1,null,true]}'.encode()


@given(values)
def test_canonical_form_reads_back_and_is_stable(value: Any) -> None:
    once = canonical(value)
    assert json.loads(once) == value
    assert canonical(json.loads(once)) == once


@given(st.dictionaries(texts, values, min_size=2))
def test_canonical_form_does_not_depend_on_order(value: dict[str, Any]) -> None:
    assert canonical(dict(reversed(value.items()))) == canonical(value)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"score": 0.5}, "data.score: float has no canonical form"),
        ({"when": datetime(2026, 1, 1, tzinfo=UTC)}, "data.when: datetime has no canonical form"),
        ({"list": [1, {2}]}, r"data.list\[1\]: set"),
        ({1: "one"}, "keys are text, not int"),
        ({"n": LARGEST + 1}, r"data.n: whole numbers go to 2\*\*53-1"),
        ({"t": "a\0b"}, "data.t: text must not contain a zero character"),
        ({"t": "\ud800"}, "surrogates"),
    ],
)
def test_value_without_one_form_is_refused_with_its_place(value: Any, words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        canonical(value)


def test_leaf_is_the_hash_of_the_documented_bytes() -> None:
    entry = UUID("01930000-0000-7000-8000-000000000001")
    written = (
        '{"act":"tests.lamp_lit","actor":null,"agency":"01930000-0000-7000-8000-000000000001",'
        '"at":"2026-11-23T01:02:03.000004Z","data":{"n":1},"id":"01930000-0000-7000-8000-000000000001","subject":"lamp:7"}'
    )
    moment = datetime(2026, 11, 23, 9, 2, 3, 4, tzinfo=timezone(timedelta(hours=8)))
    leaf = leaf_hash(
        entry_id=entry, act="tests.lamp_lit", agency_id=entry, actor_id=None, subject="lamp:7", data={"n": 1}, at=moment
    )
    assert leaf == hashlib.sha256(written.encode()).digest()
    assert chain_hash(GENESIS, leaf) == hashlib.sha256(bytes(32) + leaf).digest()
