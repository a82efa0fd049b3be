"""The door of access: `can(actor, permission, thing)` and its twin `visible(actor, permission, queryset)`.

An engine's `permissions.py` holds one `Table`; each line says which role reaches which things:

    TABLE = Table(
        Line("learning.watch_cohort", role=Role.FACILITATOR, reach=Reach.SCOPE, path="cohort_id"),
        Line("learning.watch_cohort", role=Role.ORGANISER, reach=Reach.AGENCY, path="agency_id"),
        Line("learning.study", role=Role.EMPLOYEE, reach=Reach.OWN, path="account_id"),
    )

`path` is the attribute path on the thing (dots) and, with `__`, the lookup on the queryset. Every reach is inside the
actor's agency: a line also demands that the thing's `agency_path` equals the actor's agency.
"""

from teladan.access.core import Actor, Grant, Line, Reach, Role, Table

__all__ = ["Actor", "Grant", "Line", "Reach", "Role", "Table"]
