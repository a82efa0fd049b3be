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
from teladan.ledger.api import entries_of
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


def test_withdrawn_post_gives_back_the_one_it_would_have_ended(health: dict[str, Person]) -> None:
    later = TODAY + timedelta(days=90)
    planned = api.appoint(person_id=health["sari"].id, unit_id=unit("kia"), title="Bidan Mahir", starts=later, by=None)
    api.withdraw_appointment(appointment_id=planned, by=None)
    spells = Appointment.objects.filter(person=health["sari"]).values_list("starts", "ends")
    assert list(spells) == [(date(2024, 1, 1), None)]
    with pytest.raises(NotFound):
        api.withdraw_appointment(appointment_id=planned, by=None)


def test_post_that_has_begun_is_not_withdrawn(health: dict[str, Person]) -> None:
    held = Appointment.objects.get(person=health["sari"])
    with pytest.raises(Conflict):
        api.withdraw_appointment(appointment_id=held.id, by=None)
    assert Appointment.objects.filter(id=held.id).exists()


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


def test_appoint_with_a_slip_in_the_year_is_refused(health: dict[str, Person]) -> None:
    with pytest.raises(Invalid, match="terlalu jauh") as refusal:
        api.appoint(person_id=health["sari"].id, unit_id=unit("kia"), title="X", starts=date(2062, 1, 1), by=None)
    assert refusal.value.field == "starts"


def test_appoint_tells_the_job_family_of_a_position_that_has_none(health: dict[str, Person]) -> None:
    post = {"unit_id": unit("kia"), "title": "Sopir", "by": None}
    api.appoint(person_id=health["sari"].id, starts=TODAY - timedelta(days=1), **post)
    api.appoint(person_id=health["budi"].id, starts=TODAY, job_family="lapangan", **post)
    cards = api.cards_of([health[who].account_id for who in ("sari", "budi")])
    assert {card.job_family for card in cards.values()} == {"lapangan"}


def correction(person: Person, **changed: Any) -> dict[str, Any]:
    """The open post of somebody as `correct_post` takes it, with something else in it."""
    post = Appointment.objects.select_related("position").get(person=person, ends=None)
    known = {
        "appointment_id": post.id,
        "unit_id": post.position.unit_id,
        "title": post.position.title,
        "is_head": post.position.is_head,
        "starts": post.starts,
        "by": None,
    }
    return known | changed


def test_correct_post_changes_the_record_and_begins_no_other(health: dict[str, Person]) -> None:
    wished = correction(health["sari"], title="Bidan  Mahir", unit_id=unit("kia"), starts=date(2023, 6, 1))
    assert api.correct_post(**wished) is True
    assert api.correct_post(**wished) is False
    card = api.person_of(health["sari"].account_id)
    assert card is not None
    assert (card.position, card.unit_name) == ("Bidan Mahir", "Kia")
    assert Appointment.objects.get(person=health["sari"]).starts == date(2023, 6, 1)


def test_correct_post_over_an_earlier_one_or_a_second_head_is_a_conflict(health: dict[str, Person]) -> None:
    api.appoint(person_id=health["sari"].id, unit_id=unit("kia"), title="X", starts=TODAY, by=None)
    with pytest.raises(Conflict) as refusal:
        api.correct_post(**correction(health["sari"], starts=date(2024, 5, 1)))
    assert refusal.value.field == "starts"
    with pytest.raises(Conflict) as refusal:
        api.correct_post(**correction(health["sari"], unit_id=unit("pkm"), title="Kepala", is_head=True))
    assert refusal.value.field == "is_head"
    assert api.correct_post(**correction(health["kapus"], title="Kepala Puskesmas")) is True


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


def test_correct_nip_to_one_of_another_agency_is_a_conflict_at_the_field(
    agency: Agency, make_account: Callable[..., Account], make_person: MakePerson, other_agency: Agency
) -> None:
    make_person(agency=other_agency, nip=nip(3), account=make_account(agency=other_agency))
    person_id = api.add_person(agency_id=agency.id, name="Sari", nip=nip(1), kind=PersonKind.PNS, by=None)
    with pytest.raises(Conflict) as refusal:
        api.correct_nip(person_id=person_id, nip=nip(3), by=None)
    assert (refusal.value.field, bool(refusal.value.next_step)) == ("nip", True)


def wish(person: Person, **changed: Any) -> dict[str, Any]:
    """Somebody's details as `update_person` takes them, with something else in them."""
    known = {"name": person.name, "nip": person.nip, "kind": PersonKind.PNS, "email": person.account.email}
    return {"person_id": person.id, "by": None, **known, **changed}


def test_update_person_writes_what_changed_and_then_nothing(health: dict[str, Person]) -> None:
    sari = health["sari"]
    new = {
        "name": "  Sari   Dewi, A.Md.Keb ",
        "rank": "2 c",
        "phone": "+62 812 3456 7890",
        "email": "Sari@Contoh.go.id",
    }
    for changed in (["name", "rank", "phone", "email"], []):
        assert api.update_person(**wish(sari, **new)) == changed
    sari.refresh_from_db()
    assert (sari.name, sari.rank, sari.phone) == ("Sari Dewi, A.Md.Keb", "II/c", "081234567890")
    assert (sari.account.name, sari.account.email) == ("Sari Dewi, A.Md.Keb", "sari@contoh.go.id")
    [entry] = [e for e in entries_of(f"person:{sari.id}", agency_id=sari.agency_id) if e.act == "people.person_updated"]
    assert entry.data == {"fields": ["name", "rank", "phone", "email"]}


def test_update_person_puts_the_nip_right_with_its_login(health: dict[str, Person]) -> None:
    assert api.update_person(**wish(health["sari"], nip=nip(700))) == ["nip"]
    assert Person.objects.get(id=health["sari"].id).account.username == nip(700)


@pytest.mark.parametrize(
    ("field", "value"),
    [("name", " "), ("nip", "123"), ("rank", "IX"), ("phone", "dua belas"), ("email", "sari@"), ("name", "x" * 201)],
)
def test_update_person_refuses_by_field_and_says_what_to_do(field: str, value: str, health: dict[str, Person]) -> None:
    typed = wish(health["sari"], **{field: value})
    with pytest.raises(Invalid) as refusal:
        api.update_person(**typed)
    assert refusal.value.field == field
    assert refusal.value.next_step
    told = {key: typed[key] for key in ("name", "nip", "kind", "email")} | {field: value}
    assert [f.field for f in api.person_faults(agency_id=health["sari"].agency_id, **told)] == [field]


def test_update_person_with_somebody_elses_email_or_nip_is_a_conflict(health: dict[str, Person]) -> None:
    api.update_person(**wish(health["budi"], email="budi@contoh.go.id"))
    for field, value in (("email", "budi@contoh.go.id"), ("nip", health["budi"].nip)):
        with pytest.raises(Conflict) as refusal:
            api.update_person(**wish(health["sari"], name="Lain", **{field: value}))
        assert refusal.value.field == field
    assert Person.objects.get(id=health["sari"].id).name == "Sari"  # nothing was half done


def test_update_person_who_has_left_is_a_conflict(health: dict[str, Person]) -> None:
    api.leave(person_id=health["sari"].id, by=None)
    with pytest.raises(Conflict, match="sudah tidak bekerja") as refusal:
        api.update_person(**wish(health["sari"], name="Lain"))
    assert refusal.value.next_step


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


def test_details_for_the_personnel_office_only(
    health: dict[str, Person], agency: Agency, make_actor: MakeActor
) -> None:
    sari = health["sari"]
    found = api.details_for(make_actor(Role.PERSONNEL, agency=agency), account_id=sari.account_id)
    assert found is not None
    assert found.post is not None
    assert (found.nip, found.post.position, found.job_family) == (sari.nip, "Bidan Terampil", "kesehatan")
    for role in (Role.OPERATOR, Role.AUDITOR, Role.EMPLOYEE):
        assert api.details_for(make_actor(role, agency=agency), account_id=sari.account_id) is None


def test_export_people_is_recorded_without_what_was_searched(
    health: dict[str, Person], agency: Agency, make_actor: MakeActor
) -> None:
    by = make_actor(Role.PERSONNEL, agency=agency)
    people = api.export_people(kind="xlsx", search="sari", unit_id=unit("pkm"), by=by)
    assert [card.name for card in people] == ["Sari"]
    [entry] = [e for e in entries_of(f"agency:{agency.id}", agency_id=agency.id) if e.act == "people.list_exported"]
    assert entry.actor_id == by.account_id
    assert entry.data == {"rows": 1, "kind": "xlsx", "unit": str(unit("pkm")), "searched": True}


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
    "update": lambda p, by: api.update_person(**wish(p, name="Lain", by=by)),
    "correct post": lambda p, by: api.correct_post(**correction(p, title="Lain", by=by)),
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
