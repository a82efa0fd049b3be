"""The tables of people."""

from teladan.people.models.person import Appointment, Person, Position
from teladan.people.models.roster import RosterFault, RosterImport, RosterRow
from teladan.people.models.unit import Unit, UnitMove

__all__ = [
    "Appointment",
    "Person",
    "Position",
    "RosterFault",
    "RosterImport",
    "RosterRow",
    "Unit",
    "UnitMove",
]
