"""Suppression: what is shown never gives a small group away by subtraction."""

from hypothesis import given
from hypothesis import strategies as st

from teladan.instruments.suppression import hidden_groups, is_shown

sizes = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60))


@given(sizes, st.integers(1, 20))
def test_hidden_groups_leave_nothing_to_subtract(groups: dict[str, int], min_n: int) -> None:
    hidden = hidden_groups(groups, min_n)
    shown = {k: n for k, n in groups.items() if k not in hidden and n}
    assert all(is_shown(n, min_n) for n in shown.values())
    whole, rest = sum(groups.values()), sum(groups[k] for k in hidden)
    if hidden and is_shown(whole, min_n) and shown:  # a reader can compute the rest ...
        assert len(hidden) >= 2  # ... which is then more than one group
        assert is_shown(rest, min_n)  # ... and not a small one


@given(sizes, st.integers(1, 20))
def test_hidden_groups_hide_nothing_without_need(groups: dict[str, int], min_n: int) -> None:
    if all(n == 0 or n >= min_n for n in groups.values()):
        assert not hidden_groups(groups, min_n)


def test_hidden_groups_add_the_smallest_neighbour() -> None:
    assert hidden_groups({"a": 3, "b": 12, "c": 30}, 10) == {"a", "b"}


def test_hidden_groups_empty_group_hides_nobody() -> None:
    assert hidden_groups({"a": 3, "b": 0, "c": 30}, 10) == {"a", "c"}


def test_is_shown_nobody_is_never_shown() -> None:
    assert not is_shown(0, 0)
