"""A cohort as XLSX: participants, chapters, the analysis of items and tests, what was quoted from the discussions. Text
cells stay text, so no formula can hide in a name; figures and dates are figures and dates, so that a column can be
sorted, summed and filtered."""

import io
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.instruments import api as instruments
from teladan.learning.data import ParticipantRow
from teladan.learning.enums import POST_TEST, PRE_TEST
from teladan.learning.queries.analysis import TestAnalysis, cohort_analysis
from teladan.learning.queries.cohort import STANDINGS, cohort, participants
from teladan.learning.queries.discussion import Quote, quotes_of
from teladan.ledger import api as ledger
from teladan.rulebook.api import rulebook
from teladan.rulebook.data import Course

LETTERS = "abcde"  # of the options: no item has more


def cohort_xlsx(cohort_id: UUID, *, by: Actor) -> bytes:
    """The workbook; the export itself is an act in the ledger, because it takes personal data out of the house."""
    card = cohort(cohort_id, by=by)
    agency = accounts.agency_card(by.agency_id)
    zone = ZoneInfo(agency.zone if agency else "UTC")
    people = participants(cohort_id, by=by)
    course = rulebook().course(card.course_key, card.course_version)
    found = cohort_analysis(cohort_id, by=by)
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_date_format": "yyyy-mm-dd hh:mm",
    }
    with xlsxwriter.Workbook(out, options) as book:
        _participants(book, people, zone)
        _chapters(book, people)
        _items(book, found, course)
        _exactness(book, found, course, zone)
        _quotes(book, quotes_of(cohort_id), zone)
    with transaction.atomic():
        ledger.record(
            act="learning.cohort_exported",
            agency_id=by.agency_id,
            actor_id=by.account_id,
            subject=f"cohort:{card.id}",
            data={"rows": len(people)},
        )
    return out.getvalue()


def _participants(book: xlsxwriter.Workbook, people: Sequence[ParticipantRow], zone: ZoneInfo) -> None:
    head = [_("Nama"), _("Unit"), _("Jabatan"), _("Keadaan"), _("Penjelasan"), _("Sudah mulai"), _("Posisi"), _("Halaman dibaca"),
            _("Halaman seluruhnya"), _("Tes Awal"), _("Tes Akhir"), _("Kegiatan terakhir"), _("Batas waktu"),
            _("Detik per halaman (median)"), _("Dibaca sangat cepat")]  # fmt: skip
    rows = [
        [p.name, p.unit, p.position, str(STANDINGS[p.standing]), p.standing_why,
         _("ya") if p.has_begun else _("belum"), p.where, p.pages_done, p.pages_total,
         p.pre, p.post, _local(p.last_at, zone), _local(p.due_at, zone),
         p.seconds_per_page, ", ".join(p.hasty)]
        for p in people
    ]  # fmt: skip
    _sheet(book, _("Peserta"), head, rows)


def _chapters(book: xlsxwriter.Workbook, people: Sequence[ParticipantRow]) -> None:
    """How many pages of each chapter everybody has read."""
    chapters = people[0].chapters if people else ()
    of = [_("%(chapter)s (dari %(n)d halaman)") % {"chapter": title, "n": pages} for title, _read, pages in chapters]
    rows = [[p.name, p.unit, *(read for _title, read, _pages in p.chapters)] for p in people]
    _sheet(book, _("Materi"), [_("Nama"), _("Unit"), *of], rows)


def _items(book: xlsxwriter.Workbook, found: TestAnalysis, course: Course) -> None:
    """The analysis of each item, in words and with its key; items with too few answers say so."""
    rows: list[list[object]] = []
    for test, kept in found.tests.items():
        before = _by_item(found, PRE_TEST)
        for one in kept.figures.items:
            gain = None
            if test == POST_TEST:
                gain = instruments.sensitivity(before.get((one.item, one.correct)), one)
            rows.append([course.tests[test].title, *_item_row(one, gain, course)])
    of_option = (_("Memilih %(o)s (persen)"), _("%(o)s, kelompok atas (persen)"), _("%(o)s, kelompok bawah (persen)"))
    letters = [words % {"o": letter.upper()} for letter in LETTERS for words in of_option]
    head = [_("Tes"), _("Kode"), _("Soal"), _("Kunci"), _("Bentuk"), _("Penjawab"), _("Persen benar"),
            _("Batas bawah"), _("Batas atas"), _("Daya beda"), _("Selisih kelompok atas dan bawah (angka persen)"),
            _("Naik dari Tes Awal (angka persen)"), _("Detik (median)"), _("Tidak dijawab (persen)"), *letters,
            _("Versi kunci"), _("Catatan")]  # fmt: skip
    _sheet(book, _("Soal"), head, rows)


def _by_item(found: TestAnalysis, test: str) -> dict[tuple[str, str], instruments.ItemFigures]:
    return {(i.item, i.correct): i for i in found.tests[test].figures.items} if test in found.tests else {}


def _item_row(one: instruments.ItemFigures, gain: instruments.Measure | None, course: Course) -> list[object]:
    item = course.items.get(one.item)
    texts = {o.key: o.text for o in item.options} if item else {}
    options = {o.option: o for o in one.options}
    p, r = one.difficulty, one.discrimination
    shares: list[object] = []
    for letter in LETTERS:
        o = options.get(letter)
        shares += [_percent(o.share), _percent(o.upper), _percent(o.lower)] if o else [None] * 3
    return [
        one.item,
        item.stem if item else "",
        f"{one.correct.upper()}. {texts.get(one.correct, '')}",
        " + ".join(one.forms),
        one.n,
        *((_percent(v) for v in (p.value, p.low, p.high)) if p else (None, None, None)),
        round(r.value, 2) if r and r.value is not None else None,
        _percent(one.spread_27),
        _percent(gain.value) if gain else None,
        one.median_seconds,
        _percent(one.blank),
        *shares,
        "; ".join(one.keys),
        _note(one),
    ]


def _note(one: instruments.ItemFigures) -> str:
    if one.preferred is not None:
        return _("Periksa kunci: peserta terbaik lebih sering memilih %(option)s.") % {"option": one.preferred.upper()}
    return "" if one.is_shown else _("Belum %(n)d orang menjawab.") % {"n": instruments.FEWEST}


def _exactness(book: xlsxwriter.Workbook, found: TestAnalysis, course: Course, zone: ZoneInfo) -> None:
    """How exact each test and form is, and how everything was computed."""
    rows: list[list[object]] = []
    for test, kept in found.tests.items():
        whole = [(_("Seluruhnya"), kept.figures.whole)] if kept.figures.whole else []
        for name, one in [*whole, *sorted(kept.figures.forms.items())]:
            figures = [round(v, 2) if v is not None else None for v in (one.mean, one.sd, one.alpha.value, one.sem)]
            rows.append([course.tests[test].title, name, one.n, one.items, *figures, _local(kept.made_at, zone), ""])
        if not whole:
            note = _("Belum %(n)d orang menyelesaikan tes ini.") % {"n": instruments.FEWEST}
            rows.append([course.tests[test].title, "", kept.figures.n, *[None] * 5, _local(kept.made_at, zone), note])
    head = [_("Tes"), _("Bentuk"), _("Peserta"), _("Soal per peserta"), _("Rata-rata"), _("Simpangan baku"),
            _("Ketelitian (alpha)"), _("Galat baku nilai"), _("Dihitung"), _("Catatan")]  # fmt: skip
    _sheet(book, _("Ketelitian"), head, rows)


def _quotes(book: xlsxwriter.Workbook, quotes: Sequence[Quote], zone: ZoneInfo) -> None:
    """What was quoted from the discussions, with the author as they chose when they wrote."""
    rows = [[q.topic_title, q.text, q.author or _("peserta"), _local(q.written_at, zone)] for q in quotes]
    _sheet(book, _("Diskusi"), [_("Bahan diskusi"), _("Kutipan"), _("Penulis"), _("Ditulis")], rows)


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The agency's wall clock: spreadsheets know no zones."""
    return at.astimezone(zone).replace(tzinfo=None, microsecond=0) if at else None


def _percent(share: float | None) -> float | None:
    """A share from 0 to 1 in percent, to one digit."""
    return None if share is None else round(100 * share, 1)


def _sheet(book: xlsxwriter.Workbook, name: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, head, bold)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)
    sheet.set_column(0, len(head) - 1, 20)
