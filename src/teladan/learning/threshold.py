"""The smallest group whose figures are shown: a policy, dated in the packs."""

from teladan.kernel import clock
from teladan.rulebook.api import rulebook


def smallest_group() -> int:
    """The smallest number of people about whom a figure may be shown today."""
    value = rulebook().value_at("teladan.penerbitan.kelompok-minimum", clock.now().date()).value
    if not isinstance(value, int):
        raise TypeError("the smallest group to publish must be a whole number")
    return value
