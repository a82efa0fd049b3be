"""What the module's pages share: where somebody stands in it, and what comes next. Pure over a `Study`."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from teladan.kernel import clock
from teladan.kernel.errors import NotYet
from teladan.learning import api as learning
from teladan.learning.api import Stage, Study

ORDER = [Stage.PRE_TEST, Stage.CHAPTERS, Stage.POST_TEST, Stage.FEEDBACK, Stage.DONE]


@dataclass(frozen=True, kw_only=True)
class Step:
    """The next thing to do: what, why, how long, and where; `url` is empty when it is not ours to do."""

    title: str
    text: str
    button: str = ""
    url: str = ""
    tone: str = "nila"


def stepper(study: Study) -> tuple[list[str], int]:
    """The five stages of the module and the present one (from 1); past the last when everything is done."""
    names = [_("Tes Awal"), _("Materi"), _("Tes Akhir"), _("Umpan balik"), _("Sertifikat")]
    stage = Stage.POST_TEST if study.stage is Stage.NOT_PASSED else study.stage
    return names, ORDER.index(stage) + (2 if stage is Stage.DONE else 1)


def next_step(study: Study) -> Step:
    """The one thing that the module asks for now."""
    if study.opens_at > clock.now():
        return Step(
            title=_("Kelas ini belum dibuka"),
            text=_("Anda sudah terdaftar. Tes Awal dapat dikerjakan mulai tanggal pembukaan."),
            tone="langit",
        )
    return {
        Stage.PRE_TEST: _pre_test,
        Stage.CHAPTERS: _chapters,
        Stage.POST_TEST: _post_test,
        Stage.FEEDBACK: _feedback,
        Stage.NOT_PASSED: _not_passed,
        Stage.DONE: _done,
    }[study.stage](study)


def not_yet(study: Study, message: str) -> NotYet:
    """The refusal of something asked for before its turn: when it opens, and the one thing that comes first."""
    step = next_step(study)
    words = f"{step.title}. {step.text}" if step.url else step.text
    url, label = step.url or _at("module", study), step.button or _("Buka halaman modul")
    return NotYet(message, next_step=words, next_url=url, next_label=label)


def _pre_test(study: Study) -> Step:
    spec = study.course.tests[learning.PRE_TEST]
    return Step(
        title=_("Mulai dengan Tes Awal"),
        text=_("%(n)d soal, paling lama %(minutes)d menit. Hasilnya mengukur kemajuan Anda, bukan menilai Anda.")
        % {"n": spec.item_count, "minutes": spec.minutes},
        button=_("Buka Tes Awal"),
        url=_at("test", study, test=learning.PRE_TEST),
    )


def _chapters(study: Study) -> Step:
    place = learning.place(study.course, study.progress)
    if place is None:
        return Step(title=_("Materi selesai"), text="")
    number = study.course.chapters.index(place.chapter) + 1
    begun = study.progress.last_at is not None and study.pages_done > 0
    return Step(
        title=_("Materi %(number)d: %(title)s") % {"number": number, "title": place.chapter.title},
        text=_("Halaman %(n)d dari %(all)d: %(title)s. Sekitar %(minutes)d menit.")
        % {
            "n": place.page.number,
            "all": len(place.chapter.pages),
            "title": place.page.title,
            "minutes": place.page.minutes,
        },
        button=_("Lanjutkan") if begun else _("Mulai materi"),
        url=_at("page", study, chapter=place.chapter.key, page=place.page.slug),
    )


def _post_test(study: Study) -> Step:
    spec = study.course.tests[learning.POST_TEST]
    used = len(study.progress.tests.get(learning.POST_TEST, ()))
    text = _("%(n)d soal, paling lama %(minutes)d menit. Batas lulus %(mark)d dari 100.") % {
        "n": spec.item_count,
        "minutes": spec.minutes,
        "mark": spec.pass_mark or 0,
    }
    if used:
        text = _(
            "Nilai Anda belum mencapai %(mark)d. Kesempatan yang tersisa: %(left)d. "
            "Baca dulu bagian “Layak dibaca ulang” pada hasil tes."
        )
        text %= {"mark": spec.pass_mark or 0, "left": study.attempts - used}
    return Step(
        title=_("Kerjakan Tes Akhir"), text=text, button=_("Buka Tes Akhir"), url=_at("test", study, test="tes-akhir")
    )


def _feedback(study: Study) -> Step:
    return Step(
        title=_("Isi umpan balik"),
        text=_("Anda lulus Tes Akhir. Sekitar dua menit lagi, lalu sertifikat Anda terbit."),
        button=_("Isi umpan balik"),
        url=_at("feedback", study),
    )


def _not_passed(study: Study) -> Step:
    return Step(
        title=_("Tes Akhir belum lulus"),
        text=_("Kesempatan Anda sudah terpakai. Bicarakan dengan pengampu; ia dapat membuka kesempatan baru."),
        button=_("Lihat hasil dan bacaan ulang"),
        url=_at("result", study),
        tone="awas",
    )


def _done(study: Study) -> Step:
    return Step(
        title=_("Modul selesai"),
        text=_("Sertifikat dan jam pelajaran Anda sudah dicatat. Materi tetap dapat dibaca kapan saja."),
        button=_("Lihat hasil dan sertifikat"),
        url=_at("result", study),
        tone="beres",
    )


def _at(name: str, study: Study, **more: str) -> str:
    return reverse(f"employee:{name}", kwargs={"enrolment_id": study.enrolment_id, **more})
