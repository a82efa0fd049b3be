"""Forms of a class's discussions."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from teladan.access.api import Actor
from teladan.jobs import api as jobs
from teladan.kernel import ids
from teladan.kernel.errors import Invalid, NotFound
from teladan.learning import api as learning
from teladan.rulebook.data import Course


def once(key: str, purpose: str, by: Actor, run: Callable[[], object]) -> str:
    """Do it once for each form; what it returned, as text."""
    return jobs.once(
        key=key[:64] or str(ids.uuid7()), account_id=by.account_id, purpose=purpose, run=lambda: str(run() or "")
    )[0]


class Words(forms.Form):
    """An entry, or an answer to one (then `answers_to` is its id). How long it may be says the verb, in its words."""

    text = forms.CharField(required=False, strip=False)
    names_author = forms.BooleanField(required=False)
    answers_to = forms.UUIDField(required=False)

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


class AddClip(forms.Form):
    """A clip with its captions and transcript; who may not play it reads it."""

    title = forms.CharField(label=_("Judul"), max_length=120)
    clip = forms.FileField(
        label=_("Klip"),
        help_text=_("MP4, WebM, atau MP3; paling besar 12 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".mp4,.webm,.mp3"}),
    )
    captions = forms.FileField(
        label=_("Takarir"),
        help_text=_("Berkas WebVTT (.vtt)."),
        widget=forms.ClearableFileInput(attrs={"accept": ".vtt"}),
    )
    transcript = forms.CharField(
        label=_("Transkrip"),
        help_text=_("Isi klip sebagai teks, bagi yang tidak dapat atau tidak ingin memutarnya."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    @property
    def clip_id(self) -> UUID:
        """Of the clip to be removed."""
        try:
            return UUID(self.data.get("klip", ""))
        except ValueError:
            raise NotFound(gettext("Klip ini tidak ada pada kelas ini.")) from None

    def save(self, cohort_id: UUID, key: str, by: Actor) -> None:
        """Add it, once for each form."""
        found = self.cleaned_data
        once(key, "learning.clip", by, lambda: learning.add_clip(cohort_id=cohort_id, by=by, **found))


class AskInRoom(forms.Form):
    """The next question of a room: a self-check, a scene, or one's own."""

    kind = forms.ChoiceField(
        label=_("Jenis pertanyaan"),
        choices=[
            (learning.QuestionKind.CHECK.value, _("Cek diri dari materi")),
            (learning.QuestionKind.SCENE.value, _("Langkah pertama sebuah adegan")),
            (learning.QuestionKind.OWN.value, _("Pertanyaan saya sendiri")),
        ],
        initial=learning.QuestionKind.CHECK.value,
    )
    check = forms.ChoiceField(label=_("Cek diri"), required=False)
    scene = forms.ChoiceField(label=_("Adegan"), required=False)
    stem = forms.CharField(label=_("Pertanyaan sendiri"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    options = forms.CharField(
        label=_("Pilihannya"),
        required=False,
        help_text=_("Dua sampai enam, satu per baris."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: object, course: Course, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        checks, scenes = learning.askable(course)
        for name, found in (("check", checks), ("scene", scenes)):
            self.fields[name].choices = [(key, Truncator(words).chars(90)) for key, words in found]  # type: ignore[attr-defined]

    def ask(self, *, cohort_id: UUID, key: str, by: Actor) -> None:
        """Put it to the room, once for each form."""
        if not self.is_valid():
            raise Invalid(gettext("Pilih salah satu dari daftar."))
        found = self.cleaned_data
        kind = learning.QuestionKind(found["kind"])
        chosen = {learning.QuestionKind.CHECK: found["check"], learning.QuestionKind.SCENE: found["scene"]}
        once(
            key,
            "learning.ask_in_room",
            by,
            lambda: learning.ask_in_room(
                cohort_id=cohort_id,
                kind=kind,
                key=chosen.get(kind, ""),
                stem=found["stem"],
                options=found["options"],
                by=by,
            ),
        )
