"""Entries of the ledger as people read them: what a thing is called, where its page is, what was noted about an act."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from teladan.access.api import Actor, Role
from teladan.accounts import api as accounts
from teladan.learning import api as learning
from teladan.ledger import api as ledger
from teladan.people import api as people
from teladan.web.base.roles import role_name
from teladan.web.operator import words
from teladan.web.operator.access import ROSTERS, may
from teladan.web.ui.formats import date_text, moment_text, number_text

LONGEST_VALUE = 80  # signs; prints and lists of numbers are cut, the raw entry keeps them
# ids and prints: in the raw entry only
MARKS = {"accounts", "grant", "key", "vector_sha256", "appointment", "position", "for", "scope"} | {
    "entry",
    "clip",
    "room",
}


@dataclass(frozen=True)
class Thing:
    """What an act was about: its kind, its name if it has one, and the page where it is looked at."""

    kind: str
    name: str = ""
    url: str = ""


@dataclass(frozen=True)
class Names:
    """Names of the things that some entries speak of, read once for all of them."""

    accounts: dict[UUID, str] = field(default_factory=dict)
    people: dict[UUID, UUID] = field(default_factory=dict)
    enrolments: dict[UUID, tuple[UUID, UUID]] = field(default_factory=dict)
    cohorts: dict[UUID, str] = field(default_factory=dict)
    units: dict[UUID, str] = field(default_factory=dict)
    sees_imports: bool = False

    @classmethod
    def of(cls, entries: Iterable[ledger.EntryCard], actor: Actor) -> "Names":
        """A fixed number of queries, however many entries there are; none for kinds that do not occur."""
        found: dict[str, set[UUID]] = {}
        for entry in entries:
            for kind, pk in (_split(entry.subject), ("account", entry.actor_id)):
                if pk:
                    found.setdefault(kind, set()).add(pk)
        owners = people.person_accounts(person_ids=found["person"]) if "person" in found else {}
        enrolments = learning.enrolment_owners(enrolment_ids=found["enrolment"]) if "enrolment" in found else {}
        wanted = found.get("account", set()) | set(owners.values()) | {account for account, _c in enrolments.values()}
        cards = accounts.account_cards(sorted(wanted))
        cohorts = learning.cohort_names(actor) if found.keys() & {"cohort", "enrolment"} else []
        units = people.units_visible_to(actor) if "unit" in found else []
        return cls(
            accounts={card.id: card.name for card in cards.values() if card.agency_id == actor.agency_id},
            people=owners,
            enrolments=enrolments,
            cohorts={cohort.id: cohort.title for cohort in cohorts},
            units={unit.id: unit.name for unit in units},
            sees_imports=may(actor, ROSTERS),
        )

    def thing(self, entry: ledger.EntryCard) -> Thing:
        """What the entry is about."""
        kind, pk = _split(entry.subject)
        words_for = str(words.SUBJECTS.get(kind, kind))
        if pk is None:
            return Thing(words_for)
        if kind == "enrolment":
            account, cohort = self.enrolments.get(pk, (None, None))
            name = ", ".join(filter(None, (self.accounts.get(account, ""), self.cohorts.get(cohort, ""))))  # type: ignore[arg-type]
            return Thing(words_for, name, _page("operator:account", account if name else None))
        owner = {"account": pk, "person": self.people.get(pk)}.get(kind)
        if owner in self.accounts:
            return Thing(words_for, self.accounts[owner], _page(f"operator:{kind}", owner))
        if kind == "roster":
            return (
                Thing(words_for, _("laporannya"), _page("operator:roster", pk))
                if self.sees_imports
                else Thing(words_for)
            )
        told = entry.data.get({"document": "number", "sitting": "test", "play": "scene"}.get(kind, ""), "")
        return Thing(words_for, self.cohorts.get(pk) or self.units.get(pk) or str(told))


def _split(subject: str) -> tuple[str, UUID | None]:
    kind, _mark, found = subject.partition(":")
    try:
        return kind, UUID(found)
    except ValueError:
        return kind, None


def _page(name: str, pk: UUID | None) -> str:
    return reverse(name, args=[pk]) if pk else ""


def lines(data: dict[str, Any], zone: str) -> list[tuple[str, str]]:
    """What was noted about an act as pairs of word and value, moments in `zone`; ids and prints stay in the raw entry."""
    told = {key: value for key, value in data.items() if key not in MARKS and value not in (None, "", [])}
    return [(words.noted(key), _value(key, value, zone)) for key, value in told.items()]


def _value(key: str, value: Any, zone: str) -> str:
    match value:
        case bool():
            told = _("ya") if value else _("tidak")
        case int() | float():
            told = f"{number_text(value / 100)} %" if key.endswith("_bp") else number_text(value)
        case dict():
            told = "; ".join(f"{word}: {text}" for word, text in lines(value, zone))
        case list():
            told = ", ".join(_value("", one, zone) for one in value)[:LONGEST_VALUE]
        case _ if key == "role" and value in {role.value for role in Role}:
            told = role_name(Role(value))
        case _:
            told = _moment(str(value), zone) or str(value)[:LONGEST_VALUE]
    return told


def _moment(text: str, zone: str) -> str:
    """A day or a moment written down in ISO 8601, as people read it; "" for any other text."""
    try:
        if len(text) == len("2026-11-22"):
            return date_text(date.fromisoformat(text))
        moment = datetime.fromisoformat(text) if "T" in text else None
    except ValueError:
        return ""
    return moment_text(moment, zone, "jam") if moment and moment.tzinfo else ""
