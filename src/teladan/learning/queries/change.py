"""One person's change between the two tests: is it more than the noise of the test?"""

import math
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teladan.access.api import Actor
from teladan.instruments import api as instruments
from teladan.kernel.errors import NotFound
from teladan.learning.data import Study
from teladan.learning.domain.study import progress_of
from teladan.learning.enums import POST_TEST, PRE_TEST
from teladan.learning.models import Enrolment
from teladan.learning.permissions import TABLE
from teladan.learning.progress import Progress
from teladan.learning.queries.analysis import Exactness, exactness

VERDICTS = {  # in words, with their tone; an unknown exactness allows none
    instruments.Verdict.RISEN: (gettext_lazy("Naik nyata"), "beres"),
    instruments.Verdict.UNSURE: (gettext_lazy("Belum tentu berubah"), "abu"),
    instruments.Verdict.FALLEN: (gettext_lazy("Turun nyata"), "awas"),
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """Both scores in percent and what may be said about their difference. `index`: the reliable change index; `least`:
    the smallest difference, in points, that is more than noise; None, as `by` is, while the test's exactness is not
    known. `attempts`: how many final tests the score after is the best of."""

    before: float
    after: float
    verdict: instruments.Verdict
    index: float | None
    least: float | None
    attempts: int
    by: Exactness | None

    @property
    def points(self) -> float:
        return self.after - self.before

    @property
    def is_real(self) -> bool:
        """More than the noise of the test."""
        return self.verdict in {instruments.Verdict.RISEN, instruments.Verdict.FALLEN}

    @property
    def why(self) -> str:
        """Why we say so, in a sentence that fits both the person and who watches them."""
        if self.least is None:
            return _("Apakah selisih ini nyata, baru dapat dikatakan setelah %(n)d orang menyelesaikan Tes Awal modul ini.") % {
                "n": instruments.FEWEST
            }  # fmt: skip
        words = (
            _("Selisihnya %(points)d angka. Pada tes ini selisih sampai %(least)d angka masih dapat terjadi karena kebetulan "
              "soal, jadi belum dapat dipastikan.")
            if self.verdict is instruments.Verdict.UNSURE
            else _("Selisihnya %(points)d angka, lebih besar daripada %(least)d angka yang masih dapat terjadi karena "
                   "kebetulan soal.")
        )  # fmt: skip
        return words % {"points": round(abs(self.points)), "least": math.floor(self.least)}


def change_of(progress: Progress, by: Exactness | None) -> Change | None:
    """The change of somebody with this progress; None before both tests are done."""
    pre, post = progress.best(PRE_TEST), progress.best(POST_TEST)
    if pre is None or post is None:
        return None
    before, after = 100 * float(pre.share), 100 * float(post.share)
    attempts = len(progress.tests[POST_TEST])
    if by is None:
        return Change(before=before, after=after, verdict=instruments.Verdict.UNKNOWN, index=None, least=None,
                      attempts=attempts, by=None)  # fmt: skip
    index = instruments.reliable_change(before, after, sd_before=by.sd, reliability=by.reliability)
    return Change(
        before=before,
        after=after,
        verdict=instruments.verdict(index),
        index=index.value,
        least=instruments.smallest_reliable(sd_before=by.sd, reliability=by.reliability),
        attempts=attempts,
        by=by,
    )


def own_change(study: Study) -> Change | None:
    """The change of the person whose study this is; None before both tests are done."""
    return _known(study.progress, study.course.key, study.course_version)


def change(enrolment_id: UUID, *, by: Actor) -> Change | None:
    """The change of a participant, for who watches them; None before both tests are done. NotFound for everybody
    else."""
    enrolment = Enrolment.objects.select_related("cohort", "progress").filter(pk=enrolment_id).first()
    if enrolment is None or not TABLE.can(by, "learning.watch", enrolment):
        raise NotFound(_("Peserta ini tidak ada pada daftar Anda."))
    return _known(progress_of(enrolment), enrolment.cohort.course_key, enrolment.cohort.course_version)


def _known(progress: Progress, course_key: str, version: str) -> Change | None:
    is_told = progress.tests.get(PRE_TEST) and progress.tests.get(POST_TEST)
    return change_of(progress, exactness(course_key, version)) if is_told else None
