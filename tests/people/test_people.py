"""People and posts through the verbs: superiors on a day, reorganisations, stand-ins, leaving, tenancy."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django_scopes.exceptions import ScopeError

from teladan.access.api import Actor, Role
from teladan.accounts.api import account_card, agency_scope
from teladan.accounts.models import Account, Agency
from teladan.kernel import clock
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.people import api
from teladan.people.enums import AppointmentKind, PersonKind
from teladan.people.models import Appointment, Person, Unit
from tests.people.rosters import nip

MakePerson = Callable[..., Person]
MakeActor = Callable[..., Actor]
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PLT, PLH = AppointmentKind.PLT, AppointmentKind.PLH


@pytest.fixture(autouse=True)
def standing_today() -> Iterator[None]:
    with clock.at(NOW):
        yield


@pytest.fixture
def health(agency: Agency, make_person: MakePerson) -> dict[str, Person]:
    """A health office with a puskesmas and its midwives, since 2024."""
    return {
        "kadis": make_person("Kadis", agency=agency, unit="dinkes", title="Kepala Dinas", is_head=True),
        "kapus": make_person("Kapus", agency=agency, unit="pkm", parent="dinkes", title="Kepala", is_head=True),
        "sari": make_person("Sari", agency=agency, unit="pkm"),
        "budi": make_person("Budi", agency=agency, unit="kia", parent="pkm"),
    }


def above(person: Person, day: date = TODAY) -> str | None:
    card = api.superior_on(person.id, day)
    return card.name if card else None


def unit(code: str) -> UUID:
    return Unit.objects.get(code=code).id


def test_superior_on_a_day_follows_the_tree(health: dict[str, Person]) -> None:
    assert [above(health[who]) for who in ("sari", "budi", "kapus", "kadis")] == ["Kapus", "Kapus", "Kadis", None]


def test_superior_on_a_day_before_the_post_is_nobody(health: dict[str, Person]) -> None:
    assert above(health["sari"], date(2023, 12, 31)) is None
    assert above(health["sari"], date(2024, 1, 1)) == "Kapus"


def test_superior_on_days_around_a_reorganisation_follows_the_tree_of_the_day(
    health: dict[str, Person], agency: Agency, make_person: MakePerson
) -> None:
    make_person("Kabid", agency=agency, unit="bidang", parent="dinkes", title="Kepala Bidang", is_head=True)
    with clock.at(datetime(2026, 6, 1, 1, tzinfo=UTC)):
        api.move_unit(unit_id=unit("pkm"), parent_id=unit("bidang"), by=None)
    with clock.at(datetime(2026, 9, 1, 1, tzinfo=UTC)):
        api.move_unit(unit_id=unit("pkm"), parent_id=None, by=None)
    days = [date(2026, 5, 31), date(2026, 6, 1), date(2026, 8, 31), date(2026, 9, 1), TODAY]
    assert [above(health["kapus"], day) for day in days] == ["Kadis", "Kabid", "Kabid", None, None]
    assert [above(health["budi"], day) for day in days] == ["Kapus"] * 5


def test_superior_on_days_of_a_new_head_and_a_vacancy(
    health: dict[str, Person], agency: Agency, make_person: MakePerson
) -> None:
    post = Appointment.objects.get(person=health["kapus"])
    api.end_appointment(appointment_id=post.id, day=date(2026, 3, 1), by=None)
    new = make_person("Kapus Baru", agency=agency, unit="pkm")
    api.appoint(person_id=new.id, unit_id=unit("pkm"), title="Kepala", is_head=True, starts=date(2026, 4, 1), by=None)
    days = [date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1)]
    assert [above(health["sari"], day) for day in days] == ["Kapus", "Kadis", "Kadis", "Kapus Baru"]


@pytest.mark.parametrize(("kind", "name"), [(PLT, "Budi"), (PLH, "Budi")])
def test_superior_on_days_of_a_stand_in_is_the_stand_in(
    kind: AppointmentKind, name: str, health: dict[str, Person]
) -> None:
    head = {"unit_id": unit("pkm"), "title": "Kepala", "is_head": True, "kind": kind, "by": None}
    starts, ends = date(2026, 5, 4), date(2026, 5, 9)
    api.appoint(person_id=health["budi"].id, starts=starts, ends=ends, **head)
    days = [date(2026, 5, 3), starts, date(2026, 5, 8), ends]
    assert [above(health["sari"], day) for day in days] == ["Kapus", name, name, "Kapus"]
    assert [above(health["kapus"], day) for day in days] == ["Kadis"] * 4
    assert above(health["budi"], starts) == "Kadis"


def test_subordinates_on_a_day_are_those_whose_superior_one_is(health: dict[str, Person]) -> None:
    def names(who: str) -> list[str]:
        ids = api.subordinates_on(health[who].account_id, TODAY)
        return [api.cards_of(ids)[account_id].name for account_id in ids]

    assert names("kapus") == ["Budi", "Sari"]
    assert names("kadis") == ["Kapus"]
    assert names("sari") == []
    for person in health.values():
        for account_id in api.subordinates_on(person.account_id, TODAY):
            card = api.person_of(account_id)
            assert card is not None
            assert card.superior_account_id == person.account_id


@pytest.mark.parametrize(("size", "queries"), [(1, 6), (4, 4)])  # a level of the tree each; here all at once
def test_cards_of_many_take_a_constant_number_of_queries(
    size: int, queries: int, health: dict[str, Person], django_assert_num_queries: Callable[..., Any]
) -> None:
    ids = [person.account_id for person in reversed(health.values())][:size]
    with django_assert_num_queries(queries):
        cards = api.cards_of(ids)
    assert len(cards) == size
    card = cards[health["budi"].account_id]
    assert (card.unit_name, card.position, card.job_family) == ("Kia", "Bidan Terampil", "kesehatan")
    assert health["budi"].nip not in repr(card)


def test_person_of_an_account_of_nobody_is_none(agency: Agency, make_account: Callable[..., Account]) -> None:
    assert api.person_of(make_account(agency=agency).id) is None
    assert api.person_of(uuid4()) is None


def test_person_of_somebody_without_a_post_has_an_empty_unit(agency: Agency) -> None:
    person_id = api.add_person(agency_id=agency.id, name="Baru", nip=nip(1), kind=PersonKind.CPNS, by=None)
    card = api.person_of(Person.objects.get(id=person_id).account_id)
    assert card is not None
    assert (card.unit_id, card.position, card.superior_account_id) == (None, "", None)


def test_accounts_in_unit_with_and_without_those_below(health: dict[str, Person]) -> None:
    assert api.accounts_in_unit(unit("pkm"), TODAY) == [health["kapus"].account_id, health["sari"].account_id]
    everybody = api.accounts_in_unit(unit("pkm"), TODAY, with_below=True)
    assert set(everybody) == {health[who].account_id for who in ("kapus", "sari", "budi")}
    assert api.accounts_in_unit(unit("pkm"), date(2023, 1, 1)) == []


# Appointments


def test_appoint_definitively_ends_the_open_post_on_its_first_day(health: dict[str, Person]) -> None:
    api.appoint(person_id=health["sari"].id, unit_id=unit("kia"), title="Bidan Mahir", starts=TODAY, by=None)
    spells = Appointment.objects.filter(person=health["sari"]).order_by("starts").values_list("starts", "ends")
    assert list(spells) == [(date(2024, 1, 1), TODAY), (TODAY, None)]


@pytest.mark.parametrize(
    ("starts", "ends"), [(date(2023, 1, 1), None), (date(2024, 1, 1), None), (date(2023, 1, 1), date(2024, 1, 2))]
)
def test_appoint_definitively_over_another_post_is_a_conflict(
    starts: date, ends: date | None, health: dict[str, Person]
) -> None:
    with pytest.raises(Conflict):
        api.appoint(person_id=health["sari"].id, unit_id=unit("kia"), title="X", starts=starts, ends=ends, by=None)


def test_appoint_before_the_open_post_fits_when_it_ends_in_time(health: dict[str, Person]) -> None:
    days = {"starts": date(2023, 1, 1), "ends": date(2024, 1, 1)}
    api.appoint(person_id=health["sari"].id, unit_id=unit("kia"), title="X", by=None, **days)
    assert Appointment.objects.filter(person=health["sari"]).count() == 2


def test_appoint_a_second_definitive_head_is_a_conflict(health: dict[str, Person]) -> None:
    with pytest.raises(Conflict) as refusal:
        api.appoint(
            person_id=health["sari"].id, unit_id=unit("pkm"), title="Kepala", is_head=True, starts=TODAY, by=None
        )
    assert "Plt" in refusal.value.next_step
    assert Appointment.objects.get(person=health["sari"]).ends is None  # nothing was half done


def test_appoint_with_no_day_in_it_is_refused(health: dict[str, Person]) -> None:
    with pytest.raises(Invalid):
        api.appoint(person_id=health["sari"].id, unit_id=unit("kia"), title="X", starts=TODAY, ends=TODAY, by=None)


def test_database_refuses_a_second_open_post_even_past_the_verbs(health: dict[str, Person]) -> None:
    post = Appointment.objects.get(person=health["sari"])
    with pytest.raises(IntegrityError), transaction.atomic():
        Appointment.objects.create(agency_id=post.agency_id, person=post.person, position=post.position, starts=TODAY)


# Units


def test_move_unit_below_itself_is_refused(health: dict[str, Person]) -> None:
    for target in ("pkm", "kia"):
        with pytest.raises(Invalid):
            api.move_unit(unit_id=unit("pkm"), parent_id=unit(target), by=None)


def test_move_unit_in_the_future_or_before_an_earlier_move_is_refused(health: dict[str, Person]) -> None:
    with pytest.raises(Invalid):
        api.move_unit(unit_id=unit("pkm"), parent_id=None, day=TODAY + timedelta(days=1), by=None)
    api.move_unit(unit_id=unit("pkm"), parent_id=None, day=date(2026, 9, 1), by=None)
    with pytest.raises(Invalid):
        api.move_unit(unit_id=unit("pkm"), parent_id=unit("dinkes"), day=date(2026, 8, 1), by=None)


def test_move_unit_twice_on_a_day_keeps_the_place_before(health: dict[str, Person]) -> None:
    top = api.create_unit(agency_id=health["sari"].agency_id, code="setda", name="Setda", by=None)
    for place in (None, top):
        api.move_unit(unit_id=unit("pkm"), parent_id=place, by=None)
    assert above(health["kapus"], TODAY - timedelta(days=1)) == "Kadis"
    assert above(health["kapus"], TODAY) is None


def test_units_visible_to_an_employee_are_a_tree_in_lines(health: dict[str, Person], actor: Actor) -> None:
    api.create_unit(agency_id=actor.agency_id, code="apotek", name="Apotek", parent_id=unit("pkm"), by=None)
    cards = api.units_visible_to(actor)
    assert [(card.code, card.depth) for card in cards] == [("dinkes", 0), ("pkm", 1), ("apotek", 2), ("kia", 2)]
    assert api.units_visible_to(None) == []


def test_create_unit_with_a_code_in_use_is_a_conflict(health: dict[str, Person], agency: Agency) -> None:
    with pytest.raises(Conflict):
        api.create_unit(agency_id=agency.id, code="pkm", name="Lain", by=None)


# People


def test_add_person_opens_an_account_with_the_nip(agency: Agency) -> None:
    person_id = api.add_person(agency_id=agency.id, name="Sari", nip=f" {nip(1)} ", kind=PersonKind.PNS, by=None)
    person = Person.objects.get(id=person_id)
    assert person.account.username == nip(1)
    assert not person.account.has_usable_password()


@pytest.mark.parametrize("text", ["", "123", "1.99E+17"])
def test_add_person_with_a_bad_nip_says_what_to_do(text: str, agency: Agency) -> None:
    with pytest.raises(Invalid) as refusal:
        api.add_person(agency_id=agency.id, name="Sari", nip=text, kind=PersonKind.PNS, by=None)
    assert refusal.value.field == "nip"
    assert refusal.value.next_step


def test_correct_nip_changes_the_login_and_keeps_the_person(agency: Agency) -> None:
    person_id = api.add_person(agency_id=agency.id, name="Sari", nip=nip(1), kind=PersonKind.PNS, by=None)
    api.correct_nip(person_id=person_id, nip=nip(2), by=None)
    person = Person.objects.get(id=person_id)
    assert (person.nip, person.account.username) == (nip(2), nip(2))


def test_correct_nip_to_one_in_use_is_a_conflict(agency: Agency) -> None:
    first, _second = (
        api.add_person(agency_id=agency.id, name="Sari", nip=nip(n), kind=PersonKind.PNS, by=None) for n in (1, 2)
    )
    with pytest.raises(Conflict):
        api.correct_nip(person_id=first, nip=nip(2), by=None)


def test_leave_ends_posts_and_closes_the_account(health: dict[str, Person]) -> None:
    sari = health["sari"]
    api.appoint(person_id=sari.id, unit_id=unit("kia"), title="Kepala", is_head=True, kind=PLT, starts=TODAY, by=None)
    for _twice in range(2):
        api.leave(person_id=sari.id, by=None)
    assert Appointment.objects.filter(person=sari).values_list("ends", flat=True).get() == TODAY
    card = account_card(sari.account_id)
    assert card is not None
    assert not card.is_active
    assert above(sari, TODAY) is None
    assert above(sari, TODAY - timedelta(days=1)) == "Kapus"


def test_leave_of_an_operator_is_a_conflict(agency: Agency, make_person: MakePerson) -> None:
    person = make_person(agency=agency, roles=[Role.OPERATOR])
    with pytest.raises(Conflict) as refusal:
        api.leave(person_id=person.id, by=None)
    assert refusal.value.next_step


# Who sees what


def test_people_visible_to_each_role(
    health: dict[str, Person], agency: Agency, make_actor: MakeActor, make_person: MakePerson, actor: Actor
) -> None:
    for role in (Role.PERSONNEL, Role.ORGANISER, Role.LEADER, Role.AUDITOR, Role.OPERATOR):
        assert api.people_visible_to(make_actor(role, agency=agency)).total == 4
    assert api.people_visible_to(actor).total == 0
    assert api.people_visible_to(None).total == 0
    personnel = make_actor(Role.PERSONNEL, agency=agency)
    page = api.people_visible_to(personnel, unit_id=unit("pkm"), limit=2)
    assert ([card.name for card in page.items], page.total) == (["Budi", "Kapus"], 3)
    assert [card.name for card in api.people_visible_to(personnel, search="sar").items] == ["Sari"]


def test_people_visible_to_search_by_nip_only_for_who_may_see_it(
    health: dict[str, Person], agency: Agency, make_actor: MakeActor
) -> None:
    wanted = health["sari"].nip
    assert api.people_visible_to(make_actor(Role.PERSONNEL, agency=agency), search=wanted).total == 1
    assert api.people_visible_to(make_actor(Role.LEADER, agency=agency), search=wanted).total == 0


def test_nip_visible_to_the_person_and_the_personnel_office(
    health: dict[str, Person], agency: Agency, make_actor: MakeActor, actor: Actor
) -> None:
    sari = health["sari"]
    me = Actor(account_id=sari.account_id, agency_id=agency.id)
    assert api.nip_visible_to(me, account_id=sari.account_id) == sari.nip
    assert api.nip_visible_to(make_actor(Role.PERSONNEL, agency=agency), account_id=sari.account_id) == sari.nip
    for other in (actor, make_actor(Role.AUDITOR, agency=agency), None):
        assert api.nip_visible_to(other, account_id=sari.account_id) is None


def test_posts_visible_to_who_may_see_the_person(health: dict[str, Person], agency: Agency, actor: Actor) -> None:
    sari = health["sari"]
    me = Actor(account_id=sari.account_id, agency_id=agency.id)
    api.appoint(person_id=sari.id, unit_id=unit("kia"), title="Bidan Mahir", starts=TODAY, by=None)
    posts = [(post.position, post.ends) for post in api.posts_visible_to(me, account_id=sari.account_id)]
    assert posts == [("Bidan Mahir", None), ("Bidan Terampil", TODAY)]
    assert api.posts_visible_to(actor, account_id=sari.account_id) == []


VERBS: dict[str, Callable[[Person, Actor], object]] = {
    "appoint": lambda p, by: api.appoint(person_id=p.id, unit_id=unit("kia"), title="X", starts=TODAY, by=by),
    "end": lambda p, by: api.end_appointment(appointment_id=Appointment.objects.get(person=p).id, day=TODAY, by=by),
    "leave": lambda p, by: api.leave(person_id=p.id, by=by),
    "correct": lambda p, by: api.correct_nip(person_id=p.id, nip=nip(500), by=by),
    "add": lambda p, by: api.add_person(agency_id=p.agency_id, name="A", nip=nip(501), kind=PersonKind.PNS, by=by),
    "unit": lambda p, by: api.create_unit(agency_id=p.agency_id, code="x", name="X", by=by),
    "rename": lambda p, by: api.rename_unit(unit_id=unit("kia"), name="Y", by=by),
    "move": lambda p, by: api.move_unit(unit_id=unit("kia"), parent_id=None, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_verb_by_the_personnel_office_works_and_by_others_not(
    verb: str, health: dict[str, Person], agency: Agency, other_agency: Agency, make_actor: MakeActor, actor: Actor
) -> None:
    others = [make_actor(role, agency=agency) for role in Role if role is not Role.PERSONNEL]
    for by in [actor, *others, make_actor(Role.PERSONNEL, agency=other_agency)]:
        with pytest.raises(NotAllowed):
            VERBS[verb](health["sari"], by)
    VERBS[verb](health["sari"], make_actor(Role.PERSONNEL, agency=agency))


def test_people_of_another_agency_are_not_there(
    health: dict[str, Person], other_agency: Agency, make_actor: MakeActor
) -> None:
    sari, stranger = health["sari"], make_actor(Role.PERSONNEL, agency=other_agency)
    pkm = unit("pkm")
    with agency_scope(other_agency.id):
        assert api.person_of(sari.account_id) is None
        assert api.superior_on(sari.id, TODAY) is None
        assert api.accounts_in_unit(pkm, TODAY, with_below=True) == []
        assert api.people_visible_to(stranger).total == 0
        assert api.units_visible_to(stranger) == []
        assert api.unit_card(pkm) is None
        assert api.subordinates_on(health["kapus"].account_id, TODAY) == []
        with pytest.raises(NotFound):
            api.leave(person_id=sari.id, by=stranger)
        with pytest.raises(NotFound):
            api.move_unit(unit_id=pkm, parent_id=None, by=stranger)


@pytest.mark.unscoped
def test_people_outside_a_scope_raise(agency: Agency) -> None:
    with pytest.raises(ScopeError):
        api.cards_of([uuid4()])
