"""Forms of organisers: open a cohort, change it, cancel it, appoint who facilitates it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor
from teladan.jobs import api as jobs
from teladan.kernel import ids
from teladan.kernel.errors import Invalid
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.rulebook.api import rulebook
from teladan.web.ui.formats import date_text

FIELDS = {  # a verb's field -> ours
    "opens_at": "opens_on",
    "closes_at": "closes_on",
    "due_at": "due_on",
    "reason": "due_reason",
}


def day_input() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def beginning(day: date) -> datetime:
    return datetime.combine(day, time(0, 0), timezone.get_current_timezone())


def end(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), timezone.get_current_timezone())


def run_once(key: str, purpose: str, by: Actor, run: Callable[[], object]) -> str:
    """Do it once for each form; what it returned, as text."""
    return jobs.once(
        key=key[:64] or str(ids.uuid7()), account_id=by.account_id, purpose=purpose, run=lambda: str(run())
    )[0]


@dataclass(frozen=True, kw_only=True)
class UnitLine:
    """A unit in the tree with its people: in it, and together with the units below it."""

    id: str
    name: str
    depth: int
    people: int
    people_below: int
    is_chosen: bool


class ByUnit(forms.Form):
    """Participants of whole units."""

    units = forms.MultipleChoiceField(label=_("Unit peserta"), required=False, widget=forms.CheckboxSelectMultiple)
    below = forms.BooleanField(label=_("Beserta semua unit di bawahnya"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor = actor
        self._units = people.units_visible_to(actor)
        self.fields["units"].choices = [(str(u.id), u.name) for u in self._units]  # type: ignore[attr-defined]

    def unit_lines(self) -> list[UnitLine]:
        """The tree with how many people work where."""
        counts = people.headcounts_visible_to(self.actor)
        chosen = {str(one) for one in self["units"].value() or []}
        lines = []
        for index, unit in enumerate(self._units):
            with_below = counts.get(unit.id, 0)
            for other in self._units[index + 1 :]:
                if other.depth <= unit.depth:
                    break
                with_below += counts.get(other.id, 0)
            lines.append(
                UnitLine(
                    id=str(unit.id),
                    name=unit.name,
                    depth=min(unit.depth, 4),
                    people=counts.get(unit.id, 0),
                    people_below=with_below,
                    is_chosen=str(unit.id) in chosen,
                )
            )
        return lines

    @cached_property
    def of_units(self) -> list[UUID]:
        """Accounts of those who hold a post in the chosen units today, each once."""
        today = timezone.localdate()
        below = bool(self.cleaned_data.get("below"))
        found = (
            account
            for unit in self.cleaned_data.get("units", [])
            for account in people.accounts_in_unit(UUID(unit), today, with_below=below)
        )
        return list(dict.fromkeys(found))


def capacity_field() -> forms.IntegerField:
    """How many people a cohort takes."""
    return forms.IntegerField(
        label=_("Jumlah tempat"),
        min_value=1,
        max_value=100_000,
        required=False,
        help_text=_("Kosongkan bila tidak dibatasi. Bila penuh, yang berikutnya masuk daftar tunggu menurut urutan."),
    )


class NewCohort(ByUnit):
    """Open an angkatan, appoint who facilitates it and enrol whole units at once."""

    course = forms.ChoiceField(label=_("Modul"), required=False, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Nama angkatan"), max_length=120, help_text=_("Misalnya dengan nomor dan unit, supaya mudah dibedakan.")
    )
    opens_on = forms.DateField(label=_("Tanggal mulai"), widget=day_input())
    closes_on = forms.DateField(label=_("Tanggal selesai"), widget=day_input())
    attempts = forms.IntegerField(label=_("Kesempatan Tes Akhir"), min_value=1, max_value=5, initial=2)
    capacity = capacity_field()
    facilitators = forms.TypedMultipleChoiceField(
        label=_("Pengampu"),
        coerce=UUID,
        required=False,
        help_text=_("Orang lain dapat ditunjuk setelah angkatan dibuka."),
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.ChoiceField(
        label=_("Mereka yang sudah mengikuti angkatan lain"),
        required=False,
        choices=[("lewati", _("Jangan didaftarkan lagi")), ("sertakan", _("Daftarkan juga di angkatan ini"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = [course for course in rulebook().courses() if course.is_published]
        self.fields["course"].choices = [(course.key, course.title) for course in self.courses]  # type: ignore[attr-defined]
        self.elsewhere: dict[UUID, str] = {}
        self.fields["facilitators"].choices = learning.known_facilitators(self.actor)  # type: ignore[attr-defined]

    def clean_course(self) -> str:
        """The course that was chosen, or the only one there is."""
        chosen: str = self.cleaned_data["course"] or (self.courses[0].key if len(self.courses) == 1 else "")
        if not chosen:
            raise forms.ValidationError(
                gettext("Pilih modulnya.") if self.courses else gettext("Belum ada modul yang terbit untuk diajarkan.")
            )
        return chosen

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        opens, closes = values.get("opens_on"), values.get("closes_on")
        if opens and closes:
            try:
                learning.check_dates(beginning(opens), end(closes))
            except Invalid as error:
                self.add_error(FIELDS.get(error.field, "closes_on"), error.message)
        if values.get("units") and values.get("course"):
            if not self.of_units:
                self.add_error("units", _("Unit yang dipilih belum mempunyai pegawai."))
            self.elsewhere = learning.running_elsewhere(values["course"], self.of_units, by=self.actor)
            self.fields["others"].required = bool(self.elsewhere)  # from now on the page asks for it
            if self.elsewhere and not values.get("others"):
                self.add_error("others", overlap_words(self.elsewhere))
        return values

    def save(self, key: str) -> UUID:
        """Open the cohort with all that was chosen, once for each form."""
        return UUID(run_once(key, "learning.open_cohort", self.actor, self._open))

    def _open(self) -> UUID:
        values = self.cleaned_data
        refuse_same_title(values["title"], self.actor)  # here, so that a form sent twice is not its own rival
        plan: dict[str, Any] = {
            "course": values["course"],
            "title": values["title"],
            "opens_at": beginning(values["opens_on"]),
            "closes_at": end(values["closes_on"]),
            "attempts": values["attempts"],
            "capacity": values["capacity"],
            "by": self.actor,
        }
        skipped = self.elsewhere if values["others"] == "lewati" else {}
        accounts = [a for a in self.of_units if a not in skipped]
        opened = learning.open_cohort_with(account_ids=accounts, **plan) if accounts else learning.open_cohort(**plan)
        for account_id in values["facilitators"]:
            learning.appoint_facilitator(cohort_id=opened, account_id=account_id, by=self.actor)
        return opened


def refuse_same_title(title: str, actor: Actor, *, but: UUID | None = None) -> None:
    """Invalid when another cohort that is not over bears this name."""
    for card in learning.cohorts_visible_to(actor):
        if card.id != but and not card.is_over and card.title.casefold() == title.strip().casefold():
            raise Invalid(
                gettext("Angkatan lain (%(opens)s – %(closes)s) sudah bernama ini. Beri nama yang membedakannya.")
                % {
                    "opens": date_text(timezone.localdate(card.opens_at), "pendek"),
                    "closes": date_text(timezone.localdate(card.closes_at), "pendek"),
                },
                field="title",
            )


def overlap_words(elsewhere: dict[UUID, str]) -> str:
    """How many are already in which other cohorts."""
    n = len(elsewhere)
    return ngettext(
        "%(n)d orang sudah mengikuti angkatan lain dari modul ini: %(titles)s. Pilih apa yang dilakukan.",
        "%(n)d orang sudah mengikuti angkatan lain dari modul ini: %(titles)s. Pilih apa yang dilakukan.",
        n,
    ) % {"n": n, "titles": ", ".join(sorted(set(elsewhere.values()))[:3])}


class ChangeCohort(forms.Form):
    """Another name or other dates."""

    title = forms.CharField(label=_("Nama angkatan"), max_length=120)
    opens_on = forms.DateField(label=_("Tanggal mulai"), widget=day_input())
    closes_on = forms.DateField(label=_("Tanggal selesai"), widget=day_input())

    def __init__(self, data: Any = None, *, cohort: learning.CohortCard, actor: Actor) -> None:
        self.cohort, self.actor = cohort, actor
        known = {
            "title": cohort.title,
            "opens_on": timezone.localdate(cohort.opens_at),
            "closes_on": timezone.localdate(cohort.closes_at),
        }
        super().__init__(data, initial=known)

    def save(self) -> None:
        """A day that was not touched keeps its hour."""
        opens, closes = self.cleaned_data["opens_on"], self.cleaned_data["closes_on"]
        refuse_same_title(self.cleaned_data["title"], self.actor, but=self.cohort.id)
        learning.change_cohort(
            cohort_id=self.cohort.id,
            title=self.cleaned_data["title"],
            opens_at=self.cohort.opens_at if opens == self.initial["opens_on"] else beginning(opens),
            closes_at=self.cohort.closes_at if closes == self.initial["closes_on"] else end(closes),
            by=self.actor,
        )


class WithReason(forms.Form):
    """Something that is done for a reason, which the people concerned read."""

    prefix = "batal"
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dibaca peserta pada pemberitahuannya."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class Facilitator(forms.Form):
    """Somebody who is to facilitate."""

    facilitator = forms.UUIDField()

    def save(self, cohort_id: UUID, by: Actor) -> None:
        learning.appoint_facilitator(cohort_id=cohort_id, account_id=self.cleaned_data["facilitator"], by=by)
