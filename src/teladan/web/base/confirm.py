"""Something sensitive asks once more who is there: password, code or passkey, good for a quarter of an hour."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from allauth.account.decorators import reauthentication_required

P = ParamSpec("P")
R = TypeVar("R")


def confirmed(view: Callable[P, R]) -> Callable[P, R]:
    """For views of those signed in. Who has not confirmed lately is asked first; what was posted goes on afterwards.
    An account with nothing to confirm with (a demo's, or one that comes in through an outside provider) passes."""
    found: Callable[P, R] = reauthentication_required(app="allauth.mfa")(view)
    return found
