"""Accounts are opened, changed, closed; logins and addresses are unique everywhere."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError, transaction
from django.test import Client

from teladan.access.api import Actor, Role
from teladan.accounts import api
from teladan.accounts.models import Account, Agency
from teladan.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from teladan.ledger import api as ledger

Make = Callable[..., Account]
MakeActor = Callable[..., Actor]
NIP = "199001012022032001"


def acts(account: Account) -> list[str]:
    return [entry.act for entry in ledger.entries_of(f"account:{account.id}", agency_id=account.agency_id)]


def test_create_account_with_a_printed_nip_keeps_digits_and_no_password(agency: Agency) -> None:
    account_id = api.create_account(
        agency_id=agency.id,
        username=" 19900101 202203 2 001 ",
        name="  Sari   Dewi ",
        email="Sari@Contoh.go.id",
        by=None,
    )
    account = Account.objects.get(id=account_id)
    assert (account.username, account.name, account.email) == (NIP, "Sari Dewi", "sari@contoh.go.id")
    assert not account.has_usable_password()
    assert account.must_activate
    assert acts(account) == ["accounts.created"]


@pytest.mark.parametrize("username", ["", "ab", "sari@contoh.go.id", "sari dewi", "-sari", "sari;drop", "a" * 65])
def test_create_account_with_a_bad_login_is_refused(agency: Agency, username: str) -> None:
    with pytest.raises(Invalid) as refusal:
        api.create_account(agency_id=agency.id, username=username, name="Sari", by=None)
    assert refusal.value.field == "username"


@pytest.mark.parametrize(
    ("name", "email", "field"), [(" ", "", "name"), ("x" * 201, "", "name"), ("S", "sari", "email")]
)
def test_create_account_with_bad_details_names_the_field(agency: Agency, name: str, email: str, field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        api.create_account(agency_id=agency.id, username="sari", name=name, email=email, by=None)
    assert refusal.value.field == field


def test_create_account_with_a_login_of_another_agency_is_a_conflict(
    agency: Agency, other_agency: Agency, make_account: Make
) -> None:
    make_account(agency=other_agency, username=NIP, email="sari@contoh.go.id")
    with pytest.raises(Conflict) as refusal:
        api.create_account(agency_id=agency.id, username=NIP, name="Sari", by=None)
    assert "tetangga" not in str(refusal.value).lower()
    with pytest.raises(Conflict) as refusal:
        api.create_account(agency_id=agency.id, username="sari", name="Sari", email="SARI@contoh.go.id", by=None)
    assert refusal.value.field == "email"


def test_database_refuses_a_second_address_even_past_the_verbs(agency: Agency, make_account: Make) -> None:
    make_account(agency=agency, email="a@contoh.go.id")
    make_account(agency=agency)  # two without an address are fine
    second = make_account(agency=agency)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(id=second.id).update(email="a@contoh.go.id")


def test_create_accounts_with_one_taken_login_creates_none(agency: Agency, make_account: Make) -> None:
    make_account(agency=agency, username="sari")
    entries = [api.NewAccount(username="budi", name="Budi"), api.NewAccount(username="sari", name="Sari")]
    with pytest.raises(Conflict):
        api.create_accounts(agency_id=agency.id, entries=entries, by=None)
    assert not Account.objects.filter(username="budi").exists()


def test_create_accounts_in_bulk_takes_a_constant_number_of_queries(
    agency: Agency, django_assert_num_queries: Callable[..., object]
) -> None:
    for size, queries in [(1, 5), (200, 5)]:  # however many there are
        entries = [api.NewAccount(username=f"bulk-{size}-{n}", name="Budi") for n in range(size)]
        with django_assert_num_queries(queries):
            assert len(api.create_accounts(agency_id=agency.id, entries=entries, by=None)) == size


def test_create_account_by_an_employee_is_not_allowed(agency: Agency, actor: Actor) -> None:
    with pytest.raises(NotAllowed) as refusal:
        api.create_account(agency_id=agency.id, username="budi", name="Budi", by=actor)
    assert refusal.value.next_step


def test_create_account_by_an_operator_in_another_agency_is_not_allowed(
    agency: Agency, other_agency: Agency, make_actor: MakeActor
) -> None:
    operator = make_actor(Role.OPERATOR, agency=agency)
    with pytest.raises(NotAllowed):
        api.create_account(agency_id=other_agency.id, username="budi", name="Budi", by=operator)


VERBS: dict[str, Callable[[Account, Actor], object]] = {
    "update": lambda a, by: api.update_account(account_id=a.id, name="X", email="", by=by),
    "deactivate": lambda a, by: api.deactivate_account(account_id=a.id, by=by),
    "reactivate": lambda a, by: api.reactivate_account(account_id=a.id, by=by),
    "sign out": lambda a, by: api.sign_out_everywhere(account_id=a.id, by=by),
    "grant": lambda a, by: api.grant_role(account_id=a.id, role=Role.LEADER, by=by),
    "activation": lambda a, by: api.issue_activation(account_id=a.id, by=by),
    "second factor": lambda a, by: api.remove_second_factor(account_id=a.id, by=by),
}


@pytest.mark.parametrize("verb", VERBS)
def test_verb_on_an_account_of_another_agency_finds_nothing(
    verb: str, agency: Agency, other_agency: Agency, make_account: Make, make_actor: MakeActor
) -> None:
    stranger = make_account(agency=other_agency)
    with pytest.raises(NotFound):
        VERBS[verb](stranger, make_actor(Role.OPERATOR, agency=agency))


@pytest.mark.parametrize("verb", VERBS)
def test_verb_on_a_colleague_without_a_role_is_not_allowed(
    verb: str, agency: Agency, make_account: Make, actor: Actor
) -> None:
    with pytest.raises(NotAllowed):
        VERBS[verb](make_account(agency=agency), actor)


def test_deactivate_account_ends_its_sessions_and_keeps_its_rows(
    agency: Agency, make_account: Make, make_actor: MakeActor
) -> None:
    account = make_account(agency=agency, password="seribu rumah di tepi air")
    client = Client()
    client.force_login(account)
    api.deactivate_account(account_id=account.id, by=make_actor(Role.OPERATOR, agency=agency))
    assert not _still_in(client)
    api.reactivate_account(account_id=account.id, by=None)
    assert not _still_in(client)  # the old session stays ended
    account.refresh_from_db()
    assert account.is_active
    assert account.check_password("seribu rumah di tepi air")


def test_deactivate_account_of_oneself_is_refused(agency: Agency, make_actor: MakeActor) -> None:
    operator = make_actor(Role.OPERATOR, agency=agency)
    with pytest.raises(Invalid):
        api.deactivate_account(account_id=operator.account_id, by=operator)


def test_sign_out_everywhere_by_the_owner_ends_all_sessions(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(account)
    assert all(_still_in(client) for client in clients)
    api.sign_out_everywhere(account_id=account.id, by=api.actor_for(account))
    assert not any(_still_in(client) for client in clients)


def test_update_account_with_the_same_details_writes_nothing(agency: Agency, make_account: Make) -> None:
    account = make_account("Sari", agency=agency, email="sari@contoh.go.id")
    api.update_account(account_id=account.id, name="Sari", email="SARI@contoh.go.id", by=None)
    assert acts(account) == ["accounts.created"]
    api.update_account(account_id=account.id, name="Sari Dewi", email="", by=None)
    assert acts(account) == ["accounts.created", "accounts.updated"]


def test_verb_on_an_unknown_account_finds_nothing(agency: Agency) -> None:
    with pytest.raises(NotFound):
        api.deactivate_account(account_id=uuid4(), by=None)


@pytest.mark.parametrize(("size", "queries"), [(1, 4), (3, 4)])
def test_accounts_visible_to_an_operator_takes_four_queries(
    size: int,
    queries: int,
    agency: Agency,
    make_account: Make,
    make_actor: MakeActor,
    django_assert_num_queries: Callable[..., object],
) -> None:
    operator = make_actor(Role.OPERATOR, agency=agency, name="Aa")
    for n in range(size):
        make_account(f"Pegawai {n}", agency=agency, roles=[Role.LEADER])
    with django_assert_num_queries(queries):
        page = api.accounts_visible_to(operator, search="pegawai")
    assert page.total == size
    assert page.items[0].roles == (Role.LEADER,)


def test_accounts_visible_to_each_role_stay_in_the_agency(
    agency: Agency, other_agency: Agency, make_account: Make, make_actor: MakeActor, actor: Actor
) -> None:
    make_account("Orang Lain", agency=other_agency)
    mine = make_account("Sari", agency=agency, username=NIP)
    for role in (Role.OPERATOR, Role.AUDITOR, Role.PERSONNEL):
        page = api.accounts_visible_to(make_actor(role, agency=agency), limit=500)
        assert {card.agency_id for card in page.items} == {agency.id}
    assert [card.id for card in api.accounts_visible_to(actor).items] == [actor.account_id]
    assert api.accounts_visible_to(None).total == 0
    found = api.accounts_visible_to(make_actor(Role.OPERATOR, agency=agency), search="19900101 202203 2 001")
    assert [card.id for card in found.items] == [mine.id]
    assert NIP not in repr(found)


def test_actor_for_an_account_reads_its_grants_once_and_only_when_asked(
    agency: Agency, make_account: Make, django_assert_num_queries: Callable[..., object]
) -> None:
    account = make_account(agency=agency, roles=[Role.LEADER, Role.ORGANISER])
    with django_assert_num_queries(0):
        actor = api.actor_for(account)
    with django_assert_num_queries(1):
        assert [grant.role for grant in actor.grants] == [Role.LEADER, Role.ORGANISER]
        assert actor.has_role(Role.LEADER)


def _still_in(client: Client) -> bool:
    """Would the next request of this browser be signed in?"""
    from django.contrib.auth import get_user
    from django.http import HttpRequest

    request = HttpRequest()
    request.session = client.session
    return SESSION_KEY in client.session and get_user(request).is_authenticated
