"""The conditions of a rule: a closed set, kept as data."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teladan.learning.conditions import LONGEST, Conditions, from_json
from teladan.people.enums import PositionKind
from teladan.people.ranks import ranks_of

conditions = st.builds(
    Conditions,
    unit_id=st.none() | st.uuids(),
    position_kinds=st.lists(st.sampled_from(PositionKind), unique=True).map(tuple),
    ranks=st.lists(st.sampled_from(["III/a", "IX", "II/c"]), unique=True).map(tuple),
    within_days=st.none() | st.integers(1, LONGEST),
    uncertified=st.booleans(),
)


@given(conditions)
def test_conditions_come_back_as_they_were_kept(one: Conditions) -> None:
    assert from_json(one.to_json()) == one


@pytest.mark.parametrize(
    "data",
    [
        {"sql": "1=1"},
        {"within_days": 0},
        {"within_days": LONGEST + 1},
        {"within_days": "30"},
        {"position_kinds": ["raja"]},
        {"unit": "bukan-uuid"},
    ],
)
def test_conditions_outside_the_closed_set_are_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        from_json({"unit": str(uuid4()), **data})


@pytest.mark.parametrize(
    ("text", "found"),
    [("", []), ("3a; III/b ,ix", ["III/a", "III/b", "IX"]), ("III/a, III/a", ["III/a"]), ("III/a, V/z", None)],
)
def test_ranks_in_a_list_are_written_officially(text: str, found: list[str] | None) -> None:
    assert ranks_of(text) == found
