"""Is this a statement of xAPI 2.0 (IEEE 9274.1.1-2023, clause 4.2)? Pure; `faults` tells everything that is wrong.

Each kind of object is a table of its properties; a property that is not in the table is a fault, and so is null
anywhere outside extensions. What a table cannot say follows as rules in code.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from teladan.lrs import formats

VOIDED = "http://adlnet.gov/expapi/verbs/voided"


@dataclass(frozen=True)
class Fault:
    """What is wrong at `path`, such as "object.definition.type"."""

    path: str
    message: str


Checker = Callable[[Any, str, list[Fault]], None]


def faults(statement: Any) -> list[Fault]:
    """Everything that keeps `statement` (parsed JSON) from being a statement; empty for a valid one."""
    found: list[Fault] = []
    _statement(statement, "", found)
    return found


# Plain values ---------------------------------------------------------------------------------------------------------


def _kind(test: Callable[[Any], bool], words: str) -> Checker:
    def check(value: Any, path: str, out: list[Fault]) -> None:
        if not test(value):
            out.append(Fault(path, f"must be {words}"))

    return check


def _format(test: Callable[[str], bool], words: str) -> Checker:
    return _kind(lambda value: isinstance(value, str) and test(value), words)


_text = _kind(lambda value: isinstance(value, str), "a string")
_name = _kind(lambda value: isinstance(value, str) and value != "", "a string that is not empty")
_boolean = _kind(lambda value: isinstance(value, bool), "true or false")
_number = _kind(formats.is_number, "a number")
_scaled = _kind(lambda value: formats.is_number(value) and -1 <= value <= 1, "a number from -1 to 1")
_octets = _kind(
    lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= 0, "a count of octets"
)
_uuid = _format(formats.is_uuid, "a UUID")
_iri = _format(formats.is_iri, "an absolute IRI")
_timestamp = _format(formats.is_timestamp, "an RFC 3339 timestamp with a known offset")
_duration = _format(formats.is_duration, "an ISO 8601 duration")
_language = _format(formats.is_language, "a language tag (RFC 5646)")


def _one_of(*values: str) -> Checker:
    return _kind(lambda value: isinstance(value, str) and value in values, " or ".join(repr(v) for v in values))


def _list(of: Checker, *, least: int = 0) -> Checker:
    def check(value: Any, path: str, out: list[Fault]) -> None:
        if not isinstance(value, list) or len(value) < least:
            out.append(Fault(path, "must be an array" + (" that is not empty" if least else "")))
            return
        for index, element in enumerate(value):
            of(element, f"{path}[{index}]", out)

    return check


def _map(key: Callable[[str], bool], words: str, of: Checker) -> Checker:
    def check(value: Any, path: str, out: list[Fault]) -> None:
        if not isinstance(value, dict):
            out.append(Fault(path, "must be an object"))
            return
        for name, element in value.items():
            if not key(name):
                out.append(Fault(path, f"the key {name!r} must be {words}"))
            of(element, f"{path}[{name!r}]", out)

    return check


def _anything(value: Any, path: str, out: list[Fault]) -> None:
    pass


_words = _map(formats.is_language, "a language tag (RFC 5646)", _text)
_extensions = _map(formats.is_iri, "an absolute IRI", _anything)


def _record(known: Mapping[str, Checker], required: Iterable[str] = ()) -> Checker:
    """An object with these properties and no others."""

    def check(value: Any, path: str, out: list[Fault]) -> None:
        if not isinstance(value, dict):
            out.append(Fault(path or "statement", "must be an object"))
            return
        out.extend(Fault(_at(path, name), "is required") for name in required if name not in value)
        for name, element in value.items():
            if name in known:
                known[name](element, _at(path, name), out)
            else:
                out.append(Fault(_at(path, name), "is not a property of xAPI"))

    return check


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


# Who ------------------------------------------------------------------------------------------------------------------

_IDENTIFIERS: Mapping[str, Checker] = {
    "mbox": _format(formats.is_mailto, "a mailto IRI"),
    "mbox_sha1sum": _format(formats.is_sha1, "the hexadecimal SHA-1 of a mailto IRI"),
    "openid": _iri,
    "account": _record({"homePage": _iri, "name": _name}, ["homePage", "name"]),
}
_agent_record = _record({"objectType": _one_of("Agent"), "name": _text, **_IDENTIFIERS})


def _identifiers(value: Mapping[str, Any]) -> int:
    return sum(name in value for name in _IDENTIFIERS)


def _agent(value: Any, path: str, out: list[Fault]) -> None:
    _agent_record(value, path, out)
    if isinstance(value, dict) and _identifiers(value) != 1:
        out.append(Fault(path, "must have exactly one of mbox, mbox_sha1sum, openid, account"))


_group_record = _record(
    {"objectType": _one_of("Group"), "name": _text, "member": _list(_agent), **_IDENTIFIERS}, ["objectType"]
)


def _group(value: Any, path: str, out: list[Fault]) -> None:
    _group_record(value, path, out)
    if not isinstance(value, dict):
        return
    if _identifiers(value) > 1:
        out.append(Fault(path, "must have at most one of mbox, mbox_sha1sum, openid, account"))
    if _identifiers(value) == 0 and not value.get("member"):
        out.append(Fault(path, "a group without an identifier must have members"))


def _actor(value: Any, path: str, out: list[Fault]) -> None:
    is_group = isinstance(value, dict) and value.get("objectType") == "Group"
    (_group if is_group else _agent)(value, path, out)


def _authority(value: Any, path: str, out: list[Fault]) -> None:
    _actor(value, path, out)
    if isinstance(value, dict) and value.get("objectType") == "Group":
        members = value.get("member")
        if _identifiers(value) or not isinstance(members, list) or len(members) != 2:
            out.append(Fault(path, "a group as authority must be anonymous and have exactly two members"))


# What -----------------------------------------------------------------------------------------------------------------

_INTERACTIONS = {
    "true-false": (),
    "choice": ("choices",),
    "fill-in": (),
    "long-fill-in": (),
    "matching": ("source", "target"),
    "performance": ("steps",),
    "sequencing": ("choices",),
    "likert": ("scale",),
    "numeric": (),
    "other": (),
}
_COMPONENTS = ("choices", "scale", "source", "target", "steps")
_component_records = _list(_record({"id": _name, "description": _words}, ["id"]))


def _components(value: Any, path: str, out: list[Fault]) -> None:
    _component_records(value, path, out)
    if isinstance(value, list):
        ids = [part.get("id") for part in value if isinstance(part, dict)]
        if len({repr(i) for i in ids}) != len(ids):
            out.append(Fault(path, "the ids of its components must differ"))


_definition_record = _record(
    {
        "name": _words,
        "description": _words,
        "type": _iri,
        "moreInfo": _iri,
        "extensions": _extensions,
        "interactionType": _one_of(*_INTERACTIONS),
        "correctResponsesPattern": _list(_text),
        **dict.fromkeys(_COMPONENTS, _components),
    }
)


def _definition(value: Any, path: str, out: list[Fault]) -> None:
    _definition_record(value, path, out)
    if not isinstance(value, dict):
        return
    kind = value.get("interactionType")
    if kind is None and "correctResponsesPattern" in value:
        out.append(Fault(_at(path, "interactionType"), "is required beside correctResponsesPattern"))
    allowed = _INTERACTIONS.get(kind, ()) if isinstance(kind, str) else ()
    for name in _COMPONENTS:
        if name in value and name not in allowed:
            out.append(Fault(_at(path, name), f"does not belong to interactionType {kind!r}"))


_activity = _record({"objectType": _one_of("Activity"), "id": _iri, "definition": _definition}, ["id"])
_statement_ref = _record({"objectType": _one_of("StatementRef"), "id": _uuid}, ["objectType", "id"])
_verb = _record({"id": _iri, "display": _words}, ["id"])


def _object(value: Any, path: str, out: list[Fault]) -> None:
    kind = value.get("objectType", "Activity") if isinstance(value, dict) else "Activity"
    kinds: Mapping[Any, Checker] = {
        "Activity": _activity,
        "Agent": _agent,
        "Group": _group,
        "StatementRef": _statement_ref,
        "SubStatement": _sub_statement,
    }
    if not isinstance(kind, str) or kind not in kinds:
        out.append(Fault(_at(path, "objectType"), f"must be one of {', '.join(kinds)}"))
    else:
        kinds[kind](value, path, out)


# How and where --------------------------------------------------------------------------------------------------------

_score_record = _record({"scaled": _scaled, "raw": _number, "min": _number, "max": _number})


def _score(value: Any, path: str, out: list[Fault]) -> None:
    _score_record(value, path, out)
    if not isinstance(value, dict):
        return
    low, raw, high = (value[k] if formats.is_number(value.get(k)) else None for k in ("min", "raw", "max"))
    if low is not None and high is not None and low >= high:
        out.append(Fault(path, "min must be below max"))
    if raw is not None and ((low is not None and raw < low) or (high is not None and raw > high)):
        out.append(Fault(_at(path, "raw"), "must lie between min and max"))


_result = _record(
    {
        "score": _score,
        "success": _boolean,
        "completion": _boolean,
        "response": _text,
        "duration": _duration,
        "extensions": _extensions,
    }
)


def _activities(value: Any, path: str, out: list[Fault]) -> None:
    (_list(_activity) if isinstance(value, list) else _activity)(value, path, out)


_relevant_types = _list(_iri, least=1)
_context = _record(
    {
        "registration": _uuid,
        "instructor": _actor,
        "team": _group,
        "contextActivities": _record(dict.fromkeys(("parent", "grouping", "category", "other"), _activities)),
        "contextAgents": _list(
            _record(
                {"objectType": _one_of("contextAgent"), "agent": _agent, "relevantTypes": _relevant_types},
                ["objectType", "agent"],
            )
        ),
        "contextGroups": _list(
            _record(
                {"objectType": _one_of("contextGroup"), "group": _group, "relevantTypes": _relevant_types},
                ["objectType", "group"],
            )
        ),
        "revision": _text,
        "platform": _text,
        "language": _language,
        "statement": _statement_ref,
        "extensions": _extensions,
    }
)
_attachment = _record(
    {
        "usageType": _iri,
        "display": _words,
        "description": _words,
        "contentType": _format(formats.is_media_type, "a media type"),
        "length": _octets,
        "sha2": _format(formats.is_sha2, "a hexadecimal SHA-2 digest"),
        "fileUrl": _iri,
    },
    ["usageType", "display", "contentType", "length", "sha2"],
)

# The whole ------------------------------------------------------------------------------------------------------------

_COMMON: Mapping[str, Checker] = {
    "actor": _actor,
    "verb": _verb,
    "object": _object,
    "result": _result,
    "context": _context,
    "timestamp": _timestamp,
    "attachments": _list(_attachment),
}
_REQUIRED = ("actor", "verb", "object")
_sub_record = _record({"objectType": _one_of("SubStatement"), **_COMMON}, ["objectType", *_REQUIRED])
_statement_record = _record(
    {
        **_COMMON,
        "id": _uuid,
        "stored": _timestamp,
        "authority": _authority,
        "version": _format(formats.is_version, "a version 1.0.x or 2.0.x"),
    },
    _REQUIRED,
)


def _statement(value: Any, path: str, out: list[Fault]) -> None:
    _statement_record(value, path, out)
    _across(value, path, out)
    is_voiding = isinstance(value, dict) and _part(value, "verb").get("id") == VOIDED
    if is_voiding and _part(value, "object").get("objectType") != "StatementRef":
        out.append(Fault(_at(path, "object"), "voiding must name the statement it voids (a StatementRef)"))


def _sub_statement(value: Any, path: str, out: list[Fault]) -> None:
    if isinstance(value, dict) and _part(value, "object").get("objectType") == "SubStatement":
        out.append(Fault(_at(path, "object"), "a sub-statement must not hold another one"))
        return  # not followed any deeper
    _sub_record(value, path, out)
    _across(value, path, out)


def _across(value: Any, path: str, out: list[Fault]) -> None:
    """Revision and platform belong to activities only."""
    if isinstance(value, dict) and _part(value, "object").get("objectType", "Activity") != "Activity":
        for name in ("revision", "platform"):
            if name in _part(value, "context"):
                out.append(Fault(_at(path, f"context.{name}"), "belongs to a statement about an activity only"))


def _part(value: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    part = value.get(name)
    return part if isinstance(part, dict) else {}
