"""Forms of employees."""

from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.learning import api as learning
from teladan.rulebook.data import Course

LONGEST = 2000  # characters of an open answer


def counted(most: int) -> dict[str, object]:
    """Attributes of a textarea whose length is counted as somebody writes (pemutar.js)."""
    return {
        "data-batas": most,
        "data-hitung": _("{n} dari {batas} karakter."),
        "data-lebih": _("Lebih {n} karakter; persingkat sebelum menyimpan."),
    }


class FeedbackForm(forms.Form):
    """What somebody thinks of the module: five-point statements and open questions, as the course pack lists them."""

    def __init__(self, *args: object, course: Course, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.course = course
        words = [_("sangat tidak setuju"), _("tidak setuju"), _("di tengah"), _("setuju"), _("sangat setuju")]
        points = [
            (str(n), format_html('<b>{}</b> <span class="kata">{}</span>', n, word)) for n, word in enumerate(words, 1)
        ]
        for item in course.feedback:
            if item.kind == "skala5":
                self.fields[item.key] = forms.ChoiceField(
                    label=item.text,
                    choices=points,
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Pilih salah satu angka 1 sampai 5.")},
                )
            else:
                self.fields[item.key] = field = forms.CharField(
                    label=item.text,
                    required=False,
                    max_length=LONGEST,
                    widget=forms.Textarea(attrs={"rows": 4, **counted(LONGEST)}),
                    error_messages={"max_length": _("Tulisan ini terlalu panjang; paling banyak 2.000 karakter.")},
                )
                del field.widget.attrs["maxlength"]  # the browser would cut what is pasted without a word

    def save(self, enrolment_id: UUID, by: Actor) -> None:
        """Hand it to the course."""
        learning.give_feedback(enrolment_id=enrolment_id, answers=self.cleaned_data, by=by)
