"""The door of people. Reads and verbs stand inside the agency's scope; `by=None` is the installation itself."""

from teladan.people.data import (
    AppointmentCard,
    ChangeCard,
    FaultCard,
    ListLine,
    PersonCard,
    PersonDetails,
    RosterProgress,
    RosterReport,
    UnitCard,
)
from teladan.people.domain.applying import apply_roster
from teladan.people.domain.appointment import appoint, correct_post, end_appointment, withdraw_appointment
from teladan.people.domain.checking import check_roster
from teladan.people.domain.exporting import export_people
from teladan.people.domain.listing import read_list
from teladan.people.domain.person import add_person, correct_nip, leave, person_faults, update_person
from teladan.people.domain.staging import discard_roster, stage_roster
from teladan.people.domain.unit import create_unit, move_unit, rename_unit
from teladan.people.enums import PersonKind, PositionKind
from teladan.people.nip import Nip, mask, parse_nip
from teladan.people.queries.headcount import headcounts_visible_to
from teladan.people.queries.owners import person_accounts
from teladan.people.queries.person import (
    account_of,
    accounts_in_unit,
    accounts_matching,
    cards_of,
    details_for,
    nip_visible_to,
    people_visible_to,
    person_of,
    posts_visible_to,
    subordinates_on,
    superior_on,
)
from teladan.people.queries.roster import roster_faults, roster_progress, roster_report, rosters_visible_to
from teladan.people.queries.told import people_told
from teladan.people.queries.unit import unit_card, units_visible_to
from teladan.people.ranks import ranks_of
from teladan.people.roster.template import roster_template

__all__ = [
    "AppointmentCard",
    "ChangeCard",
    "FaultCard",
    "ListLine",
    "Nip",
    "PersonCard",
    "PersonDetails",
    "PersonKind",
    "PositionKind",
    "RosterProgress",
    "RosterReport",
    "UnitCard",
    "account_of",
    "accounts_in_unit",
    "accounts_matching",
    "add_person",
    "apply_roster",
    "appoint",
    "cards_of",
    "check_roster",
    "correct_nip",
    "correct_post",
    "create_unit",
    "details_for",
    "discard_roster",
    "end_appointment",
    "export_people",
    "headcounts_visible_to",
    "leave",
    "mask",
    "move_unit",
    "nip_visible_to",
    "parse_nip",
    "people_told",
    "people_visible_to",
    "person_accounts",
    "person_faults",
    "person_of",
    "posts_visible_to",
    "ranks_of",
    "read_list",
    "rename_unit",
    "roster_faults",
    "roster_progress",
    "roster_report",
    "roster_template",
    "rosters_visible_to",
    "stage_roster",
    "subordinates_on",
    "superior_on",
    "unit_card",
    "units_visible_to",
    "update_person",
    "withdraw_appointment",
]
