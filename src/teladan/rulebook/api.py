"""The door of the rulebook: the packs, read once, and the data they are made of.

`rulebook()` refuses to start on a broken law library (a rule without a basis does not load). A broken file of a course
is left out and told by `rulebook().faults`, so that one page cannot take the law away; `check` finds all of it.
"""

from functools import cache
from pathlib import Path

from teladan.rulebook.authoring import Checked, check_course, fingerprint
from teladan.rulebook.book import COUNTRY, NoValueYet, Rulebook, load
from teladan.rulebook.clips import media_folder, media_type
from teladan.rulebook.courses import course_of
from teladan.rulebook.data import (
    Article,
    Behaviour,
    Cell,
    Chapter,
    Choice,
    Citation,
    Confidence,
    CoreValue,
    Course,
    DatedValue,
    Echo,
    FeedbackItem,
    Item,
    JpBasis,
    Node,
    Option,
    Page,
    Parameter,
    ParameterNature,
    Regulation,
    RegulationStatus,
    Scene,
    Term,
    TestSpec,
    ValueText,
)
from teladan.rulebook.explain import date_words, explain_due
from teladan.rulebook.faults import BrokenPacks, Fault, Severity
from teladan.rulebook.overlays import AGENCIES
from teladan.rulebook.refs import POLICY, UnknownKey, UnknownReference

__all__ = [
    "POLICY",
    "Article",
    "Behaviour",
    "BrokenPacks",
    "Cell",
    "Chapter",
    "Checked",
    "Choice",
    "Citation",
    "Confidence",
    "CoreValue",
    "Course",
    "DatedValue",
    "Echo",
    "Fault",
    "FeedbackItem",
    "Item",
    "JpBasis",
    "NoValueYet",
    "Node",
    "Option",
    "Page",
    "Parameter",
    "ParameterNature",
    "Regulation",
    "RegulationStatus",
    "Rulebook",
    "Scene",
    "Severity",
    "Term",
    "TestSpec",
    "UnknownKey",
    "UnknownReference",
    "ValueText",
    "check",
    "check_course",
    "course_of",
    "date_words",
    "default_packs",
    "explain_due",
    "fingerprint",
    "media_folder",
    "media_type",
    "rulebook",
    "set_packs",
    "show_draft",
]

_chosen: list[Path] = []
_draft: list[Rulebook] = []


def default_packs() -> Path:
    """`packs/` of the repository, or `teladan/packs` of an installed wheel."""
    package = Path(__file__).resolve().parent.parent
    shipped = package / "packs"
    return shipped if shipped.is_dir() else package.parent.parent / "packs"


def set_packs(path: Path | None) -> None:
    """Read the packs from `path` from now on; None goes back to the default."""
    _chosen[:] = [path] if path else []
    _load.cache_clear()


def rulebook() -> Rulebook:
    """The rulebook, read once per process. Raises `BrokenPacks` when the law library does not load."""
    return _draft[0] if _draft else _load(_packs())


def show_draft(course: Course | None) -> None:
    """Show a course as it is being written from now on (the preview for authors); None ends it."""
    _draft[:] = [_load(_packs()).with_draft(course)] if course else []


def check(path: Path | None = None) -> list[Fault]:
    """Every fault of the packs at `path` (the chosen ones when left out), errors and warnings, by file and line."""
    return list(load(path or _packs()).faults)


def _packs() -> Path:
    return _chosen[0] if _chosen else default_packs()


@cache
def _load(packs: Path) -> Rulebook:
    book = load(packs)
    lessons = (packs / COUNTRY / "courses", packs / AGENCIES)
    broken = [f for f in book.faults if f.is_error and not any(f.path.is_relative_to(folder) for folder in lessons)]
    if broken:
        raise BrokenPacks(broken)
    return book
