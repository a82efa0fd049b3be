"""The form that puts people into a cohort: by unit, by a pasted list, by a file of NIPs, perhaps with a date of their own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from teladan.kernel.errors import Invalid
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.web.trainer.planning_forms import (
    ByUnit,
    day_input,
    end,
)

MOST_LINES = 500  # of a pasted list
MOST_ROWS = 1000  # of a file: they are enrolled in one transaction; more go by unit or by rule
NIP = re.compile(r"\d(?:[ .-]?\d){7,}")  # a long number; people_told reads it


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """Somebody whom a line of the list may mean, and what stands in the way of enrolling them."""

    card: people.PersonCard
    is_here: bool
    elsewhere: str


@dataclass(frozen=True, kw_only=True)
class Told:
    """A line of the list: nobody, one or several candidates."""

    text: str
    candidates: list[Candidate]
    is_repeat: bool = False  # the one person it means stands on an earlier line

    @property
    def is_clear(self) -> bool:
        return len(self.candidates) == 1


@dataclass(frozen=True, kw_only=True)
class FromFile:
    """What became of a file of NIPs: who is new, how many are here or elsewhere, and rows that name nobody."""

    new: list[people.PersonCard]
    here: list[people.PersonCard]
    elsewhere: list[Candidate]
    missing: list[people.ListLine]

    @property
    def ids(self) -> str:
        """The accounts that may be enrolled, for the second post."""
        return " ".join(str(card.account_id) for card in [*self.new, *(one.card for one in self.elsewhere)])


def people_lines(text: str) -> list[str]:
    """The lines of a pasted list that say something. Several people on one line, parted by semicolons, are several
    lines; beside a NIP the other cells tell more of the same person."""
    found: list[str] = []
    for line in text.splitlines():
        found += [line] if NIP.search(line) else line.split(";")
    return [one.strip() for one in found if one.strip()]


class AddPeople(ByUnit):
    """More participants: units, a pasted list of NIP or names, or a file of NIPs. First shown, then done."""

    names = forms.CharField(
        label=_("Daftar NIP atau nama"),
        required=False,
        max_length=40_000,
        help_text=_(
            "Satu orang pada setiap baris, atau dipisah titik koma; boleh ditempel dari Excel. "
            "Setiap baris diperiksa dahulu."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "autocomplete": "off"}),
    )
    file = forms.FileField(
        label=_("Berkas NIP (XLSX atau CSV)"),
        required=False,
        help_text=_("Dengan kolom nip; kolom lain boleh ada. Hasilnya ditunjukkan dahulu, baru didaftarkan."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"empty": _("Berkas ini kosong. Pilih berkas yang berisi NIP.")},
    )
    found = forms.CharField(required=False, max_length=MOST_ROWS * 37, widget=forms.HiddenInput)
    due_on = forms.DateField(
        label=_("Batas waktu sendiri"),
        required=False,
        help_text=_("Untuk yang menyusul: tanggal sesudah angkatan ditutup. Kosongkan bila sama dengan peserta lain."),
        widget=day_input(),
    )
    due_reason = forms.CharField(
        label=_("Alasan batas waktu sendiri"), required=False, max_length=300, help_text=_("Dibaca peserta.")
    )
    chosen = forms.TypedMultipleChoiceField(required=False, coerce=UUID, widget=forms.MultipleHiddenInput)
    others = forms.BooleanField(required=False)

    def __init__(self, *args: Any, cohort: learning.CohortCard, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cohort = cohort
        if self.is_bound:
            self.fields["chosen"].choices = self._choices(self.data.getlist("chosen"))  # type: ignore[attr-defined]

    @staticmethod
    def _choices(given: Iterable[str]) -> list[tuple[str, str]]:
        """Any account may be named: the verb enrols those of the agency only."""
        found = []
        for one in given:
            try:
                found.append((str(UUID(one)), ""))
            except ValueError:
                continue
        return found

    def lines(self) -> list[str]:
        """The lines that say something, each once."""
        return list(dict.fromkeys(people_lines(self.cleaned_data["names"])))

    def clean_names(self) -> str:
        names: str = self.cleaned_data["names"]
        if len(people_lines(names)) > MOST_LINES:
            raise forms.ValidationError(_("Paling banyak %(n)d baris sekaligus.") % {"n": MOST_LINES})
        return names

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        told = ("units", "names", "chosen", "file", "found")
        if not self.errors and not any(values.get(name) for name in told):
            self.add_error("names", _("Pilih unit, tempel daftar NIP atau nama, atau pilih berkasnya."))
        return values

    def clean_file(self) -> list[people.ListLine]:
        """The rows of the file."""
        file = self.cleaned_data["file"]
        if not file:
            return []
        try:
            return people.read_list(file.read(), most=MOST_ROWS)
        except Invalid as error:
            raise forms.ValidationError(" ".join(filter(None, (error.message, error.next_step)))) from None

    def clean_found(self) -> list[UUID]:
        """Any account may be named: the verb enrols those of the agency only."""
        return [UUID(one) for one, _text in self._choices(self.cleaned_data["found"].split())]

    @cached_property
    def from_file(self) -> FromFile | None:
        """What became of each row; None without a file."""
        lines: list[people.ListLine] = self.cleaned_data["file"]
        if not lines:
            return None
        known = people.people_told(self.actor, [line.nip for line in lines if line.nip])
        accounts = {card.account_id for cards in known.values() for card in cards}
        here = learning.enrolled_in(self.cohort.id, accounts, by=self.actor)
        elsewhere = learning.running_elsewhere(self.cohort.course_key, accounts, by=self.actor, but=self.cohort.id)
        result = FromFile(new=[], here=[], elsewhere=[], missing=[])
        for line in lines:
            card = next(iter(known.get(line.nip, [])), None)
            if card is None:
                result.missing.append(line)
            elif card.account_id in here:
                result.here.append(card)
            elif title := elsewhere.get(card.account_id):
                result.elsewhere.append(Candidate(card=card, is_here=False, elsewhere=title))
            else:
                result.new.append(card)
        return result

    @cached_property
    def told(self) -> list[Told]:
        """What became of each line."""
        found = people.people_told(self.actor, self.lines())
        accounts = {card.account_id for cards in found.values() for card in cards}
        here = learning.enrolled_in(self.cohort.id, accounts, by=self.actor)
        elsewhere = learning.running_elsewhere(self.cohort.course_key, accounts, by=self.actor, but=self.cohort.id)
        lines: list[Told] = []
        named: set[UUID] = set()
        for line, cards in found.items():
            candidates = [
                Candidate(card=c, is_here=c.account_id in here, elsewhere=elsewhere.get(c.account_id, ""))
                for c in cards
            ]
            is_repeat = len(cards) == 1 and cards[0].account_id in named
            lines.append(Told(text=line, candidates=[] if is_repeat else candidates, is_repeat=is_repeat))
            named |= {c.account_id for c in cards} if len(cards) == 1 else set()
        return lines

    @cached_property
    def unit_here(self) -> set[UUID]:
        """Those of the units who are in the cohort already."""
        return learning.enrolled_in(self.cohort.id, self.of_units, by=self.actor)

    @cached_property
    def unit_elsewhere(self) -> dict[UUID, str]:
        """Those of the units who take the course in another cohort."""
        return learning.running_elsewhere(self.cohort.course_key, self.of_units, by=self.actor, but=self.cohort.id)

    def unit_new(self) -> int:
        """How many of the units are new to this and every other cohort."""
        return len(set(self.of_units) - self.unit_here - self.unit_elsewhere.keys())

    def save(self) -> learning.Joined:
        many = [*self.of_units, *self.cleaned_data["found"]]
        skipped: dict[UUID, str] = {}
        if not self.cleaned_data["others"]:
            skipped = learning.running_elsewhere(self.cohort.course_key, many, by=self.actor, but=self.cohort.id)
        due_on = self.cleaned_data["due_on"]
        return learning.enrol(
            cohort_id=self.cohort.id,
            account_ids=[a for a in many if a not in skipped] + self.cleaned_data["chosen"],
            due_at=end(due_on) if due_on else None,
            reason=self.cleaned_data["due_reason"],
            by=self.actor,
        )
