"""Activation codes: hashed, used once, ended by time or by a newer one, hard to guess."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from teladan.access.api import Actor, Role
from teladan.accounts import api
from teladan.accounts.domain.activation import VALID_FOR, forget_old_codes
from teladan.accounts.models import Account, ActivationCode, Agency
from teladan.jobs.models import Message
from teladan.kernel import clock
from teladan.kernel.errors import Invalid, NotFound, TooMany

Make = Callable[..., Account]
GOOD = "seribu rumah di tepi air"
NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def opens(account: Account, password: str = GOOD) -> bool:
    account.refresh_from_db()
    return account.check_password(password) and not account.must_activate


@pytest.mark.parametrize("typed", [lambda c: c, str.lower, lambda c: c.replace("-", " "), lambda c: f" {c} "])
def test_activate_with_the_code_however_typed_sets_the_password(
    typed: Callable[[str], str], agency: Agency, make_account: Make
) -> None:
    account = make_account(agency=agency)
    code = api.issue_activation(account_id=account.id, by=None)
    assert api.activate(login=account.username, code=typed(code), password=GOOD) == account.id
    assert opens(account)


def test_activate_by_e_mail_works_too(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency, email="sari@contoh.go.id")
    code = api.issue_activation(account_id=account.id, by=None)
    api.activate(login="SARI@contoh.go.id", code=code, password=GOOD)
    assert opens(account)


def test_activate_a_second_time_is_refused(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency)
    code = api.issue_activation(account_id=account.id, by=None)
    api.activate(login=account.username, code=code, password=GOOD)
    with pytest.raises(Invalid) as refusal:
        api.activate(login=account.username, code=code, password="lain sama sekali ini")
    assert refusal.value.field == "code"
    assert opens(account)


def test_activate_with_an_older_code_is_refused(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency)
    old = api.issue_activation(account_id=account.id, by=None)
    new = api.issue_activation(account_id=account.id, by=None)
    with pytest.raises(Invalid):
        api.activate(login=account.username, code=old, password=GOOD)
    api.activate(login=account.username, code=new, password=GOOD)
    assert opens(account)


@pytest.mark.parametrize(("after", "works"), [(VALID_FOR - timedelta(seconds=1), True), (VALID_FOR, False)])
def test_activate_at_the_end_of_the_time(after: timedelta, works: bool, agency: Agency, make_account: Make) -> None:
    with clock.at(NOW):
        account = make_account(agency=agency)
        code = api.issue_activation(account_id=account.id, by=None)
    with clock.at(NOW + after):
        if works:
            api.activate(login=account.username, code=code, password=GOOD)
        else:
            with pytest.raises(Invalid):
                api.activate(login=account.username, code=code, password=GOOD)
    assert opens(account) is works


def test_activate_for_unknown_closed_and_foreign_says_the_same(
    agency: Agency, other_agency: Agency, make_account: Make
) -> None:
    account, other = make_account(agency=agency), make_account(agency=other_agency)
    code = api.issue_activation(account_id=other.id, by=None)
    closed = make_account(agency=agency)
    closed_code = api.issue_activation(account_id=closed.id, by=None)
    api.deactivate_account(account_id=closed.id, by=None)
    said = set()
    for login, typed in [("nobody", code), (account.username, code), (closed.username, closed_code), ("", "")]:
        with pytest.raises(Invalid) as refusal:
            api.activate(login=login, code=typed, password=GOOD)
        said.add((refusal.value.message, refusal.value.next_step))
    assert len(said) == 1


def test_activate_with_a_weak_password_leaves_the_code_for_another_try(agency: Agency, make_account: Make) -> None:
    account = make_account("Sari Dewi", agency=agency, username="sari.dewi")
    code = api.issue_activation(account_id=account.id, by=None)
    for weak in ["123", "1234567890123", "password12", "sari.dewi1", "x" * 300] * 3:
        with pytest.raises(Invalid) as refusal:
            api.activate(login="sari.dewi", code=code, password=weak)
        assert refusal.value.field == "password"
    api.activate(login="sari.dewi", code=code, password=GOOD)
    assert opens(account)


def test_activate_guessed_ten_times_is_stopped_even_for_the_right_code(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency)
    code = api.issue_activation(account_id=account.id, by=None)
    for _try in range(10):
        with pytest.raises(Invalid):
            api.activate(login=account.username, code="AAAA-BBBB-CCCC", password=GOOD)
    with pytest.raises(TooMany):
        api.activate(login=account.username, code=code, password=GOOD)


def test_issue_activation_keeps_the_old_password_until_the_code_is_used(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency, password="kata sandi yang lama")
    code = api.issue_activation(account_id=account.id, by=None)
    assert opens(account, "kata sandi yang lama")
    api.activate(login=account.username, code=code, password=GOOD)
    assert opens(account)


def test_issue_activation_keeps_only_a_hash_and_tells_others(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency)
    code = api.issue_activation(account_id=account.id, by=None)
    row = ActivationCode.objects.get()
    assert code.replace("-", "") not in row.code_hash
    assert Message.objects.filter(name="accounts.activation_issued", agency_id=agency.id).count() == 1


def test_issue_activations_for_many_gives_slips_in_order(agency: Agency, make_account: Make) -> None:
    accounts = [make_account(f"Pegawai {n}", agency=agency) for n in range(3)]
    slips = api.issue_activations(account_ids=[a.id for a in reversed(accounts)], by=None)
    assert [slip.username for slip in slips] == [a.username for a in reversed(accounts)]
    assert len({slip.code for slip in slips}) == 3
    assert slips[0].code not in repr(slips[0])


def test_issue_activations_with_one_stranger_issues_none(
    agency: Agency, other_agency: Agency, make_account: Make, make_actor: Callable[..., Actor]
) -> None:
    ids = [make_account(agency=agency).id, make_account(agency=other_agency).id]
    with pytest.raises(NotFound):
        api.issue_activations(account_ids=ids, by=make_actor(Role.PERSONNEL, agency=agency))
    assert not ActivationCode.objects.exists()


def test_issue_activation_for_a_closed_account_says_what_to_do(agency: Agency, make_account: Make) -> None:
    account = make_account(agency=agency)
    api.deactivate_account(account_id=account.id, by=None)
    with pytest.raises(Invalid) as refusal:
        api.issue_activation(account_id=account.id, by=None)
    assert refusal.value.next_step


def test_forget_old_codes_keeps_ninety_days(agency: Agency, make_account: Make) -> None:
    with clock.at(NOW):
        api.issue_activation(account_id=make_account(agency=agency).id, by=None)
    for days, gone in [(90, 0), (91, 1)]:
        with clock.at(NOW + VALID_FOR + timedelta(days=days)):
            assert forget_old_codes(limit=10) == gone
