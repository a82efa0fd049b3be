"""Results of a cohort as charts and words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teladan.instruments import api as instruments
from teladan.learning import api as learning
from teladan.rulebook.data import Course
from teladan.web.ui.charts import Bar, Bin, Chart, bars, distribution
from teladan.web.ui.formats import number_text

BANDS = {"low": gettext_lazy("rendah"), "medium": gettext_lazy("sedang"), "high": gettext_lazy("tinggi")}


def spread(results: learning.CohortResults) -> list[Chart]:
    """How the scores of both tests are distributed, in tens."""
    charts = []
    for title, scores in ((_("Sebaran nilai Tes Awal"), results.pre), (_("Sebaran nilai Tes Akhir"), results.post)):
        if len(scores) < results.min_n:
            continue
        counts = [0] * 10
        for score in scores:
            counts[min(score // 10, 9)] += 1
        bins = [
            Bin(label=f"{10 * i}–{10 * i + 9 if i < 9 else 100}", short=str(10 * i) if i < 9 else "90+", count=n)
            for i, n in enumerate(counts)
        ]
        charts.append(distribution(f"{title} (n = {len(scores)})", bins, columns=(_("Nilai"), _("Peserta"))))
    return charts


def gain_words(results: learning.CohortResults) -> list[str]:
    """The class gain in plain sentences, with its scale, its n and what it does not prove."""
    gain = results.gain
    if gain.n < results.min_n or gain.mean_before is None or gain.mean_after is None:
        return [
            _("Kemajuan kelas ditampilkan bila sedikitnya %(n)d orang menyelesaikan kedua tes.") % {"n": results.min_n}
        ]
    words = [_movement(gain)]
    points = gain.points
    if points.low is not None and points.high is not None:
        words.append(
            _("Selisih rata-ratanya dengan keyakinan 95 persen antara %(low)s dan %(high)s angka.")
            % {"low": number_text(points.low, 1), "high": number_text(points.high, 1)}
        )
    effect = gain.effect
    if effect.value is not None and effect.low is not None and effect.high is not None:
        words.append(
            _("Besar pengaruh d = %(d)s; dengan keyakinan 95 persen antara %(low)s dan %(high)s.")
            % {k: number_text(v, 2) for k, v in (("d", effect.value), ("low", effect.low), ("high", effect.high))}
        )
    if gain.gain.value is None and gain.n < instruments.FEWEST_FOR_GAIN:
        words.append(
            _("Bagian yang dikuasai dan besar pengaruh baru dihitung mulai %(n)d orang; sebelum itu satu orang saja "
              "sudah mengubahnya.") % {"n": instruments.FEWEST_FOR_GAIN}
        )  # fmt: skip
    words.append(_("Angka ini belum membuktikan bahwa modul penyebabnya, karena tidak ada kelompok pembanding."))
    return words


def _movement(gain: instruments.ClassGain) -> str:
    """The sentence about both means: they rose, fell, or are the same as they are shown."""
    before, after = gain.mean_before or 0.0, gain.mean_after or 0.0
    named = {"n": gain.n, "before": number_text(before, 1), "after": number_text(after, 1)}
    if round(after, 1) < round(before, 1):
        words = _("%(n)d orang menyelesaikan kedua tes. Rata-rata turun dari %(before)s menjadi %(after)s dari 100.")
        return words % named
    if round(after, 1) == round(before, 1):
        return _("%(n)d orang menyelesaikan kedua tes. Rata-rata tetap %(after)s dari 100.") % named
    if gain.gain.value is None or gain.band is None:
        words = _("%(n)d orang menyelesaikan kedua tes. Rata-rata naik dari %(before)s menjadi %(after)s dari 100.")
        return words % named
    named |= {"share": round(100 * gain.gain.value), "band": str(BANDS[gain.band.value])}
    return (
        _(
            "%(n)d orang menyelesaikan kedua tes. Rata-rata naik dari %(before)s menjadi %(after)s dari 100: "
            "kelas ini menguasai %(share)d persen dari yang belum dikuasai semula (%(band)s; Hake 1998)."
        )
        % named
    )


def change_counts(results: learning.CohortResults) -> list[tuple[str, str, int]]:
    """How many people changed for certain: words, tone, people; empty while it cannot be told."""
    if not results.changes:
        return []
    return [(str(label), tone, results.changes.get(key, 0)) for key, (label, tone) in learning.VERDICTS.items()]


def feedback_charts(results: learning.CohortResults, course: Course) -> list[Chart]:
    """What participants said on the five-point questions, all together."""
    charts = []
    for item in course.feedback:
        counts = results.feedback.get(item.key)
        if counts and sum(counts):
            rows = [Bar(label=str(n), amount=100 * count / sum(counts)) for n, count in enumerate(counts, 1)]
            title = f"{item.text} (n = {sum(counts)})"
            charts.append(bars(title, rows, columns=(_("Skor 1 sampai 5"), _("Persen")), unit="%"))
    return charts
