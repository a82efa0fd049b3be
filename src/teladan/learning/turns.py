"""What is not open yet: why, what comes first, and the address of exactly that."""

from uuid import UUID

from django.utils.translation import gettext as _

from teladan.kernel.errors import Conflict, NotYet
from teladan.learning import paths
from teladan.learning.data import Place
from teladan.learning.enums import POST_TEST, PRE_TEST, Stage


def not_opened(enrolment_id: UUID) -> NotYet:
    """The class has not begun."""
    return NotYet(
        _("Kelas ini belum dibuka."),
        next_step=_("Tanggal mulainya tertulis di halaman modul."),
        next_url=paths.module(enrolment_id),
        next_label=_("Buka halaman modul"),
    )


def ended(reason: str) -> Conflict:
    """The class was cancelled, or its participant taken out."""
    return Conflict(
        _("Kelas ini dihentikan untuk Anda. Alasannya: %(reason)s") % {"reason": reason},
        next_step=_("Hubungi penyelenggara pelatihan bila ini keliru."),
        next_url=paths.CLASSES,
        next_label=_("Buka kelas saya"),
    )


def not_yet(message: str, *, enrolment_id: UUID, stage: Stage, place: Place | None = None) -> NotYet:
    """Something of the module is asked for before its turn: `message` says when it opens, the refusal leads to what
    `stage` asks for now. `place` is the page to go on with while chapters are left."""
    page = paths.page(enrolment_id, place.chapter.key, place.page.slug) if place else paths.module(enrolment_id)
    step, url, label = {
        Stage.PRE_TEST: (_("Kerjakan Tes Awal lebih dahulu."), paths.test(enrolment_id, PRE_TEST), _("Buka Tes Awal")),
        Stage.CHAPTERS: (_("Selesaikan semua materi lebih dahulu."), page, _("Lanjutkan materi")),
        Stage.POST_TEST: (
            _("Kerjakan Tes Akhir lebih dahulu."),
            paths.test(enrolment_id, POST_TEST),
            _("Buka Tes Akhir"),
        ),
        Stage.FEEDBACK: (_("Isi umpan balik lebih dahulu."), paths.feedback(enrolment_id), _("Isi umpan balik")),
        Stage.NOT_PASSED: (
            _("Bicarakan dengan pengampu; ia dapat membuka kesempatan baru."),
            paths.result(enrolment_id),
            _("Lihat hasil dan bacaan ulang"),
        ),
        Stage.DONE: (
            _("Modul ini sudah Anda selesaikan."),
            paths.result(enrolment_id),
            _("Lihat hasil dan sertifikat"),
        ),
    }[stage]
    return NotYet(message, next_step=step, next_url=url, next_label=label)
