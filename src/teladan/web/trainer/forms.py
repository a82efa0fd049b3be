"""Forms of the trainer's pages: they read what was typed and hand it to the verbs of learning."""

from datetime import datetime, time
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor
from teladan.jobs import api as jobs
from teladan.kernel import ids
from teladan.learning import api as learning
from teladan.people import api as people


class NewCohort(forms.Form):
    """Open an angkatan and enrol whole units at once."""

    title = forms.CharField(label=_("Nama angkatan"), max_length=120)
    opens_on = forms.DateField(label=_("Tanggal mulai"), widget=forms.DateInput(attrs={"type": "date"}))
    closes_on = forms.DateField(label=_("Tanggal selesai"), widget=forms.DateInput(attrs={"type": "date"}))
    attempts = forms.IntegerField(label=_("Kesempatan Tes Akhir"), min_value=1, max_value=5, initial=2)
    units = forms.MultipleChoiceField(label=_("Unit peserta"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, actor: Actor, course: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.actor, self.course = actor, course
        self.fields["units"].choices = [(str(u.id), u.name) for u in people.units_visible_to(actor)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        opens, closes = values.get("opens_on"), values.get("closes_on")
        if opens and closes and closes <= opens:
            self.add_error("closes_on", _("Tanggal selesai harus setelah tanggal mulai."))
        return values

    def save(self) -> UUID:
        """Open the cohort and enrol the people who are in the chosen units on the first day."""
        zone = timezone.get_current_timezone()
        opens, closes = self.cleaned_data["opens_on"], self.cleaned_data["closes_on"]
        accounts = [
            account
            for unit in self.cleaned_data["units"]
            for account in people.accounts_in_unit(UUID(unit), timezone.localdate())
        ]
        return learning.open_cohort_with(
            course=self.course,
            title=self.cleaned_data["title"],
            opens_at=datetime.combine(opens, time(0, 0), zone),
            closes_at=datetime.combine(closes, time(23, 59), zone),
            attempts=self.cleaned_data["attempts"],
            account_ids=accounts,
            by=self.actor,
        )


class Reminder(forms.Form):
    """A message to chosen participants."""

    text = forms.CharField(label=_("Pesan"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    to = forms.TypedMultipleChoiceField(label=_("Kepada"), coerce=UUID, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: object, rows: list[learning.ParticipantRow], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["to"].choices = [(str(r.enrolment_id), r.name) for r in rows if r.standing != "selesai"]  # type: ignore[attr-defined]

    def save(self, cohort_id: UUID, by: Actor) -> int:
        return learning.remind(
            cohort_id=cohort_id, enrolment_ids=self.cleaned_data["to"], text=self.cleaned_data["text"], by=by
        )


class Extension(forms.Form):
    """More time for one participant, with the reason."""

    due_on = forms.DateField(label=_("Batas baru"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Alasan"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def save(self, enrolment_id: UUID, by: Actor) -> None:
        due = datetime.combine(self.cleaned_data["due_on"], time(23, 59), timezone.get_current_timezone())
        learning.extend(enrolment_id=enrolment_id, due_at=due, reason=self.cleaned_data["reason"], by=by)


class AnotherAttempt(forms.Form):
    """One more attempt at the final test for one participant, with the reason. Its field has a name of its own in the
    page, beside the extension's."""

    prefix = "tes"
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dibaca peserta dan mereka yang mendampingi angkatan ini."),
        error_messages={"required": _("Tulis alasan memberi kesempatan baru.")},
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def save(self, enrolment_id: UUID, key: str, by: Actor) -> None:
        """Give it, once for each form."""

        def run() -> str:
            learning.allow_attempt(enrolment_id=enrolment_id, reason=self.cleaned_data["reason"], by=by)
            return str(enrolment_id)

        jobs.once(key=key[:64] or str(ids.uuid7()), account_id=by.account_id, purpose="learning.allow_attempt", run=run)
