"""A file that names people by NIP is read: nothing is kept of it."""

from django.conf import settings
from django.utils.translation import gettext as _

from teladan.kernel.errors import Invalid
from teladan.people.data import ListLine
from teladan.people.nip import NipFault, parse_nip
from teladan.people.roster.read import RawRow, Unreadable, read_roster
from teladan.people.roster.wording import file_words, row_words


def read_list(content: bytes, *, most: int) -> list[ListLine]:
    """The rows of an XLSX or CSV with a column for the NIP (and perhaps one for the name). A NIP that is wrong, or there
    twice, is told beside its row. Invalid when the file cannot be read at all or has more than `most` rows."""
    if len(content) > settings.UPLOAD_LIMIT_BYTES:
        limit = settings.UPLOAD_LIMIT_BYTES // 1_048_576
        raise Invalid(_("Berkas ini lebih besar dari %(most)s MB.") % {"most": limit}, field="file")
    try:
        rows = read_roster(content, required=("nip",)).rows
    except Unreadable as unreadable:
        message, remedy = file_words(unreadable.code, unreadable.values)
        raise Invalid(message, field="file", next_step=remedy) from None
    if len(rows) > most:
        raise Invalid(
            _("Berkas ini %(n)d baris; paling banyak %(most)d baris.") % {"n": len(rows), "most": most},
            field="file",
            next_step=_("Bagi menjadi beberapa berkas, atau daftarkan menurut unit atau aturan."),
        )
    first: dict[str, int] = {}
    return [_line(row, first) for row in rows]


def _line(row: RawRow, first: dict[str, int]) -> ListLine:
    text, name = row.cells.get("nip", ""), row.cells.get("nama", "")
    found = parse_nip(text)
    code, values = (f"nip_{found.code}", found.values) if isinstance(found, NipFault) else ("", {})
    nip = "" if isinstance(found, NipFault) else found.digits
    swapped = "".join(name.split())
    if code and not any(letter.isdigit() for letter in text) and len(swapped) == 18 and swapped.isdigit():
        code = "nip_is_name"
    if nip and first.setdefault(nip, row.number) != row.number:
        code, values = "nip_doubled", {"first": first[nip]}
    fault, remedy = row_words(code, values) if code else ("", "")
    return ListLine(row=row.number, nip="" if code else nip, name=name, fault=fault, remedy=remedy)
