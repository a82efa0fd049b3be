"""Recording: once and for all, in the agency's own store, and about nobody by name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import transaction

from lrs.statements import make
from teladan.accounts.models import Agency
from teladan.kernel.errors import Conflict, Invalid
from teladan.lrs import api
from teladan.lrs.models import StoredStatement

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)
ACCOUNT, CLASS = uuid4(), uuid4()
PAGE = "https://teladan.contoh.go.id/xapi/materi/berakhlak/2026.1/materi/pembuka"


def said(**changes: Any) -> api.Statement:
    given: dict[str, Any] = {
        "verb": api.verbs.EXPERIENCED,
        "object_id": PAGE,
        "object_type": api.verbs.LESSON,
        "object_name": "Pembuka",
        "actor_account": ACCOUNT,
        "registration": CLASS,
        "timestamp": NOON,
    }
    return api.statement(**{**given, **changes})


def of_class(agency: Agency) -> list[api.Statement]:
    return api.statements_of(CLASS, agency_id=agency.id)


def test_statement_is_valid_and_names_nobody() -> None:
    made = said(result={"score": api.score(14, 20), "duration": api.to_duration(timedelta(minutes=12))})
    assert api.faults(made.body) == []
    assert made.body["actor"]["account"] == {"homePage": settings.BASE_URL, "name": str(ACCOUNT)}
    assert (made.verb_id, made.object_id, made.object_name) == (api.verbs.EXPERIENCED.iri, PAGE, "Pembuka")
    assert (made.account_id, made.registration, made.timestamp) == (ACCOUNT, CLASS, NOON)
    assert made.result is not None
    assert made.result["score"] == {"raw": 14, "min": 0, "max": 20, "scaled": 0.7}


def test_statement_id_follows_from_what_it_says() -> None:
    one = said()
    assert said(timestamp=NOON + timedelta(hours=1), object_name="Lain", result={"success": True}).id == one.id
    others = [
        said(again="2"),
        said(actor_account=uuid4()),
        said(registration=uuid4()),
        said(object_id=f"{PAGE}2"),
        said(verb=api.verbs.COMPLETED),
    ]
    assert len({one.id, *[o.id for o in others]}) == 6
    assert one.id.version == 5


def test_statement_id_is_the_same_for_ever() -> None:
    found = api.statement_id(account_id=UUID(int=1), registration=UUID(int=2), verb="urn:v", object_id="urn:o")
    assert found == UUID("71348104-46b8-53a1-b6c9-bc310829ad6a")


def test_statement_gaps_are_left_out() -> None:
    body = said(registration=None, object_type="", object_name="").body
    assert "context" not in body
    assert "result" not in body
    assert body["object"] == {"objectType": "Activity", "id": PAGE}


@pytest.mark.unscoped
def test_record_keeps_and_reads_back_in_order(agency: Agency) -> None:
    later, first = said(object_id=f"{PAGE}2", timestamp=NOON + timedelta(minutes=1)), said()
    with transaction.atomic():
        fresh = api.record([later, first, said(registration=uuid4())], agency_id=agency.id)
    assert len(fresh) == 3
    assert [s.id for s in of_class(agency)] == [first.id, later.id]
    kept = of_class(agency)[0].body
    assert kept["authority"]["account"]["name"] == "teladan"
    assert kept["version"] == "2.0.0"
    assert api.faults(kept) == []
    row = StoredStatement.objects.with_scopes_disabled().get(statement_id=first.id)  # type: ignore[attr-defined]
    assert (row.verb, row.object_id, row.registration, row.timestamp) == (first.verb_id, PAGE, CLASS, NOON)


def test_record_the_same_again_is_passed_over(agency: Agency) -> None:
    with transaction.atomic():
        api.record([said()], agency_id=agency.id)
        assert api.record([said(), said()], agency_id=agency.id) == []
        later = said(timestamp=NOON + timedelta(days=1), object_name="Judul baru")
        assert api.record([later], agency_id=agency.id) == []
    assert [s.timestamp for s in of_class(agency)] == [NOON]  # the first moment stands


def test_record_the_same_id_with_another_content_is_refused(agency: Agency) -> None:
    with transaction.atomic():
        api.record([said(result={"success": True})], agency_id=agency.id)
    with pytest.raises(Conflict), transaction.atomic():
        api.record([said(object_id=f"{PAGE}2"), said(result={"success": False})], agency_id=agency.id)
    assert len(of_class(agency)) == 1  # nothing of the batch was kept
    with pytest.raises(Conflict), transaction.atomic():
        api.record([said(again="x", result={"success": ok}) for ok in (True, False)], agency_id=agency.id)


@pytest.mark.django_db(transaction=True)
def test_record_outside_a_transaction_raises(agency: Agency) -> None:
    with pytest.raises(RuntimeError):
        api.record([said()], agency_id=agency.id)


def test_record_refuses_what_is_not_xapi(agency: Agency) -> None:
    with pytest.raises(Invalid, match="timestamp") as error, transaction.atomic():
        api.record([api.Statement(make(timestamp="kemarin"))], agency_id=agency.id)
    assert error.value.field == "timestamp"


@pytest.mark.parametrize("missing", ["id", "timestamp"])
def test_record_wants_id_and_timestamp(missing: str, agency: Agency) -> None:
    body = {k: v for k, v in make().items() if k != missing}
    with pytest.raises(Invalid, match=missing), transaction.atomic():
        api.record([api.Statement(body)], agency_id=agency.id)


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"actor__name": "Sari Dewi"}, "actor.name"),
        ({"actor": {"mbox": "mailto:sari@contoh.go.id"}}, "actor.mbox"),
        ({"actor": {"account": {"homePage": "https://bkn.go.id", "name": "199001012015032001"}}}, "actor.account.name"),
        ({"context__instructor": {"openid": "https://contoh.go.id/sari"}}, "context.instructor.openid"),
        (
            {"context__team": {"objectType": "Group", "name": "Tim", "member": [{"mbox_sha1sum": "0" * 40}]}},
            "context.team.member[0].mbox_sha1sum",
        ),
    ],
)
def test_record_refuses_what_tells_who_somebody_is(changes: dict[str, Any], path: str, agency: Agency) -> None:
    from teladan.lrs import privacy

    statement = api.Statement(make(**changes))
    assert path in {f.path for f in privacy.faults(statement.body)}
    with pytest.raises(Invalid), transaction.atomic():
        api.record([statement], agency_id=agency.id)


def test_agencies_do_not_see_each_other(agency: Agency, other_agency: Agency) -> None:
    with transaction.atomic():
        api.record([said()], agency_id=agency.id)
        assert of_class(other_agency) == []
        api.record([said(result={"success": True})], agency_id=other_agency.id)  # no word of the other's statement
    assert len(of_class(agency)) == len(of_class(other_agency)) == 1


def test_record_many_takes_few_queries(agency: Agency, django_assert_max_num_queries: Callable[..., Any]) -> None:
    many = [said(object_id=f"{PAGE}/{n}") for n in range(450)]
    with transaction.atomic(), django_assert_max_num_queries(10):
        assert len(api.record(many, agency_id=agency.id)) == 450
    assert len(of_class(agency)) == 450


def test_fingerprint_ignores_what_may_differ() -> None:
    body = said(result={"response": "a"}).body
    same = {**body, "id": str(uuid4()), "stored": "x", "version": "1.0.3", "verb": {"id": body["verb"]["id"]}}
    assert api.fingerprint(same) == api.fingerprint(body)
    assert api.fingerprint({**body, "result": {"response": "b"}}) != api.fingerprint(body)
    one = said(extensions={"https://x.id/definition": {"definition": 1}}).body
    two = said(extensions={"https://x.id/definition": {"definition": 2}}).body
    assert api.fingerprint(one) != api.fingerprint(two)


def test_score_without_room_is_refused() -> None:
    with pytest.raises(ValueError, match="maximum"):
        api.score(0, 0)


def test_statement_of_somebody_elses_account_has_no_account_id() -> None:
    made = replace(said(), body={**said().body, "actor": {"mbox": "mailto:a@b.id"}})
    assert made.account_id is None
