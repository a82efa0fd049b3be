"""A cohort as XLSX: one sheet of participants, one of items; text cells stay text, so no formula can hide in a name."""

import io
from collections.abc import Sequence
from uuid import UUID
from zoneinfo import ZoneInfo

import xlsxwriter
from django.db import transaction
from django.utils.translation import gettext as _

from teladan.access.api import Actor
from teladan.accounts import api as accounts
from teladan.learning.queries.cohort import cohort, participants, results
from teladan.ledger import api as ledger


def cohort_xlsx(cohort_id: UUID, *, by: Actor) -> bytes:
    """The workbook; the export itself is an act in the ledger, because it takes personal data out of the house."""
    card = cohort(cohort_id, by=by)
    agency = accounts.agency_card(by.agency_id)
    zone = ZoneInfo(agency.zone if agency else "UTC")
    people = participants(cohort_id, by=by)
    found = results(cohort_id, by=by)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, options) as book:
        _sheet(
            book,
            _("Peserta"),
            [_("Nama"), _("Unit"), _("Jabatan"), _("Posisi"), _("Halaman"), _("Tes Awal"), _("Tes Akhir"),
             _("Keadaan"), _("Kegiatan terakhir"), _("Batas waktu")],
            [
                [p.name, p.unit, p.position, p.where, f"{p.pages_done}/{p.pages_total}", p.pre, p.post, p.standing_why,
                 p.last_at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if p.last_at else "",
                 p.due_at.astimezone(zone).strftime("%Y-%m-%d %H:%M")]
                for p in people
            ],
        )  # fmt: skip
        rows: list[list[object]] = []
        for test, items in found.items.items():
            rows += [[test, i.item_key, i.n, i.correct, _share(i.correct, i.n), str(i.option_counts)] for i in items]
        _sheet(
            book, _("Soal"), [_("Tes"), _("Soal"), _("n"), _("Benar"), _("Persen benar"), _("Sebaran pilihan")], rows
        )
    with transaction.atomic():
        ledger.record(
            act="learning.cohort_exported",
            agency_id=by.agency_id,
            actor_id=by.account_id,
            subject=f"cohort:{card.id}",
            data={"rows": len(people)},
        )
    return out.getvalue()


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
