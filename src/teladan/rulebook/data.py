"""Frozen data that crosses the rulebook's door: the law library and dated values. Courses are in `course_data`."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from teladan.rulebook.course_data import (
    Cell,
    Chapter,
    Choice,
    Course,
    Echo,
    FeedbackItem,
    Item,
    JpBasis,
    Node,
    Option,
    Page,
    Scene,
    TestSpec,
)

__all__ = [
    "Article",
    "Behaviour",
    "Cell",
    "Chapter",
    "Choice",
    "Citation",
    "Confidence",
    "CoreValue",
    "Course",
    "DatedValue",
    "Echo",
    "FeedbackItem",
    "Item",
    "JpBasis",
    "Node",
    "Option",
    "Page",
    "Parameter",
    "ParameterNature",
    "Regulation",
    "RegulationStatus",
    "Scalar",
    "Scene",
    "Term",
    "TestSpec",
    "ValueText",
]

Scalar = int | float | str | bool | None


class Confidence(StrEnum):
    """How well a rule is known. An unread one is shown so, and its clock may only mark late."""

    READ = "dibaca"  # the text itself was read
    SECOND_HAND = "kedua"  # read in a source that reports it
    UNREAD = "belum dibaca"  # nobody here has read it
    POLICY = "kebijakan"  # no rule of law: a choice of ours, said so wherever it shows


class RegulationStatus(StrEnum):
    """Where a regulation stands on a day."""

    IN_FORCE = "berlaku"
    AMENDED = "diubah"  # in force, parts replaced by another regulation
    REPEALED = "dicabut"
    FUTURE = "belum berlaku"


@dataclass(frozen=True, kw_only=True)
class Article:
    """Our own outline of one article (`article` as "34", "12C" or with a paragraph, "44/3"); never the text itself."""

    article: str
    text: str
    confidence: Confidence
    amended_by: str = ""  # reference of the regulation that changed it, when this outline is the changed rule


@dataclass(frozen=True, kw_only=True)
class Regulation:
    """One regulation of the library with our own summary. Dates are None when nobody here could establish them."""

    key: str
    kind: str
    number: str
    year: int
    short: str
    title: str
    in_force_from: date | None
    in_force_to: date | None
    replaced_by: str
    amended_by: tuple[str, ...]
    amends: tuple[str, ...]
    status: RegulationStatus  # as the library states it; for a day ask `status_on`
    confidence: Confidence
    summary: str
    note: str
    jdih: str  # host name of the official library, or ""
    outline: Mapping[str, Article] = field(repr=False, hash=False)
    subjects: tuple[str, ...] = ()  # keys of `Rulebook.subjects`

    def status_on(self, day: date) -> RegulationStatus:
        """The status on `day`: before its first day it is not in force yet, after its last it is repealed."""
        if self.in_force_from and day < self.in_force_from:
            return RegulationStatus.FUTURE
        if self.in_force_to and day > self.in_force_to:
            return RegulationStatus.REPEALED
        if self.status is RegulationStatus.REPEALED and self.in_force_to:
            return RegulationStatus.IN_FORCE
        return self.status

    @property
    def has_been_read(self) -> bool:
        """Was the text itself read?"""
        return self.confidence is Confidence.READ


@dataclass(frozen=True, kw_only=True)
class Citation:
    """A reference made readable. `outline_text` is our outline of the article, None when the library has none."""

    ref: str
    key: str
    article: str
    label: str  # "UU 25/2009 Pasal 34 huruf a"
    short: str
    title: str
    status: str
    confidence: str
    url: str
    outline_text: str | None
    outline_confidence: str = ""


@dataclass(frozen=True, kw_only=True)
class DatedValue:
    """A rule value as it stands on a day. `value` is None when the rule has been repealed."""

    key: str
    value: Scalar
    unit: str
    basis: str  # a reference for `cite`, or "kebijakan teladan"
    confidence: Confidence
    valid_from: date
    note: str = ""

    @property
    def may_have_legal_effect(self) -> bool:
        """Only what was read, in the text or reported by a source, may do more than inform."""
        return self.confidence in {Confidence.READ, Confidence.SECOND_HAND}


class ParameterNature(StrEnum):
    """Why a value is what it is."""

    LAW = "hukum"
    PRACTICE = "praktik"
    POLICY = "kebijakan"


@dataclass(frozen=True, kw_only=True)
class Parameter:
    """A named value and its history, oldest first."""

    key: str
    title: str
    unit: str
    nature: ParameterNature
    history: tuple[DatedValue, ...]


@dataclass(frozen=True, kw_only=True)
class Behaviour:
    """One of the three behaviours of a core value; `code` such as "BP1"."""

    code: str
    wording: str


@dataclass(frozen=True, kw_only=True)
class ValueText:
    """A core value in the words of one source (`basis`)."""

    meaning: str
    behaviours: tuple[Behaviour, ...]
    basis: str
    confidence: Confidence


@dataclass(frozen=True, kw_only=True)
class CoreValue:
    """A core value of ASN in the wording shown to people; `versions` holds every wording keyed by regulation."""

    code: str
    name: str
    meaning: str
    behaviours: tuple[Behaviour, ...]
    basis: str
    confidence: Confidence
    versions: Mapping[str, ValueText] = field(repr=False, hash=False)


@dataclass(frozen=True, kw_only=True)
class Term:
    """A legal term, our code name for it, what it means in our words, and where it comes from."""

    term: str
    code_name: str
    meaning: str
    basis: tuple[str, ...]
    abbreviation: str = ""
    confidence: Confidence = Confidence.UNREAD
