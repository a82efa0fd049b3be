"""The analysis of a test as lines and words: what was found, and what to do about it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from teladan.instruments import api as instruments
from teladan.instruments.api import Flag
from teladan.learning import api as learning
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course, Item
from teladan.web.ui.formats import number_text

LEVELS = {
    "C1": gettext_lazy("mengingat"),
    "C2": gettext_lazy("memahami"),
    "C3": gettext_lazy("menerapkan"),
    "C4": gettext_lazy("menganalisis"),
    "C5": gettext_lazy("mengevaluasi"),
}
GRAVE = {Flag.WRONG_KEY, Flag.NEGATIVE, Flag.LURE}  # the key itself may be wrong
VIEWS = {  # which items are listed
    "periksa": gettext_lazy("Perlu dilihat"),
    "semua": gettext_lazy("Semua yang cukup dijawab"),
}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A flag in words: a short label, what was found, what to do."""

    label: str
    found: str
    remedy: str
    is_grave: bool


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure with its name, its interval and what it means."""

    name: str
    text: str
    interval: str = ""
    meaning: str = ""


@dataclass(frozen=True, kw_only=True)
class OptionRow:
    """A line of the distractor table; the shares are percents in words."""

    key: str
    text: str
    is_key: bool
    share: str
    upper: str
    lower: str


@dataclass(frozen=True, kw_only=True)
class ItemLine:
    """One item of the list. `percent` is None below the threshold."""

    key: str
    stem: str
    about: str
    n: int
    percent: int | None
    findings: tuple[Finding, ...]
    figures: tuple[Figure, ...]
    options: tuple[OptionRow, ...]
    versions: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """An item with its flags and its gain, before it is put into words."""

    item: instruments.ItemFigures
    gain: instruments.Measure | None
    flags: tuple[Flag, ...]


def listed(analysis: learning.TestAnalysis, test: str) -> list[Listed]:
    """The items of one test with their flags: those to look at first, then the hardest first."""
    is_first = test == learning.PRE_TEST
    before, after = (
        {(i.item, i.correct): i for i in kept.figures.items} if (kept := analysis.tests.get(key)) else {}
        for key in (learning.PRE_TEST, learning.POST_TEST)
    )
    found = []
    for key, item in (before if is_first else after).items():
        gain = instruments.sensitivity(before.get(key), after.get(key))
        found.append(Listed(item=item, gain=gain, flags=instruments.flags(item, gain=gain, is_first=is_first)))
    return sorted(found, key=_urgency)


def _urgency(one: Listed) -> tuple[int, float, str]:
    order = list(Flag)
    first = min((order.index(f) for f in one.flags), default=len(order))
    p = one.item.difficulty.value if one.item.difficulty else None
    return first, p if p is not None else 2.0, one.item.item


def line(one: Listed, course: Course, *, is_first: bool) -> ItemLine:
    """An item in words."""
    item, known = one.item, course.items.get(one.item.item)
    texts = {option.key: option.text for option in known.options} if known else {}
    p = item.difficulty.value if item.difficulty else None
    return ItemLine(
        key=item.item,
        stem=known.stem if known else _("Soal ini tidak ada lagi dalam bank soal."),
        about=f"{_value_name(item.value)} · {LEVELS.get(item.level, item.level)} · {_forms(item.forms)}",
        n=item.n,
        percent=None if p is None else round(100 * p),
        findings=tuple(finding(flag, one, known, is_first=is_first) for flag in one.flags),
        figures=figures(one),
        options=tuple(
            OptionRow(
                key=o.option,
                text=texts.get(o.option, ""),
                is_key=o.is_key,
                share=percent(o.share),
                upper=percent(o.upper),
                lower=percent(o.lower),
            )
            for o in item.options
        ),
        versions=item.keys,
    )


def _value_name(code: str) -> str:
    """The name of a core value; items about all of them have none of their own."""
    found = rulebook().value_names.get(code)
    return found.name if found else _("umum")


def _forms(forms: Sequence[str]) -> str:
    if len(forms) == 2:
        return _("bentuk %(one)s dan %(two)s") % {"one": forms[0], "two": forms[1]}
    return _("bentuk %(forms)s") % {"forms": ", ".join(forms)}


def percent(share: float | None) -> str:
    """A share from 0 to 1 as whole percents."""
    return "–" if share is None else f"{number_text(round(100 * share), 0)}%"


def _two(value: float) -> str:
    return number_text(value, 2)


def _between(measure: instruments.Measure, how: str) -> str:
    if measure.low is None or measure.high is None:
        return ""
    low, high = (percent(v) if how == "percent" else _two(v) for v in (measure.low, measure.high))
    return _("antara %(low)s dan %(high)s") % {"low": low, "high": high}


def figures(one: Listed) -> tuple[Figure, ...]:
    """The figures of an item with their intervals and what they mean; none below the threshold."""
    item = one.item
    if item.difficulty is None or item.difficulty.value is None:
        return ()
    found = [
        Figure(
            name=_("Menjawab benar"),
            text=percent(item.difficulty.value),
            interval=_between(item.difficulty, "percent"),
            meaning=_("makin besar, makin mudah"),
        )
    ]
    if item.discrimination and item.discrimination.value is not None:
        found.append(
            Figure(
                name=_("Daya beda"),
                text=_two(item.discrimination.value),
                interval=_between(item.discrimination, "plain"),
                meaning=_band(round(item.discrimination.value, 2)),
            )
        )
    if item.spread_27 is not None:
        found.append(
            Figure(
                name=_("Selisih kelompok atas dan bawah"),
                text=_("%(n)s angka persen") % {"n": number_text(round(100 * item.spread_27), 0)},
                meaning=_("27 persen terbaik dibanding 27 persen terlemah pada soal lain"),
            )
        )
    if one.gain is not None and one.gain.value is not None:
        found.append(
            Figure(
                name=_("Naik dari Tes Awal ke Tes Akhir"),
                text=_("%(n)s angka persen") % {"n": number_text(round(100 * one.gain.value), 0)},
                interval=_between(one.gain, "percent"),
            )
        )
    if item.median_seconds is not None:
        found.append(
            Figure(
                name=_("Waktu menjawab"),
                text=_("%(n)s detik") % {"n": number_text(item.median_seconds, 0)},
                meaning=_("separuh peserta lebih cepat, separuh lebih lambat"),
            )
        )
    if item.blank:
        found.append(Figure(name=_("Tidak dijawab"), text=percent(item.blank)))
    return tuple(found)


def _band(r: float) -> str:
    """Ebel and Frisbie's bands of discrimination."""
    if r >= 0.40:
        return _("sangat baik")
    if r >= 0.30:
        return _("baik")
    if r >= 0.20:
        return _("cukup")
    return _("lemah") if r >= 0 else _("terbalik")


def finding(flag: Flag, one: Listed, known: Item | None, *, is_first: bool) -> Finding:
    """What was found in words, and what to do."""
    item = one.item
    key = item.correct.upper()
    words = {
        Flag.WRONG_KEY: lambda: (
            _("periksa kunci"),
            _("Peserta terbaik lebih sering memilih %(other)s daripada kuncinya, %(key)s.")
            % {"other": (item.preferred or "").upper(), "key": key},
            _("Periksa kuncinya lebih dahulu. Bila kunci benar, cari apa yang membuat pilihan itu tampak benar, "
              "lalu perbaiki kalimatnya."),
        ),
        Flag.NEGATIVE: lambda: (
            _("daya beda terbalik"),
            _("Yang nilainya tinggi pada soal lain justru lebih sering salah di sini."),
            _("Periksa kuncinya lebih dahulu, lalu kejelasan soalnya."),
        ),
        Flag.LURE: lambda: (
            _("pengecoh menarik yang pandai"),
            _("Yang memilih %(options)s rata-rata lebih baik pada soal lain daripada yang memilih kunci.")
            % {"options": _lures(item)},
            _("Pastikan pilihan itu memang salah menurut rujukannya; perjelas apa yang ditanyakan."),
        ),
        Flag.WEAK: lambda: (
            _("daya beda lemah"),
            _("Soal ini hampir tidak membedakan yang sudah menguasai dan yang belum."),
            _("Perjelas soal dan pengecohnya. Bila tetap lemah pada angkatan berikutnya, ganti."),
        ),
        Flag.HARD: lambda: (
            _("sangat sulit"),
            _("Setelah materi pun kurang dari 20 persen menjawab benar."),
            _("Periksa apakah materinya membahas hal ini, dan apakah soalnya jelas."),
        ),
        Flag.EASY: lambda: (
            _("sangat mudah"),
            _("Lebih dari 90 persen sudah menjawab benar sebelum materi.")
            if is_first
            else _("Lebih dari 90 persen menjawab benar."),
            _("Hal ini sudah dikuasai; soal yang lebih menantang memberi tahu lebih banyak.")
            if is_first
            else _("Tidak apa-apa untuk hal dasar. Bila pada Tes Awal pun demikian, ganti dengan yang lebih menantang."),
        ),
        Flag.INSENSITIVE: lambda: (
            _("tidak naik"),
            _("Sesudah materi yang menjawab benar tidak bertambah berarti (kurang dari 10 angka persen)."),
            _("Periksa halaman yang membahasnya: belum mengajarkan hal ini, atau sudah dikuasai sejak semula."),
        ),
        Flag.HASTY: lambda: (
            _("dijawab tergesa"),
            _("%(share)s menjawab dalam waktu kurang dari tiga detik.") % {"share": percent(item.hasty)},
            _("Angka soal ini kurang dapat dipercaya. Perhatikan suasana dan waktu tesnya."),
        ),
        Flag.IDLE: lambda: (
            _("pengecoh tidak bekerja"),
            _("Hampir tidak ada yang memilih %(options)s (kurang dari 5 persen).") % {"options": _idle(item)},
            _("Ganti dengan kekeliruan yang sungguh sering terjadi."),
        ),
    }  # fmt: skip
    label, found, remedy = words[flag]()
    return Finding(label=label, found=found, remedy=remedy, is_grave=flag in GRAVE)


def _idle(item: instruments.ItemFigures) -> str:
    return ", ".join(o.option.upper() for o in item.options if o.is_idle)


def _lures(item: instruments.ItemFigures) -> str:
    return ", ".join(o.option.upper() for o in item.options if o.is_lure)


@dataclass(frozen=True, kw_only=True)
class FormRow:
    """How exact a test is, as a whole or in one form."""

    name: str
    n: int
    items: float
    mean: str
    sd: str
    alpha: str
    sem: str
    is_whole: bool


def form_rows(kept: instruments.KeptFigures) -> list[FormRow]:
    """The exactness of a test and of each of its forms; empty below the threshold."""
    figures = kept.figures
    if figures.whole is None:
        return []
    rows = [(_("Seluruhnya"), figures.whole, True)]
    rows += [(_("Bentuk %(form)s") % {"form": form}, one, False) for form, one in sorted(figures.forms.items())]
    return [
        FormRow(
            name=name,
            n=one.n,
            items=round(one.items, 1),
            mean="–" if one.mean is None else number_text(one.mean, 1),
            sd="–" if one.sd is None else number_text(one.sd, 1),
            alpha="–" if one.alpha.value is None else _two(one.alpha.value),
            sem="–" if one.sem is None else number_text(one.sem, 1),
            is_whole=is_whole,
        )
        for name, one, is_whole in rows
    ]


def form_words(kept: instruments.KeptFigures, mark: int | None) -> list[str]:
    """What the exactness of a test means: for a score, for the pass mark, and whether the forms are alike."""
    figures, words = kept.figures, list[str]()
    whole = figures.whole
    if whole is None:
        return words
    if whole.alpha.value is not None and whole.alpha.value < instruments.EXACT_ENOUGH:
        words.append(
            _("Ketelitian %(alpha)s di bawah 0,70: untuk keputusan tentang seseorang tes ini masih kasar. "
              "Soal berdaya beda lemah di bawah ini yang pertama perlu diperbaiki.")
            % {"alpha": _two(whole.alpha.value)}
        )  # fmt: skip
    if whole.sem is not None and mark:
        low, high = max(0, round(mark - whole.sem)), min(100, round(mark + whole.sem))
        words.append(
            _("Nilai seseorang dapat meleset sekitar %(sem)s angka. Di sekitar batas lulus %(mark)d, nilai %(low)d sampai "
              "%(high)d belum dapat dibedakan dari batasnya.")
            % {"sem": number_text(whole.sem, 0), "mark": mark, "low": low, "high": high}
        )  # fmt: skip
    elif whole.sem is not None:
        words.append(_("Nilai seseorang dapat meleset sekitar %(sem)s angka.") % {"sem": number_text(whole.sem, 0)})
    if len(figures.forms) == 2:
        (one, a), (two, b) = sorted(figures.forms.items())
        found = instruments.form_difference(a, b)
        if found is not None and found.value is not None and found.low is not None and found.high is not None:
            if found.low <= 0 <= found.high:
                text = _("Bentuk %(one)s dan %(two)s sama sulitnya sejauh dapat dilihat: selisihnya %(by)s angka "
                         "(antara %(low)s dan %(high)s).")  # fmt: skip
            else:
                text = _("Bentuk %(one)s dan %(two)s tidak sama sulitnya: selisihnya %(by)s angka (antara %(low)s dan "
                         "%(high)s). Karena separuh kelas memakai urutan sebaliknya, kemajuan kelas tetap benar.")  # fmt: skip
            values = {"by": found.value, "low": found.low, "high": found.high}
            words.append(text % {"one": one, "two": two, **{k: number_text(v, 1) for k, v in values.items()}})
    return words
