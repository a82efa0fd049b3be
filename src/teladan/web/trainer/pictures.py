"""Results of a cohort as charts and words."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from teladan.learning import api as learning
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course
from teladan.web.ui.charts import Bar, Bin, Chart, bars, distribution

LEVELS = {
    "C1": lazy("mengingat"),
    "C2": lazy("memahami"),
    "C3": lazy("menerapkan"),
    "C4": lazy("menganalisis"),
    "C5": lazy("mengevaluasi"),
}
SMALL = 20  # fewer answers than this tell little about an item


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
    if gain.n < results.min_n or gain.gain.value is None or gain.mean_before is None or gain.mean_after is None:
        return [
            _("Kemajuan kelas ditampilkan bila sedikitnya %(n)d orang menyelesaikan kedua tes.") % {"n": results.min_n}
        ]
    band = {"low": _("rendah"), "medium": _("sedang"), "high": _("tinggi")}[gain.band.value if gain.band else "low"]
    words = [
        _movement(gain.mean_before, gain.mean_after)
        % {
            "n": gain.n,
            "before": gain.mean_before,
            "after": gain.mean_after,
            "share": round(100 * gain.gain.value),
            "band": band,
        }
    ]
    effect = gain.effect
    if effect.value is not None and effect.low is not None and effect.high is not None:
        words.append(
            _("Besar pengaruh d = %(d).2f; dengan keyakinan 95 persen antara %(low).2f dan %(high).2f.")
            % {"d": effect.value, "low": effect.low, "high": effect.high}
        )
    words.append(_("Angka ini belum membuktikan bahwa modul penyebabnya, karena tidak ada kelompok pembanding."))
    return words


def _movement(before: float, after: float) -> str:
    """The sentence about both means: they rose, fell, or are the same as they are shown."""
    if round(after, 1) > round(before, 1):
        return _(
            "%(n)d orang menyelesaikan kedua tes. Rata-rata naik dari %(before).1f menjadi %(after).1f dari 100: "
            "kelas ini menguasai %(share)d persen dari yang belum dikuasai semula (%(band)s; Hake 1998)."
        )
    if round(after, 1) < round(before, 1):
        return _("%(n)d orang menyelesaikan kedua tes. Rata-rata turun dari %(before).1f menjadi %(after).1f dari 100.")
    return _("%(n)d orang menyelesaikan kedua tes. Rata-rata tetap %(after).1f dari 100.")


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One item in the facilitator's table."""

    key: str
    stem: str
    value: str
    level: str
    n: int
    percent: int
    options: list[tuple[str, str, int, bool]]
    warning: str


@dataclass(frozen=True, kw_only=True)
class ItemGroup:
    """The items of one test: those with enough answers, the hardest first, and how many have too few."""

    title: str
    lines: list[ItemLine]
    hidden: int


def item_groups(results: learning.CohortResults, course: Course) -> list[ItemGroup]:
    """The items of each test that somebody has finished."""
    groups = []
    for test, items in results.items.items():
        lines = []
        for found in items:
            item = course.items.get(found.item_key)
            if item is None or not found.is_shown or found.correct is None:
                continue
            counts = found.option_counts or {}
            turned = found.discrimination is not None and found.discrimination < 0 and found.n >= SMALL
            lines.append(
                ItemLine(
                    key=item.key,
                    stem=item.stem,
                    value=_value_name(item.value),
                    level=str(LEVELS.get(item.level, item.level)),
                    n=found.n,
                    percent=round(100 * found.correct / found.n) if found.n else 0,
                    options=[(o.key, o.text, counts.get(o.key, 0), o.correct) for o in item.options],
                    warning=_("Periksa kuncinya: yang nilainya tinggi justru lebih sering salah di sini.")
                    if turned
                    else "",
                )
            )
        if items:
            lines.sort(key=lambda line: (line.percent, line.key))
            groups.append(ItemGroup(title=course.tests[test].title, lines=lines, hidden=len(items) - len(lines)))
    return groups


def _value_name(code: str) -> str:
    """The name of a core value; items about all of them have none of their own."""
    found = rulebook().value_names.get(code)
    return found.name if found else _("umum")


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
