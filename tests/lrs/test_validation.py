"""The rules of xAPI 2.0 (IEEE 9274.1.1), case by case: what is a statement and what is not."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lrs.statements import ACCOUNT, ACTIVITY, AGENT, ATTACHMENT, GONE, make, sub
from teladan.lrs.validation import faults

REF = {"objectType": "StatementRef", "id": "6f0f2d0a-6b1c-5d5e-9a53-2f4c1be0a7d2"}
GROUP = {"objectType": "Group", "member": [AGENT]}
VOIDED = "http://adlnet.gov/expapi/verbs/voided"
X = "https://contoh.go.id/x"


def definition(**properties: Any) -> dict[str, Any]:
    return make(object__definition=properties)


def parts(*ids: str) -> list[dict[str, Any]]:
    return [{"id": i, "description": {"id": i}} for i in ids]


VALID: dict[str, dict[str, Any]] = {
    "smallest": make(id=GONE, timestamp=GONE, verb__display=GONE),
    "full statement": make(version="2.0.0", stored="2026-11-23T01:00:01Z", authority=AGENT, attachments=[ATTACHMENT]),
    "agent by mbox": make(actor={"mbox": "mailto:orang@contoh.go.id"}),
    "agent by mbox_sha1sum": make(actor={"mbox_sha1sum": "0" * 40}),
    "agent by openid": make(actor={"openid": "https://contoh.go.id/orang"}),
    "agent with a name": make(actor__name="Sari"),
    "anonymous group": make(actor=GROUP),
    "identified group": make(actor={"objectType": "Group", "account": ACCOUNT}),
    "identified group with members": make(actor={**GROUP, "account": ACCOUNT}),
    "object without objectType": make(object={"id": X}),
    "object is an agent": make(object=AGENT),
    "object is a group": make(object=GROUP),
    "object is a statement": make(object=REF),
    "object is a sub-statement": sub(),
    "sub-statement with result and context": sub(result__success=True, context__language="id"),
    "voiding": make(verb__id=VOIDED, object=REF),
    "definition": definition(
        name={"id": "Tes"}, description={"id-ID": "Tes"}, type=X, moreInfo=X, extensions={X: None}
    ),
    "choice": definition(interactionType="choice", choices=parts("a", "b"), correctResponsesPattern=["a[,]b"]),
    "sequencing": definition(interactionType="sequencing", choices=parts("a", "b")),
    "likert": definition(interactionType="likert", scale=parts("1", "2")),
    "matching": definition(interactionType="matching", source=parts("a"), target=parts("a")),
    "performance": definition(interactionType="performance", steps=parts("a")),
    "numeric": definition(interactionType="numeric", correctResponsesPattern=["4[:]5"]),
    "score": make(result__score={"scaled": 0.7, "raw": 14, "min": 0, "max": 20}),
    "score of whole numbers": make(result__score={"scaled": -1}),
    "result": make(result={"success": False, "completion": True, "response": "", "duration": "PT12M5.3S"}),
    "duration of weeks": make(result__duration="P4W"),
    "duration of all parts": make(result__duration="P3Y1M29DT4H35M59.14S"),
    "context": make(
        context={
            "registration": "019C3F2E-8A44-7D02-9A53-2F4C1BE0A7D1",
            "instructor": AGENT,
            "team": GROUP,
            "revision": "2026.1",
            "platform": "teladan",
            "language": "id-ID",
            "statement": REF,
            "extensions": {X: {"apa": ["saja", None]}},
        }
    ),
    "context activities as arrays": make(context__contextActivities={"parent": [ACTIVITY], "category": []}),
    "context activity alone": make(context__contextActivities={"grouping": ACTIVITY, "other": ACTIVITY}),
    "context agents": make(
        context__contextAgents=[{"objectType": "contextAgent", "agent": AGENT, "relevantTypes": [X]}]
    ),
    "context groups": make(context__contextGroups=[{"objectType": "contextGroup", "group": GROUP}]),
    "instructor is a group": make(context__instructor=GROUP),
    "timestamp with an offset": make(timestamp="2026-11-23T08:00:00.123456+07:00"),
    "timestamp with a space": make(timestamp="2026-11-23 08:00:00.601+00:00"),
    "leap second": make(timestamp="2016-12-31T23:59:60Z"),
    "authority of two": make(authority={"objectType": "Group", "member": [AGENT, AGENT]}),
    "version 1.0.3": make(version="1.0.3"),
    "attachment with an address": make(attachments=[{**ATTACHMENT, "fileUrl": X, "description": {"id": "Bukti"}}]),
    "language with script and region": make(verb__display={"zh-Hant-TW": "x", "x-kita": "y", "und": "z"}),
}

INVALID: dict[str, tuple[Any, str]] = {
    "not an object": ([], "statement"),
    "no actor": (make(actor=GONE), "actor"),
    "no verb": (make(verb=GONE), "verb"),
    "no object": (make(object=GONE), "object"),
    "unknown property": (make(iq=120), "iq"),
    "property in another case": (make(Actor=AGENT), "Actor"),
    "null": (make(result=None), "result"),
    "null deep inside": (make(verb__display={"id": None}), "verb.display['id']"),
    "id too long": (make(id="6f0f2d0a-6b1c-5d5e-9a53-2f4c1be0a7d12"), "id"),
    "id with a wrong letter": (make(id="Mf0f2d0a-6b1c-5d5e-9a53-2f4c1be0a7d1"), "id"),
    "id in braces": (make(id="{6f0f2d0a-6b1c-5d5e-9a53-2f4c1be0a7d1}"), "id"),
    "id is a number": (make(id=7), "id"),
    "actor is text": (make(actor="Sari"), "actor"),
    "agent without an identifier": (make(actor={"name": "Sari"}), "actor"),
    "agent with two identifiers": (make(actor__mbox="mailto:a@b.id"), "actor"),
    "mbox without mailto": (make(actor={"mbox": "a@b.id"}), "actor.mbox"),
    "sha1 too short": (make(actor={"mbox_sha1sum": "0" * 39}), "actor.mbox_sha1sum"),
    "openid not an IRI": (make(actor={"openid": "sari"}), "actor.openid"),
    "account without homePage": (make(actor={"account": {"name": "x"}}), "actor.account.homePage"),
    "account without name": (make(actor={"account": {"homePage": X}}), "actor.account.name"),
    "account name is a number": (make(actor={"account": {"homePage": X, "name": 1}}), "actor.account.name"),
    "account homePage not an IRI": (make(actor={"account": {"homePage": "x", "name": "x"}}), "actor.account.homePage"),
    "account with more": (make(actor={"account": {**ACCOUNT, "nip": "1"}}), "actor.account.nip"),
    "agent of unknown type": (make(actor__objectType="Person"), "actor.objectType"),
    "agent with members": (make(actor__member=[AGENT]), "actor.member"),
    "group without anything": (make(actor={"objectType": "Group"}), "actor"),
    "group without members": (make(actor={"objectType": "Group", "member": []}), "actor"),
    "group in a group": (make(actor={"objectType": "Group", "member": [GROUP]}), "actor.member[0].objectType"),
    "group with two identifiers": (make(actor={**GROUP, "account": ACCOUNT, "openid": X}), "actor"),
    "verb without id": (make(verb__id=GONE), "verb.id"),
    "verb id not an IRI": (make(verb__id="membaca"), "verb.id"),
    "verb id with a space": (make(verb__id="http://a b"), "verb.id"),
    "display is text": (make(verb__display="membaca"), "verb.display"),
    "display with a bad language": (make(verb__display={"sesuatunya": "x"}), "verb.display"),
    "verb with more": (make(verb__tense="past"), "verb.tense"),
    "voiding an activity": (make(verb__id=VOIDED), "object"),
    "object of unknown type": (make(object={"objectType": "Thing", "id": X}), "object.objectType"),
    "object type in another case": (make(object={"objectType": "activity", "id": X}), "object.objectType"),
    "activity without id": (make(object={"objectType": "Activity"}), "object.id"),
    "activity id not an IRI": (make(object={"id": "tes-awal"}), "object.id"),
    "activity with more": (make(object__name="x"), "object.name"),
    "definition with more": (definition(title={"id": "x"}), "object.definition.title"),
    "definition type not an IRI": (definition(type="tes"), "object.definition.type"),
    "moreInfo not an IRI": (definition(moreInfo="tes"), "object.definition.moreInfo"),
    "extension key not an IRI": (definition(extensions={"kunci": 1}), "object.definition.extensions"),
    "interaction of unknown type": (definition(interactionType="essay"), "object.definition.interactionType"),
    "pattern without a type": (definition(correctResponsesPattern=["a"]), "object.definition.interactionType"),
    "pattern is text": (
        definition(interactionType="choice", correctResponsesPattern="a"),
        "object.definition.correctResponsesPattern",
    ),
    "choices without a type": (definition(choices=parts("a")), "object.definition.choices"),
    "choices of a likert": (definition(interactionType="likert", choices=parts("a")), "object.definition.choices"),
    "component ids twice": (
        definition(interactionType="choice", choices=parts("a", "a")),
        "object.definition.choices",
    ),
    "component without id": (
        definition(interactionType="choice", choices=[{"description": {"id": "x"}}]),
        "object.definition.choices[0].id",
    ),
    "component with more": (
        definition(interactionType="choice", choices=[{"id": "a", "score": 1}]),
        "object.definition.choices[0].score",
    ),
    "reference without id": (make(object={"objectType": "StatementRef"}), "object.id"),
    "reference id not a UUID": (make(object={"objectType": "StatementRef", "id": "x"}), "object.id"),
    "sub-statement with id": (make(object={**sub()["object"], "id": REF["id"]}), "object.id"),
    "sub-statement with stored": (sub(stored="2026-11-23T01:00:00Z"), "object.stored"),
    "sub-statement with authority": (sub(authority=AGENT), "object.authority"),
    "sub-statement in a sub-statement": (make(object={**sub()["object"], "object": sub()["object"]}), "object.object"),
    "sub-statement without verb": (sub(verb=GONE), "object.verb"),
    "scaled above 1": (make(result__score__scaled=1.01), "result.score.scaled"),
    "scaled below -1": (make(result__score__scaled=-1.01), "result.score.scaled"),
    "raw is text": (make(result__score__raw="14"), "result.score.raw"),
    "raw is true": (make(result__score__raw=True), "result.score.raw"),
    "raw not a number": (make(result__score__raw=float("nan")), "result.score.raw"),
    "raw above max": (make(result__score={"raw": 21, "max": 20}), "result.score.raw"),
    "raw below min": (make(result__score={"raw": -1, "min": 0}), "result.score.raw"),
    "min above max": (make(result__score={"min": 5, "max": 1}), "result.score"),
    "score with more": (make(result__score={"grade": "A"}), "result.score.grade"),
    "success is text": (make(result__success="true"), "result.success"),
    "completion is a number": (make(result__completion=1), "result.completion"),
    "response is a number": (make(result__response=1), "result.response"),
    "duration in words": (make(result__duration="satu jam"), "result.duration"),
    "duration without parts": (make(result__duration="P"), "result.duration"),
    "duration with an empty time": (make(result__duration="P1DT"), "result.duration"),
    "duration mixing weeks": (make(result__duration="P4W1D"), "result.duration"),
    "duration with an early fraction": (make(result__duration="PT1.5H2M"), "result.duration"),
    "duration below zero": (make(result__duration="-PT1S"), "result.duration"),
    "duration is a number": (make(result__duration=60), "result.duration"),
    "result with more": (make(result__grade="A"), "result.grade"),
    "registration not a UUID": (make(context__registration="kelas-1"), "context.registration"),
    "team is an agent": (make(context__team=AGENT), "context.team.objectType"),
    "context language": (make(context__language="bahasa indonesia"), "context.language"),
    "context statement without type": (make(context__statement={"id": REF["id"]}), "context.statement.objectType"),
    "revision beside an agent": (make(object=AGENT, context__revision="1"), "context.revision"),
    "platform beside a statement": (make(object=REF, context__platform="x"), "context.platform"),
    "context with more": (make(context__place="x"), "context.place"),
    "context activities of unknown kind": (
        make(context__contextActivities={"sibling": [ACTIVITY]}),
        "context.contextActivities.sibling",
    ),
    "context activity is not one": (
        make(context__contextActivities={"parent": [ACTIVITY, AGENT]}),
        "context.contextActivities.parent[1].id",
    ),
    "context agent of another type": (
        make(context__contextAgents=[{"objectType": "Agent", "agent": AGENT}]),
        "context.contextAgents[0].objectType",
    ),
    "context agent without agent": (
        make(context__contextAgents=[{"objectType": "contextAgent"}]),
        "context.contextAgents[0].agent",
    ),
    "relevant types empty": (
        make(context__contextAgents=[{"objectType": "contextAgent", "agent": AGENT, "relevantTypes": []}]),
        "context.contextAgents[0].relevantTypes",
    ),
    "relevant type not an IRI": (
        make(context__contextGroups=[{"objectType": "contextGroup", "group": GROUP, "relevantTypes": ["x"]}]),
        "context.contextGroups[0].relevantTypes[0]",
    ),
    "context group is an agent": (
        make(context__contextGroups=[{"objectType": "contextGroup", "group": AGENT}]),
        "context.contextGroups[0].group.objectType",
    ),
    "extensions are a list": (make(context__extensions=[]), "context.extensions"),
    "timestamp in words": (make(timestamp="kemarin"), "timestamp"),
    "timestamp without offset": (make(timestamp="2026-11-23T01:00:00"), "timestamp"),
    "timestamp of unknown offset": (make(timestamp="2026-11-23T01:00:00-00:00"), "timestamp"),
    "timestamp with a short offset": (make(timestamp="2026-11-23T01:00:00-00"), "timestamp"),
    "timestamp of no calendar": (make(timestamp="2026-02-30T01:00:00Z"), "timestamp"),
    "timestamp of no clock": (make(timestamp="2026-02-20T25:00:00Z"), "timestamp"),
    "timestamp is a day": (make(timestamp="2026-11-23"), "timestamp"),
    "stored is a number": (make(stored=1), "stored"),
    "version unknown": (make(version="3.0.0"), "version"),
    "authority of three": (make(authority={"objectType": "Group", "member": [AGENT] * 3}), "authority"),
    "authority an identified group": (make(authority={**GROUP, "account": ACCOUNT}), "authority"),
    "attachments not an array": (make(attachments=ATTACHMENT), "attachments"),
    "attachment without usageType": (
        make(attachments=[{k: v for k, v in ATTACHMENT.items() if k != "usageType"}]),
        "attachments[0].usageType",
    ),
    "attachment length is text": (make(attachments=[{**ATTACHMENT, "length": "27"}]), "attachments[0].length"),
    "attachment type": (make(attachments=[{**ATTACHMENT, "contentType": "pdf"}]), "attachments[0].contentType"),
    "attachment hash": (make(attachments=[{**ATTACHMENT, "sha2": "abc"}]), "attachments[0].sha2"),
    "attachment address": (make(attachments=[{**ATTACHMENT, "fileUrl": "berkas.pdf"}]), "attachments[0].fileUrl"),
}


@pytest.mark.parametrize("name", VALID)
def test_valid_statement_has_no_faults(name: str) -> None:
    assert faults(VALID[name]) == []


@pytest.mark.parametrize("name", INVALID)
def test_invalid_statement_is_told_where(name: str) -> None:
    statement, path = INVALID[name]
    found = faults(statement)
    assert path in {f.path for f in found}, found
    assert all(f.message for f in found)


def test_all_faults_are_told_at_once() -> None:
    found = faults(make(id="x", timestamp="x", verb=GONE))
    assert {f.path for f in found} == {"id", "timestamp", "verb"}


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(st.sampled_from(["id", "actor", "verb", "object", "result", "context", "timestamp", "attachments"]), json)
def test_any_json_anywhere_is_judged_without_an_accident(name: str, value: Any) -> None:
    assert isinstance(faults(make(**{name: value})), list)


@given(json)
def test_nothing_but_an_object_is_a_statement(value: Any) -> None:
    assert faults(value)
