"""Who may sit, play and see. Everybody reaches their own things; facilitators get results from `learning`, which knows
their cohorts and passes on what is in them."""

from teladan.access.api import Line, Reach, Role, Table

TABLE = Table(
    Line("instruments.sit", Role.EMPLOYEE, Reach.OWN, path="account_id"),
    Line("instruments.see_sitting", Role.EMPLOYEE, Reach.OWN, path="account_id"),
    Line("instruments.play", Role.EMPLOYEE, Reach.OWN, path="account_id"),
    Line("instruments.check", Role.EMPLOYEE, Reach.OWN, path="account_id"),
)
