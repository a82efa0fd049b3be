"""People found from a list that somebody wrote down: a NIP or a name on each line."""

import re
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from teladan.access.api import Actor
from teladan.people.data import PersonCard
from teladan.people.models import Person
from teladan.people.nip import normal
from teladan.people.permissions import TABLE
from teladan.people.queries.person import cards_of

CHUNK = 50  # names in one query
MOST = 20  # people that one name may mean; a shorter name says too little


def people_told(actor: Actor | None, lines: Collection[str]) -> dict[str, list[PersonCard]]:
    """Line -> the people it may mean, among those who have not left and whom `actor` may see: one is found, several are
    to be told apart, none is not found. A whole NIP counts for who may look people up by it; otherwise the name, with or
    without titles. Queries grow with the number of lines, fifty to one."""
    seen = TABLE.visible(actor, "people.see", Person.objects.filter(left_on=None), Q)
    nips = {line: nip for line in lines if (nip := _nip(line))}
    by_nip = TABLE.visible(actor, "people.find_by_nip", seen.filter(nip__in=set(nips.values())), Q)
    accounts_by_nip = dict(by_nip.values_list("nip", "account_id")) if nips else {}
    names = {line: name for line in lines if line not in nips and (name := _name(line))}
    known = _by_name(seen, set(names.values()))
    found = {line: [accounts_by_nip[nip]] if nip in accounts_by_nip else [] for line, nip in nips.items()}
    found |= {line: known[name] for line, name in names.items()}
    cards = cards_of({account for accounts in found.values() for account in accounts})
    return {line: [cards[a] for a in found.get(line, []) if a in cards] for line in lines}


def _by_name(seen: QuerySet[Person], names: set[str]) -> dict[str, list[UUID]]:
    """Name -> accounts: those of exactly this name, else those whose name holds it."""
    told: dict[str, list[UUID]] = {name: [] for name in names}
    ordered = sorted(names)
    for start in range(0, len(ordered), CHUNK):
        part = ordered[start : start + CHUNK]
        wanted = Q()
        for name in part:
            wanted |= Q(name__icontains=name)
        rows = list(seen.filter(wanted).order_by("name", "id").values_list("account_id", "name")[:2000])
        for name in part:
            exact = [a for a, full in rows if bare_name(full) == bare_name(name)]
            told[name] = (exact or [a for a, full in rows if name.casefold() in full.casefold()])[:MOST]
    return told


def bare_name(name: str) -> str:
    """A name without the titles before it and after it, for comparing."""
    words = name.split(",", maxsplit=1)[0].split()
    while len(words) > 1 and words[0].endswith("."):
        words.pop(0)
    return " ".join(words).casefold()


def _cells(line: str) -> Iterable[str]:
    return (cell.strip() for cell in re.split(r"[\t;]", line))


def _nip(line: str) -> str:
    """The NIP in a line (alone, or in a cell pasted from a spreadsheet); empty when there is none."""
    return next((nip for cell in _cells(line) if len(nip := normal(cell)) == 18 and nip.isdigit()), "")


def _name(line: str) -> str:
    """The name in a line: its first cell with letters; empty when it is too short to mean anybody."""
    name = next((cell for cell in _cells(line) if any(c.isalpha() for c in cell)), "")
    bare = " ".join(name.split(",")[0].split())
    return bare if len(bare) >= 3 else ""
