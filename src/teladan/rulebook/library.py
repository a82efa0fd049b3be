"""Loads the law library of a country's pack: regulations, outlines, glossary, calendars, parameters, core values."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from teladan.kernel.workdays import OffDay
from teladan.rulebook import refs
from teladan.rulebook.data import (
    Article,
    Behaviour,
    Confidence,
    CoreValue,
    DatedValue,
    Parameter,
    ParameterNature,
    Regulation,
    RegulationStatus,
    Term,
    ValueText,
)
from teladan.rulebook.faults import Fault
from teladan.rulebook.models.library import (
    ArticleModel,
    CalendarFile,
    DatedModel,
    GlossaryFile,
    OutlineFile,
    ParameterModel,
    ParametersFile,
    RegulationModel,
    RegulationsFile,
    ValuesFile,
)
from teladan.rulebook.source import Source, read_model

_WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")


@dataclass(frozen=True)
class CalendarYear:
    """One year's days off as read: every day with the region it belongs to (None: everywhere)."""

    year: int
    weekend: frozenset[int]
    weekend_basis: str
    days: tuple[tuple[str | None, OffDay], ...]


@dataclass
class Library:
    """What has been loaded. Without `has_regulations` the list itself is broken, and nothing is called unknown."""

    regulations: dict[str, Regulation] = field(default_factory=dict)
    subjects: dict[str, str] = field(default_factory=dict)
    glossary: list[Term] = field(default_factory=list)
    calendars: dict[int, CalendarYear] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)
    values: dict[str, CoreValue] = field(default_factory=dict)
    has_regulations: bool = False
    lost_outlines: set[str] = field(default_factory=set)  # regulations whose outline file is broken

    def article(self, ref: refs.Reference) -> Article | None:
        """The outline for a place: of its paragraph if there is one, else of the whole article."""
        outline = self.regulations[ref.key].outline
        finer = outline.get("/".join((ref.article, *ref.parts[:1])))
        return finer or outline.get(ref.article)

    def _should_be_outlined(self, ref: refs.Reference) -> bool:
        """Is the outline of this article missing although its regulation was read?"""
        was_read = self.regulations[ref.key].has_been_read and ref.key not in self.lost_outlines
        return was_read and self.article(ref) is None

    def doubt(self, text: str) -> tuple[str, str, bool] | None:
        """What is wrong with the reference `text`: (message, remedy, is it only a warning); None when nothing is."""
        ref = refs.parse(text)
        if ref is None:
            return (
                f"Rujukan {text!r} tidak tertulis dengan benar.",
                "Tulis kunci peraturan, tanda #, lalu pasal dan bagiannya, misalnya uu-2009-25#34/a.",
                False,
            )
        if not self.has_regulations:
            return None
        regulation = self.regulations.get(ref.key)
        if regulation is None:
            near = refs.near(ref.key, list(self.regulations))
            hint = f"Mungkin maksudnya: {', '.join(near)}." if near else "Tambahkan peraturannya ke regulations.yaml."
            return f"Peraturan {ref.key!r} tidak ada di pustaka.", hint, False
        if ref.article and self._should_be_outlined(ref):
            return (
                f"{regulation.short} {ref.place_label} belum punya garis besar di pustaka.",
                f"Tambahkan ringkasan pasal {ref.article} ke outlines/{ref.key}.yaml.",
                True,
            )
        return None


def check_ref(library: Library, source: Source, loc: tuple[int | str, ...], ref: str) -> None:
    """Note at `loc` what is wrong with `ref`, if anything."""
    if ref and ref != refs.POLICY and (doubt := library.doubt(ref)):
        message, remedy, warning = doubt
        source.fault_at(loc, message, remedy, warning=warning)


def load_library(root: Path, faults: list[Fault]) -> Library:
    """The library below `root` (a country's folder), with every fault noted; what is broken is left out."""
    library = Library()
    _load_regulations(root, library, faults)
    _load_glossary(root / "glossary.yaml", library, faults)
    _load_values(root / "values.yaml", library, faults)
    for path in sorted((root / "calendars").glob("*.yaml")):
        _load_calendar(path, library, faults)
    for path in sorted((root / "parameters").rglob("*.yaml")):
        _load_parameters(path, library, faults)
    return library


def _load_regulations(root: Path, library: Library, faults: list[Fault]) -> None:
    found = read_model(root / "regulations.yaml", RegulationsFile, faults)
    if found is None:
        return
    file, source = found
    outlines = {}
    for path in sorted((root / "outlines").glob("*.yaml")):
        outline = _outline(path, file, faults)
        if outline is None:
            library.lost_outlines.add(path.stem)
        else:
            outlines[path.stem] = outline
    for key, model in file.regulations.items():
        library.regulations[key] = _regulation(key, model, outlines.get(key, {}))
    library.has_regulations = True
    library.subjects = dict(file.subjects)
    for key, model in file.regulations.items():
        _check_key(key, model, source)
        for index, subject in enumerate(model.subjects):
            if subject not in file.subjects:
                source.fault_at(
                    ("regulations", key, "subjects", index),
                    f"Pokok bahasan {subject!r} tidak ada di subjects.",
                    f"Yang ada: {', '.join(file.subjects) or 'belum satu pun'}.",
                )
        for name in ("replaced_by", "amended_by", "amends"):
            named = getattr(model, name)
            for ref in [named] if isinstance(named, str) else named or ():
                check_ref(library, source, ("regulations", key, name), ref)


def _check_key(key: str, model: RegulationModel, source: Source) -> None:
    has_number = model.number is None or f"-{model.number.lower()}" in key
    if not refs.KEY.fullmatch(key) or f"-{model.year}" not in key or not has_number:
        source.fault_at(
            ("regulations", key),
            f"Kunci {key!r} tidak cocok dengan tahun {model.year} dan nomor {model.number}.",
            "Bentuk kunci adalah jenis-tahun-nomor, misalnya uu-2009-25.",
        )


def _outline(path: Path, file: RegulationsFile, faults: list[Fault]) -> dict[str, Article] | None:
    found = read_model(path, OutlineFile, faults)
    if found is None:
        return None
    model, source = found
    regulation = file.regulations.get(model.regulation)
    if regulation is None or path.stem != model.regulation:
        source.fault_at(
            ("regulation",),
            f"Garis besar ini untuk {model.regulation!r}, yang tidak ada di pustaka atau berbeda dari nama berkasnya.",
            "Samakan nama berkas, isian regulation, dan kunci di regulations.yaml.",
        )
        return None
    return {
        place: _article(place, entry if isinstance(entry, ArticleModel) else ArticleModel(text=entry), regulation)
        for place, entry in model.articles.items()
    }


def _article(place: str, model: ArticleModel, regulation: RegulationModel) -> Article:
    return Article(
        article=place,
        text=model.text,
        confidence=Confidence(model.confidence or regulation.confidence),
        amended_by=model.amended_by or "",
    )


def _regulation(key: str, model: RegulationModel, outline: dict[str, Article]) -> Regulation:
    return Regulation(
        key=key,
        kind=model.kind,
        number=model.number or "",
        year=model.year,
        short=model.short,
        title=model.title,
        in_force_from=model.in_force_from,
        in_force_to=model.in_force_to,
        replaced_by=model.replaced_by or "",
        amended_by=tuple(model.amended_by),
        amends=tuple(model.amends),
        status=RegulationStatus(model.status),
        confidence=Confidence(model.confidence),
        summary=model.summary,
        note=model.note,
        jdih=model.jdih,
        outline=outline,
        subjects=tuple(model.subjects),
    )


def _load_glossary(path: Path, library: Library, faults: list[Fault]) -> None:
    found = read_model(path, GlossaryFile, faults)
    if found is None:
        return
    file, source = found
    seen: set[tuple[str, str]] = set()
    for number, model in enumerate(file.terms):
        for word in (("istilah", model.term.casefold()), ("nama kode", model.code_name)):
            if word in seen:
                source.fault_at(
                    ("terms", number), f"{word[0].capitalize()} {word[1]!r} sudah ada.", "Ubah salah satunya."
                )
            seen.add(word)
        for index, ref in enumerate(model.basis):
            check_ref(library, source, ("terms", number, "basis", index), ref)
        library.glossary.append(
            Term(
                term=model.term,
                code_name=model.code_name,
                meaning=model.meaning,
                basis=tuple(model.basis),
                abbreviation=model.abbreviation,
                confidence=Confidence(model.confidence),
            )
        )
    library.glossary.sort(key=lambda term: term.term.casefold())


def _load_values(path: Path, library: Library, faults: list[Fault]) -> None:
    found = read_model(path, ValuesFile, faults)
    if found is None:
        return
    file, source = found
    for code, model in file.values.items():
        versions = {}
        for key, text in model.versions.items():
            check_ref(library, source, ("values", code, "versions", key), key)
            check_ref(library, source, ("values", code, "versions", key, "basis"), text.basis)
            behaviours = tuple(
                Behaviour(code=f"{code}{n}", wording=words) for n, words in enumerate(text.behaviours, 1)
            )
            versions[key] = ValueText(
                meaning=text.meaning, behaviours=behaviours, basis=text.basis, confidence=Confidence(text.confidence)
            )
        shown = versions[file.shown]
        library.values[code] = CoreValue(
            code=code,
            name=model.name,
            meaning=shown.meaning,
            behaviours=shown.behaviours,
            basis=shown.basis,
            confidence=shown.confidence,
            versions=versions,
        )


def _load_calendar(path: Path, library: Library, faults: list[Fault]) -> None:
    found = read_model(path, CalendarFile, faults)
    if found is None:
        return
    file, source = found
    if path.stem != str(file.year):
        source.fault_at(
            ("year",), f"Kalender {file.year} berada di berkas {path.name}.", "Samakan nama berkas dan year."
        )
    check_ref(library, source, ("weekend_basis",), file.weekend_basis)
    seen: set[tuple[date, str | None]] = set()
    days: list[tuple[str | None, OffDay]] = []
    for number, model in enumerate(file.days):
        loc = ("days", number)
        if model.day.year != file.year:
            source.fault_at(loc, f"Tanggal {model.day} tidak berada di tahun {file.year}.", "Perbaiki tanggalnya.")
        if (model.day, model.region) in seen:
            source.fault_at(loc, f"Tanggal {model.day} tertulis dua kali.", "Hapus salah satunya.")
        if (model.kind == "libur daerah") != (model.region is not None):
            source.fault_at(
                loc, "Libur daerah tanpa daerah, atau daerah pada libur nasional.", "Periksa kind dan region."
            )
        seen.add((model.day, model.region))
        decree = file.decrees.get(model.decree)
        if decree is None:
            near = ", ".join(file.decrees)
            source.fault_at((*loc, "decree"), f"Keputusan {model.decree!r} tidak ada di decrees.", f"Yang ada: {near}.")
            continue
        off_day = OffDay(
            day=model.day,
            name=model.name,
            kind=model.kind,
            decree=decree.label,
            confidence=model.confidence or decree.confidence,
            known_from=decree.announced,
        )
        days.append((model.region, off_day))
    weekend = frozenset(_WEEKDAYS.index(day) for day in file.weekend)
    library.calendars[file.year] = CalendarYear(file.year, weekend, file.weekend_basis, tuple(days))


def _load_parameters(path: Path, library: Library, faults: list[Fault]) -> None:
    found = read_model(path, ParametersFile, faults)
    if found is None:
        return
    file, source = found
    for key, model in file.parameters.items():
        if key in library.parameters:
            source.fault_at(("parameters", key), f"Parameter {key!r} sudah ada di berkas lain.", "Beri kunci lain.")
        for number, dated in enumerate(model.history):
            loc = ("parameters", key, "history", number, "basis")
            check_ref(library, source, loc, dated.basis)
            if model.nature == "hukum" and dated.basis == refs.POLICY:
                source.fault_at(
                    loc, f"Parameter {key!r} bersifat hukum, tetapi dasarnya kebijakan.", "Ubah nature atau basis."
                )
        library.parameters[key] = _parameter(key, model)


def _parameter(key: str, model: ParameterModel) -> Parameter:
    history = tuple(_dated(key, model.unit, dated) for dated in model.history)
    return Parameter(key=key, title=model.title, unit=model.unit, nature=ParameterNature(model.nature), history=history)


def _dated(key: str, unit: str, model: DatedModel) -> DatedValue:
    return DatedValue(
        key=key,
        value=model.value,
        unit=unit,
        basis=model.basis,
        confidence=Confidence(model.confidence),
        valid_from=model.valid_from,
        note=model.note,
    )
