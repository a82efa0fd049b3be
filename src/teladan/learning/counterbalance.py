"""Which form of the tests somebody begins with. Pure.

Half of a cohort begins with form A and ends with B, the other half the reverse: then a difference between the forms
falls on both tests alike and cancels out of the gain of the class (Campbell & Stanley 1963, counterbalanced designs).
"""

import hashlib
from collections.abc import Mapping
from uuid import UUID


def first_form(forms: tuple[str, str], begun: Mapping[str, int], enrolment_id: UUID) -> str:
    """The form with which the next person begins: the one with which fewer have begun. When both are level, the lot
    decides, so that nobody can tell from their place in the row which form they will get."""
    one, two = forms
    if begun.get(one, 0) != begun.get(two, 0):
        return min(forms, key=lambda form: begun.get(form, 0))
    return forms[hashlib.sha256(enrolment_id.bytes).digest()[0] % 2] if one != two else one


def other_form(forms: tuple[str, str], form: str) -> str:
    """The form that is not this one."""
    one, two = forms
    return two if form == one else one
