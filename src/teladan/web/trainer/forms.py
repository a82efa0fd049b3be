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

DONE = {"selesai", "berhenti"}  # nobody to remind


class Reminder(forms.Form):
    """A message to chosen participants."""

    text = forms.CharField(
        label=_("Pesan"),
        max_length=500,
        error_messages={"required": _("Tulis pesannya.")},
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    to = forms.TypedMultipleChoiceField(
        label=_("Kepada"),
        coerce=UUID,
        error_messages={"required": _("Centang sedikitnya satu peserta yang diingatkan.")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: object, rows: list[learning.ParticipantRow], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["to"].choices = [(str(r.enrolment_id), r.name) for r in rows if r.standing not in DONE]  # type: ignore[attr-defined]

    def save(self, cohort_id: UUID, by: Actor) -> learning.Reminded:
        return learning.remind(
            cohort_id=cohort_id, enrolment_ids=self.cleaned_data["to"], text=self.cleaned_data["text"], by=by
        )


class Extension(forms.Form):
    """More time for one participant, with the reason."""

    due_on = forms.DateField(label=_("Batas baru"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Dibaca peserta dan mereka yang mendampingi angkatan ini."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_correction = forms.BooleanField(
        label=_("Membetulkan batas yang keliru (boleh lebih awal dari batas sekarang)"), required=False
    )

    def save(self, enrolment_id: UUID, key: str, by: Actor) -> None:
        """Give it, once for each form."""
        due = datetime.combine(self.cleaned_data["due_on"], time(23, 59), timezone.get_current_timezone())

        def run() -> str:
            learning.extend(
                enrolment_id=enrolment_id,
                due_at=due,
                reason=self.cleaned_data["reason"],
                is_correction=self.cleaned_data["is_correction"],
                by=by,
            )
            return str(enrolment_id)

        jobs.once(key=key[:64] or str(ids.uuid7()), account_id=by.account_id, purpose="learning.extend", run=run)


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
