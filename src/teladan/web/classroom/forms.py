"""Forms of a class's discussions."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor
from teladan.jobs import api as jobs
from teladan.kernel import ids
from teladan.learning import api as learning
from teladan.web.employee.forms import counted


def once(key: str, purpose: str, by: Actor, run: Callable[[], object]) -> str:
    """Do it once for each form; what it returned, as text."""
    return jobs.once(
        key=key[:64] or str(ids.uuid7()), account_id=by.account_id, purpose=purpose, run=lambda: str(run() or "")
    )[0]


class Words(forms.Form):
    """An entry, or an answer to one (then `answers_to` is its id). How long it may be says the verb, in its words."""

    text = forms.CharField(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 4}))
    names_author = forms.BooleanField(required=False)
    answers_to = forms.UUIDField(required=False)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.fields["text"].widget.attrs.update(counted(learning.LONGEST_ENTRY))

    def save(self, seat: learning.Seat, topic: learning.Topic, key: str, by: Actor) -> UUID:
        """Write it, once for each form."""
        found = self.cleaned_data
        return UUID(
            once(
                key,
                "learning.discuss",
                by,
                lambda: learning.discuss(
                    seat=seat,
                    topic=topic,
                    text=found["text"],
                    names_author=found["names_author"],
                    answers_to=found["answers_to"],
                    by=by,
                ),
            )
        )


class Reason(forms.Form):
    """Why an entry is hidden, or a discussion closed: read by those it concerns."""

    reason = forms.CharField(
        label=_("Alasan"), required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=_("Dibaca peserta.")
    )
