"""Reads of people."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from teladan.access.api import Actor
from teladan.accounts.data import Page
from teladan.kernel import clock
from teladan.people.data import AppointmentCard, PersonCard, PersonDetails
from teladan.people.enums import AppointmentKind
from teladan.people.models import Appointment, Person
from teladan.people.nip import mask, normal
from teladan.people.permissions import TABLE
from teladan.people.queries.line import Line, line_above, main_appointments, on
from teladan.people.queries.unit import ids_below, today_in


def person_of(account_id: UUID, *, day: date | None = None) -> PersonCard | None:
    """The person of an account on a day (default: today), or None for accounts that are nobody's (an outside
    trainer)."""
    return cards_of([account_id], day=day).get(account_id)


def cards_of(account_ids: Collection[UUID], *, day: date | None = None) -> dict[UUID, PersonCard]:
    """The people of accounts on a day (default: today in the agency's zone), by account; a fixed number of queries."""
    people = list(Person.objects.filter(account_id__in=account_ids).select_related("agency"))
    return {card.account_id: card for card in _cards(people, day)}


def superior_on(person_id: UUID, day: date) -> PersonCard | None:
    """The superior of somebody on a day (see `lines`), as they are on that day; None at the top or without a post."""
    held = main_appointments(day).filter(person_id=person_id).values_list("person__account_id", "position__unit_id")
    for account_id, unit_id in held:
        above = line_above([unit_id], day).superior_of(account_id, unit_id)
        return person_of(above, day=day) if above else None
    return None


def subordinates_on(account_id: UUID, day: date) -> list[UUID]:
    """Accounts whose superior on a day is this one, by name: the people a leader answers for directly."""
    units = set(
        Appointment.objects.filter(on(day), person__account_id=account_id, position__is_head=True).values_list(
            "position__unit_id", flat=True
        )
    )
    if not units:
        return []
    below = ids_below(units, day=day)
    held = main_appointments(day).filter(position__unit_id__in=below).order_by("person__name", "id")
    rows = list(held.values_list("person__account_id", "position__unit_id"))
    line = line_above(below, day)
    return [other for other, unit_id in rows if line.superior_of(other, unit_id) == account_id]


def accounts_in_unit(unit_id: UUID, day: date, *, with_below: bool = False) -> list[UUID]:
    """Accounts of those who hold a post in a unit on a day, by name; also of the units below it when asked."""
    units = ids_below({unit_id}, day=day) if with_below else {unit_id}
    found = main_appointments(day).filter(position__unit_id__in=units).order_by("person__name", "id")
    return list(found.values_list("person__account_id", flat=True))


def accounts_matching(
    *,
    day: date,
    unit_id: UUID | None = None,
    position_kinds: Collection[str] = (),
    ranks: Collection[str] = (),
    begun_since: date | None = None,
) -> list[UUID]:
    """Accounts of those who have not left, hold a definitive post on a day, and meet every condition that is told: in a
    unit or below it; a kind of position; a rank (golongan); their first post in this agency began on `begun_since` or
    later. By name."""
    held = main_appointments(day).filter(person__left_on=None)
    if unit_id is not None:
        held = held.filter(position__unit_id__in=ids_below({unit_id}, day=day))
    if position_kinds:
        held = held.filter(position__kind__in=position_kinds)
    if ranks:
        held = held.filter(person__rank__in=ranks)
    if begun_since is not None:
        earlier = Appointment.objects.filter(starts__lt=begun_since)
        held = held.exclude(person_id__in=earlier.values("person_id"))
    return list(held.order_by("person__name", "person_id").values_list("person__account_id", flat=True))


def people_visible_to(
    actor: Actor | None, *, search: str = "", unit_id: UUID | None = None, limit: int = 50, offset: int = 0
) -> Page[PersonCard]:
    """People who have not left and whom `actor` may see, by name. `search` looks in the name, and for a whole NIP if
    the actor may see NIPs; `unit_id` narrows to a unit and those below it."""
    found = TABLE.visible(actor, "people.see", Person.objects.filter(left_on=None), Q)
    if wanted := search.strip():
        by_nip = found.none()
        if normal(wanted).isdigit():
            by_nip = TABLE.visible(actor, "people.see_nip", found.filter(nip=normal(wanted)), Q)
        found = found.filter(Q(name__icontains=wanted) | Q(id__in=by_nip.values("id")))
    if unit_id is not None and actor is not None:
        today = today_in(actor.agency_id)
        posts = main_appointments(today).filter(position__unit_id__in=ids_below({unit_id}, day=today))
        found = found.filter(id__in=posts.values("person_id"))
    people = list(found.select_related("agency").order_by("name", "id")[offset : offset + limit])
    return Page(items=tuple(_cards(people, None)), total=found.count(), offset=offset)


def account_of(person_id: UUID, *, by: Actor) -> UUID | None:
    """The account of a person whom `by` may see."""
    found = TABLE.visible(by, "people.see", Person.objects.filter(id=person_id), Q)
    return found.values_list("account_id", flat=True).first()


def nip_visible_to(actor: Actor | None, *, account_id: UUID) -> str | None:
    """The whole NIP of somebody, for who may see it (the person, the personnel office); None otherwise."""
    found = TABLE.visible(actor, "people.see_nip", Person.objects.filter(account_id=account_id), Q)
    return found.values_list("nip", flat=True).first()


def posts_visible_to(actor: Actor | None, *, account_id: UUID) -> list[AppointmentCard]:
    """Everything somebody has held in this agency, the latest first, if `actor` may see the person."""
    if not TABLE.visible(actor, "people.see", Person.objects.filter(account_id=account_id), Q).exists():
        return []
    held = Appointment.objects.filter(person__account_id=account_id).select_related("position__unit")
    return [_post_card(post) for post in held.order_by("-starts", "id")]


def details_for(actor: Actor | None, *, account_id: UUID) -> PersonDetails | None:
    """What `actor` may put right about somebody, None when there is no such person for them."""
    found = TABLE.visible(actor, "people.manage", Person.objects.filter(account_id=account_id), Q)
    person = found.select_related("account", "agency").first()
    if person is None:
        return None
    today = clock.today(person.agency.zone)
    held = Appointment.objects.filter(person=person, kind=AppointmentKind.DEFINITIF.value)
    posts = list(held.exclude(ends__lte=today).select_related("position__unit").order_by("starts"))
    post = next((one for one in posts if one.starts <= today), None)
    return PersonDetails(
        person_id=person.id,
        account_id=person.account_id,
        name=person.name,
        nip=person.nip,
        kind=person.kind,
        rank=person.rank,
        phone=person.phone,
        email=person.account.email,
        has_left=person.left_on is not None,
        post=_post_card(post) if post else None,
        job_family=post.position.job_family if post else "",
        planned=tuple(_post_card(one) for one in posts if one.starts > today),
    )


def _post_card(post: Appointment) -> AppointmentCard:
    return AppointmentCard(
        id=post.id,
        position=post.position.title,
        unit_id=post.position.unit_id,
        unit_name=post.position.unit.name,
        is_head=post.position.is_head,
        kind=AppointmentKind(post.kind),
        starts=post.starts,
        ends=post.ends,
    )


def _cards(people: Sequence[Person], day: date | None) -> list[PersonCard]:
    """Cards in the same order: two queries and those of the line above."""
    if not people:
        return []
    day = day or clock.today(people[0].agency.zone)
    posts = {post.person_id: post for post in main_appointments(day).filter(person__in=people).order_by("starts")}
    line = line_above({post.position.unit_id for post in posts.values()}, day)
    return [_card(person, posts.get(person.id), line) for person in people]


def _card(person: Person, post: Appointment | None, line: Line) -> PersonCard:
    card = PersonCard(
        person_id=person.id,
        account_id=person.account_id,
        agency_id=person.agency_id,
        name=person.name,
        nip_masked=mask(person.nip),
        kind=person.kind,
        rank=person.rank,
    )
    if post is None:
        return card
    return replace(
        card,
        unit_id=post.position.unit_id,
        unit_code=post.position.unit.code,
        unit_name=post.position.unit.name,
        position=post.position.title,
        is_head=post.position.is_head,
        job_family=post.position.job_family,
        superior_account_id=line.superior_of(person.account_id, post.position.unit_id),
    )
