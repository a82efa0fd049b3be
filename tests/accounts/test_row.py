"""The compiled reads give what Django's own give."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends import db
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from teladan.accounts.models import Account
from teladan.accounts.row import Row
from teladan.accounts.sessions import SessionStore
from teladan.kernel.ids import uuid7

pytestmark = pytest.mark.django_db


def test_row_equals_the_row_that_django_reads(make_account: Any, agency: Any) -> None:
    made = make_account("Sari Dewi", agency=agency, email="sari@contoh.go.id", password="kopi-pagi-di-loket")
    theirs = Account.objects.select_related("agency").get(pk=made.pk)
    ours = Row(Account, join=["agency"]).get(made.pk)
    assert ours is not None
    for field in Account._meta.concrete_fields:
        assert getattr(ours, field.attname) == getattr(theirs, field.attname), field.name
    for field in theirs.agency._meta.concrete_fields:
        assert getattr(ours.agency, field.attname) == getattr(theirs.agency, field.attname), field.name
    assert not ours._state.adding


def test_row_and_its_agency_cost_one_read(make_account: Any, agency: Any, django_assert_num_queries: Any) -> None:
    made = make_account("Sari Dewi", agency=agency)
    with django_assert_num_queries(1) as seen:
        assert isinstance(seen, CaptureQueriesContext)
        found = Row(Account, join=["agency"]).get(str(made.pk))
        assert found is not None and found.agency.slug == agency.slug


def test_unknown_key_is_none() -> None:
    assert Row(Account, join=["agency"]).get(uuid7()) is None


def test_session_is_read_as_django_reads_it() -> None:
    made = SessionStore()
    made["pesan"] = {"isi": "selamat pagi"}
    made.create()
    ours = SessionStore(made.session_key)
    theirs = db.SessionStore._get_session_from_db(SessionStore(made.session_key))
    assert theirs is not None
    assert dict(ours.items()) == theirs.get_decoded() == {"pesan": {"isi": "selamat pagi"}}


@pytest.mark.parametrize("fault", ["expired", "unknown", "altered"])
def test_session_that_does_not_hold_is_empty(fault: str) -> None:
    made = SessionStore()
    made["pesan"] = "rahasia"
    made.create()
    key = made.session_key
    if fault == "expired":
        made.model.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    elif fault == "altered":
        made.model.objects.filter(pk=key).update(session_data="x" + made.encode({"pesan": "lain"}))
    found = SessionStore("tidak-ada" if fault == "unknown" else key)
    assert found.get("pesan") is None


def test_scoped_row_is_of_the_open_agency_only(make_actor: Any, agency: Any, other_agency: Any) -> None:
    from teladan.access.api import Role
    from teladan.accounts.api import agency_scope
    from teladan.learning.models import Cohort, Enrolment
    from tests.learning import story

    siti = make_actor(agency=agency)
    story.open_class(make_actor(Role.ORGANISER, agency=agency), [siti])
    key = story.enrolment_of(siti)
    row = Row(Enrolment, join=["cohort", "progress"], scoped=True)
    found, theirs = row.get(key), Enrolment.objects.select_related("cohort").get(pk=key)
    assert found == theirs and found is not None
    for field in Cohort._meta.concrete_fields:
        assert getattr(found.cohort, field.attname) == getattr(theirs.cohort, field.attname), field.name
    assert getattr(found, "progress", None) == getattr(theirs, "progress", None)
    with agency_scope(other_agency.id):
        assert row.get(key) is None


def test_other_side_of_a_one_to_one(make_actor: Any, agency: Any, django_assert_num_queries: Any) -> None:
    from teladan.access.api import Role
    from teladan.learning import api as learning
    from teladan.learning.models import Enrolment
    from tests.learning import story

    siti = make_actor(agency=agency)
    story.open_class(make_actor(Role.ORGANISER, agency=agency), [siti])
    key = story.enrolment_of(siti)
    story.sit(siti, key, learning.PRE_TEST, right=8)
    found = Row(Enrolment, join=["progress"], scoped=True).get(key)
    assert found is not None
    with django_assert_num_queries(0):
        assert found.progress.state
        assert found.progress.enrolment is found
    assert found.progress.state == Enrolment.objects.get(pk=key).progress.state


@pytest.mark.unscoped
def test_scoped_row_without_a_scope_raises() -> None:
    from django_scopes.exceptions import ScopeError

    from teladan.learning.models import Enrolment

    with pytest.raises(ScopeError):
        Row(Enrolment, scoped=True).get(uuid7())
