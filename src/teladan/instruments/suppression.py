"""Hiding small groups, so that a published figure tells nothing about a person. Pure.

A group is small below `min_n` people. Hiding it alone is not enough when the whole is shown too: the whole minus the
shown groups gives it back. So further groups are hidden, the smallest first, until what is hidden is at least two
groups with together `min_n` people (secondary suppression; Hundepool et al. 2012, Statistical Disclosure Control, ch.
4).
"""

from collections.abc import Mapping


def is_shown(n: int, min_n: int) -> bool:
    """May a figure about `n` people stand alone?"""
    return n >= max(min_n, 1)


def hidden_groups(sizes: Mapping[str, int], min_n: int) -> frozenset[str]:
    """The groups to hide of those that make up a whole whose figure is shown as well.

    Empty groups say nothing about anyone and hide nobody. When not even all groups together reach `min_n`, all are
    hidden, and the whole must be hidden too (`is_shown` says so).
    """
    by_size = sorted((key for key, n in sizes.items() if n > 0), key=lambda key: (sizes[key], key))
    hidden = [key for key in by_size if not is_shown(sizes[key], min_n)]
    for key in by_size[len(hidden) :]:
        if not hidden or sum(sizes[k] for k in hidden) >= min_n:  # one hidden group alone never reaches it
            break
        hidden.append(key)
    return frozenset(hidden)
