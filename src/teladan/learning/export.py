"""A cohort as XLSX: participants, chapters, items, what was quoted from the discussions. Text cells stay text, so no
formula can hide in a name; figures and dates are figures and dates, so that a column can be sorted, summed and
filtered."""

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
from teladan.learning.data import ParticipantRow
from teladan.learning.queries.cohort import STANDINGS, cohort, participants
from teladan.learning.queries.cohort_results import CohortResults, results
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
    course = rulebook().course(card.course_key)
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
        _items(book, results(cohort_id, by=by), course)
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
    head = [_("Nama"), _("Unit"), _("Jabatan"), _("Keadaan"), _("Penjelasan"), _("Posisi"), _("Halaman dibaca"),
            _("Halaman seluruhnya"), _("Tes Awal"), _("Tes Akhir"), _("Kegiatan terakhir"), _("Batas waktu")]  # fmt: skip
    rows = [
        [p.name, p.unit, p.position, str(STANDINGS[p.standing]), p.standing_why, p.where, p.pages_done, p.pages_total,
         p.pre, p.post, _local(p.last_at, zone), _local(p.due_at, zone)]
        for p in people
    ]  # fmt: skip
    _sheet(book, _("Peserta"), head, rows)


def _chapters(book: xlsxwriter.Workbook, people: Sequence[ParticipantRow]) -> None:
    """How many pages of each chapter everybody has read."""
    chapters = people[0].chapters if people else ()
    of = [_("%(chapter)s (dari %(n)d halaman)") % {"chapter": title, "n": pages} for title, _read, pages in chapters]
    rows = [[p.name, p.unit, *(read for _title, read, _pages in p.chapters)] for p in people]
    _sheet(book, _("Materi"), [_("Nama"), _("Unit"), *of], rows)


def _items(book: xlsxwriter.Workbook, found: CohortResults, course: Course) -> None:
    """Each item in words with its key and how often each option was chosen; items with too few answers say so."""
    rows: list[list[object]] = []
    for test, items in found.items.items():
        for one in items:
            item, counts = course.items.get(one.item_key), one.option_counts
            texts = {o.key: o.text for o in item.options} if item else {}
            rows.append([
                course.tests[test].title,
                one.item_key,
                item.stem if item else "",
                f"{one.correct_key.upper()}. {texts.get(one.correct_key, '')}",
                one.n,
                one.correct,
                _share(one.correct, one.n),
                *(counts.get(letter, 0) if counts is not None and letter in texts else None for letter in LETTERS),
                one.blank,
                "" if one.is_shown else _("Belum %(n)d orang menjawab.") % {"n": found.min_n},
            ])  # fmt: skip
    letters = [_("Memilih %(letter)s") % {"letter": letter.upper()} for letter in LETTERS]
    head = [_("Tes"), _("Kode"), _("Soal"), _("Kunci"), _("Penjawab"), _("Benar"), _("Persen benar"), *letters,
            _("Tidak dijawab"), _("Catatan")]  # fmt: skip
    _sheet(book, _("Soal"), head, rows)


def _quotes(book: xlsxwriter.Workbook, quotes: Sequence[Quote], zone: ZoneInfo) -> None:
    """What was quoted from the discussions, with the author as they chose when they wrote."""
    rows = [[q.topic_title, q.text, q.author or _("peserta"), _local(q.written_at, zone)] for q in quotes]
    _sheet(book, _("Diskusi"), [_("Bahan diskusi"), _("Kutipan"), _("Penulis"), _("Ditulis")], rows)


def _local(at: datetime | None, zone: ZoneInfo) -> datetime | None:
    """The agency's wall clock: spreadsheets know no zones."""
    return at.astimezone(zone).replace(tzinfo=None, microsecond=0) if at else None


def _share(part: int | None, whole: int) -> int | None:
    return round(100 * part / whole) if part is not None and whole else None


def _sheet(book: xlsxwriter.Workbook, name: str, head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bottom": 1})
    sheet.write_row(0, 0, head, bold)
    for number, row in enumerate(rows, 1):
        sheet.write_row(number, 0, row)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(head) - 1)
    sheet.set_column(0, len(head) - 1, 20)
