"""The rulebook: everything the packs say, ready to be asked."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

from teladan.kernel import clock
from teladan.kernel.workdays import OffDay, WorkCalendar
from teladan.rulebook import refs
from teladan.rulebook.course_data import Course, Item, Scene
from teladan.rulebook.courses import load_courses
from teladan.rulebook.data import Citation, CoreValue, DatedValue, Parameter, Regulation, Term
from teladan.rulebook.faults import Fault
from teladan.rulebook.library import Library, load_library
from teladan.rulebook.overlays import Overlays, load_overlays, localised
from teladan.rulebook.publishing import check_versions, frozen, published, served

T = TypeVar("T")
COUNTRY = "id"
_HOME_ZONE = "Asia/Jakarta"  # whose day decides whether a regulation is in force


class NoValueYet(LookupError):
    """The value has no rule yet on that day: its history begins later."""


class Rulebook:
    """What the packs hold. Reads raise `UnknownKey` (a KeyError) with keys that look alike."""

    def __init__(
        self,
        library: Library,
        courses: Mapping[str, Course],
        faults: Sequence[Fault] = (),
        versions: Mapping[str, Mapping[str, Path]] | None = None,
        overlays: Overlays | None = None,
    ) -> None:
        self._library = library
        self._courses = courses
        self.faults = tuple(faults)
        self._versions = versions or {}  # course -> version -> where the published copy lies
        self._overlays = overlays or {}
        self._localised: dict[tuple[str, str, str], Course] = {}
        self._older: dict[tuple[str, str], Course] = {}
        self._items = {key: item for course in courses.values() for key, item in course.items.items()}
        self._scenes = {key: scene for course in courses.values() for key, scene in course.scenes.items()}

    # --- law ---------------------------------------------------------------------------------------------------------

    def value_at(self, key: str, day: date) -> DatedValue:
        """The parameter `key` as it stands on `day`; its value is None when the rule is repealed.

        Raises `UnknownKey` for an unknown key and `NoValueYet` before the first day of its history.
        """
        live = [dated for dated in self.parameter(key).history if dated.valid_from <= day]
        if not live:
            raise NoValueYet(f"{key} belum punya nilai pada {day.isoformat()}")
        return live[-1]

    def parameter(self, key: str) -> Parameter:
        """A parameter with its whole history."""
        return _found(self._library.parameters, key, "parameter")

    @property
    def parameters(self) -> list[Parameter]:
        """Every parameter, by file and then in the order of the file."""
        return list(self._library.parameters.values())

    def cite(self, ref: str, *, on: date | None = None) -> Citation:
        """The reference made readable, with the regulation's status `on` a day (today when left out).

        An article the library does not outline is still cited, with `outline_text` None. `UnknownReference` when the
        regulation is not in the library or `ref` is not written as a reference.
        """
        parsed = refs.parse(ref)
        if parsed is None or parsed.key not in self._library.regulations:
            raise refs.UnknownReference(ref, refs.near(ref.partition("#")[0], list(self._library.regulations)))
        regulation = self._library.regulations[parsed.key]
        outline = self._library.article(parsed) if parsed.article else None
        return Citation(
            ref=ref,
            key=parsed.key,
            article=parsed.place,
            label=" ".join(filter(None, (regulation.short, parsed.place_label))),
            short=regulation.short,
            title=regulation.title,
            status=regulation.status_on(on or clock.today(_HOME_ZONE)).value,
            confidence=regulation.confidence.value,
            url=f"/hukum/{parsed.key}/{parsed.fragment}",
            outline_text=outline.text if outline else None,
            outline_confidence=outline.confidence.value if outline else "",
        )

    def regulation(self, key: str) -> Regulation:
        """The regulation `key`, such as "uu-2009-25"."""
        return _found(self._library.regulations, key, "peraturan")

    @property
    def regulations(self) -> list[Regulation]:
        """Every regulation, in the order of the file."""
        return list(self._library.regulations.values())

    @property
    def subjects(self) -> dict[str, str]:
        """What regulations are about: key -> name, in the order of the file."""
        return dict(self._library.subjects)

    @property
    def value_names(self) -> dict[str, CoreValue]:
        """The seven core values by code, BP to KL."""
        return dict(self._library.values)

    @property
    def glossary(self) -> list[Term]:
        """The legal terms, in alphabetical order."""
        return list(self._library.glossary)

    # --- days --------------------------------------------------------------------------------------------------------

    @property
    def calendar_years(self) -> list[int]:
        """The years for which there is a calendar."""
        return sorted(self._library.calendars)

    def calendar(self, year: int, region: str | None = None) -> WorkCalendar:
        """The working days of one year, with the days off of `region` when given."""
        found = self._library.calendars.get(year)
        if found is None:
            raise refs.UnknownKey(str(year), [str(known) for known in self.calendar_years], what="kalender tahun")
        off_days: dict[date, OffDay] = {}
        for place, off_day in sorted(found.days, key=lambda entry: entry[0] is not None):
            if place in {None, region}:
                off_days.setdefault(off_day.day, off_day)
        return WorkCalendar(first=date(year, 1, 1), last=date(year, 12, 31), weekend=found.weekend, off_days=off_days)

    def work_calendar(self, region: str | None = None) -> WorkCalendar:
        """All neighbouring years from the first on as one calendar, for counts that cross a new year."""
        first, *later = self.calendar_years
        calendar = self.calendar(first, region)
        for year in later:
            if year == calendar.last.year + 1:
                calendar = calendar.joined(self.calendar(year, region))
        return calendar

    # --- courses -----------------------------------------------------------------------------------------------------

    def courses(self) -> list[Course]:
        """Every course that loaded, by folder name."""
        return list(self._courses.values())

    def course(self, key: str, version: str | None = None) -> Course:
        """The course `key`, such as "berakhlak": the newest version that is out, or `version`.

        A course that was never published is the one being written, and so is a version that never was.
        """
        course = _found(self._courses, key, "modul")
        if version in {None, course.version}:
            return course
        if (key, version) not in self._older:
            place = self._versions.get(key, {}).get(version or "")
            older = frozen(place, self._library) if place else None
            if older is None:
                return course
            self._older[key, version or ""] = older
        return self._older[key, version or ""]

    def course_at(self, agency: str, key: str, version: str | None = None) -> Course:
        """The course as the agency with this short name (slug) reads it: with what it adds, the same otherwise."""
        course = self.course(key, version)
        additions = self._overlays.get((agency, key))
        if not additions:
            return course
        known = (agency, key, course.version)
        if known not in self._localised:
            self._localised[known] = localised(course, additions)
        return self._localised[known]

    def with_draft(self, course: Course) -> "Rulebook":
        """The same book with a course as it is being written in the place of what is out."""
        return Rulebook(self._library, {**self._courses, course.key: course}, self.faults)

    def item(self, key: str) -> Item:
        """An item of any course."""
        return _found(self._items, key, "soal")

    def scene(self, key: str) -> Scene:
        """A scene of any course."""
        return _found(self._scenes, key, "adegan")


def load(packs: Path) -> Rulebook:
    """Read everything below `packs`. Broken files are left out; `Rulebook.faults` holds all faults."""
    faults: list[Fault] = []
    root = packs / COUNTRY
    library = load_library(root, faults)
    written = load_courses(root / "courses", library, faults)
    versions, courses = {}, {}
    for folder in sorted(path for path in (root / "courses").glob("*") if path.is_dir()):
        out = versions[folder.name] = published(folder)
        draft = written.get(folder.name)
        check_versions(folder, draft, library, faults)
        if course := served(draft, out, library):
            courses[course.key] = course
    overlays = load_overlays(packs, courses, library, faults)
    return Rulebook(library, courses, _told_once(faults), versions, overlays)


def _told_once(faults: list[Fault]) -> list[Fault]:
    """The faults in order of file and line; a warning that would repeat itself within a file is told the first time."""
    seen: set[tuple[Path, str]] = set()
    told = []
    for fault in sorted(faults):
        if fault.is_error or (fault.path, fault.remedy) not in seen:
            told.append(fault)
            seen.add((fault.path, fault.remedy))
    return told


def _found(things: Mapping[str, T], key: str, what: str) -> T:
    try:
        return things[key]
    except KeyError:
        raise refs.UnknownKey(key, refs.near(key, list(things)), what=what) from None
