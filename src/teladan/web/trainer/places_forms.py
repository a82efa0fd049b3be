"""Forms about places: how many, who is next in line, who goes on in another cohort, whom a rule enrols."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor
from teladan.learning import api as learning
from teladan.people import api as people
from teladan.web.trainer.planning_forms import capacity_field

POSITION_KINDS: dict[str, Any] = {
    people.PositionKind.JPT: _("Jabatan pimpinan tinggi"),
    people.PositionKind.ADMINISTRATOR: _("Administrator"),
    people.PositionKind.SUPERVISOR: _("Pengawas"),
    people.PositionKind.EXECUTIVE: _("Pelaksana"),
    people.PositionKind.FUNCTIONAL: _("Fungsional"),
}


HISTORY: dict[str, Any] = {  # how somebody came or went
    learning.DecisionKind.LATE: _("Menyusul, dengan batas waktu sendiri"),
    learning.DecisionKind.MOVED: _("Pindah angkatan"),
    learning.DecisionKind.TAKEN_OUT: _("Dikeluarkan dari angkatan"),
    learning.DecisionKind.BROUGHT_BACK: _("Didaftarkan kembali"),
}


class Capacity(forms.Form):
    """How many people a cohort takes."""

    capacity = capacity_field()


class Place(forms.Form):
    """Another place in line, or out of it, for a reason."""

    place = forms.IntegerField(label=_("Urutan baru"), min_value=1, max_value=100_000, required=False)
    reason = forms.CharField(label=_("Alasan"), max_length=300, help_text=_("Dibaca orangnya pada pemberitahuannya."))


class Move(forms.Form):
    """Another cohort of the same course to go on in."""

    prefix = "pindah"
    to = forms.TypedChoiceField(label=_("Angkatan tujuan"), coerce=UUID)
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dibaca peserta pada pemberitahuannya."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, data: Any = None, *, cohort: learning.CohortCard, actor: Actor) -> None:
        super().__init__(data)
        others = [
            (str(card.id), card.title)
            for card in learning.cohorts_visible_to(actor)
            if card.id != cohort.id and card.course_key == cohort.course_key and not card.is_over
        ]
        self.fields["to"].choices = [("", _("Pilih angkatan")), *others]  # type: ignore[attr-defined]
        self.has_others = bool(others)

    def save(self, enrolment_id: UUID, by: Actor) -> None:
        """Move them."""
        values = self.cleaned_data
        learning.move(enrolment_id=enrolment_id, to=values["to"], reason=values["reason"], by=by)


class Rule(forms.Form):
    """Conditions, all of which have to hold."""

    unit = forms.ChoiceField(label=_("Unit, termasuk di bawahnya"), required=False)
    position_kinds = forms.MultipleChoiceField(
        label=_("Jenis jabatan"),
        required=False,
        choices=list(POSITION_KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )
    ranks = forms.CharField(
        label=_("Golongan"),
        required=False,
        max_length=200,
        help_text=_("Pisahkan dengan koma, misalnya: II/c, III/a, IX."),
    )
    within_days = forms.IntegerField(
        label=_("Mulai bekerja di instansi paling lama berapa hari yang lalu"),
        required=False,
        min_value=1,
        max_value=learning.LONGEST_SINCE,
        help_text=_("Untuk CPNS dan pegawai baru. Dihitung dari hari pertama jabatan pertamanya."),
    )
    uncertified = forms.BooleanField(label=_("Belum mempunyai sertifikat modul ini yang berlaku"), required=False)
    is_standing = forms.BooleanField(
        label=_("Aturan tetap: daftarkan juga pegawai yang baru memenuhi syarat, setiap malam"), required=False
    )

    def __init__(self, data: Any = None, *, actor: Actor) -> None:
        super().__init__(data)
        units = [(str(unit.id), "— " * unit.depth + unit.name) for unit in people.units_visible_to(actor)]
        self.fields["unit"].choices = [("", _("Semua unit")), *units]  # type: ignore[attr-defined]
        self.units = dict(units)

    def clean_ranks(self) -> list[str]:
        ranks = people.ranks_of(self.cleaned_data["ranks"])
        if ranks is None:
            raise forms.ValidationError(
                _("Ada golongan yang tidak dikenal. Contoh: II/c, III/a untuk PNS; IX untuk PPPK.")
            )
        return ranks

    def conditions(self) -> learning.Conditions:
        """What was chosen, as the verbs take it."""
        values = self.cleaned_data
        return learning.Conditions(
            unit_id=UUID(values["unit"]) if values["unit"] else None,
            position_kinds=tuple(people.PositionKind(kind) for kind in values["position_kinds"]),
            ranks=tuple(values["ranks"]),
            within_days=values["within_days"],
            uncertified=values["uncertified"],
        )


def rule_words(conditions: learning.Conditions, units: dict[str, str]) -> list[str]:
    """The conditions of a rule, one sentence part each."""
    told = []
    if conditions.unit_id:
        name = units.get(str(conditions.unit_id), "").removeprefix("— ").strip("— ")
        told.append(gettext("unit %(name)s dan di bawahnya") % {"name": name})
    if conditions.position_kinds:
        kinds = ", ".join(str(POSITION_KINDS[kind]) for kind in conditions.position_kinds)
        told.append(gettext("jenis jabatan: %(kinds)s") % {"kinds": kinds})
    if conditions.ranks:
        told.append(gettext("golongan: %(ranks)s") % {"ranks": ", ".join(conditions.ranks)})
    if conditions.within_days:
        told.append(
            ngettext(
                "mulai bekerja dalam %(n)d hari terakhir",
                "mulai bekerja dalam %(n)d hari terakhir",
                conditions.within_days,
            )
            % {"n": conditions.within_days}
        )
    if conditions.uncertified:
        told.append(gettext("belum mempunyai sertifikat modul ini yang berlaku"))
    return told
