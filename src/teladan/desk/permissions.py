"""Who sees tasks and notices: only the person they are for."""

from teladan.access.api import Line, Reach, Role, Table

TABLE = Table(
    Line("desk.task", Role.EMPLOYEE, Reach.OWN, path="assignee_id"),
    Line("desk.notice", Role.EMPLOYEE, Reach.OWN, path="account_id"),
)
